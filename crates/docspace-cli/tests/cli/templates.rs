//! Successful `docspace templates` commands.

use snapbox::str;

use crate::support::{World, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn template_is_created_used_and_deleted() {
    let world = World::new().await;
    let room = world.room("Audit", "public");
    let create = ["templates", "create", &room, "Audit template", "--copy-logo", "--tag", "x", "--public"];
    let ended = world.owner(&create).assert().success();
    let id = stdout(&ended).split('\t').next().expect("an id").to_owned();
    ended
        .stdout_eq(str![[r#"
[ROOM]	Audit template	public	template	x	2026-11-21T08:00:00Z

"#]])
        .stderr_eq("");
    world
        .owner(&["templates", "list"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	Audit template	public	template	x	2026-11-21T08:00:00Z

"#]])
        .stderr_eq("");
    let new =
        ["templates", "use", &id, "Audit 2028", "--tag", "y", "--indexing", "on", "--json", "title,type,tags,indexing"];
    world
        .owner(&new)
        .assert()
        .success()
        .stdout_eq(str![[r#"
{"title":"Audit 2028","type":"public","tags":["y"],"indexing":true}

"#]])
        .stderr_eq("");
    world
        .owner(&["templates", "delete", &id, "--yes"])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	deleted	Audit template

"#]])
        .stderr_eq("");
    world.owner(&["templates", "list"]).assert().success().stdout_eq("").stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn template_is_shared_with_people_and_groups() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let ann = world.mock.email("ann");
    let group = "c5cc67d1-c3e8-43c0-a3ad-3928ae3e5b5e";
    let create = [
        "templates",
        "create",
        &room,
        "Shared",
        "--share-with",
        &ann,
        "--share-with-group",
        group,
        "--quota",
        "1GiB",
        "--no-wait",
    ];
    world.owner(&create).assert().success().stdout_eq("").stderr_eq("");
    let sent = world
        .mock
        .requests()
        .into_iter()
        .find(|request| request.method == "POST" && request.path.ends_with("roomtemplate"));
    let sent = sent.expect("a request").json().expect("a body");
    assert_eq!((&sent["share"][0], &sent["groups"][0]), (&ann.into(), &group.into()));
    assert_eq!(sent["quota"], 1 << 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn template_delete_rejects_the_id_of_a_room() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    world.owner(&["templates", "delete", &room, "--yes"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: `Audit` (5) is a room, not a template
hint: list the templates to find the id; see `docspace explain templates/listing-and-deleting`

"#]]);
    assert_eq!(world.write_count(), 1);
}
