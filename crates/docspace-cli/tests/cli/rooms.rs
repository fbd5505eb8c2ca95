//! Successful `docspace rooms` commands.

use snapbox::str;

use crate::support::{World, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn created_room_is_printed() {
    let world = World::new().await;
    let create = ["rooms", "create", "Audit 2026", "--type", "custom", "--tag", "audit", "--tag", "2026"];
    world
        .owner(&create)
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	Audit 2026	custom	active	2026,audit	2026-11-21T08:00:00Z

"#]])
        .stderr_eq("");
    let sent = world.mock.requests().pop().and_then(|request| request.json()).expect("a body");
    assert_eq!(sent, serde_json::json!({"title": "Audit 2026", "roomType": 5, "tags": ["audit", "2026"]}));
}

#[tokio::test(flavor = "multi_thread")]
async fn all_settings_of_a_new_room_are_sent() {
    let world = World::new().await;
    let create = [
        "rooms",
        "create",
        "Vault",
        "--type",
        "VirtualDataRoom",
        "--color",
        "#FF5733",
        "--quota",
        "2GiB",
        "--indexing",
        "--deny-download",
        "--json",
        "type,color,indexing,denyDownload",
    ];
    world
        .owner(&create)
        .assert()
        // The portal has no quotas for rooms.
        .code(1)
        .stdout_eq(str![[r#"
{"type":"virtual-data","color":"FF5733","indexing":true,"denyDownload":true}

"#]])
        .stderr_eq(str![[r#"
{"kind":"failed","status":null,"call":null,"message":"room [ROOM] was saved, but the portal did not set its storage limit","advice":"turn on quotas for rooms in the settings of the portal, then set --quota again","topic":"tags-groups-logos-quotas/switching-room-quotas"}

"#]]);
    let sent = world.mock.requests().pop().and_then(|request| request.json()).expect("a body");
    assert_eq!(sent["quota"], 2_i64 << 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn room_view_shows_all_fields() {
    let world = World::new().await;
    let id = world.room("Audit", "public");
    world
        .owner(&["rooms", "view", &id])
        .assert()
        .success()
        .stdout_eq(str![[r#"
id	[ROOM]
title	Audit
type	public
state	active
tags	
owner	Administrator
ownerId	[ID]
created	2026-11-21T08:00:00Z
updated	2026-11-21T08:00:00Z
expires	
pinned	false
shared	true
private	false
indexing	false
denyDownload	false
files	0
folders	0
usedSpace	0
quota	
color	[..]
cover	
url	[URL]/rooms/shared/[..]/filter?folder=[..]
ownerEmail	owner@example.com
members	1
links	1
expiredLinks	0
neverExpiringLinks	1

"#]])
        .stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn room_view_makes_no_calls_for_fields_that_are_not_printed() {
    let world = World::new().await;
    let id = world.room("Audit", "public");
    let create = ["links", "create", &id, "--access", "read", "--expires", "2027-01-01"];
    world.owner(&create).assert().success();
    for (fields, expected, calls) in [
        (
            "id,url",
            &*format!("{{\"id\":{id},\"url\":\"{0}/rooms/shared/{id}/filter?folder={id}\"}}", world.mock.url()),
            1,
        ),
        ("members", "{\"members\":1}", 2),
        ("links,expiredLinks,neverExpiringLinks", "{\"links\":2,\"expiredLinks\":0,\"neverExpiringLinks\":1}", 2),
        ("ownerEmail", "{\"ownerEmail\":\"owner@example.com\"}", 2),
    ] {
        world.mock.clear_requests();
        let ended = world.owner(&["rooms", "view", &id, "--json", fields]).assert().success().stderr_eq("");
        assert_eq!((stdout(&ended).trim_end(), world.mock.requests().len()), (expected, calls), "{fields}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn list_flags_select_rooms() {
    let world = World::new().await;
    let (audit, deal) = (world.room("Audit", "custom"), world.room("Deal", "public"));
    world.owner(&["rooms", "edit", &audit, "--tag", "client"]).assert().success();
    world.owner(&["rooms", "archive", &deal]).assert().success();
    let titles = |arguments: &[&str]| {
        let list = ["rooms", "list", "--json", "title", "--jq", "[.[].title] | sort | join(\" \")"];
        stdout(&world.owner(&[&list, arguments].concat()).assert().success()).trim().to_owned()
    };
    assert_eq!(titles(&[]), "Audit");
    assert_eq!(titles(&["--archived"]), "Deal");
    assert_eq!(titles(&["--all"]), "Audit Deal");
    assert_eq!(titles(&["--all", "--type", "public", "--type", "ai"]), "Deal");
    assert_eq!(titles(&["--tag", "CLIENT"]), "Audit");
    assert_eq!(titles(&["--search", "nothing"]), "");
    assert_eq!(titles(&["--all", "--limit", "1"]).split(' ').count(), 1);
    assert_eq!(titles(&["--all", "--untagged"]), "Deal");
    assert_eq!(titles(&["--all", "--owner", "owner@example.com"]), "Audit Deal");
    assert_eq!(titles(&["--all", "--member", "ann@example.com"]), "");
    assert_eq!(titles(&["--all", "--older-than", "2026-01-01"]), "");
    world.owner(&["rooms", "list", "--owner", "unknown@example.com"]).assert().code(3);
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_are_sorted_without_changing_the_order_on_the_portal() {
    let world = World::new().await;
    for (title, kind) in [("beta", "public"), ("Alpha", "virtual-data"), ("Gamma", "custom")] {
        world.room(title, kind);
    }
    world.mock.clear_requests();
    let titles = |arguments: &[&str]| {
        let list = ["rooms", "list", "--json", "title", "--jq", "[.[].title] | join(\" \")"];
        stdout(&world.owner(&[&list, arguments].concat()).assert().success()).trim().to_owned()
    };
    assert_eq!(titles(&["--sort", "title"]), "Alpha beta Gamma");
    assert_eq!(titles(&["--sort", "title", "--reverse", "--limit", "2"]), "Gamma beta");
    assert_eq!(titles(&["--sort", "type"]), "Gamma beta Alpha");
    world.mock.advance(std::time::Duration::from_secs(1));
    world.room("Delta", "custom");
    assert!(titles(&["--sort", "created"]).starts_with("Delta "));
    assert!(world.mock.requests().iter().all(|request| !request.query.contains("sortBy")));
}

#[tokio::test(flavor = "multi_thread")]
async fn room_edit_changes_the_given_settings() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    world.owner(&["rooms", "edit", &id, "--title", "Audit 2027", "--tag", "a", "--tag", "b"]).assert().success();
    world
        .owner(&["rooms", "edit", &id, "--add-tag", "c", "--remove-tag", "A", "--json", "title,tags"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
{"title":"Audit 2027","tags":["b","c"]}

"#]])
        .stderr_eq("");
    let ended = world.owner(&["rooms", "edit", &id, "--no-tags", "--json", "tags"]).assert().success();
    assert_eq!(stdout(&ended), "{\"tags\":[]}\n");
}

/// Writing the whole list would lose tags that another program adds at the same time.
#[tokio::test(flavor = "multi_thread")]
async fn single_tags_are_changed_without_rewriting_the_others() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    world.owner(&["rooms", "edit", &id, "--tag", "open"]).assert().success();
    world.mock.clear_requests();
    world.owner(&["rooms", "edit", &id, "--add-tag", "closed", "--remove-tag", "open"]).assert().success();
    let requests = world.mock.requests();
    let sent: Vec<_> = requests.iter().map(|request| (&*request.method, &*request.path, &*request.body)).collect();
    let path = format!("/api/2.0/files/rooms/{id}/tags");
    let sent: Vec<_> = sent.into_iter().filter(|(_, path, _)| path.contains("/rooms/")).collect();
    assert_eq!(sent, [("DELETE", &*path, r#"{"names":["open"]}"#), ("PUT", &*path, r#"{"names":["closed"]}"#)]);

    world.owner(&["rooms", "edit", &id, "--title", "Audit 2027", "--add-tag", "2027"]).assert().success();
    let writes = world.mock.requests().into_iter().skip(requests.len()).filter(|request| request.method == "PUT");
    assert!(writes.map(|write| write.body).all(|body| !body.contains("closed")));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_rooms_are_archived_restored_and_deleted() {
    let world = World::new().await;
    let ids: Vec<_> = ["One", "Two", "Three"].iter().map(|title| world.room(title, "custom")).collect();
    let with = |verb: &'static str| [vec!["rooms", verb], ids.iter().map(String::as_str).collect()].concat();
    world
        .owner(&with("archive"))
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	archived	One
[ROOM]	archived	Two
[ROOM]	archived	Three

"#]])
        .stderr_eq("");
    world
        .owner(&with("restore"))
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	active	One
[ROOM]	active	Two
[ROOM]	active	Three

"#]])
        .stderr_eq("");
    let delete = [with("delete"), vec!["--yes"]].concat();
    world
        .owner(&delete)
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	deleted	One
[ROOM]	deleted	Two
[ROOM]	deleted	Three

"#]])
        .stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_room_id_is_used_once() {
    let world = World::new().await;
    let id = world.room("One", "custom");
    let ended = world.owner(&["rooms", "delete", &id, &id, "--yes"]).assert().success();
    assert_eq!(stdout(&ended).lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn failure_of_one_room_does_not_stop_the_others() {
    let world = World::new().await;
    let (one, two) = (world.room("One", "custom"), world.room("Two", "custom"));
    world
        .owner(&["rooms", "archive", &one, "4711", &two])
        .assert()
        .code(3)
        .stdout_eq(str![[r#"
[ROOM]	archived	One
[ROOM]	archived	Two

"#]])
        .stderr_eq(str![[r#"
error: cannot archive room [ROOM]: not found (404): The required folder was not found
hint: check the id and the portal's address
error: archiving failed for 1 of 3 rooms
hint: see the errors above for what to do in each case

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_wait_returns_after_acceptance() {
    let world = World::new().await;
    let id = world.room("One", "custom");
    world
        .owner(&["rooms", "archive", &id, "--no-wait"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	accepted	

"#]])
        .stderr_eq("");
    assert!(!world.mock.requests().iter().any(|request| request.path.ends_with("fileops")));
}

/// Without the id, a script would create the room again.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn output_that_cannot_be_written_does_not_hide_the_change() {
    let world = World::new().await;
    let id = world.room("One", "custom");
    let full = || std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    for (arguments, expected) in [
        (&["rooms", "create", "Audit", "--type", "custom"][..], "the change itself was made: id "),
        (&["rooms", "archive", &id], &format!("the change itself was made: id {id}, state archived, title One")),
        (&["rooms", "list"], "cannot read input or write output: No space left"),
    ] {
        let ended = world.std_command_as_owner(arguments).stdout(full()).output().expect("the command starts");
        let text = String::from_utf8_lossy(&ended.stderr);
        assert!(text.contains(expected) && ended.status.code() == Some(1), "{arguments:?}: {text}");
        assert_eq!(text.contains("the change itself"), arguments[1] != "list", "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn verbs_and_words_of_other_tools_are_known() {
    let world = World::new().await;
    world.owner(&["rooms", "new", "Audit", "--type", "Virtual Data Room"]).assert().success();
    world.owner(&["rooms", "show", "Audit"]).assert().success();
    world.owner(&["rooms", "set", "Audit", "--color", "FF5733"]).assert().success();
    world.owner(&["rooms", "archive", "Audit"]).assert().success();
    world.owner(&["rooms", "unarchive", "Audit"]).assert().success();
    world.owner(&["links", "add", "Audit", "--invite", "--access", "viewer"]).assert().success();
    world.owner(&["links", "rm", "Audit", "Invitation link", "--yes"]).assert().success();
    world.owner(&["rooms", "remove", "Audit", "--yes"]).assert().success();
    world.owner(&["completion", "bash"]).assert().success();
    assert_eq!(stdout(&world.owner(&["rooms", "list", "--all"]).assert().success()), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_can_begin_with_a_hyphen() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    world.owner(&["rooms", "edit", &id, "--title", "- Draft", "--tag", "-a", "--tag", "--b"]).assert().success();
    world.owner(&["rooms", "edit", &id, "--add-tag", "-c", "--remove-tag", "-a"]).assert().success();
    let list = ["rooms", "list", "--search", "- Dr", "--tag", "-c", "--json", "title,tags"];
    assert_eq!(stdout(&world.owner(&list).assert().success()), "[{\"title\":\"- Draft\",\"tags\":[\"--b\",\"-c\"]}]\n");
    world.owner(&["rooms", "create", "--type", "custom", "--", "- Draft 2"]).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_limit_that_the_portal_ignores_is_a_failure() {
    let world = World::new().await;
    let create = ["rooms", "create", "Vault", "--type", "custom", "--quota", "2GiB"];
    world
        .owner(&create)
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
[ROOM]	Vault	custom	active		2026-11-21T08:00:00Z

"#]])
        .stderr_eq(str![[r#"
error: room [ROOM] was saved, but the portal did not set its storage limit
hint: turn on quotas for rooms in the settings of the portal, then set --quota again; see `docspace explain tags-groups-logos-quotas/switching-room-quotas`

"#]]);
    let edit = ["rooms", "edit", "Vault", "--quota", "unlimited"];
    world.owner(&edit).assert().success();
}

#[tokio::test(flavor = "multi_thread")]
async fn cover_that_the_portal_does_not_have_is_explained() {
    let world = World::new().await;
    let create = ["rooms", "create", "Vault", "--type", "custom", "--cover", "nosuch"];
    world.owner(&create).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot create room `Vault`: the portal does not accept the input (400): Value does not fall within the expected range. (Parameter 'icon')
hint: use the id of one of the portal's pictures: list them with `docspace covers list`; see `docspace explain tags-groups-logos-quotas/covers`

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn template_among_rooms_is_named() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let create = ["templates", "create", &room, "Template", "--json", "id", "--jq", ".id"];
    let template = stdout(&world.owner(&create).assert().success()).trim().to_owned();
    world.owner(&["rooms", "archive", &template]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: `Template` (6) is a template, not a room
hint: use `docspace templates delete` for templates; see `docspace explain lists/search-areas`

"#]]);
    let ended = world.owner(&["rooms", "archive", &room, "4711", "--json", "id,state"]).assert().code(3);
    let errors = crate::support::stderr(&ended);
    let first: serde_json::Value = serde_json::from_str(errors.lines().next().expect("an error")).expect("JSON");
    assert_eq!(first["id"], 4711);
}
