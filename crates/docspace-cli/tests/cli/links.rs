//! Successful `docspace links` commands.

use snapbox::str;

use crate::support::{World, stderr, stdout};

const PASSWORD: &str = "Hunter2hunter2";

#[tokio::test(flavor = "multi_thread")]
async fn external_link_has_the_given_settings() {
    let world = World::today().await;
    let room = world.room("Audit", "custom");
    let create = [
        "links",
        "create",
        &room,
        "--access",
        "read",
        "--expires",
        "400days",
        "--title",
        "For the client",
        "--password-stdin",
    ];
    let ended = world.owner(&create).stdin(format!("{PASSWORD}\n")).assert().success();
    assert!(!stdout(&ended).contains(PASSWORD) && !stderr(&ended).contains(PASSWORD));
    ended
        .stdout_eq(str![[r#"
[ID]	external	read	For the client	[DATE]	true	[URL]/s/[KEY]

"#]])
        .stderr_eq("");
    let mut requests = world.mock.requests().into_iter();
    let sent = requests.find(|request| request.path.ends_with("/links")).expect("a request").json().expect("a body");
    assert_eq!(sent["password"], PASSWORD);
}

#[tokio::test(flavor = "multi_thread")]
async fn link_edit_keeps_other_settings() {
    let world = World::today().await;
    let room = world.room("Audit", "custom");
    let create = ["links", "create", &room, "--access", "comment", "--expires", "400days", "--password-stdin"];
    let id = stdout(&world.owner(&create).stdin(PASSWORD).assert().success());
    let id = id.split('\t').next().expect("an id");
    let edit = ["links", "edit", &room, id, "--title", "Renamed", "--json", "title,access,expires,password"];
    world
        .owner(&edit)
        .assert()
        .success()
        .stdout_eq(str![[r#"
{"title":"Renamed","access":"comment","expires":"[DATE]","password":true}

"#]])
        .stderr_eq("");
    let edit = ["links", "edit", &room, id, "--no-expiry", "--no-password", "--json", "title,expires,password"];
    world
        .owner(&edit)
        .assert()
        .success()
        .stdout_eq(str![[r#"
{"title":"Renamed","expires":null,"password":false}

"#]])
        .stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn invitation_link_reports_uses_and_their_limit() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let create = [
        "links",
        "create",
        &room,
        "--invite",
        "--access",
        "content-creator",
        "--max-uses",
        "5",
        "--json",
        "kind,access,title,uses,maxUses",
    ];
    world
        .owner(&create)
        .assert()
        .success()
        .stdout_eq(str![[r#"
{"kind":"invitation","access":"content-creator","title":"Invitation link","uses":0,"maxUses":5}

"#]])
        .stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn primary_link_is_addressed_by_name() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    world.owner(&["links", "edit", &room, "primary", "--title", "Front door"]).assert().success();
    world
        .owner(&["links", "primary", &room])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ID]	primary	read	Front door		false	[URL]/s/[KEY]

"#]])
        .stderr_eq("");
    // A public room always has a primary link, so the portal creates a new one.
    world
        .owner(&["links", "revoke", &room, "primary", "--yes", "--json", "state,title,newUrl"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[{"state":"revoked","title":"Front door","newUrl":"[URL]/s/[KEY]"}]

"#]])
        .stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn revoked_link_is_deleted() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let created = stdout(&world.owner(&["links", "create", &room, "--access", "read"]).assert().success());
    let id = created.split('\t').next().expect("an id");
    let revoke = ["links", "revoke", &room, id, "--yes", "--json", "title,state,newUrl"];
    world
        .owner(&revoke)
        .assert()
        .success()
        .stdout_eq(str![[r#"
[{"title":"Shared link","state":"revoked","newUrl":null}]

"#]])
        .stderr_eq("");
    world.owner(&["links", "list", &room]).assert().success().stdout_eq("").stderr_eq("");
    world.owner(&["links", "revoke", &room, id, "--yes"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: no link of room [ROOM] has the id, the title or the address `[ID]`, or you are not allowed to see it
hint: list the links with `docspace links list [ROOM]`

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn primary_link_is_created_on_request_only() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let before = world.mock.requests().len();
    world.owner(&["links", "primary", &room]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: room [ROOM] has no primary link, or you are not allowed to see it
hint: list its links with `docspace links list [ROOM]`, or create the primary link with `docspace links primary [ROOM] --create`; see `docspace explain links/the-primary-link`

"#]]);
    assert!(world.mock.requests()[before..].iter().all(|request| !request.path.ends_with("/link")));
    let created = stdout(&world.owner(&["links", "primary", &room, "--create"]).assert().success());
    let shown = stdout(&world.owner(&["links", "primary", &room, "--create"]).assert().success());
    assert_eq!(created, shown);
    assert_eq!(stdout(&world.owner(&["links", "primary", &room]).assert().success()), created);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_folders_and_files_are_separate_from_those_of_the_room() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let first = |arguments: &[&str]| {
        let list = [arguments, &["--json", "id", "--jq", ".[0].id"]].concat();
        stdout(&world.owner(&list).assert().success()).trim().to_owned()
    };
    let folder = format!("folder:{}", first(&["folders", "create", &room, "Plans"]));
    world.mock.portal(|portal| portal.fill_room(room.parse().expect("a number"), 1));
    let file = format!("file:{}", first(&["files", "list", &room]));
    for (place, fields, shown) in [
        (&folder, "access,roomId,entry", r#"{"access":"read","roomId":null,"entry":"Plans"}"#),
        (&file, "access,folderId", r#"{"access":"read","folderId":null}"#),
    ] {
        let create = ["links", "create", place, "--access", "read", "--title", "For the client", "--json", fields];
        world.owner(&create).assert().success().stdout_eq(format!("{shown}\n")).stderr_eq("");
        let rename = ["links", "edit", place, "For the client", "--title", "Renamed", "--json", "title"];
        world.owner(&rename).assert().success().stdout_eq("{\"title\":\"Renamed\"}\n").stderr_eq("");
        world.owner(&["links", "view", place, "renamed"]).assert().success();
        world.owner(&["links", "primary", place]).assert().code(3);
        world.owner(&["links", "primary", place, "--create"]).assert().success();
        let kinds = ["links", "list", place, "--json", "kind", "--jq", "[.[].kind] | join(\" \")"];
        world.owner(&kinds).assert().success().stdout_eq("primary external\n").stderr_eq("");
        world.owner(&["links", "revoke", place, "primary", "renamed", "--yes"]).assert().success();
        world.owner(&["links", "list", place]).assert().success().stdout_eq("").stderr_eq("");
    }
    world.owner(&["links", "list", &room]).assert().success().stdout_eq("").stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_of_a_room_are_not_created_through_the_id_of_a_folder() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let place = format!("folder:{room}");
    for command in [&["create", &place, "--access", "read"][..], &["primary", &place, "--create"], &["list", &place]] {
        let command = [&["links"], command].concat();
        world.owner(&command).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: folder 5 is the room “Audit”
hint: use `5` for the links of the whole room

"#]]);
    }
    world.owner(&["links", "list", &room]).assert().success().stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_a_folder_or_file_cannot_have_are_explained() {
    let world = World::new().await;
    let room = world.room("Forms", "filling-forms");
    let create = ["folders", "create", &room, "Plans", "--json", "id", "--jq", ".[0].id"];
    let folder = format!("folder:{}", stdout(&world.owner(&create).assert().success()).trim());
    let ended = world.owner(&["links", "create", &folder, "--access", "read"]).assert().code(2).stdout_eq("");
    assert!(stderr(&ended).contains("this folder cannot have external links"), "{}", stderr(&ended));
    let ended = world.owner(&["links", "create", &folder, "--access", "read", "--invite"]).assert().code(2);
    assert!(stderr(&ended).contains("a folder cannot have an invitation link"), "{}", stderr(&ended));
    let ended = world.owner(&["links", "list", "folder:Plans"]).assert().code(2);
    assert!(stderr(&ended).contains("is not the id of a folder"), "{}", stderr(&ended));
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_links_of_a_folder_in_an_archived_room_are_explained() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let create = ["folders", "create", &room, "Plans", "--json", "id", "--jq", ".[0].id"];
    let folder = format!("folder:{}", stdout(&world.owner(&create).assert().success()).trim());
    world.owner(&["links", "create", &folder, "--access", "read"]).assert().success();
    world.owner(&["rooms", "archive", &room]).assert().success();
    world.owner(&["links", "list", &folder]).assert().success().stdout_eq("").stderr_eq(str![[r#"
the portal does not show the links of a folder in an archived room: restore the room to see them

"#]]);
    let ended = world.owner(&["links", "create", &folder, "--access", "read"]).assert().failure().stdout_eq("");
    assert!(stderr(&ended).contains("restore it first"), "{}", stderr(&ended));
}
