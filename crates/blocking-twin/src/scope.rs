//! Resolves the names in a signature, in the file where it is written.

use syn::spanned::Spanned;
use syn::{Generics, Ident, Path};

use crate::error::{Fault, Translated};
use crate::exports::{Exports, Place};
use crate::source::SourceFile;

/// Names that need no `use`.
const PRELUDE: [&str; 44] = [
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Eq",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Future",
    "Into",
    "IntoIterator",
    "Iterator",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "String",
    "Sync",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "bool",
    "char",
    "f32",
    "f64",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

/// The scope of a file, or of a method in it.
#[derive(Clone)]
pub(crate) struct Scope<'a> {
    pub(crate) exports: &'a Exports,
    pub(crate) file: &'a SourceFile,
    /// The name of the type `Self`.
    pub(crate) own: Option<&'a str>,
    /// The type parameters in scope.
    pub(crate) parameters: Vec<String>,
}

impl<'a> Scope<'a> {
    pub(crate) fn fault(&self, at: &impl Spanned, why: impl Into<String>) -> Fault {
        self.file.fault(at.span(), why)
    }

    /// The scope inside an item with these type parameters.
    pub(crate) fn inside(&self, generics: &Generics) -> Self {
        let mut inner = self.clone();
        inner.parameters.extend(generics.type_params().map(|parameter| parameter.ident.to_string()));
        inner
    }

    /// Resolves a path.
    pub(crate) fn place(&self, path: &Path) -> Translated<Place> {
        let written: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.place_of(&written)
            .ok_or_else(|| self.fault(path, format!("cannot resolve `{}`; import it by name", written.join("::"))))
    }

    /// Resolves a path that is not written in code, such as a link. `None` for an unknown path.
    pub(crate) fn place_of(&self, written: &[String]) -> Option<Place> {
        let first = written.first()?;
        if first == "Self" {
            return Some(self.own.map_or(Place::Plain, |own| self.exports.place(own)));
        }
        if self.parameters.contains(first) {
            return Some(Place::Plain);
        }
        let full = match self.file.imports.get(first) {
            Some(imported) => imported.iter().chain(&written[1..]).cloned().collect(),
            None if self.defines(first) => ["crate".to_owned()].iter().chain(written).cloned().collect(),
            None if PRELUDE.contains(&first.as_str()) => return Some(Place::Plain),
            None => written.to_vec(),
        };
        match full.first().map(String::as_str)? {
            "crate" | "super" | "self" => full.last().map(|name| self.exports.place(name)),
            // A submodule of the file, as in `mod create; pub use create::CreateLink;`.
            module if self.file.declares(module) => full.last().map(|name| self.exports.place(name)),
            _ if full.len() > 1 => Some(Place::Foreign(full)),
            _ => None,
        }
    }

    fn defines(&self, name: &str) -> bool {
        self.file.items.iter().filter_map(name_of).any(|ident| ident == name)
    }
}

/// The name of an item that a type can have in a path.
fn name_of(item: &syn::Item) -> Option<&Ident> {
    match item {
        syn::Item::Struct(item) => Some(&item.ident),
        syn::Item::Enum(item) => Some(&item.ident),
        syn::Item::Type(item) => Some(&item.ident),
        syn::Item::Trait(item) => Some(&item.ident),
        _ => None,
    }
}
