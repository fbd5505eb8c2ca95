//! Generates a blocking API from the source of an async one.
//!
//! A crate with an async API often wants a second one for callers without async code, as `reqwest::blocking` is. This
//! crate writes it: for each public type with something to wait for, a *twin* of the same name, with the same methods
//! and the same documentation. A twin holds the async type and a runtime, and runs each call to its end. So the async
//! code exists once and behaves in the same way in both APIs.
//!
//! The twin is a source file that is checked in, so users build it without this crate. A test that generates it again
//! and compares keeps it up to date. What no rule covers stops the generator with file and line, so no method can be
//! missing from the twin: it is mirrored, it becomes private, or a rule is added here.
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
//! A whole crate with its twin is in `examples/shelf`.
//!
//! # What the crate looks like
//!
//! - Its root and its public modules make names public: with `pub use`, by name, or where an item is defined. No name
//!   stands for two public items, and the twin has all its types in one module. A name may be public in several places;
//!   links lead to the shortest path.
//! - The code goes into a module of the twin, say `blocking/generated.rs`, which the root declares as
//!   `pub mod blocking;`. [`Twin::module`] sets another name. The generator does not read that module.
//! - Beside the generated file, a module `runtime` is written by hand. It has:
//!   - `Runtime`, which is `Clone` and `Default`, with `run(&self, impl Future<Output = Result<T, E>>) -> Result<T, E>`
//!     and `wait(&self, impl Future<Output = T>) -> T`. `run` can report that it was called inside async code as an
//!     error; `wait` panics there.
//!   - `Items<T>`, an iterator with `Items::new(BoxStream<'static, T>, &Runtime)`, if a method returns a `BoxStream`.
//! - The crate depends on `futures` if one of its types implements `Stream`.
//!
//! # Rules
//!
//! **Types.** A type gets a twin if one of its public methods is `async`, if it implements `Stream`, or if one of its
//! public methods returns a type with a twin or a `BoxStream`. All other types are used as they are. Twins implement
//! `Debug`, and `Clone` and `Default` if the async type derives them.
//!
//! **Methods.** An `async fn` that returns a `Result` becomes a call of `Runtime::run`, any other `async fn` one of
//! `Runtime::wait`. A method that is not `async` is called. A constant is handed on. A method without `self` starts with
//! a new runtime; all that is made from a twin shares the runtime of the twin.
//!
//! **Arguments.** What mentions no type with a twin is passed on, closures and futures too. A twin is unwrapped: by
//! value, by reference, in an `Option`, a `Vec` or an `impl IntoIterator<Item = …>`. A closure over types with twins is
//! given twins.
//!
//! **Results.** A type with a twin is wrapped, also inside of a `Result`, an `Option` or a `Vec`. A `BoxStream<'_, T>`
//! becomes an `Items<T>`, and a type that implements `Stream` an iterator.
//!
//! **Documentation.** The twin has the prose, a link to the async method, and the section `# Errors`. What waits without
//! a `Result` gets a section `# Panics`. Examples are left out, since they are async code. A stream is called an
//! iterator, and links lead to twins where there are any.
//!
//! **Attributes.** `cfg`, `deprecated` and `must_use` are kept.
//!
//! **Names.** Each name in a signature is of the prelude, imported by name, defined in the same file, or written as a
//! full path. An import by a glob is not followed.
//!
//! **Macros.** A call of one of the crate's own `macro_rules!`, in the place of an item, is expanded. The macro has one
//! rule, whose parameters are all of the form `$name:ident` and whose body consists of items, and it is called by its
//! own name. Names in the body are those of the file with the call. Calls of other macros are left alone, and so is a
//! macro without the word `pub`, which adds nothing to the API.
//!
//! # Other ways
//!
//! - `maybe-async`, `bisync` and `async-generic` compile the source twice, once without `async` and `.await`. They fit
//!   crates whose every dependency has a blocking form too, and they need an attribute on each function. A crate on top
//!   of an async HTTP client has nothing to call in the blocking copy.
//! - `block_on_proc` adds a method `name_blocking` beside each async one, and sets up a runtime for each call. Streams,
//!   builders and closures stay async.
//! - Code written by hand, as in `reqwest::blocking`, is the best documentation. It takes a second change for each
//!   change of the async API, and nothing notices one that is missing.

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

/// Returns the text of a file, if there is one.
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
    /// The twin of the crate whose root is this file, such as `src/lib.rs`. The other files are found by their `mod`
    /// declarations.
    pub fn of(root: impl AsRef<Path>) -> Self {
        let root = root.as_ref();
        let folder = root.parent().unwrap_or(Path::new("")).to_owned();
        let name = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self::of_files(name, move |file| std::fs::read_to_string(folder.join(file)).ok())
    }
}

impl<'f> Twin<'f> {
    /// The twin of a crate that need not be on the disk. `load` returns the text of a file, if there is one. Files are
    /// named from the folder of the root, with `/`.
    pub fn of_files(root: impl Into<String>, load: impl Fn(&str) -> Option<String> + 'f) -> Self {
        Self {
            load: Box::new(load),
            root: root.into(),
            module: "blocking".to_owned(),
            crate_name: "crate".to_owned(),
            header: "The blocking forms of the async types.\n\n@generated by `blocking-twin`. Do not edit.".to_owned(),
        }
    }

    /// Sets the module of the root that the twin is in, which is not read. The default is `blocking`.
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = name.into();
        self
    }

    /// Sets the name of the crate in the links to the async types. The default is `crate`.
    pub fn crate_name(mut self, name: impl Into<String>) -> Self {
        self.crate_name = name.into();
        self
    }

    /// Sets the documentation of the generated module. It should say where the code comes from.
    pub fn header(mut self, text: impl Into<String>) -> Self {
        self.header = text.into();
        self
    }

    /// Reads the crate and returns the code of the twin.
    ///
    /// # Errors
    ///
    /// A file is missing or does not parse, or no rule covers something in the public API. All of it is reported at
    /// once, as far as one fault does not hide another.
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

/// The README's program is compiled too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
