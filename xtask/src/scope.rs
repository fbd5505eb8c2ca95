//! The operations of a published document that matter to us.

use std::collections::BTreeSet;

use openapi_compare::{Api, OperationKey};

/// The tags under which the vendor publishes what we cover.
const TAGS: [&str; 3] = ["Rooms", "Rooms / Groups", "Files / Quota"];

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
            || TAGS.iter().any(|tag| tags.contains(*tag))
            || PATHS.iter().any(|start| {
                operation.path().strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }
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
        assert!(holds("/api/2.0/keys", &[]));
        assert!(!holds("/api/2.0/files/roomsfolder", &["Files"]));
    }
}
