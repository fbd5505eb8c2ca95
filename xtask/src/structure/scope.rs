//! Which operations of a document are ours to look at.

use std::collections::BTreeSet;

use super::model::{Key, Structure};

/// The tags under which the vendor publishes what we cover.
const TAGS: [&str; 3] = ["Rooms", "Rooms / Groups", "Files / Quota"];

/// The same by path, for a document whose tags have other names.
const PATHS: [&str; 5] = [
    "/api/2.0/files/rooms",
    "/api/2.0/files/roomtemplate",
    "/api/2.0/files/tags",
    "/api/2.0/files/logos",
    "/api/2.0/files/group",
];

/// What to keep of a document.
pub(crate) enum Scope {
    /// Every operation: for a document that is ours already.
    Everything,
    /// Rooms, links, templates, and these.
    RoomsAnd(BTreeSet<Key>),
}

impl Scope {
    /// Rooms and whatever these structures have.
    pub(crate) fn with<'a>(structures: impl IntoIterator<Item = &'a Structure>) -> Self {
        Self::RoomsAnd(structures.into_iter().flat_map(|structure| structure.operations.keys().cloned()).collect())
    }

    pub(crate) fn holds(&self, key: &Key, tags: &BTreeSet<String>) -> bool {
        match self {
            Self::Everything => true,
            Self::RoomsAnd(keys) => {
                keys.contains(key)
                    || TAGS.iter().any(|tag| tags.contains(*tag))
                    || PATHS.iter().any(|start| {
                        key.path().strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                    })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scope_is_by_tag_by_path_and_by_what_is_known() {
        let scope = Scope::RoomsAnd([Key::new("get", "/api/2.0/keys")].into());
        let holds = |path: &str, tags: &[&str]| {
            scope.holds(&Key::new("get", path), &tags.iter().map(ToString::to_string).collect())
        };
        assert!(holds("/api/2.0/other", &["Rooms"]));
        assert!(holds("/api/2.0/Files/Rooms/{id}", &["Renamed"]));
        assert!(holds("/api/2.0/keys", &[]));
        assert!(!holds("/api/2.0/files/roomsfolder", &["Files"]));
    }
}
