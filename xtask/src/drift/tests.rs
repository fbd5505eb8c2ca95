//! Tests of drifts and of their reports, on small documents and on two published releases.

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

/// Asserts that the report equals the stored one. `openapi/README.md` describes how to update it.
fn golden(old: &str, new: &str) {
    let folder = root().join("xtask/tests/drift");
    let drift = between(old, new);
    for (extension, text) in [("md", drift.markdown()), ("json", pretty_json(&drift.json()))] {
        let path = folder.join(format!("{old}-to-{new}.{extension}"));
        // One direction is enough for JSON.
        if extension == "json" && old > new {
            continue;
        }
        if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == text, "{} differs from the report:\n{text}", path.display());
    }
    assert_eq!(drift.exit_code(), 5);
}

#[test]
fn report_from_3_6_to_3_7_matches_the_stored_one() {
    golden("3.6.0", "3.7.0");
}

#[test]
fn report_from_3_7_to_3_6_matches_the_stored_one() {
    golden("3.7.0", "3.6.0");
}

#[test]
fn document_has_no_drift_from_itself() {
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
fn exit_code_distinguishes_additions_from_breaks() {
    let (old, new) = (both_ways("{type: object}"), both_ways("{type: object, properties: {x: {type: string}}}"));
    assert_eq!(Drift::between(&old, &new).exit_code(), 4);
    assert_eq!(Drift::between(&new, &old).exit_code(), 5);
}

#[test]
fn deviation_is_reported_once_the_document_agrees() {
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
    let drift = Drift::of(root.path(), &next, None, false).unwrap();
    assert_eq!(drift.agreed, ["`Room.id`: published \"optional\", ours \"required\""]);
    assert!(drift.obsolete.is_empty() && drift.unexplained.is_empty(), "the entry is still needed for the tags");
    assert_eq!(drift.exit_code(), 4);

    // A document with another difference at the same place does not agree with us.
    let other = write("other.yaml", &document("9", "{type: object, properties: {id: {type: string}}}"));
    let drift = Drift::of(root.path(), &other, None, false).unwrap();
    assert_eq!(drift.agreed, [""; 0]);
    assert_eq!(drift.unexplained, ["`Room.tags`: published \"absent\", ours \"required string\""]);

    // The entry is obsolete once the document agrees on both fields. It does not apply to other
    // pairs of documents.
    let last =
        write("last.yaml", &document("9", &format!("{{type: object, required: [id, tags], properties: {fields}}}")));
    let drift = Drift::of(root.path(), &last, None, false).unwrap();
    assert_eq!(drift.obsolete, ["line 1: `Room.{id,tags}`: published \"optional\", ours \"required\""]);
    assert_eq!(Drift::of(root.path(), &last, Some(&next), false).unwrap().obsolete, [""; 0]);
}
