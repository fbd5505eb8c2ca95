//! The public names of a crate.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, Visibility};

use crate::source::{Source, SourceFile, flatten};

/// The public names of a crate, in its root and in its public modules.
pub(crate) struct Exports {
    /// The name of the crate in documentation.
    pub(crate) crate_name: String,
    names: BTreeMap<String, Export>,
    /// The names of the types with a twin.
    pub(crate) wrapped: BTreeSet<String>,
}

/// A public name.
pub(crate) struct Export {
    /// The shortest public path, without the name of the crate.
    path: Vec<String>,
    /// The module that contains the item, directly or in a submodule, as the path of a file without
    /// its extension. `None` for an item of another crate.
    pub(crate) home: Option<String>,
}

/// The meaning of a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A public type of the crate that has a twin, by its name.
    Wrapped(String),
    /// Another public name of the crate.
    Public(String),
    /// A name of the crate that is not public.
    Private(String),
    /// A name of another crate, in full.
    Foreign(Vec<String>),
    /// A name with the same meaning everywhere: in the prelude, a type parameter, or `Self`.
    Plain,
}

impl Exports {
    pub(crate) fn of(source: &Source, crate_name: &str) -> Self {
        let mut names = BTreeMap::new();
        collect(source, source.root(), &[], &mut names);
        Self { crate_name: crate_name.to_owned(), names, wrapped: BTreeSet::new() }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Export)> {
        self.names.iter()
    }

    /// The path of a public name from the root of the crate: `rooms::Bulk`.
    pub(crate) fn path<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e str> {
        let path = self.names.get(name).map(|export| export.path.iter().map(String::as_str));
        path.into_iter().flatten()
    }

    /// The path of a public type, or of a method of one, from the root of the crate: `Bulk::finish`
    /// is `rooms::Bulk::finish`.
    pub(crate) fn path_of_item(&self, item: &str) -> String {
        let (name, rest) = item.split_at(item.find("::").unwrap_or(item.len()));
        self.path(name).collect::<Vec<_>>().join("::") + rest
    }

    /// The meaning of a name of the crate.
    pub(crate) fn place(&self, name: &str) -> Place {
        if self.wrapped.contains(name) {
            Place::Wrapped(name.to_owned())
        } else if self.names.contains_key(name) {
            Place::Public(name.to_owned())
        } else {
            Place::Private(name.to_owned())
        }
    }
}

/// Adds the public names of a file. `path` is the public path of its module.
fn collect(source: &Source, file: &SourceFile, path: &[String], names: &mut BTreeMap<String, Export>) {
    let mut add = |name: String, home: Option<String>| {
        let path: Vec<String> = path.iter().cloned().chain([name.clone()]).collect();
        let is_shorter = |known: &Export| path.len() < known.path.len();
        if names.get(&name).is_none_or(is_shorter) {
            names.insert(name, Export { path, home });
        }
    };
    let mut modules = Vec::new();
    for item in &file.items {
        match item {
            Item::Use(used) if is_public(&used.vis) => {
                let mut used_names = BTreeMap::new();
                flatten(&used.tree, &mut Vec::new(), &mut used_names);
                for (name, written) in used_names {
                    let place = file.module_path(&written);
                    match place.as_deref().and_then(|place| source.module(place)) {
                        Some(module) => modules.push((name, module)),
                        None => add(name, place.and_then(|place| source.home(&place))),
                    }
                }
            }
            // The module of the twin is not read, so it has no file.
            Item::Mod(module) if is_public(&module.vis) => {
                let name = module.ident.to_string();
                let place = file.module_path(&["self".to_owned(), name.clone()]);
                modules.extend(place.and_then(|place| source.module(&place)).map(|module| (name, module)));
            }
            Item::Struct(syn::ItemStruct { vis, ident, .. })
            | Item::Enum(syn::ItemEnum { vis, ident, .. })
            | Item::Type(syn::ItemType { vis, ident, .. })
                if is_public(vis) =>
            {
                add(ident.to_string(), Some(file.module.clone()));
            }
            _ => {}
        }
    }
    for (name, module) in modules {
        let path: Vec<String> = path.iter().cloned().chain([name]).collect();
        collect(source, module, &path, names);
    }
}

impl Place {
    /// Whether this is the `BoxStream` of the crate `futures`, or an own type of that name.
    pub(crate) fn is_stream(&self) -> bool {
        let name = match self {
            Self::Public(name) | Self::Private(name) => Some(name),
            Self::Foreign(full) => full.last(),
            Self::Wrapped(_) | Self::Plain => None,
        };
        name.is_some_and(|name| name == "BoxStream")
    }
}

pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
