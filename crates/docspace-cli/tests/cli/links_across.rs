//! The links of all rooms: the weekly audit of an administrator.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use docspace_mock::Fault;
use regex::Regex;
use serde_json::json;
use snapbox::str;

use crate::support::{World, assert_golden, stderr, stdout};

/// A portal with two rooms of the owner that have links with and without an expiry, and a room of
/// Ann. The owner is not allowed to see the links of Ann's room.
async fn with_links() -> (World, String, String) {
    let world = World::today().await;
    let (first, second) = (world.room("Audit", "custom"), world.room("Tax", "custom"));
    let create = |room: &str, access: &str, title: &str, flags: &[&str]| {
        let create = [&["links", "create", room, "--access", access, "--title", title], flags].concat();
        world.owner(&create).assert().success();
    };
    create(&first, "read", "For the client", &[]);
    create(&first, "comment", "For a week", &["--expires", "7days"]);
    create(&second, "read", "For the auditor", &[]);
    create(&second, "content-creator", "Join", &["--invite"]);
    world.as_person("ann", &["rooms", "create", "Private", "--type", "public"]).assert().success();
    (world, first, second)
}

#[tokio::test(flavor = "multi_thread")]
async fn weekly_audit_gives_an_expiry_to_all_links_without_one() {
    let (world, ..) = with_links().await;
    let select = |command: &str, flags: &[&str]| {
        world.owner(&[&["links", command, "--all-rooms", "--never-expires"], flags].concat()).assert()
    };
    let hidden = str![[r#"
1 room is left out, because only the owner and the managers of a room see its links:
  7  Private

"#]];
    let json = ["--json", "room,title,expires"];
    let found = str![[r#"
[ID]	5	Audit	external	read	For the client		false	[URL]/s/[KEY]
[ID]	6	Tax	invitation	content-creator	Join		false	[URL]/s/[KEY]
[ID]	6	Tax	external	read	For the auditor		false	[URL]/s/[KEY]

"#]];
    select("list", &[]).success().stdout_eq(found).stderr_eq(hidden);
    let writes = world.write_count();
    let planned = stderr(&select("edit", &["--expires", "30days", "--dry-run"]).success().stdout_eq(""));
    let date = Regex::new(r"20\d\d-\d\d-\d\d \d\d:\d\d").expect("a pattern");
    assert_golden(
        date.replace_all(&planned, "2026-11-21 14:35").into_owned(),
        str![[r#"
1 room is left out, because only the owner and the managers of a room see its links:
  7  Private
ROOM ID  ROOM   LINK             CHANGE
5        Audit  For the client   expires never → 2026-11-21 14:35 UTC
6        Tax    Join             expires never → 2026-11-21 14:35 UTC
6        Tax    For the auditor  expires never → 2026-11-21 14:35 UTC
dry run: would change these 3 links

"#]],
    );
    select("edit", &["--expires", "30days"]).code(2).stdout_eq("");
    assert_eq!(world.write_count(), writes);
    let changed = str![[r#"
[{"room":"Audit","title":"For the client","expires":"[DATE]"},{"room":"Tax","title":"Join","expires":"[DATE]"},{"room":"Tax","title":"For the auditor","expires":"[DATE]"}]

"#]];
    select("edit", &["--expires", "30days", "--yes", json[0], json[1]]).success().stdout_eq(changed);
    assert_eq!(stdout(&select("list", &[]).success()), "");
    select("edit", &["--expires", "30days", "--yes"]).success().stdout_eq("");
    let soon = ["links", "list", "--all-rooms", "--expires-within", "10days", "--json", "title"];
    assert_eq!(stdout(&world.owner(&soon).assert().success()), "[{\"title\":\"For a week\"}]\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_cannot_be_changed_stay_as_they_are() {
    let world = World::today().await;
    let (public, custom) = (world.room("Front", "public"), world.room("Audit", "custom"));
    world.owner(&["links", "create", &custom, "--access", "read"]).assert().success();
    let edit = ["links", "edit", "--all-rooms", "--never-expires", "--expires", "30days", "--yes"];
    let edit = [&edit[..], &["--json", "roomId", "--jq", ".[].roomId"]].concat();
    let ended = world.owner(&edit).assert().success().stdout_eq(format!("{custom}\n"));
    assert_eq!(
        stderr(&ended),
        format!(
            "1 link stays as it is:\n  link “Shared link” of room {public} “Front”: the primary link of a room of \
             this type cannot expire\n"
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn change_of_several_links_goes_on_past_failures() {
    let (world, first, second) = with_links().await;
    world.mock.faults().next(&format!("PUT /files/rooms/{first}/links"), Fault::status(403));
    let edit = ["links", "edit", "--all-rooms", "--never-expires", "--external", "--expires", "30days", "--yes"];
    let ended = world.owner(&[&edit[..], &["--json", "roomId,title"]].concat()).assert().code(5);
    assert_eq!(stdout(&ended), format!("[{{\"roomId\":{second},\"title\":\"For the auditor\"}}]\n"));
    let text = stderr(&ended);
    assert!(text.contains(&format!("of room {first}")) && text.contains("changing failed for 1 of 2 links"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn room_that_is_deleted_meanwhile_is_left_out() {
    let (world, first, _) = with_links().await;
    world.mock.faults().next(&format!("GET /files/rooms/{first}/links"), Fault::status(404));
    let list = ["links", "list", "--all-rooms", "--external", "--json", "room,title"];
    let expected = "[{\"room\":\"Tax\",\"title\":\"For the auditor\"}]\n";
    assert_eq!(stdout(&world.owner(&list).assert().success()), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_one_room_are_filtered_and_name_the_room_in_json() {
    let (world, first, _) = with_links().await;
    let list = |flags: &[&str]| world.owner(&[&["links", "list", &first, "--never-expires"], flags].concat()).assert();
    list(&[])
        .success()
        .stdout_eq(str![[r#"
[ID]	external	read	For the client		false	[URL]/s/[KEY]

"#]])
        .stderr_eq("");
    let text = stdout(&list(&["--json", "roomId,room,title"]).success());
    assert_eq!(text, format!("[{{\"roomId\":{first},\"room\":\"Audit\",\"title\":\"For the client\"}}]\n"));
    let private = world.as_person("ann", &["rooms", "list", "--json", "id", "--jq", ".[].id"]).assert();
    let list = ["links", "list", stdout(&private).trim()].map(str::to_owned);
    let ended = world.owner(&list.each_ref().map(String::as_str)).assert().success().stdout_eq("");
    assert!(stderr(&ended).contains("Private"), "{}", stderr(&ended));
    let ended = world.owner(&["links", "revoke", &list[2], "--external", "--yes"]).assert().success().stdout_eq("");
    assert!(stderr(&ended).contains("left out") && stderr(&ended).contains("Private"), "{}", stderr(&ended));
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_links_and_several_links_are_revoked() {
    let (world, first, second) = with_links().await;
    world.mock.advance(Duration::from_secs(8 * 86_400));
    let revoke = |arguments: &[&str]| world.owner(&[&["links", "revoke"], arguments].concat()).assert();
    let writes = world.write_count();
    revoke(&["--all-rooms", "--expired", "--dry-run"]).success().stdout_eq("").stderr_eq(str![[r#"
1 room is left out, because only the owner and the managers of a room see its links:
  7  Private
ROOM ID  ROOM   ACCESS   TITLE       URL
5        Audit  comment  For a week  [URL]/s/[KEY]
dry run: would revoke link “For a week” of room [ROOM] “Audit”

"#]]);
    assert_eq!(world.write_count(), writes);
    revoke(&["--all-rooms", "--expired", "--yes", "--json", "title,state,room,newUrl"]).success().stdout_eq(str![[
        r#"
[{"title":"For a week","state":"revoked","room":"Audit","newUrl":null}]

"#
    ]]);
    let named = [&second, "Join", "for the auditor", "JOIN", "--yes", "--json", "title,state,room,newUrl"];
    revoke(&named).success().stdout_eq(str![[r#"
[{"title":"Join","state":"revoked","room":"Tax","newUrl":null},{"title":"For the auditor","state":"revoked","room":"Tax","newUrl":null}]

"#]]);
    revoke(&[&first, "For the client", "Nothing", "--yes"]).code(3).stdout_eq("");
    let rest = stdout(&world.owner(&["links", "list", "--all-rooms", "--json", "title"]).assert().success());
    assert_eq!(rest, "[{\"title\":\"For the client\"}]\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_shows_changes_and_sends_only_reads() {
    let world = World::today().await;
    let (custom, public) = (world.room("Audit", "custom"), world.room("Front", "public"));
    let writes = world.write_count();
    let would = |arguments: &[&str]| {
        let ended = world.owner(&[&["links"], arguments, &["--dry-run"]].concat()).assert().success();
        assert_eq!(stdout(&ended), "");
        stderr(&ended).replace(&format!("room {custom} "), "room 5 ").replace(&format!("room {public} "), "room 6 ")
    };
    let create = ["create", &custom, "--access", "read", "--title", "For the client", "--deny-download"];
    let texts = [
        would(&create),
        would(&["create", &custom, "--access", "editing", "--invite", "--max-uses", "10"]),
        would(&["primary", &custom, "--create"]),
        would(&["edit", &public, "primary", "--title", "Door", "--access", "comment", "--no-password"]),
        would(&["edit", &public, "--external", "--deny-download", "on"]),
    ];
    assert_golden(
        texts.concat(),
        str![[r#"
dry run: would create an external link of room [ROOM] “Audit”: access read, expires never, title “For the client”, without downloads
dry run: would create the invitation link of room [ROOM] “Audit”: access editing, expires never, at most 10 uses
dry run: would create the primary link of room [ROOM] “Audit”, with which everyone can read it
dry run: would change link “Shared link” of room [ROOM] “Front”: access read → comment, title “Shared link” → “Door”
ROOM ID  ROOM   LINK         CHANGE
6        Front  Shared link  deny download off → on
dry run: would change this link

"#]],
    );
    let wrong = ["links", "create", &custom, "--access", "fill-forms", "--invite", "--dry-run"];
    world.owner(&wrong).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: invitation links of rooms of type custom cannot give fill-forms, only content-creator, editing, review, comment, read
hint: choose another --access, or a room of another type

"#]]);
    let wrong = ["links", "edit", &public, "primary", "--expires", "30days", "--dry-run"];
    let ended = world.owner(&wrong).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("cannot expire"), "{}", stderr(&ended));
    assert_eq!(world.write_count(), writes);
}

#[tokio::test(flavor = "multi_thread")]
async fn unclear_selections_are_rejected_before_anything_is_sent() {
    let world = World::new().await;
    let mut texts = String::new();
    for arguments in [
        &["list", "17", "--tag", "audit"][..],
        &["list", "17", "--archived"],
        &["edit", "17", "primary", "--never-expires", "--expires", "30days"],
        &["edit", "--all-rooms", "--expires", "30days", "--yes"],
        &["edit", "17", "--expires", "30days", "--yes"],
        &["edit", "17", "--external", "--title", "Door", "--yes"],
        &["edit", "17", "primary"],
        &["edit", "17", "primary", "--title", ""],
        &["edit", "17", "--external", "--expires", "2020-01-01", "--yes"],
        &["edit", "17", "--external", "--expires", "11years", "--yes"],
        &["revoke", "17", "--yes"],
    ] {
        texts += &stderr(&world.owner(&[&["links"], arguments].concat()).assert().code(2).stdout_eq(""));
    }
    assert_golden(
        texts,
        str![[r#"
error: some of the flags select rooms, but a ROOM is given
hint: leave out the ROOM and add --all-rooms, or leave out the flags that select rooms, such as --tag
error: some of the flags select rooms, but a ROOM is given
hint: leave out the ROOM and add --all-rooms, or leave out the flags that select rooms, such as --tag
error: a filter selects links, so it cannot be combined with a LINK
hint: name a LINK, or select links with a filter such as --never-expires; to remove an expiry, use --no-expiry
error: this would concern all links of the portal
hint: name a LINK, or select links with a filter such as --never-expires; to remove an expiry, use --no-expiry
error: it is not clear which links of the room are meant
hint: name a LINK, or select links with a filter such as --never-expires; to remove an expiry, use --no-expiry
error: --title changes one link, but filters select links
hint: name a LINK
error: there is nothing to change
hint: add a flag such as --expires 30days
error: the title of the link is empty
hint: give it a title
error: the date of --expires has passed
hint: give a date in the future
error: the date of --expires is more than ten years ahead
hint: give a date within the next ten years
error: it is not clear which links of the room are meant
hint: name LINKs of a ROOM, or select links with a filter such as --expired

"#]],
    );
    assert!(world.mock.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_archived_rooms_are_listed_for_their_owner() {
    let (world, first, _) = with_links().await;
    let empty = world.room("Empty", "custom");
    world.owner(&["rooms", "archive", &first, &empty]).assert().success();
    let private = world.as_person("ann", &["rooms", "list", "--json", "id", "--jq", ".[].id"]).assert();
    world.as_person("ann", &["rooms", "archive", stdout(&private).trim()]).assert().success();
    let list = ["links", "list", "--all-rooms", "--archived", "--never-expires", "--json", "room,title"];
    let ended = world.owner(&list).assert().success();
    assert_eq!(stdout(&ended), "[{\"room\":\"Audit\",\"title\":\"For the client\"}]\n");
    let text = stderr(&ended);
    assert!(text.starts_with("1 room is left out") && text.contains("Private") && !text.contains("Empty"), "{text}");
}

/// A portal with this many rooms that have one link each.
async fn with_rooms(count: usize) -> World {
    let world = World::new().await;
    for number in 1..=count {
        let room = world.call("POST", "files/rooms", &json!({"title": format!("Room {number}"), "roomType": 5}));
        let link = json!({"access": 2, "linkType": 1});
        world.call("PUT", &format!("files/rooms/{}/links", room["id"]), &link);
    }
    world
}

/// The second page of rooms does not come before the first links are read from the pipe.
#[tokio::test(flavor = "multi_thread")]
async fn first_links_are_written_before_all_rooms_are_read() {
    let world = with_rooms(120).await;
    let rooms = stdout(&world.owner(&["rooms", "list"]).assert().success());
    let expected: Vec<_> = rooms.lines().map(|line| line.split('\t').nth(1).unwrap_or_default()).collect();
    let mut command = world.std_command_as_owner(&["links", "list", "--all-rooms"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the command starts");
    // The first page passes, and the second one stalls until the test ends.
    world.mock.faults().next("GET /files/rooms", Fault::slow(Duration::ZERO));
    world.mock.faults().next("GET /files/rooms", Fault::stall());
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let first = lines.next().expect("a line").expect("text");
    assert_eq!(first.split('\t').nth(2), Some(expected[0]));
    child.kill().expect("the command still runs");
    child.wait().expect("the command ends");
    world.mock.faults().clear();
    let list = ["links", "list", "--all-rooms"];
    let titles = stdout(&world.owner(&list).assert().success());
    let rooms: Vec<_> = titles.lines().map(|line| line.split('\t').nth(2).unwrap_or_default()).collect();
    assert_eq!(rooms, expected, "in the order of the rooms");
    let shown = world.owner(&list).env("DOCSPACE_FORCE_TTY", "120").env("NO_COLOR", "1").assert().success();
    assert!(stdout(&shown).starts_with("Showing 30 links; use --limit to see more\n\n"), "{}", stdout(&shown));
}
