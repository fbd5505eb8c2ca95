//! The `docspace quotas` and `docspace covers` commands.

use snapbox::str;

use crate::support::{World, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn storage_of_rooms_is_shown_with_the_largest_first() {
    let world = World::new().await;
    let (one, two) = (world.room("One", "custom"), world.room("Two", "custom"));
    assert!(world.mock.portal(|portal| portal.fill_room(two.parse().expect("a number"), 3)));
    let titles = |arguments: &[&str]| {
        let view = [&["quotas", "view", "--json", "title", "--jq", ".[].title"], arguments].concat();
        stdout(&world.owner(&view).assert().success().stderr_eq(""))
    };
    assert_eq!(titles(&[]), "Two\nOne\n");
    assert_eq!(titles(&[&one, &two]), "One\nTwo\n");
    world.owner(&["rooms", "archive", &two]).assert().success();
    assert_eq!((titles(&[]), titles(&["--all"])), ("One\n".to_owned(), "Two\nOne\n".to_owned()));
    world.owner(&["quotas", "view", "4711"]).assert().code(3).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_limits_are_set_for_several_rooms() {
    let world = World::new().await;
    let (one, two) = (world.room("One", "custom"), world.room("Two", "custom"));
    let set = ["quotas", "set", "2KiB", &two, &one];
    world.owner(&[&set[..], &["--dry-run"]].concat()).assert().success().stdout_eq("");
    assert_eq!(world.write_count(), 2, "only the rooms are created");
    let ended = world.owner(&[&set[..], &["--json", "title"]].concat()).assert().success();
    assert_eq!(stdout(&ended), "[{\"title\":\"Two\"},{\"title\":\"One\"}]\n");
    assert!(stderr(&ended).contains("room quotas are turned off"), "{}", stderr(&ended));
    let sent = |size: &str| {
        world.owner(&["quotas", "set", size, &one]).assert().success();
        world.mock.requests().into_iter().rev().find(|request| request.method == "PUT").expect("a change")
    };
    assert_eq!(sent("2GiB").json().expect("a body")["quota"], 2_i64 << 30);
    assert_eq!(sent("unlimited").json().expect("a body")["quota"], -1);
    assert!(sent("default").path.ends_with("resetquota"));
    world.owner(&["quotas", "set", "much", &one]).assert().code(2).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_whose_limit_is_not_changed_are_reported() {
    let world = World::new().await;
    let room = world.room("One", "custom");
    let ended = world.owner(&["quotas", "set", "2GiB", "4711", &room, "--json", "title"]).assert().code(3);
    assert_eq!(stdout(&ended), "[{\"title\":\"One\"}]\n");
    world.owner(&["quotas", "set", "2GiB", "4711", "4712"]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: cannot get room [ROOM]: not found (404): The required folder was not found
hint: check the id and the portal's address; see `docspace explain errors/missing-room-ids`
error: cannot get room [ROOM]: not found (404): The required folder was not found
hint: check the id and the portal's address; see `docspace explain errors/missing-room-ids`
error: the storage limit of 2 rooms was not changed
hint: see the errors above for what to do in each case

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn covers_are_listed() {
    let world = World::new().await;
    let covers = stdout(&world.owner(&["covers", "list"]).assert().success().stderr_eq(""));
    assert!(covers.lines().any(|cover| cover == "suitcase"), "{covers}");
    let flag = ["covers", "list", "--json", "id,svg", "--jq", ".[] | select(.id == \"flag\") | .svg"];
    assert!(stdout(&world.owner(&flag).assert().success()).starts_with("<svg"));
}
