//! Generates a blocking API from the source of an async one.
//!
//! Many crates with an async API want a second API for callers without async code, such as
//! `reqwest::blocking`. This crate generates it. Each public type with something to wait for gets a
//! *twin* with the same name, the same methods and the same documentation. A twin holds the async
//! type and a runtime, and runs each call to completion. The code exists only once, so both APIs
//! behave in the same way.
//!
//! The twin is a source file that is checked in, so users of your crate build without this crate. A
//! test that generates it again and compares keeps it up to date. If no rule covers a public item,
//! the generator fails with file and line, so the twin never lacks a method. Then make the item
//! private, change its signature, or add a rule to this crate.
//!
//! ```
//! use blocking_twin::Twin;
//!
//! let root = "
//!     /// A sensor.
//!     pub use sensor::Sensor;
//!     mod sensor;
//! ";
//! let sensor = "
//!     /// A sensor.
//!     pub struct Sensor(());
//!
//!     impl Sensor {
//!         /// Waits for the next value.
//!         ///
//!         /// # Errors
//!         ///
//!         /// The sensor is off.
//!         pub async fn next(&self, channel: u8) -> Result<f64, std::io::Error> {
//!             todo!()
//!         }
//!     }
//! ";
//! let twin = Twin::of_files("lib.rs", |file| match file {
//!     "lib.rs" => Some(root.to_owned()),
//!     "sensor.rs" => Some(sensor.to_owned()),
//!     _ => None,
//! });
//! let code = twin.crate_name("sensors").generate()?;
//! assert!(code.contains("    /// The blocking form of [`sensors::Sensor::next`](crate::Sensor::next)."));
//! assert!(code.contains("    pub fn next(&self, channel: u8) -> Result<f64, std::io::Error> {"));
//! assert!(code.contains("        self.runtime.run(self.inner.next(channel))"));
//! # Ok::<(), blocking_twin::Error>(())
//! ```
//!
//! `examples/shelf` is a complete crate with its twin.
//!
//! # Requirements on the crate
//!
//! - The root and the public modules make names public with `pub use`, by name, or by defining an
//!   item. Two public items must not have the same name, because all twins are in one module. A
//!   name may be public in several places; links lead to the shortest path.
//! - The generated code belongs in a module, such as `blocking/generated.rs`. The root declares it
//!   with `pub mod blocking;`. [`Twin::module`] sets another name. The generator does not read this
//!   module.
//! - Beside the generated file is a hand-written module `runtime`. It has:
//!   - `Runtime`, which is `Clone` and `Default`, with
//!     `run(&self, impl Future<Output = Result<T, E>>) -> Result<T, E>` and
//!     `wait(&self, impl Future<Output = T>) -> T`. Inside async code, `run` may return an error,
//!     and `wait` panics.
//!   - `until(impl Fn() -> bool + Send + 'static) -> impl Future + Send + 'static`, which completes
//!     when the closure returns `true`, if a method takes a future without a stated output.
//!   - `Items<T>`, an iterator with `Items::new(BoxStream<'static, T>, &Runtime)`, if a method
//!     returns a `BoxStream`.
//! - The crate depends on `futures` if one of its types implements `Stream`.
//!
//! # Rules
//!
//! **Types.** A type gets a twin if one of its public methods waits, if it implements
//! `Stream`, or if one of its public methods returns a type with a twin or a `BoxStream`. All other
//! types are used as they are. Twins implement `Debug`, and `Clone` and `Default` if the async type
//! derives them.
//!
//! **Methods.** A method waits if it is `async`, or if it returns `impl Future<Output = T>`, which
//! is treated like an `async fn` that returns `T`. If the method returns a `Result`, it becomes a
//! call of `Runtime::run`, otherwise one of `Runtime::wait`. Any other method is called directly. A
//! constant is copied. A method without `self` starts with a new runtime. Twins that a twin returns
//! share its runtime.
//!
//! **Arguments.** An argument without a type with a twin is passed unchanged, including closures
//! and futures. A twin is unwrapped: by value, by reference, in an `Option`, a `Vec` or an
//! `impl IntoIterator<Item = …>`. A closure over types with twins receives twins.
//!
//! A future without a stated output, such as `impl Future + Send`, becomes a closure
//! `impl Fn() -> bool + Send`, because the caller cannot make futures. `until` polls it.
//!
//! **Conversions.** If a type without a twin implements `From` for a type with a twin, it
//! implements `From` for the twin too.
//!
//! **Results.** A type with a twin is wrapped, also inside a `Result`, an `Option` or a `Vec`. A
//! `BoxStream<'_, T>` becomes an `Items<T>`, and a type that implements `Stream` an iterator.
//!
//! **Documentation.** The twin has the prose, a link to the async method, and the section
//! `# Errors`. A method that waits and does not return a `Result` gets a section `# Panics`.
//! Examples are left out because they are async code. A stream is called an iterator, "this future
//! completes" becomes "this closure returns `true`", and links lead to twins where they exist.
//!
//! **Attributes.** `cfg`, `deprecated`, `must_use` and settings such as `doc(alias)` are kept.
//!
//! **Names.** Each name in a signature must be in the prelude, imported by name, defined in the
//! same file, or written as a full path. Glob imports are not followed.
//!
//! **Macros.** A call of one of the crate's own `macro_rules!` in place of an item is expanded. The
//! macro must have one rule, with parameters of the form `$name:ident` and a body of items, and
//! must be called by its own name. Names in the body are resolved in the file with the call. Calls
//! of other macros are ignored. So are macros without the word `pub`, which add nothing to the API.
//!
//! # Alternatives
//!
//! - `maybe-async`, `bisync` and `async-generic` compile the source twice, once without `async` and
//!   `.await`. They need an attribute on each function, and fit crates whose dependencies all have
//!   a blocking form. A crate on top of an async HTTP client has nothing to call in the blocking
//!   copy.
//! - `block_on_proc` adds a method `name_blocking` beside each async method, and creates a runtime
//!   for each call. Streams, builders and closures stay async.
//! - Hand-written code, as in `reqwest::blocking`, has the best documentation. Each change of the
//!   async API needs a second change, and nothing detects a missing one.

mod convert;
mod docs;
mod error;
mod exports;
mod facade;
mod macros;
mod method;
mod scope;
mod source;
mod types;
mod write;

use std::fmt;
use std::path::Path;

pub use error::{Error, Fault};

use facade::Facade;
use source::Source;

/// Returns the text of a file, or `None` if it does not exist.
type Load<'f> = Box<dyn Fn(&str) -> Option<String> + 'f>;

/// Generates the twin of one crate.
#[must_use = "`generate` returns the code"]
pub struct Twin<'f> {
    load: Load<'f>,
    root: String,
    module: String,
    crate_name: String,
    header: String,
}

impl Twin<'static> {
    /// Creates a generator for the crate with this root file, such as `src/lib.rs`.
    ///
    /// The other files are found by following `mod` declarations.
    pub fn of(root: impl AsRef<Path>) -> Self {
        let root = root.as_ref();
        let folder = root.parent().unwrap_or(Path::new("")).to_owned();
        let name = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self::of_files(name, move |file| std::fs::read_to_string(folder.join(file)).ok())
    }
}

impl<'f> Twin<'f> {
    /// Creates a generator for a crate whose files come from a function.
    ///
    /// `load` returns the text of a file, or `None` if it does not exist. The names of files are
    /// relative to the folder of the root and use `/`.
    pub fn of_files(root: impl Into<String>, load: impl Fn(&str) -> Option<String> + 'f) -> Self {
        Self {
            load: Box::new(load),
            root: root.into(),
            module: "blocking".to_owned(),
            crate_name: "crate".to_owned(),
            header: "The blocking forms of the async types.\n\n@generated by `blocking-twin`. Do not edit.".to_owned(),
        }
    }

    /// Sets the name of the module with the twin, which is not read. The default is `blocking`.
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = name.into();
        self
    }

    /// Sets the name of the crate in the links to the async types. The default is `crate`.
    pub fn crate_name(mut self, name: impl Into<String>) -> Self {
        self.crate_name = name.into();
        self
    }

    /// Sets the documentation of the generated module, which should name the generator.
    pub fn header(mut self, text: impl Into<String>) -> Self {
        self.header = text.into();
        self
    }

    /// Reads the crate and returns the code of the twin.
    ///
    /// # Errors
    ///
    /// - A file is missing or does not parse.
    /// - No rule covers a part of the public API.
    ///
    /// The error contains all faults, except those that another fault hides.
    pub fn generate(&self) -> Result<String, Error> {
        self.translate().map_err(|mut faults| {
            faults.sort();
            Error { faults }
        })
    }

    fn translate(&self) -> Result<String, Vec<Fault>> {
        let source = Source::read(&self.root, &self.module, &self.load)?;
        let facade = Facade::find(&source, &self.crate_name)?;
        let items = write::items(&facade)?;
        let file: syn::File = syn::parse_quote!(#(#items)*);
        let header: String =
            self.header.lines().map(|line| format!("//! {line}").trim_end().to_owned() + "\n").collect();
        Ok(format!("{header}\n{}", prettyplease::unparse(&file)))
    }
}

impl fmt::Debug for Twin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { load: _, root, module, crate_name, header } = self;
        let mut debug = f.debug_struct("Twin");
        debug.field("root", root).field("module", module).field("crate_name", crate_name).field("header", header);
        debug.finish_non_exhaustive()
    }
}

/// Compiles the program in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
