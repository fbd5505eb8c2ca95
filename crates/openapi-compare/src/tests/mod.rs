//! Tests on small documents, and on large documents that are written differently but mean the same.

mod changes;
mod effects;
mod forms;
mod malformed;
mod sameness;

use crate::{Api, Document, Names, Result, Versions, compare};

/// Reads a document in YAML.
fn read(text: &str) -> Result<Api> {
    Api::read(&Document::parse("test.yaml", text, Versions::V3_0And3_1)?)
}

/// A document with one operation that answers with this schema, and with these components.
fn answering(version: &str, schema: &str, components: &str) -> Api {
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
fn with_operation(operation: &str) -> Api {
    read(&format!("openapi: 3.0.3\ninfo: {{version: '1'}}\npaths: {{'/a/{{id}}': {{post: {operation}}}}}")).unwrap()
}

/// All differences, each with its place, sides and change.
fn differences(left: &Api, right: &Api) -> Vec<String> {
    let all = compare(left, right, Names::Left);
    all.keys().map(|found| format!("{}: {} -> {} ({:?})", found.place, found.left, found.right, found.change)).collect()
}
