//! The commands for members, people, tags, groups, keys and operations on a terminal: questions,
//! hidden input, and the browser.

use rexpect::session::spawn_command;
use serde_json::json;

use crate::support::{World, stdout};
use crate::terminal::{READ_TIMEOUT, end, start};

/// The number of the room type `custom`.
const CUSTOM: i32 = 5;

/// Without an answer of yes, nothing is changed.
#[tokio::test(flavor = "multi_thread")]
async fn questions_name_what_is_changed() {
    let world = World::new().await;
    let (room, ann) = (world.room("Audit", "custom"), world.mock.email("ann"));
    let owner = world.mock.email("owner");
    world.owner(&["members", "add", &room, &ann, "--access", "read"]).assert().success();
    world.owner(&["tags", "create", "audit"]).assert().success();
    world.owner(&["groups", "create", "Clients", &room, "--icon", "flag"]).assert().success();
    world.owner(&["keys", "create", "nightly"]).assert().success();
    world.people_group("Auditors", &["ann"]);
    for access in ["read", "comment"] {
        world.owner(&["links", "create", &room, "--access", access]).assert().success();
    }
    let before = world.write_count();
    for (arguments, parts) in [
        (&["members", "remove", &room, &ann][..], &["CHANGE", &ann, "removed", "Remove this member from room "][..]),
        (&["rooms", "owner", &room, &ann], &["Give room ", "Audit", " to "]),
        (&["rooms", "leave", &room], &["Leave room ", "Audit"]),
        (&["tags", "delete", "AUDIT"], &["TEMPLATES", "audit", "delete this tag? ", "Type its name to confirm:"]),
        (&["groups", "delete", "clients"], &["Clients", "Its rooms stay. Type its name to confirm:"]),
        (&["people", "groups", "delete", "Auditors"], &["SIZE", "Auditors", "Type its name to confirm:"]),
        (&["people", "disable", &ann], &[&ann, "Disable this person? They can no longer sign in."]),
        (
            &["people", "offboard", &ann, "--to", &owner],
            &["Audit", "note: ", "from 1 room. Type ", &ann, " to confirm:"],
        ),
        (&["keys", "delete", "nightly"], &["nightly", "delete this API key? ", "Type its name to confirm:"]),
        (&["operations", "cancel", "--all"], &["Cancel all of your operations?"]),
        (
            &["links", "edit", "--all-rooms", "--never-expires", "--expires", "30days"],
            &["CHANGE", "Audit", "Shared link", "expires never", "Change these 2 links?"],
        ),
        (
            &["links", "revoke", &room, "--external"],
            &["URL", "Audit", "Shared link", "Revoke these 2 links? Their addresses stop working."],
        ),
    ] {
        let mut session = start(&world, arguments);
        for part in parts {
            session.exp_string(part).unwrap_or_else(|error| panic!("{arguments:?}, {part}: {error}"));
        }
        session.send_line("n").expect("an answer");
        let (rest, _) = end(session);
        assert!(rest.contains("nothing was changed"), "{arguments:?}: {rest}");
    }
    assert_eq!(world.write_count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn deletion_needs_the_name_of_a_single_thing_or_the_number_of_several() {
    let world = World::new().await;
    for tag in ["audit", "closed", "open"] {
        world.owner(&["tags", "create", tag]).assert().success();
    }
    for (tags, question, answer) in [
        (&["audit"][..], "delete this tag? All rooms and templates lose it. Type its name to confirm:", "audit"),
        (&["closed", "open"], "delete these 2 tags? All rooms and templates lose them. Type 2 to confirm:", "2"),
    ] {
        let mut session = start(&world, &[&["tags", "delete"], tags].concat());
        session.exp_string(question).expect("a question");
        session.send_line(answer).expect("an answer");
        let (rest, code) = end(session);
        assert!(rest.contains("deleted") && code == 0, "{rest}");
    }
    assert_eq!(stdout(&world.owner(&["tags", "list"]).assert().success()), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn password_of_a_new_account_is_not_shown() {
    let world = World::new().await;
    let create = ["people", "create", "eve@acme.com", "Eve", "Adams", "--type", "user"];
    let mut session = start(&world, &create);
    session.exp_string("Enter the password (not shown)").expect("a question");
    session.send_line("Hunter2hunter2").expect("an answer");
    let (rest, _) = end(session);
    assert!(rest.contains("eve@acme.com") && !rest.contains("Hunter2"), "{rest}");
    assert!(world.mock.requests().iter().any(|request| request.body.contains("Hunter2hunter2")));
}

#[tokio::test(flavor = "multi_thread")]
async fn new_key_is_announced_on_a_terminal() {
    let world = World::new().await;
    let (rest, _) = end(start(&world, &["keys", "create", "nightly"]));
    assert!(rest.contains("created the key ") && rest.contains("nightly") && rest.contains("\nsk-"), "{rest}");
    let (rest, _) = end(start(&world, &["keys", "rotate", "nightly"]));
    assert!(rest.contains("delete the old key with `docspace keys delete "), "{rest}");
}

// The browser of macOS does not depend on PATH.
#[cfg(not(target_os = "macos"))]
#[tokio::test(flavor = "multi_thread")]
async fn missing_browser_is_reported_with_the_address() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let mut command = world.std_command_as_owner(&["rooms", "open", &room]);
    command.env("PATH", world.config.path());
    let (rest, _) = end(spawn_command(command, READ_TIMEOUT).expect("the command starts"));
    let address = format!("{}/rooms/shared/{room}/filter?folder={room}", world.mock.url());
    assert!(rest.contains("cannot open the browser") && rest.contains(&address), "{rest}");
    let (rest, _) = end(start(&world, &["rooms", "open", &room, "--no-browser"]));
    assert!(rest.contains(&address), "{rest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_and_answers_do_not_control_the_terminal() {
    let world = World::new().await;
    let evil = "evil\u{1b}]0;pwned\u{7}\nFORGED \u{202e}rtl\u{9b}31m";
    let room = world.room_with_any_title(evil, CUSTOM);
    world.people_group(evil, &["ann"]);
    let groups = ["people", "groups", "list", "--json", "id", "--jq", ".[].id"];
    let group = stdout(&world.owner(&groups).assert().success()).trim().to_owned();
    for arguments in [
        &["rooms", "pin", &room, "--dry-run"][..],
        &["rooms", "leave", &room, "--dry-run"],
        &["people", "groups", "list"],
        &["people", "groups", "delete", &group, "--dry-run"],
        &["members", "add", &room, "--group", &group, "--access", "read"],
        &["members", "list", &room],
        &["api", &format!("files/rooms/{room}")],
        &["api", &format!("files/rooms/{room}"), "--jq", ".response.title"],
        &["api", "files/rooms", "-f", &format!("filterValue={evil}"), "--dry-run"],
    ] {
        let (screen, _) = end(start(&world, arguments));
        assert!(screen.contains("evil"), "{arguments:?}: {screen:?}");
        for sequence in ["\u{1b}]0", "\u{7}", "\nFORGED", "\u{202e}", "\u{9b}"] {
            assert!(!screen.contains(sequence), "{arguments:?}: {sequence:?} in {screen:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operation_that_is_not_waited_for_can_be_resumed() {
    let world = World::new().await;
    let (room, other) = (world.room("Audit", "custom"), world.room("Other", "custom"));
    let create =
        |title: &str| world.call("POST", &format!("files/folder/{room}"), &json!({"title": title}))["id"].to_string();
    let (docs, old, older) = (create("Docs"), create("Old"), create("Older"));
    let delete = ["folders", "delete", &older, "--yes"];
    for (command, expected) in [
        (
            &["templates", "create", &room, "It's a template"][..],
            json!({"state": "template", "title": "It's a template"}),
        ),
        (&["folders", "copy", &docs, "--to", &other], json!({"state": "in-target", "title": "Docs"})),
        (
            &["folders", "move", &docs, "--to", &other, "--on-conflict", "skip"],
            json!({"state": "in-target", "title": "Docs"}),
        ),
        (&["folders", "delete", &old, "--trash"], json!({"state": "in-trash", "title": "Old"})),
        (&delete, json!({"state": "deleted", "title": null})),
    ] {
        let (screen, _) = end(start(&world, &[command, &["--no-wait"]].concat()));
        let (_, command) = screen.split_once(" later, run ").unwrap_or_else(|| panic!("no command: {screen}"));
        let words = shell_words::split(command.lines().next().expect("a command")).expect("words");
        assert_eq!(words[2..], ["|", "docspace", "operations", "resume", "-"]);
        let file = world.config.path().join("ticket.json");
        std::fs::write(&file, &words[1]).expect("a file");
        let resume = ["operations", "resume", file.to_str().expect("a path"), "--json", "state,title"];
        world.owner(&resume).assert().success().stdout_eq(format!("[{expected}]\n")).stderr_eq("");
    }
}
