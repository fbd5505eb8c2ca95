//! The commands `docspace tour` and `docspace mock`.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use docspace_mock::Fault;
use snapbox::str;

use crate::support::{World, stderr, stdout};

/// Lists all rooms and templates of the portal.
fn remaining(world: &World) -> String {
    let all = |arguments: &[&str]| stdout(&world.owner(arguments).assert().success());
    all(&["rooms", "list", "--all"]) + &all(&["templates", "list"])
}

#[tokio::test(flavor = "multi_thread")]
async fn tour_runs_without_a_portal_or_login() {
    let world = World::new().await;
    world.without_login(&["tour"]).assert().success().stdout_eq(str![[r#"
Tour of a temporary mock portal at [MOCK]

Rooms
✓  1. create a custom room “Audit 2026” with tags audit and client → room [ROOM] “Audit 2026” ([TIME])
✓  2. read the room → room [ROOM] “Audit 2026”, active, tags audit and client, 0 files ([TIME])
✓  3. rename the room to “Audit 2027” → room [ROOM] “Audit 2027” ([TIME])
✓  4. archive the room → room [ROOM] “Audit 2027”, archived ([TIME])
✓  5. restore the room → room [ROOM] “Audit 2027”, active again ([TIME])
✓  6. archive the room again → archived ([TIME])
✓  7. delete the room → deleted ([TIME])
✓  8. read the deleted room → rejected as expected: cannot get room [ROOM]: not found (404): The required folder was not found ([TIME])

Links
✓  9. create a custom room “Client access” → room [ROOM] “Client access” ([TIME])
✓ 10. create an external link with read access, a title, a password and an expiry in 30 days → “For the client”, read, until [DAY], with a password, [MOCK]/s/[KEY] ([TIME])
✓ 11. create the invitation link with content-creator access, an expiry in 7 days and at most 10 uses → “For the team”, content-creator, until [DAY], [MOCK]/s/[KEY] ([TIME])
✓ 12. get the primary link; the portal creates it now → “Shared link”, read, no expiry, [MOCK]/s/[KEY] ([TIME])
✓ 13. list the links → 3 links: “For the client”, “For the team”, “Shared link” ([TIME])
✓ 14. create an external link with content-creator access → rejected as expected: cannot create a link in room [ROOM]: an external link of a room of type custom cannot give content-creator ([TIME])
✓ 15. change only the title of the external link → “For the auditor”; access, expiry, password and address are unchanged ([TIME])
✓ 16. revoke the external link → its address no longer works ([TIME])
✓ 17. list the links → 2 links: “For the team”, “Shared link” ([TIME])
✓ 18. delete the room → deleted ([TIME])

Templates
✓ 19. create a public room “Course” → room [ROOM] “Course” ([TIME])
✓ 20. create a template “Course template” from the room, with a color and a tag → template [ROOM] “Course template” ([TIME])
✓ 21. list the templates with this title → template [ROOM] “Course template” ([TIME])
✓ 22. create a room “Course, spring 2027” from the template → room [ROOM] “Course, spring 2027” ([TIME])
✓ 23. delete the template → deleted ([TIME])
✓ 24. delete room [ROOM] “Course” → deleted ([TIME])
✓ 25. delete room [ROOM] “Course, spring 2027” → deleted ([TIME])

All 25 steps succeeded in [SECONDS]

"#]]).stderr_eq("");
    assert!(world.mock.requests().is_empty(), "the tour used another portal than its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn live_tour_deletes_everything_it_created() {
    let world = World::today().await;
    let mine = world.room("Mine", "custom");
    let ended = world.owner(&["tour", "--live"]).assert().success();
    assert!(stdout(&ended).contains("steps succeeded in"), "{}", stdout(&ended));
    assert!(
        remaining(&world).starts_with(&format!("{mine}\tMine")) && remaining(&world).lines().count() == 1,
        "{}",
        remaining(&world)
    );
    let tagged =
        world.mock.requests().into_iter().filter_map(|request| request.json()).any(|body| body["tags"].is_array());
    assert!(!tagged, "the tour added tags to a real portal");
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_live_tour_cleans_up() {
    for broken in ["PUT /files/rooms/*/archive", "PUT /files/rooms/*/links", "POST /files/rooms/fromtemplate"] {
        let world = World::today().await;
        world.mock.faults().next(broken, Fault::status(403));
        let ended = world.owner(&["tour", "--live"]).assert().code(5);
        assert!(stdout(&ended).contains("✗"), "{}", stdout(&ended));
        assert!(stdout(&ended).contains("no room or template of the tour is left"), "{}", stdout(&ended));
        assert_eq!(remaining(&world), "", "{broken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn live_tour_deletes_a_room_whose_creation_got_no_answer() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::reset().executed());
    // The first search for the room fails too.
    world.mock.faults().next("GET /files/rooms", Fault::status(403));
    world.owner(&["tour", "--live"]).assert().code(1);
    assert_eq!(remaining(&world), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn incomplete_cleanup_is_reported() {
    let world = World::new().await;
    world.mock.faults().next("PUT /files/rooms/*/archive", Fault::status(403));
    world.mock.faults().next("DELETE /files/rooms/*", Fault::status(403).times(100));
    let ended = world.owner(&["tour", "--live"]).assert().code(5);
    assert!(stdout(&ended).contains("Audit 2027” still exists: "), "{}", stdout(&ended));
    assert!(stderr(&ended).contains("docspace rooms list --all --search tour-"), "{}", stderr(&ended));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn mock_portal_serves_until_interrupted() {
    let world = World::new().await;
    let mut command = world.std_command(&["mock", "--port", "0", "--json"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("the command starts");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("a line");
    let printed: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    let text_of = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let list = world.without_login(&["rooms", "list"]).env("DOCSPACE_URL", text_of(&printed["url"]));
    list.env("DOCSPACE_API_KEY", text_of(&printed["people"][0]["key"])).assert().success().stdout_eq("");
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill runs").success());
    assert!(child.wait().expect("the command ends").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn occupied_port_is_reported() {
    let world = World::new().await;
    let port = world.mock.address().port().to_string();
    let ended = world.without_login(&["mock", "--port", &port]).assert().code(1);
    assert!(stderr(&ended).contains("choose another port"));
}
