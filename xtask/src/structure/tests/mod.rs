//! Structures made from small documents, and from large ones that say the same in other words.

mod changes;
mod forms;
mod malformed;
mod sameness;

use anyhow::Result;

use super::source::Source;
use super::{Anchor, Scope, Structure, compare};

/// The structure of a document in YAML.
fn read(text: &str) -> Result<Structure> {
    Structure::of(&Source::parse("test.yaml", text)?, &Scope::Everything)
}

/// A document with one operation that answers with one schema and has these others.
fn answering(version: &str, schema: &str, components: &str) -> Structure {
    let text = format!(
        "openapi: {version}
info: {{version: '1'}}
paths:
  /a: {{get: {{responses: {{200: {{content: {{application/json: {{schema: {schema}}}}}}}}}}}}}
components: {{schemas: {{{components}}}}}"
    );
    read(&text).unwrap()
}

/// A document with one operation.
fn with_operation(operation: &str) -> Structure {
    read(&format!("openapi: 3.0.3\ninfo: {{version: '1'}}\npaths: {{'/a/{{id}}': {{post: {operation}}}}}")).unwrap()
}

/// Place, left and right of all differences.
fn differences(left: &Structure, right: &Structure) -> Vec<String> {
    let all = compare(left, right, Anchor::Left);
    all.keys().map(|found| format!("{}: {} -> {} ({:?})", found.place, found.left, found.right, found.turn)).collect()
}
