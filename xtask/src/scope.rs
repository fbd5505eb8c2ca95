//! The operations of a published document that matter to us.

use std::collections::BTreeSet;

use openapi_compare::{Api, OperationKey};

/// The first words of the tags under which the vendor publishes rooms: "Rooms", "Rooms / Groups".
const GROUP: &str = "Rooms";

/// A further tag under which the vendor publishes what we cover.
const TAG: &str = "Files / Quota";

/// The same operations by path, for a document with other tags.
const PATHS: [&str; 5] = [
    "/api/2.0/files/rooms",
    "/api/2.0/files/roomtemplate",
    "/api/2.0/files/tags",
    "/api/2.0/files/logos",
    "/api/2.0/files/group",
];

/// The operations of rooms, links and templates, and the operations of other documents.
pub(crate) struct Scope(BTreeSet<OperationKey>);

impl Scope {
    /// Rooms, and the operations of these APIs.
    pub(crate) fn with<'a>(apis: impl IntoIterator<Item = &'a Api>) -> Self {
        Self(apis.into_iter().flat_map(|api| api.operations().cloned()).collect())
    }

    /// Whether an operation with these tags is in scope.
    pub(crate) fn holds(&self, operation: &OperationKey, tags: &BTreeSet<String>) -> bool {
        self.0.contains(operation)
            || tags.iter().any(|tag| is_ours(tag))
            || PATHS.iter().any(|start| {
                operation.path().strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }
}

/// Whether operations with this tag are in scope.
fn is_ours(tag: &str) -> bool {
    let group = tag.split('/').next().unwrap_or_default().trim();
    group.eq_ignore_ascii_case(GROUP) || tag.trim().eq_ignore_ascii_case(TAG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scope_holds_operations_by_tag_by_path_and_by_key() {
        let scope = Scope([OperationKey::new("get", "/api/2.0/keys")].into());
        let holds = |path: &str, tags: &[&str]| {
            scope.holds(&OperationKey::new("get", path), &tags.iter().map(ToString::to_string).collect())
        };
        assert!(holds("/api/2.0/other", &["Rooms"]));
        assert!(holds("/api/2.0/Files/Rooms/{id}", &["Renamed"]));
        assert!(holds("/api/2.0/privacyroom/keys", &["rooms / Privacy room"]));
        assert!(holds("/api/2.0/other", &["Files / quota"]));
        assert!(!holds("/api/2.0/other", &["Roomservice", "Files / Rooms"]));
        assert!(holds("/api/2.0/keys", &[]));
        assert!(!holds("/api/2.0/files/roomsfolder", &["Files"]));
    }
}
