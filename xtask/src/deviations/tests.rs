//! Tests of entries and differences, on a small workspace.

use std::path::Path;

use super::check;
use crate::workspace::{DEVIATIONS, SPEC, UPSTREAM};

const DOCUMENT: &str = r##"{"openapi": "3.0.3", "info": {"version": "9"}, "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json":
    {"schema": {"type": "object", "properties": {"id": {"type": "integer"}, "date": {"type": "object"}, "old": {"type": "string"}}}}}}}}}}}"##;

const OURS: &str = "openapi: 3.0.3
info: {version: '1'}
paths: {/a: {get: {responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/Room'}}}}}}}}
components: {schemas: {Room: {type: object, required: [id], properties: {id: {type: integer}, date: {type: string}}}}}";

const ENTRIES: &str = "- where: Room.id
  document: optional
  ours: required
  why: It is always there.
  evidence: [rooms/list step 2, rooms/list step 1]
- where: Room.{date,old}
  document: '*'
  ours: '*'
  why: The reason is unknown.
  evidence: assumption
";

/// A workspace with a spec, a published document, these entries and a recording of two steps.
fn workspace(entries: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let recording = r#"{"steps": [{}, {}]}"#;
    for (name, text) in
        [(SPEC, OURS), (UPSTREAM, DOCUMENT), (DEVIATIONS, entries), ("tests/recordings/rooms/list.json", recording)]
    {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    root
}

fn faults(entries: &str) -> Vec<String> {
    check(workspace(entries).path()).unwrap().faults
}

fn refusal(root: &Path) -> String {
    let message = format!("{:#}", check(root).err().expect("the check accepted a wrong file"));
    assert!(!message.contains('\n'), "{message}");
    message
}

#[test]
fn explained_differences_pass() {
    let outcome = check(workspace(ENTRIES).path()).unwrap();
    assert_eq!(outcome.faults, [""; 0]);
    assert_eq!(
        outcome.summary,
        format!(
            "3 differences from the published document (version 9, {UPSTREAM}); 2 entries explain them, 1 as assumptions"
        )
    );
    assert_eq!(outcome.proposal, "");
}

#[test]
fn difference_without_an_entry_fails_and_is_proposed() {
    let outcome = check(workspace("[]").path()).unwrap();
    assert_eq!(outcome.faults.len(), 3, "{:#?}", outcome.faults);
    assert_eq!(
        outcome.faults[1],
        format!("{DEVIATIONS}: no entry for `Room.id`: published \"optional\", ours \"required\" (GET /a)")
    );
    assert!(outcome.proposal.contains("- where: \"Room.id\"\n  document: \"optional\"\n  ours: \"required\"\n"));
    // The proposal is a valid file once it is filled in.
    let filled = outcome.proposal.replace("why: \"\"", "why: x").replace("evidence: \"\"", "evidence: assumption");
    assert_eq!(faults(&filled), [""; 0]);
}

#[test]
fn entry_without_a_difference_fails() {
    let found =
        faults(&format!("{ENTRIES}- {{where: Room.gone, document: a, ours: b, why: c, evidence: assumption}}\n"));
    assert_eq!(
        found,
        [format!(
            "{DEVIATIONS}:11: the entry matches no difference; delete or correct it: `Room.gone`: published \"a\", ours \"b\""
        )]
    );
    // One unused place of several fails too, and so does an entry hidden by an earlier one.
    assert_eq!(faults(&ENTRIES.replace("where: Room.id", "where: [Room.id, Room.gone]")).len(), 1);
    assert_eq!(
        faults(&format!("{ENTRIES}- {{where: '**', document: '*', ours: '*', why: c, evidence: assumption}}\n")).len(),
        1
    );
    // The place is right, but the description of ours or the side is not.
    assert_eq!(faults(&ENTRIES.replace("ours: required", "ours: optional")).len(), 2);
    assert_eq!(faults(&ENTRIES.replace("  ours: required", "  ours: required\n  side: sent")).len(), 2);
    assert_eq!(faults(&ENTRIES.replace("  ours: required", "  ours: required\n  side: received")).len(), 0);
}

#[test]
fn evidence_that_does_not_exist_fails() {
    let found =
        |evidence: &str| faults(&ENTRIES.replace("[rooms/list step 2, rooms/list step 1]", evidence)).join("; ");
    assert_eq!(found("rooms/list step 1"), "");
    assert_eq!(found("assumption"), "");
    assert_eq!(
        found("rooms/list step 3"),
        format!("{DEVIATIONS}:1: recording \"rooms/list\" has no step 3; its steps are 1 to 2")
    );
    assert_eq!(
        found("rooms/none step 0"),
        format!("{DEVIATIONS}:1: there is no recording \"rooms/none\" in tests/recordings")
    );
    assert!(found("../recordings/rooms/list step 0").contains("there is no recording"));
    for odd in
        ["hearsay", "rooms/list step 0", "rooms/list", "rooms/list step", "rooms/list step x", "'rooms/list step -1'"]
    {
        assert!(!found(odd).is_empty(), "{odd}");
    }
}

#[test]
fn incomplete_entry_fails() {
    for (part, place) in [
        ("  why: The reason is unknown.\n", "why"),
        ("  evidence: assumption\n", "evidence"),
        ("  ours: '*'\n", "ours"),
    ] {
        let message = refusal(workspace(&ENTRIES.replace(part, "")).path());
        assert!(message.starts_with(DEVIATIONS) && message.contains(place), "{message}");
    }
    assert_eq!(
        refusal(workspace(&ENTRIES.replace("The reason is unknown.", "''")).path()),
        format!("{DEVIATIONS}:6: `why` is empty; give the reason")
    );
    assert_eq!(
        refusal(workspace(&ENTRIES.replace("where: Room.id", "where: []")).path()),
        format!("{DEVIATIONS}:1: `where` is empty; name at least one place")
    );
    assert!(refusal(workspace(&ENTRIES.replace("ours: '*'", "hours: '*'")).path()).contains("hours"));
    assert!(refusal(workspace("where: x").path()).starts_with(DEVIATIONS));
    let empty = tempfile::tempdir().unwrap();
    assert!(refusal(empty.path()).starts_with(SPEC));
}
