//! Rooms as code, while the process is killed again and again.

use std::fmt::Write as _;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::{World, stdout};

const ROOMS: usize = 20;
const KILLS: usize = 20;

/// A manifest of twenty rooms with tags, a member, three folders and two links each.
fn manifest() -> String {
    let mut text = "name: clients\nrooms:\n".to_owned();
    for number in 1..=ROOMS {
        let _ = write!(
            text,
            "  - title: Client {number}\n    type: custom\n    tags: [client]\n    members: {{ann@example.com: editing}}\n    \
             folders: [Contracts/2026, Invoices]\n    \
             links:\n      Read: {{access: read}}\n      Comment: {{access: comment}}\n"
        );
    }
    text
}

fn start(world: &World, path: &str) -> Child {
    let mut command = world.std_command_as_owner(&["apply", "--file", path, "--yes"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command starts")
}

/// Kills the process after this number of changes. Returns whether it had ended before.
async fn kill_after(mut child: Child, world: &World, changes: usize) -> bool {
    let stop = world.write_count() + changes;
    loop {
        if child.try_wait().expect("a process").is_some() {
            return true;
        }
        if world.write_count() >= stop {
            break;
        }
        tokio::task::yield_now().await;
    }
    child.kill().expect("a process that runs");
    child.wait().expect("its end");
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn apply_that_is_killed_again_and_again_makes_nothing_twice() {
    let world = World::new().await;
    let path = world.config.path().join("rooms.yaml");
    std::fs::write(&path, manifest()).expect("a file");
    let path = path.to_str().expect("a path");
    let mut kills = 0;
    // The numbers of changes differ from run to run, so that each kind of change is interrupted.
    for turn in 0..KILLS {
        if kill_after(start(&world, path), &world, 1 + turn * 5 % 7).await {
            break;
        }
        kills += 1;
    }
    assert!(kills >= 10, "only {kills} kills");
    world.owner(&["apply", "--file", path, "--yes"]).assert().success();
    world.owner(&["plan", "--file", path, "--exit-code"]).assert().success();
    let rooms = world.owner(&["rooms", "list", "--json", "id,title"]).assert().success();
    let rooms: Vec<Value> = serde_json::from_str(&stdout(&rooms)).expect("rooms");
    assert_eq!(rooms.len(), ROOMS);
    let links = world.owner(&["links", "list", "--all-rooms", "--json", "title"]).assert().success();
    let links: Vec<Value> = serde_json::from_str(&stdout(&links)).expect("links");
    assert_eq!(links.len(), 2 * ROOMS);
    // A note would name folders with the same path.
    let export = world.owner(&["export", "--with-folders"]).assert().success().stderr_eq("");
    let folders = "  folders:\n  - Contracts/2026\n  - Invoices\n  members:\n";
    assert_eq!(stdout(&export).matches(folders).count(), ROOMS);
}
