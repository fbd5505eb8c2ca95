//! The public names of a crate.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, Visibility};

use crate::source::{SourceFile, flatten};

/// The names that the root of a crate makes public.
pub(crate) struct Exports {
    /// How users call the crate.
    pub(crate) crate_name: String,
    /// The names, with their paths.
    pub(crate) paths: BTreeMap<String, Vec<String>>,
    /// The names of the types that get a twin.
    pub(crate) wrapped: BTreeSet<String>,
}

/// What a path stands for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A public type of the crate that gets a twin, by its name.
    Wrapped(String),
    /// Another public name of the crate.
    Public(String),
    /// A name of the crate that is not public.
    Private(String),
    /// A name of another crate, in full.
    Foreign(Vec<String>),
    /// A name that means the same everywhere: of the prelude, a type parameter, or `Self`.
    Plain,
}

impl Exports {
    pub(crate) fn of(root: &SourceFile, crate_name: &str) -> Self {
        let mut paths = BTreeMap::new();
        for item in &root.items {
            if let Item::Use(used) = item
                && is_public(&used.vis)
            {
                flatten(&used.tree, &mut Vec::new(), &mut paths);
            }
        }
        Self { crate_name: crate_name.to_owned(), paths, wrapped: BTreeSet::new() }
    }

    /// What a name of the crate is.
    pub(crate) fn place(&self, name: &str) -> Place {
        if self.wrapped.contains(name) {
            Place::Wrapped(name.to_owned())
        } else if self.paths.contains_key(name) {
            Place::Public(name.to_owned())
        } else {
            Place::Private(name.to_owned())
        }
    }
}

impl Place {
    /// Whether this is the `BoxStream` of the crate `futures`, or one of the crate's own.
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
