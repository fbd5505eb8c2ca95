//! Entries and differences, on a workspace of a few lines.

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
  evidence: [rooms/list step 1, portal-facts 5.1]
- where: Room.{date,old}
  document: '*'
  ours: '*'
  why: Nobody knows.
  evidence: assumption
";

/// A root with these three files and a recording of two steps.
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
    let message = format!("{:#}", check(root).err().expect("this must be refused"));
    assert!(!message.contains('\n'), "{message}");
    message
}

#[test]
fn every_difference_has_an_entry() {
    let outcome = check(workspace(ENTRIES).path()).unwrap();
    assert_eq!(outcome.faults, [""; 0]);
    assert_eq!(
        outcome.summary,
        format!(
            "3 differences from version 9 of the published document ({UPSTREAM}), explained by 2 entries, 1 of them assumptions"
        )
    );
    assert_eq!(outcome.proposal, "");
}

#[test]
fn a_difference_without_an_entry_fails_and_is_proposed() {
    let outcome = check(workspace("[]").path()).unwrap();
    assert_eq!(outcome.faults.len(), 3, "{:#?}", outcome.faults);
    assert_eq!(
        outcome.faults[1],
        format!("{DEVIATIONS}: no entry for `Room.id`: the document says \"optional\", we say \"required\" (GET /a)")
    );
    assert!(outcome.proposal.contains("- where: \"Room.id\"\n  document: \"optional\"\n  ours: \"required\"\n"));
    // The proposal is a file that can be read once it is filled in.
    let filled = outcome.proposal.replace("why: \"\"", "why: x").replace("evidence: \"\"", "evidence: assumption");
    assert_eq!(faults(&filled), [""; 0]);
}

#[test]
fn an_entry_without_a_difference_fails() {
    let found =
        faults(&format!("{ENTRIES}- {{where: Room.gone, document: a, ours: b, why: c, evidence: assumption}}\n"));
    assert_eq!(
        found,
        [format!("{DEVIATIONS}:11: no such difference: `Room.gone`: the document says \"a\", we say \"b\"")]
    );
    // So does one place of several, and an entry that another stands in front of.
    assert_eq!(faults(&ENTRIES.replace("where: Room.id", "where: [Room.id, Room.gone]")).len(), 1);
    assert_eq!(
        faults(&format!("{ENTRIES}- {{where: '**', document: '*', ours: '*', why: c, evidence: assumption}}\n")).len(),
        1
    );
    // The same place, but something else is said there.
    assert_eq!(faults(&ENTRIES.replace("ours: required", "ours: optional")).len(), 2);
    assert_eq!(faults(&ENTRIES.replace("  ours: required", "  ours: required\n  side: sent")).len(), 2);
    assert_eq!(faults(&ENTRIES.replace("  ours: required", "  ours: required\n  side: received")).len(), 0);
}

#[test]
fn evidence_has_to_exist() {
    let found = |evidence: &str| faults(&ENTRIES.replace("[rooms/list step 1, portal-facts 5.1]", evidence)).join("; ");
    assert_eq!(found("rooms/list step 0"), "");
    assert_eq!(found("portal-facts 10"), "");
    assert_eq!(
        found("rooms/list step 2"),
        format!("{DEVIATIONS}:1: recording \"rooms/list\" has no step 2, only 0 to 1")
    );
    assert_eq!(
        found("rooms/none step 0"),
        format!("{DEVIATIONS}:1: there is no recording \"rooms/none\" in tests/recordings")
    );
    assert!(found("../recordings/rooms/list step 0").contains("there is no recording"));
    for odd in ["hearsay", "portal-facts", "portal-facts x", "rooms/list step", "'rooms/list step -1'"] {
        assert!(!found(odd).is_empty(), "{odd}");
    }
}

#[test]
fn an_entry_has_to_be_complete() {
    for (part, place) in
        [("  why: Nobody knows.\n", "why"), ("  evidence: assumption\n", "evidence"), ("  ours: '*'\n", "ours")]
    {
        let message = refusal(workspace(&ENTRIES.replace(part, "")).path());
        assert!(message.starts_with(DEVIATIONS) && message.contains(place), "{message}");
    }
    assert_eq!(
        refusal(workspace(&ENTRIES.replace("Nobody knows.", "''")).path()),
        format!("{DEVIATIONS}:6: `why` is empty")
    );
    assert_eq!(
        refusal(workspace(&ENTRIES.replace("where: Room.id", "where: []")).path()),
        format!("{DEVIATIONS}:1: `where` is empty")
    );
    assert!(refusal(workspace(&ENTRIES.replace("ours: '*'", "hours: '*'")).path()).contains("hours"));
    assert!(refusal(workspace("where: x").path()).starts_with(DEVIATIONS));
    let empty = tempfile::tempdir().unwrap();
    assert!(refusal(empty.path()).starts_with(SPEC));
}
