//! The tour, and the mock portal as a command.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use docspace_mock::Fault;
use snapbox::str;

use crate::support::{World, said, text};

/// Titles of all rooms and templates that are there.
fn left(world: &World) -> String {
    let all = |arguments: &[&str]| text(&world.owner(arguments).assert().success());
    all(&["rooms", "list", "--all"]) + &all(&["templates", "list"])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tour_needs_nothing() {
    let world = World::new().await;
    world.anybody(&["tour"]).assert().success().stdout_eq(str![[r#"
A tour of a mock portal on [MOCK], started for it

Rooms
✓  1. create a custom room “Audit 2026” with tags audit and client → room [ROOM] “Audit 2026” ([TIME])
✓  2. read it → room [ROOM] “Audit 2026”, active, tags audit and client, 0 files ([TIME])
✓  3. rename it to “Audit 2027” → room [ROOM] “Audit 2027” ([TIME])
✓  4. archive it, and wait → room [ROOM] “Audit 2027”, in the archive ([TIME])
✓  5. restore it, and wait → room [ROOM] “Audit 2027”, active again ([TIME])
✓  6. archive it again, and wait → in the archive ([TIME])
✓  7. delete it, and wait → gone ([TIME])
✓  8. read it once more → refused: cannot get room [ROOM]: not found (404): The required folder was not found ([TIME])

Links
✓  9. create a custom room “Client access” → room [ROOM] “Client access” ([TIME])
✓ 10. create an external link: read, for 30 days, with a title and a password → “For the client”, read, until [DAY], with a password, [MOCK]/s/[KEY] ([TIME])
✓ 11. create the invitation link: content-creator, for 7 days, 10 uses → “For the team”, content-creator, until [DAY], [MOCK]/s/[KEY] ([TIME])
✓ 12. get the primary link, which is made as there is none → “Shared link”, read, without expiry, [MOCK]/s/[KEY] ([TIME])
✓ 13. list the links → 3 links: “For the client”, “For the team”, “Shared link” ([TIME])
✓ 14. create an external link with access content-creator → refused: cannot create room link in room [ROOM]: an external link of a room of type Custom cannot give ContentCreator ([TIME])
✓ 15. change the title of the external link, nothing else → “For the auditor”; access, expiry, password and address as before ([TIME])
✓ 16. revoke the external link → its address no longer works ([TIME])
✓ 17. list the links → 2 links: “For the team”, “Shared link” ([TIME])
✓ 18. delete the room, and wait → gone ([TIME])

Templates
✓ 19. create a public room “Course” → room [ROOM] “Course” ([TIME])
✓ 20. make a template “Course template” from it, with a colour and a tag, and wait → template [ROOM] “Course template” ([TIME])
✓ 21. list the templates with this title → template [ROOM] “Course template” ([TIME])
✓ 22. create a room “Course, spring 2027” from the template, and wait → room [ROOM] “Course, spring 2027” ([TIME])
✓ 23. delete the template, and wait → gone ([TIME])
✓ 24. delete room [ROOM] “Course”, and wait → gone ([TIME])
✓ 25. delete room [ROOM] “Course, spring 2027”, and wait → gone ([TIME])

25 steps in [SECONDS], each as it should be

"#]]).stderr_eq("");
    assert!(world.mock.requests().is_empty(), "it has a portal of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_tour_leaves_nothing_behind() {
    let world = World::today().await;
    let mine = world.room("Mine", "custom");
    let ended = world.owner(&["tour", "--live"]).assert().success();
    assert!(text(&ended).contains("each as it should be"), "{}", text(&ended));
    assert!(
        left(&world).starts_with(&format!("{mine}\tMine")) && left(&world).lines().count() == 1,
        "{}",
        left(&world)
    );
    let tagged =
        world.mock.requests().into_iter().filter_map(|request| request.json()).any(|body| body["tags"].is_array());
    assert!(!tagged, "tags stay in the portal's catalogue");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_tour_that_fails_cleans_up() {
    for broken in ["PUT /files/rooms/*/archive", "PUT /files/rooms/*/links", "POST /files/rooms/fromtemplate"] {
        let world = World::today().await;
        world.mock.faults().next(broken, Fault::status(403));
        let ended = world.owner(&["tour", "--live"]).assert().code(5);
        assert!(text(&ended).contains("✗"), "{}", text(&ended));
        assert!(text(&ended).contains("nothing of the tour is left"), "{}", text(&ended));
        assert_eq!(left(&world), "", "{broken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_whose_making_was_never_answered_is_found() {
    let world = World::new().await;
    world.mock.faults().next("POST /files/rooms", Fault::reset().executed());
    // The search for the room fails as well.
    world.mock.faults().next("GET /files/rooms", Fault::status(403));
    world.owner(&["tour", "--live"]).assert().code(1);
    assert_eq!(left(&world), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_cleaned_up_is_told() {
    let world = World::new().await;
    world.mock.faults().next("PUT /files/rooms/*/archive", Fault::status(403));
    world.mock.faults().next("DELETE /files/rooms/*", Fault::status(403).times(100));
    let ended = world.owner(&["tour", "--live"]).assert().code(5);
    assert!(text(&ended).contains("Audit 2027” is still there: "), "{}", text(&ended));
    assert!(said(&ended).contains("whose titles begin with “tour-"), "{}", said(&ended));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_mock_portal_can_be_used_until_it_is_interrupted() {
    let world = World::new().await;
    let mut command = world.raw(&["mock", "--port", "0", "--json"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("a line");
    let told: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    let text_of = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let list = world.anybody(&["rooms", "list"]).env("DOCSPACE_URL", text_of(&told["url"]));
    list.env("DOCSPACE_API_KEY", text_of(&told["people"][0]["key"])).assert().success().stdout_eq("");
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill is there").success());
    assert!(child.wait().expect("it ends").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_is_told() {
    let world = World::new().await;
    let port = world.mock.address().port().to_string();
    let ended = world.anybody(&["mock", "--port", &port]).assert().code(1);
    assert!(said(&ended).contains("choose another port"));
}
