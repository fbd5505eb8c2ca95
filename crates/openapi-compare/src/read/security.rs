//! The ways to authenticate, in words. The names of the schemes do not matter.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::Document;

/// The ways to authenticate a call of this operation, one of which a request needs.
pub(crate) fn of(document: &Document, operation: &Value) -> BTreeSet<String> {
    let own = operation.get("security").unwrap_or(&document.root()["security"]);
    own.as_array().into_iter().flatten().map(|way| requirement(document, way)).collect()
}

/// One way: all schemes that it needs together.
fn requirement(document: &Document, way: &Value) -> String {
    let names = way.as_object().into_iter().flatten().map(|(name, _)| name);
    let words: BTreeSet<_> = names.map(|name| scheme(document, name)).collect();
    if words.is_empty() { "nothing".to_owned() } else { words.into_iter().collect::<Vec<_>>().join(" and ") }
}

fn scheme(document: &Document, name: &str) -> String {
    let scheme = &document.root()["components"]["securitySchemes"][name];
    let word = |key: &str| scheme[key].as_str();
    match (word("type"), word("in"), word("name"), word("scheme")) {
        (Some("apiKey"), Some("header"), Some(name), _) => format!("header {}", name.to_lowercase()),
        (Some("apiKey"), Some(location), Some(name), _) => format!("{location} {name}"),
        (Some("http"), _, _, Some(scheme)) => format!("http {}", scheme.to_lowercase()),
        (Some(kind), ..) => kind.to_owned(),
        // An API that was written as a document has these words as its names.
        _ => name.to_owned(),
    }
}
