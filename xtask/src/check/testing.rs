//! Small specs for the tests of the rules.

use openapi_compare::{Document, Versions};

use super::finding::{Findings, Rule};

/// A document with these `paths` and `components`.
pub(crate) fn document(text: &str) -> Document {
    let paths = if text.contains("paths:") { "" } else { "paths: {}\n" };
    let text = format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{paths}{text}\n");
    Document::parse("test.yaml", text, Versions::V3_0).unwrap()
}

/// The breaches of one rule in the document, each as place and message.
pub(crate) fn breaches(rules: &[Rule], rule: &str, text: &str) -> Vec<String> {
    let rule = rules.iter().find(|candidate| candidate.name == rule).expect("no rule has that name");
    let mut found = Findings::default();
    (rule.check)(&document(text), &mut found);
    assert!(found.examined > 0, "the rule examined nothing");
    found.breaches.into_iter().map(|(place, message)| format!("{place}: {message}")).collect()
}

/// A document with one operation, `GET /rooms`, given in YAML's flow style.
pub(crate) fn get(operation: &str) -> String {
    format!("paths: {{/rooms: {{get: {operation}}}}}")
}

/// A document with these schemas, in which `GET /rooms` answers with the schema `Room`.
pub(crate) fn answer(schemas: &str) -> String {
    let response = "content: {application/json: {schema: {$ref: '#/components/schemas/Room'}}}";
    format!("{}\ncomponents: {{schemas: {{{schemas}}}}}", get(&format!("{{responses: {{200: {{{response}}}}}}}")))
}
