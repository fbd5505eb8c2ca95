//! The `docspace operations` commands.

use std::time::Duration;

use docspace::Portal;
use docspace_mock::{Clock, MockPortal};
use snapbox::str;

use crate::support::{World, stderr, stdout};

/// A portal on which time passes only when a test moves it, with one operation.
async fn with_operation() -> (World, String) {
    let world = World::on(MockPortal::builder().clock(Clock::manual()).start().await.expect("a free port"));
    let room = world.room("Audit", "custom");
    world.owner(&["rooms", "archive", &room, "--no-wait"]).assert().success();
    let list = ["operations", "list", "--json", "id", "--jq", ".[].id"];
    let id = stdout(&world.owner(&list).assert().success()).trim().to_owned();
    assert!(!id.is_empty(), "the operation is listed");
    (world, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn operation_is_shown_and_waited_for() {
    let (world, id) = with_operation().await;
    let view = ["operations", "view", &id, "--json", "type,error"];
    world.owner(&view).assert().success().stdout_eq("{\"type\":\"move\",\"error\":null}\n").stderr_eq("");
    let wait = ["operations", "wait", &id, "--timeout", "1ms"];
    world.owner(&wait).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: the portal did not finish operation [ID] within 1ms
hint: wait again, or use a longer --timeout

"#]]);
    world.mock.advance(Duration::from_secs(60));
    let wait = ["operations", "wait", &id, "--json", "state,progress"];
    world.owner(&wait).assert().success().stdout_eq("{\"state\":\"completed\",\"progress\":100}\n").stderr_eq("");
    world.owner(&["operations", "wait", &id]).assert().code(3).stdout_eq("").stderr_eq(str![[r#"
error: the portal does not list operation [ID]: it has ended, was canceled, or never began
hint: look at the room, for example with `docspace rooms list --all`; see `docspace explain operations/what-removes-a-finished-record`

"#]]);
    world.owner(&["operations", "list"]).assert().success().stdout_eq("").stderr_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn operation_is_canceled_after_confirmation() {
    let (world, id) = with_operation().await;
    let cancel = ["operations", "cancel", &id];
    let before = world.write_count();
    world.owner(&cancel).assert().code(2).stdout_eq("");
    world.owner(&["operations", "cancel"]).assert().code(2).stdout_eq("");
    world.owner(&["operations", "cancel", "17", "--yes"]).assert().code(2).stdout_eq("");
    let ended = world.owner(&["operations", "cancel", "--all", "--dry-run"]).assert().success().stdout_eq("");
    assert_eq!(stderr(&ended), "dry run: would cancel all of your operations\n");
    assert_eq!(world.write_count(), before);
    world.owner(&[&cancel[..], &["--yes"]].concat()).assert().success();
    assert!(world.mock.requests().iter().any(|request| request.path.ends_with(&format!("fileops/terminate/{id}"))));
    world.owner(&["operations", "cancel", "--all", "--yes"]).assert().success();
    assert!(world.mock.requests().iter().any(|request| request.path.ends_with("fileops/terminate")));
}

#[tokio::test(flavor = "multi_thread")]
async fn operations_are_listed_by_type() {
    let (world, id) = with_operation().await;
    let list = |operation_type: &str| {
        let list = ["operations", "list", "--type", operation_type, "--json", "id", "--jq", ".[].id"];
        stdout(&world.owner(&list).assert().success().stderr_eq(""))
    };
    assert_eq!((list("move"), list("delete")), (format!("{id}\n"), String::new()));
    world.owner(&["operations", "list", "--type", "import"]).assert().code(2).stdout_eq("");
}

#[tokio::test(flavor = "multi_thread")]
async fn operation_of_a_stored_ticket_is_resumed() {
    let world = World::new().await;
    let room = world.room("Audit", "custom");
    let portal = Portal::builder(world.mock.url()).api_key(world.mock.owner_key()).build().expect("an address");
    let archiving = portal.room(room.parse::<i32>().expect("a number")).archive().await.expect("an operation");
    let file = world.config.path().join("ticket.json");
    std::fs::write(&file, serde_json::to_string(&archiving.ticket()).expect("JSON")).expect("a file");
    drop(archiving);
    let file = file.to_str().expect("a path");
    world
        .owner(&["operations", "resume", file])
        .assert()
        .success()
        .stdout_eq(str![[r#"
[ROOM]	archived	Audit	room

"#]])
        .stderr_eq("");
    for (content, message) in [("no ticket", "does not contain a ticket"), ("{}", "the ticket cannot be read")] {
        std::fs::write(file, content).expect("a file");
        let ended = world.owner(&["operations", "resume", file]).assert().code(2).stdout_eq("");
        assert!(stderr(&ended).contains(message), "{}", stderr(&ended));
    }
    world.owner(&["operations", "resume", "missing.json"]).assert().code(2).stdout_eq("");
}
