//! The `docspace members` commands.

use docspace_mock::{Fault, MockPortal, Role};
use serde_json::json;
use snapbox::str;

use crate::support::{World, stderr, stdout, today};

/// A portal with Ann, a room administrator, and Bob, a user.
async fn with_people() -> World {
    let builder = MockPortal::builder().clock(today()).person("ann", Role::RoomAdmin).person("bob", Role::User);
    World::on(builder.start().await.expect("a free port"))
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_added_listed_changed_and_removed() {
    let world = with_people().await;
    let (room, ann, bob) = (world.room("Audit", "custom"), world.mock.email("ann"), world.mock.email("bob"));
    let run = |arguments: &[&str]| stdout(&world.owner(arguments).assert().success().stderr_eq(""));
    let fields = ["--json", "email,change,before,access"];
    let added = run(&[&["members", "add", &room, &ann, &bob, "--access", "editing"], &fields[..]].concat());
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&added).expect("JSON"),
        json!([
            {"email": ann, "change": "added", "before": null, "access": "editing"},
            {"email": bob, "change": "added", "before": null, "access": "editing"},
        ])
    );
    let list = run(&["members", "list", &room, "--json", "email,type,access,state,owner", "--jq", ".[1:][]"]);
    assert_eq!(list.lines().count(), 2);
    assert!(list.contains(r#""type":"person","access":"editing","state":"active","owner":false"#), "{list}");
    let edited = run(&[&["members", "edit", &room, &ann, "--access", "RoomManager"], &fields[..]].concat());
    assert!(edited.contains(r#""change":"changed","before":"editing","access":"room-manager""#), "{edited}");
    let removed = run(&[&["members", "remove", &room, &bob, "--yes"], &fields[..]].concat());
    assert!(removed.contains(r#""change":"removed","before":"editing","access":"none""#), "{removed}");
    let list = run(&["members", "list", &room]);
    assert!(list.contains("\towner\t") && list.contains(&ann) && !list.contains(&bob), "{list}");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_addresses_are_invited_only_on_request() {
    let world = with_people().await;
    let room = world.room("Audit", "custom");
    let add = ["members", "add", &room, "new@client.com", "--access", "read"];
    let ended = world.owner(&add).assert().code(3).stdout_eq("");
    assert!(stderr(&ended).contains("new@client.com") && stderr(&ended).contains("add --invite"), "{}", stderr(&ended));
    assert_eq!(world.write_count(), 1, "only the room is created");

    let invite = [&add[..], &["--invite", "--json", "email,change"]].concat();
    let preview = [&invite[..], &["--dry-run"]].concat();
    let expected = "[{\"email\":\"new@client.com\",\"change\":\"invited\"}]\n";
    let ended = world.owner(&preview).assert().success().stdout_eq(expected);
    assert!(stderr(&ended).starts_with("dry run: "), "{}", stderr(&ended));
    assert_eq!(world.write_count(), 1, "a dry run changes nothing");
    world.owner(&invite).assert().success().stdout_eq(expected).stderr_eq("");

    let pending = ["members", "list", &room, "--pending", "--json", "email,state"];
    let expected = "[{\"email\":\"new@client.com\",\"state\":\"pending\"}]\n";
    world.owner(&pending).assert().success().stdout_eq(expected).stderr_eq("");
    let resend = ["members", "resend", &room, "--all", "--json", "email,state"];
    let before = world.write_count();
    world.owner(&[&resend[..], &["--dry-run"]].concat()).assert().success().stdout_eq(expected);
    assert_eq!(world.write_count(), before, "a dry run sends nothing");
    world.owner(&resend).assert().success().stdout_eq(expected).stderr_eq("");
    world.owner(&["members", "resend", &room, "new@client.com"]).assert().success();
    assert_eq!(world.write_count(), before + 2);
    let ann = world.mock.email("ann");
    world.owner(&["members", "resend", &room, &ann]).assert().code(3).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_groups_are_members_by_name() {
    let world = with_people().await;
    let room = world.room("Audit", "custom");
    let group = world.people_group("Auditors", &["bob"]);
    let add = ["members", "add", &room, "--group", "auditors", "--access", "read"];
    world
        .owner(&add)
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ID]	Auditors		added		read

"#]])
        .stderr_eq("");
    let list = ["members", "list", &room, "--groups", "--json", "id,name,type,state"];
    let expected = format!("[{{\"id\":\"{group}\",\"name\":\"Auditors\",\"type\":\"group\",\"state\":null}}]\n");
    assert_eq!(stdout(&world.owner(&list).assert().success()), expected);
    let wrong = ["members", "add", &room, "--group", "unknown", "--access", "read"];
    world.owner(&wrong).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: no people group has the name `unknown`
hint: list them with `docspace people groups list`

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_is_rejected_before_any_change() {
    let world = with_people().await;
    let (room, ann) = (world.room("Audit", "public"), world.mock.email("ann"));
    for (arguments, code, message) in [
        (&["members", "add", &room, "ann", "--access", "read"][..], 2, "not a person"),
        (&["members", "add", &room, "--access", "read"], 2, "required"),
        (&["members", "add", &room, &ann, "--access", "read"], 2, "cannot have the access"),
        (&["members", "edit", &room, &ann, "--access", "content-creator"], 3, "is not a member of room"),
        (&["members", "remove", &room, &ann], 2, "add --yes"),
        (&["members", "remove", &room, &ann, "--yes"], 3, &ann),
        (&["members", "resend", &room], 2, "required"),
        (&["members", "list", "4711"], 3, "not found"),
    ] {
        let ended = world.owner(arguments).assert().code(code).stdout_eq("");
        assert!(stderr(&ended).contains(message), "{arguments:?}: {}", stderr(&ended));
    }
    assert_eq!(world.write_count(), 1, "only the room is created");
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_change_of_members_is_reported_as_unknown_outcome() {
    let world = World::new().await;
    let (room, ann) = (world.room("Audit", "custom"), world.mock.email("ann"));
    world.mock.faults().next("PUT /files/rooms/*/share", Fault::reset());
    let add = ["members", "add", &room, &ann, "--access", "read", "--notify"];
    let ended = world.owner(&add).assert().code(1).stdout_eq("");
    let expected = format!("hint: run `docspace members list {room}` to check before you try again\n");
    assert!(stderr(&ended).contains("\nunknown: whether the members of room"), "{}", stderr(&ended));
    assert!(stderr(&ended).ends_with(&expected), "{}", stderr(&ended));
}
