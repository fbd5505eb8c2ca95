//! The `docspace groups` commands.

use snapbox::str;

use crate::support::{World, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn room_group_is_created_changed_and_deleted() {
    let world = World::new().await;
    let (one, two) = (world.room("One", "custom"), world.room("Two", "custom"));
    let run = |arguments: &[&str]| stdout(&world.owner(arguments).assert().success().stderr_eq(""));
    assert_eq!(
        run(&["groups", "create", "Clients", &one, "--icon", "flag", "--json", "name,size,icon"]),
        "{\"name\":\"Clients\",\"size\":1,\"icon\":\"flag\"}\n"
    );
    let edit = ["groups", "edit", "clients", "--name", "Former", "--icon", "suitcase", "--add-room", &two];
    let edited = run(&[&edit[..], &["--remove-room", &one, "--json", "name,icon,rooms"]].concat());
    assert_eq!(edited, format!("{{\"name\":\"Former\",\"icon\":\"suitcase\",\"rooms\":[{two}]}}\n"));
    let listed = run(&["groups", "list"]);
    assert!(listed.ends_with("\tFormer\t1\tsuitcase\n"), "{listed}");
    let viewed = run(&["groups", "view", "Former"]);
    assert!(viewed.contains(&format!("rooms\t{two}\n")), "{viewed}");
    assert!(run(&["groups", "delete", "Former", "--yes"]).ends_with("\tdeleted\tFormer\n"));
    assert_eq!(run(&["groups", "list"]), "");
    assert_eq!(run(&["rooms", "list"]).lines().count(), 2, "the rooms stay");
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_runs_and_rejected_changes_of_room_groups_change_nothing() {
    let world = World::new().await;
    let room = world.room("One", "custom");
    world.owner(&["groups", "create", "Clients", &room, "--icon", "flag"]).assert().success();
    for (arguments, message) in [
        (&["groups", "create", "New", &room, "--icon", "flag"][..], "create the room group `New`"),
        (&["groups", "edit", "Clients", "--name", "New"], "change the room group “Clients”"),
        (&["groups", "delete", "Clients"], "delete the room group “Clients”"),
    ] {
        let ended = world.owner(&[arguments, &["--dry-run"]].concat()).assert().success().stdout_eq("");
        assert!(stderr(&ended).starts_with(&format!("dry run: would {message}")), "{}", stderr(&ended));
    }
    world.owner(&["groups", "delete", "Clients"]).assert().code(2).stdout_eq("");
    world.owner(&["groups", "edit", "Clients"]).assert().code(2).stdout_eq("");
    let icon = world.owner(&["groups", "create", "New", &room, "--icon", "nosuch"]).assert().code(1).stdout_eq("");
    assert!(stderr(&icon).contains("docspace covers list"), "{}", stderr(&icon));
    world.owner(&["groups", "create", "New", "4711", "--icon", "flag"]).assert().code(3).stdout_eq("");
    world.owner(&["groups", "view", "4711"]).assert().code(3).stdout_eq("");
    world.owner(&["groups", "view", "Unknown"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: no room group has the name `Unknown`
hint: list them with `docspace groups list`

"#]]);
    assert_eq!(stdout(&world.owner(&["groups", "list"]).assert().success()).lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn room_groups_with_the_same_name_are_told_apart_by_id() {
    let world = World::new().await;
    let room = world.room("One", "custom");
    let create = ["groups", "create", "Clients", &room, "--icon", "flag", "--json", "id", "--jq", ".id"];
    let ids = [0, 1].map(|_| stdout(&world.owner(&create).assert().success()).trim().to_owned());
    let ended = world.owner(&["groups", "view", "Clients"]).assert().code(2).stdout_eq("");
    assert!(ids.iter().all(|id| stderr(&ended).contains(id.as_str())), "{}", stderr(&ended));
    world.owner(&["groups", "view", &ids[1]]).assert().success();
}
