//! The `docspace rooms` commands that act on one room: pins, logo, owner, content and address.

use docspace_mock::Fault;
use snapbox::str;

use crate::support::{World, stderr, stdout};

/// The beginning of a PNG of 1 by 1 pixel. The portal and the library read only its size.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

#[tokio::test(flavor = "multi_thread")]
async fn room_is_pinned_and_unpinned() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let pinned = |verb: &str| stdout(&world.owner(&["rooms", verb, &room, "--json", "pinned"]).assert().success());
    assert_eq!(pinned("pin"), "{\"pinned\":true}\n");
    assert_eq!(pinned("unpin"), "{\"pinned\":false}\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_runs_read_the_room_and_change_nothing() {
    let world = World::new().await;
    let (room, ann) = (world.room("Audit", "custom"), world.mock.email("ann"));
    for (verb, rest) in [
        ("pin", &[][..]),
        ("unpin", &[]),
        ("leave", &[]),
        ("owner", &[&*ann]),
        ("logo", &["--remove"]),
        ("logo", &["--cover", "suitcase"]),
        ("export-index", &[]),
    ] {
        let command = |room: &str| [&["rooms", verb, room], rest, &["--dry-run"]].concat().join(" ");
        let run = |line: String| world.owner(&line.split(' ').collect::<Vec<_>>()).assert();
        let ended = run(command(&room)).success().stdout_eq("");
        let said = stderr(&ended);
        assert!(said.starts_with("dry run: would ") && said.contains("“Audit”"), "{verb}: {said}");
        run(command("4711")).code(3).stdout_eq("");
    }
    assert_eq!(world.write_count(), 1, "only the room is created");
}

#[tokio::test(flavor = "multi_thread")]
async fn owner_of_a_room_changes_after_confirmation() {
    let world = World::new().await;
    let (room, ann) = (world.room("Audit", "custom"), world.mock.email("ann"));
    world.owner(&["rooms", "owner", &room, &ann]).assert().code(2).stdout_eq("");
    let change = ["rooms", "owner", &room, &ann, "--yes", "--json", "owner"];
    let ended = world.owner(&change).assert().success().stderr_eq("");
    assert!(stdout(&ended).to_lowercase().contains("ann"), "{}", stdout(&ended));
    world.owner(&["rooms", "owner", &room, "unknown@acme.com", "--yes"]).assert().code(3).stdout_eq("").stderr_eq(
        str![[r#"
error: no person on the portal has the address unknown@acme.com
hint: check the address, or list the people with `docspace people list --status all`

"#]],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn member_leaves_a_room_but_the_owner_does_not() {
    let world = World::new().await;
    let (room, ann) = (world.room("Audit", "custom"), world.mock.email("ann"));
    world.owner(&["members", "add", &room, &ann, "--access", "editing"]).assert().success();
    world
        .as_person("ann", &["rooms", "leave", &room, "--yes"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	left	Audit

"#]])
        .stderr_eq("");
    world.as_person("ann", &["rooms", "view", &room]).assert().code(5);
    let ended = world.owner(&["rooms", "leave", &room, "--yes"]).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("owner"), "{}", stderr(&ended));
}

#[tokio::test(flavor = "multi_thread")]
async fn logo_is_uploaded_and_removed() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let file = world.config.path().join("acme.png");
    std::fs::write(&file, PNG).expect("a file");
    let file = file.to_str().expect("a path");
    world.owner(&["rooms", "logo", &room, file]).assert().success().stderr_eq("");
    let paths: Vec<_> = world.mock.requests().into_iter().rev().take(2).map(|request| request.path).collect();
    assert!(paths[0].ends_with(&format!("files/rooms/{room}/logo")) && paths[1].ends_with("files/logos"), "{paths:?}");
    world.owner(&["rooms", "logo", &room, "--remove"]).assert().success().stderr_eq("");
    let cover = ["rooms", "logo", &room, "--cover", "flag", "--json", "cover"];
    world.owner(&cover).assert().success().stdout_eq("{\"cover\":\"flag\"}\n").stderr_eq("");
    let cover = world.owner(&["rooms", "logo", &room, "--cover", "nosuch"]).assert().code(1).stdout_eq("");
    assert!(
        stderr(&cover).contains("list them with `docspace covers list`; see `docspace explain "),
        "{}",
        stderr(&cover)
    );
    let before = world.write_count();
    let missing = world.owner(&["rooms", "logo", &room, "missing.png"]).assert().code(2).stdout_eq("");
    assert!(stderr(&missing).starts_with("error: cannot read missing.png: "), "{}", stderr(&missing));
    world.owner(&["rooms", "logo", &room]).assert().code(2);
    assert_eq!(world.write_count(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn address_of_a_room_is_printed_without_a_terminal() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let url = world.mock.url();
    let open = || stdout(&world.owner(&["rooms", "open", &room]).assert().success().stderr_eq(""));
    assert_eq!(open(), format!("{url}/rooms/shared/{room}/filter?folder={room}\n"));
    world.owner(&["rooms", "archive", &room]).assert().success();
    assert_eq!(open(), format!("{url}/rooms/archived/{room}/filter?folder={room}\n"));
    world.owner(&["rooms", "open", "4711"]).assert().code(3).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn content_of_a_room_is_listed() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    world.owner(&["rooms", "content", &room]).assert().success().stdout_eq("").stderr_eq("");
    let id = room.parse().expect("a number");
    assert!(world.mock.portal(|portal| portal.fill_room(id, 3)));
    let list = |more: &[&str]| stdout(&world.owner(&[&["rooms", "content", &room], more].concat()).assert().success());
    assert_eq!(list(&[]).lines().count(), 3);
    assert_eq!(list(&["--limit", "2", "--json", "type", "--jq", ".[].type"]), "file\nfile\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn index_of_a_room_is_renumbered_and_its_export_is_requested() {
    let world = World::new().await;
    let room = world.room("Vault", "virtual-data");
    let reorder = ["rooms", "reorder", &room];
    world.owner(&reorder).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: room [ROOM] does not number its files and folders
hint: turn numbering on with `docspace rooms edit [..] --indexing on`

"#]]);
    world.owner(&["rooms", "edit", &room, "--indexing", "on"]).assert().success();
    world.owner(&reorder).assert().success().stderr_eq("");
    // The mock portal has no document service, which writes the file.
    let ended = world.owner(&["rooms", "export-index", &room]).assert().code(1).stdout_eq("");
    assert!(stderr(&ended).starts_with("error: cannot export the index of room "), "{}", stderr(&ended));
}

/// The mock portal has no news, so a recorded answer takes its place.
#[tokio::test(flavor = "multi_thread")]
async fn new_files_are_listed_by_day() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    for arguments in [&["rooms", "news"][..], &["rooms", "news", &room]] {
        world.owner(arguments).assert().success().stdout_eq("").stderr_eq("");
    }
    let recording = include_str!("../../../../tests/recordings/rooms/news.json");
    let recording: serde_json::Value = serde_json::from_str(recording).expect("JSON");
    let steps = recording["steps"].as_array().expect("steps").iter();
    let mut bodies =
        steps.filter(|step| step["path"] == "/files/rooms/${room}/news").map(|step| &step["response"]["body"]);
    let body = bodies.find(|body| body["response"][0].is_object()).expect("a recorded answer");
    world.mock.faults().next("GET /files/rooms/*/news", Fault::status(200).body(body.to_string()));
    let list = ["rooms", "news", &room, "--json", "day,title", "--jq", ".[].title"];
    world.owner(&list).assert().success().stdout_eq("by the user.txt\ndeep.txt\n").stderr_eq("");
    world.owner(&["rooms", "news", "4711"]).assert().code(3).stdout_eq("");
}

/// The mock portal has no external database.
#[tokio::test(flavor = "multi_thread")]
async fn form_answers_are_transferred_only_from_form_filling_rooms() {
    let world = World::new().await;
    let (forms, other) = (world.room("Forms", "filling-forms"), world.room("Audit", "custom"));
    world.owner(&["rooms", "sync-database", &forms, "--status"]).assert().success().stdout_eq("").stderr_eq("");
    let ended = world.owner(&["rooms", "sync-database", &forms]).assert().code(1).stdout_eq("");
    assert!(stderr(&ended).contains("set up the external database"), "{}", stderr(&ended));
    for flag in ["--status", "--json=state"] {
        world.owner(&["rooms", "sync-database", &other, flag]).assert().code(2).stdout_eq("");
    }
    let before = world.write_count();
    world.owner(&["rooms", "sync-database", &forms, "--dry-run"]).assert().success().stdout_eq("");
    assert_eq!(world.write_count(), before);
}
