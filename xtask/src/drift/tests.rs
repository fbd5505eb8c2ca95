//! What is said about changes, and that the two documents we have seen still give the same report.

use std::path::{Path, PathBuf};

use super::{Drift, Effect};
use crate::structure::{Scope, Structure, json_text};
use crate::workspace::root;

fn kept(version: &str) -> PathBuf {
    root().join(format!("xtask/tests/upstream/{version}.json"))
}

fn between(old: &str, new: &str) -> Drift {
    let read = |version| Structure::read(&kept(version), version, &Scope::Everything).unwrap();
    Drift::between(&read(old), &read(new))
}

/// The report is the one that is kept; to renew it, write what `xtask drift NEW --against OLD` prints.
fn golden(old: &str, new: &str) {
    let folder = root().join("xtask/tests/drift");
    let drift = between(old, new);
    for (extension, text) in [("md", drift.markdown()), ("json", json_text(&drift.json()))] {
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
fn both_ways(folder: &Path, name: &str, schema: &str) -> Structure {
    let content = format!("{{content: {{application/json: {{schema: {schema}}}}}}}");
    let text = format!(
        "openapi: 3.0.3\ninfo: {{version: '{name}'}}\npaths: {{/a: {{put: {{requestBody: {content}, responses: {{200: {content}}}}}}}}}"
    );
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    Structure::read(&path, name, &Scope::Everything).unwrap()
}

/// The effects on what is sent and on what is received, in this order, with the words.
fn effects(old: &str, new: &str) -> Vec<(Effect, String)> {
    let folder = tempfile::tempdir().unwrap();
    let drift = Drift::between(&both_ways(folder.path(), "old", old), &both_ways(folder.path(), "new", new));
    let mut changes = drift.changes;
    changes.sort_by_key(|change| change.difference.side);
    changes.iter().map(|change| (change.effect, change.words())).collect()
}

#[test]
fn whether_a_change_breaks_depends_on_who_sends() {
    use Effect::{Adds, Breaks};
    let object = |rest: &str| format!("{{type: object, properties: {{x: {{type: string}}}}{rest}}}");
    for (old, new, sent, received) in [
        (object(""), object(", required: [x]"), (Breaks, "must be sent now"), (Adds, "is always there now")),
        (object(", required: [x]"), object(""), (Adds, "need not be sent any more"), (Breaks, "may be missing now")),
        (
            object(""),
            "{type: object}".into(),
            (Breaks, "field is gone, was optional string"),
            (Breaks, "field is gone, was optional string"),
        ),
        (
            "{type: object}".into(),
            object(""),
            (Adds, "new field, optional string"),
            (Adds, "new field, optional string"),
        ),
        (
            "{type: object}".into(),
            object(", required: [x]"),
            (Breaks, "new field, required string"),
            (Adds, "new field, required string"),
        ),
        (
            object(""),
            object(", additionalProperties: false"),
            (Breaks, "no other fields now, was other fields allowed"),
            (Adds, "no other fields now, was other fields allowed"),
        ),
        (
            "{type: string}".into(),
            "{type: boolean}".into(),
            (Breaks, "boolean now, was string"),
            (Breaks, "boolean now, was string"),
        ),
        (
            "{type: string}".into(),
            "{type: string, format: uuid}".into(),
            (Breaks, "string uuid now, was string"),
            (Adds, "string uuid now, was string"),
        ),
        (
            "{type: string}".into(),
            "{type: string, nullable: true}".into(),
            (Adds, "may be null now"),
            (Breaks, "may be null now"),
        ),
        (
            "{type: string, nullable: true}".into(),
            "{type: string}".into(),
            (Breaks, "may not be null any more"),
            (Adds, "may not be null any more"),
        ),
        (
            "{type: string, enum: [a]}".into(),
            "{type: string, enum: [a, b]}".into(),
            (Adds, "new value b"),
            (Adds, "new value b"),
        ),
        (
            "{type: string, enum: [a, b]}".into(),
            "{type: string, enum: [a]}".into(),
            (Breaks, "value b is gone"),
            (Adds, "value b is gone"),
        ),
        (
            "{type: string}".into(),
            "{type: string, enum: [a]}".into(),
            (Breaks, "one of a now, was any value"),
            (Adds, "one of a now, was any value"),
        ),
        (
            "{type: string}".into(),
            "{type: string, maxLength: 5}".into(),
            (Breaks, "maxLength 5 now, was no maxLength"),
            (Adds, "maxLength 5 now, was no maxLength"),
        ),
        (
            "{type: string}".into(),
            "{type: string, deprecated: true}".into(),
            (Adds, "is deprecated now"),
            (Adds, "is deprecated now"),
        ),
    ] {
        let expected = [sent, received].map(|(effect, words)| (effect, words.to_owned()));
        assert_eq!(effects(&old, &new), expected, "{old} to {new}");
    }
}

#[test]
fn additions_only_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let old = both_ways(folder.path(), "old", "{type: object}");
    let new = both_ways(folder.path(), "new", "{type: object, properties: {x: {type: string}}}");
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
