//! What is said about changes, and that the two documents we have seen still give the same report.

use std::path::PathBuf;

use openapi_compare::{Api, Document, Versions, pretty_json};

use super::Drift;
use crate::workspace::root;

fn kept(version: &str) -> PathBuf {
    root().join(format!("crates/openapi-compare/tests/published/{version}.json"))
}

fn between(old: &str, new: &str) -> Drift {
    let read = |version| {
        let document = Document::read(&kept(version), version, Versions::V3_0And3_1).unwrap();
        Api::read(&document).unwrap()
    };
    Drift::between(&read(old), &read(new))
}

/// The report is the one that is kept; to renew it, write what `xtask drift NEW --against OLD` prints.
fn golden(old: &str, new: &str) {
    let folder = root().join("xtask/tests/drift");
    let drift = between(old, new);
    for (extension, text) in [("md", drift.markdown()), ("json", pretty_json(&drift.json()))] {
        let path = folder.join(format!("{old}-to-{new}.{extension}"));
        // As JSON, one direction is enough.
        if extension == "json" && old > new {
            continue;
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "{} is not what is said now:\n{text}", path.display());
    }
    assert_eq!(drift.exit_code(), 5);
}

#[test]
fn the_report_from_3_6_to_3_7() {
    golden("3.6.0", "3.7.0");
}

#[test]
fn the_report_from_3_7_back_to_3_6() {
    golden("3.7.0", "3.6.0");
}

#[test]
fn nothing_changes_from_a_document_to_itself() {
    let drift = between("3.7.0", "3.7.0");
    assert_eq!(drift.exit_code(), 0);
    assert_eq!(drift.markdown(), "# From 3.7.0 to 3.7.0\n\nNothing changed for us.\n");
    assert_eq!(drift.json()["changes"], serde_json::json!([]));
}

/// A document with one operation that sends and receives this schema.
fn both_ways(schema: &str) -> Api {
    let content = format!("{{content: {{application/json: {{schema: {schema}}}}}}}");
    let operation = format!("{{requestBody: {content}, responses: {{200: {content}}}}}");
    let text = format!("openapi: 3.0.3\ninfo: {{version: '1'}}\npaths: {{/a: {{put: {operation}}}}}");
    Api::read(&Document::parse("test.yaml", text, Versions::V3_0And3_1).unwrap()).unwrap()
}

#[test]
fn additions_only_are_told_apart() {
    let (old, new) = (both_ways("{type: object}"), both_ways("{type: object, properties: {x: {type: string}}}"));
    assert_eq!(Drift::between(&old, &new).exit_code(), 4);
    assert_eq!(Drift::between(&new, &old).exit_code(), 5);
}

#[test]
fn what_the_document_agrees_with_now_is_told() {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    };
    let document = |version: &str, schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{version: '{version}'}}\npaths: {{/a: {{get: {{responses: {{200: {{content: {{application/json:
                {{schema: {{$ref: '#/components/schemas/Room'}}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{Room: {schema}}}}}"
        )
    };
    write(
        "openapi/docspace.yaml",
        &document("1", "{type: object, required: [id, tags], properties: {id: {type: string}, tags: {type: string}}}"),
    );
    let fields = "{id: {type: string}, tags: {type: string}}";
    write("openapi/upstream.json", &document("8", &format!("{{type: object, properties: {fields}}}")));
    let entry = "- {where: 'Room.{id,tags}', document: optional, ours: required, why: w, evidence: assumption}\n";
    write("openapi/deviations.yaml", entry);

    let next = write("next.yaml", &document("9", &format!("{{type: object, required: [id], properties: {fields}}}")));
    let drift = Drift::of(root.path(), &next, None).unwrap();
    assert_eq!(drift.agreed, ["`Room.id`: the document says \"optional\", we say \"required\""]);
    assert!(drift.obsolete.is_empty() && drift.unexplained.is_empty(), "the entry is still needed for the tags");
    assert_eq!(drift.exit_code(), 4);

    // A document that says something else is not one that agrees.
    let other = write("other.yaml", &document("9", "{type: object, properties: {id: {type: string}}}"));
    let drift = Drift::of(root.path(), &other, None).unwrap();
    assert_eq!(drift.agreed, [""; 0]);
    assert_eq!(drift.unexplained, ["`Room.tags`: the document says \"absent\", we say \"required string\""]);

    // The entry has to go when both are settled, and between other documents nothing is said about it.
    let last =
        write("last.yaml", &document("9", &format!("{{type: object, required: [id, tags], properties: {fields}}}")));
    let drift = Drift::of(root.path(), &last, None).unwrap();
    assert_eq!(drift.obsolete, ["line 1: `Room.{id,tags}`: the document says \"optional\", we say \"required\""]);
    assert_eq!(Drift::of(root.path(), &last, Some(&next)).unwrap().obsolete, [""; 0]);
}
