//! Long lists: excerpts on a terminal, and streams in a pipe.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use docspace_mock::{Fault, Request};

use crate::support::{World, stderr, stdout};

/// A portal with this many rooms.
async fn with_rooms(count: usize) -> World {
    let world = World::new().await;
    let key = format!("Bearer {}", world.mock.owner_key());
    world.mock.portal(|portal| {
        for number in 1..=count {
            let body = serde_json::json!({"title": format!("Room {number}"), "roomType": 5});
            let request = Request::new("POST", "/api/2.0/files/rooms").header("Authorization", &key).json(&body);
            assert_eq!(portal.handle(&request).status, 200);
        }
    });
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn terminal_shows_thirty_rooms_and_says_how_many_there_are() {
    let world = with_rooms(123).await;
    let list = |arguments: &[&str], columns: &str| {
        let list = [&["rooms", "list"], arguments].concat();
        stdout(&world.owner(&list).env("DOCSPACE_FORCE_TTY", columns).env("NO_COLOR", "1").assert().success())
    };
    let text = list(&[], "80");
    assert!(text.starts_with("Showing 30 of 123 rooms; use --limit to see more\n\nID   TITLE"), "{text}");
    assert_eq!(text.matches("Room ").count(), 30);
    assert!(list(&["--limit", "1"], "80").starts_with("Showing 1 of 123 rooms"));
    assert!(list(&["--limit", "123"], "80").starts_with("ID   TITLE"));
    assert_eq!(list(&[], "").lines().count(), 123);
    assert_eq!(list(&["--limit", "101"], "").lines().count(), 101);
    assert_eq!(list(&["--json", "id", "--jq", "length"], "80"), "123\n");
    let json: serde_json::Value = serde_json::from_str(&list(&["--json", "id"], "")).expect("JSON");
    assert_eq!(json.as_array().expect("an array").len(), 123);
}

/// The second page does not come before the first one is read from the pipe.
#[tokio::test(flavor = "multi_thread")]
async fn first_rooms_are_written_before_the_second_page_is_read() {
    let world = with_rooms(150).await;
    for (arguments, expected) in [(&["rooms", "list"][..], "Room 1"), (&["rooms", "list", "--json", "title"], "Room 1")]
    {
        let mut command = world.std_command_as_owner(arguments);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the command starts");
        // The first page passes, and the second one stalls until the test ends.
        world.mock.faults().next("GET /files/rooms", Fault::slow(std::time::Duration::ZERO));
        world.mock.faults().next("GET /files/rooms", Fault::stall());
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut first = [0; 256];
        out.read_exact(&mut first).expect("the first rooms");
        assert!(String::from_utf8_lossy(&first).contains(expected), "{arguments:?}");
        child.kill().expect("the command still runs");
        child.wait().expect("the command ends");
        world.mock.faults().clear();
        let rest = out.lines().map_while(Result::ok).collect::<Vec<_>>().join("\n");
        assert_eq!(rest.matches("Room ").count() + String::from_utf8_lossy(&first).matches("Room ").count(), 100);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_before_a_failure_are_written() {
    let world = with_rooms(150).await;
    for (json, end) in [(&[][..], "\n"), (&["--json", "id"], "}")] {
        world.mock.faults().next("GET /files/rooms", Fault::slow(std::time::Duration::ZERO));
        world.mock.faults().next("GET /files/rooms", Fault::status(403));
        let ended = world.owner(&[&["rooms", "list"], json].concat()).assert().code(5);
        let out = stdout(&ended);
        assert!(out.ends_with(end), "{out}");
        assert!(stderr(&ended).contains("cannot list rooms from 100"), "{}", stderr(&ended));
    }
}
