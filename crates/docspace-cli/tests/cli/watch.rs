//! `docspace watch`: what happened between two runs.

use std::fs::File;
use std::path::Path;
use std::process::Stdio;

use fs4::FileExt;
use serde_json::Value;

use crate::support::{World, stderr, stdout};

/// Looks at the room once, with a cursor, and returns the events.
fn look(world: &World, room: &str) -> Vec<Value> {
    let arguments = ["watch", "--room", room, "--cursor", &cursor(world), "--once", "--json"];
    let out = stdout(&world.owner(&arguments).assert().success());
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn cursor(world: &World) -> String {
    world.config.path().join("cursor.json").display().to_string()
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().filter_map(|event| event["event"].as_str()).collect()
}

/// Whether it is a time in UTC with whole seconds.
fn is_whole(time: &Value) -> bool {
    time.as_str().is_some_and(|time| time.len() == "2027-01-31T18:00:00Z".len() && time.ends_with('Z'))
}

fn run(world: &World, arguments: &[&str]) -> String {
    stdout(&world.owner(arguments).assert().success())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_is_printed_once() {
    let world = World::new().await;
    let (room, ann) = (world.room("Audit", "custom"), world.mock.email("ann"));
    run(&world, &["rooms", "edit", &room, "--tag", "open"]);
    assert_eq!(look(&world, &room), [] as [Value; 0]);

    let link =
        run(&world, &["links", "create", &room, "--access", "read", "--title", "ext", "--json", "id", "--jq", ".id"]);
    let link = link.trim();
    run(&world, &["members", "add", &room, &ann, "--access", "read"]);
    run(&world, &["rooms", "edit", &room, "--tag", "closed"]);
    let events = look(&world, &room);
    let mut found = kinds(&events);
    found.sort_unstable();
    // `--tag` replaces the tags of the room.
    assert_eq!(found, ["link-created", "member-added", "tag-added", "tag-removed"]);
    assert!(events.iter().all(|event| event["by"].is_string() && is_whole(&event["time"])), "{events:?}");
    assert_eq!(look(&world, &room), [] as [Value; 0]);

    // The history of the room has none of these changes of the link.
    run(&world, &["links", "edit", &room, link, "--access", "editing", "--expires", "2031-01-31"]);
    let events = look(&world, &room);
    assert_eq!(kinds(&events), ["link-changed"]);
    assert_eq!((&events[0]["subjectId"], &events[0]["subject"]), (&link.into(), &"ext".into()));
    assert_eq!(events[0]["changes"]["access"], serde_json::json!({"from": "read", "to": "editing"}));
    assert_eq!(events[0]["changes"]["expires"]["from"], Value::Null);

    run(&world, &["links", "revoke", &room, link, "--yes"]);
    run(&world, &["members", "remove", &room, &ann, "--yes"]);
    let events = look(&world, &room);
    let mut found = kinds(&events);
    found.sort_unstable();
    assert_eq!(found, ["link-revoked", "member-removed"]);
    assert_eq!(look(&world, &room), [] as [Value; 0]);
}

/// The lists are the same before and after, and only the history has the change.
#[tokio::test(flavor = "multi_thread")]
async fn member_who_was_added_and_removed_between_two_runs_is_two_events() {
    let world = World::new().await;
    let (room, ann) = (world.room("Audit", "custom"), world.mock.email("ann"));
    look(&world, &room);
    run(&world, &["members", "add", &room, &ann, "--access", "read"]);
    run(&world, &["members", "remove", &room, &ann, "--yes"]);
    assert_eq!(kinds(&look(&world, &room)), ["member-added", "member-removed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn room_that_disappears_is_an_event() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    look(&world, "Audit");
    run(&world, &["rooms", "archive", &room, "--yes"]);
    run(&world, &["rooms", "delete", &room, "--yes"]);
    let events = look(&world, "Audit");
    assert_eq!(kinds(&events), ["room-gone"]);
    assert_eq!((&events[0]["id"], &events[0]["room"]), (&format!("{room}-1").into(), &"Audit".into()));
    assert_eq!(look(&world, &room), [] as [Value; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_a_closed_pipe_did_not_take_are_printed_by_the_next_run() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    look(&world, &room);
    run(&world, &["rooms", "edit", &room, "--tag", "open"]);
    let arguments = ["watch", "--room", &room, "--cursor", &cursor(&world), "--once", "--json"];
    let mut command = world.std_command_as_owner(&arguments);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let ended = command.stdin(Stdio::null()).stdout(writer).output().expect("the command ends");
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    let events = look(&world, &room);
    assert_eq!((kinds(&events), &events[0]["id"]), (vec!["tag-added"], &format!("{room}-1").into()));
    assert_eq!(look(&world, &room), [] as [Value; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_lines_for_people_without_json() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let arguments = ["watch", "--room", &room, "--cursor", &cursor(&world), "--once"];
    assert_eq!(run(&world, &arguments), "");
    run(&world, &["rooms", "edit", &room, "--tag", "open"]);
    let out = run(&world, &arguments);
    assert!(out.ends_with(&format!("Audit ({room}): tag added `open` (by Administrator)\n")), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_and_cursors_that_cannot_be_used_are_refused() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    world.owner(&["watch", "--room", "4711", "--once"]).assert().failure();
    let file = cursor(&world);
    for (content, reason) in [
        ("{}", "is not a cursor"),
        (r#"{"version": 9, "portal": "", "titles": {}, "rooms": {}, "unprinted": []}"#, "format version 9"),
        (
            r#"{"version": 1, "portal": "https://other.example.com/", "titles": {}, "rooms": {}, "unprinted": []}"#,
            "belongs to",
        ),
    ] {
        std::fs::write(&file, content).expect("a file");
        let ended = world.owner(&["watch", "--room", &room, "--cursor", &file, "--once"]).assert().failure();
        assert!(stderr(&ended).contains(reason), "{}", stderr(&ended));
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), content);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cursor_in_use_or_in_no_directory_is_refused() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let refused = |cursor: &Path, code: i32, reason: &str| {
        let file = cursor.display().to_string();
        let ended = world.owner(&["watch", "--room", &room, "--cursor", &file, "--once"]).assert().code(code);
        assert!(stderr(&ended).contains(reason), "{}", stderr(&ended));
    };
    let folder = world.config.path();
    refused(folder, 2, "is a directory");
    refused(&folder.join("missing/cursor.json"), 2, "its directory does not exist");
    let other = File::create(folder.join(".cursor.json.lock")).expect("a file");
    FileExt::lock(&other).expect("a lock");
    refused(&folder.join("cursor.json"), 6, "another `docspace watch` uses");
    drop(other);
    run(&world, &["watch", "--room", &room, "--cursor", &cursor(&world), "--once"]);
}
