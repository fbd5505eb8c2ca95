//! A portal that goes away in the middle: what is said of what nobody knows, and that nothing hangs.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use docspace_mock::{Clock, Fault, MockPortal, Role};
use snapbox::str;

use crate::support::World;

/// A portal on which no time passes, so that nothing ever ends.
async fn frozen() -> World {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).clock(Clock::manual()).start().await;
    World::on(mock.expect("a free port"))
}

async fn until(world: &World, what: &str, seen: impl Fn(&World) -> bool) {
    let began = Instant::now();
    while !seen(world) {
        assert!(began.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn polls(world: &World) -> bool {
    world.mock.requests().iter().any(|request| request.method == "GET" && request.path.ends_with("fileops"))
}

async fn end(child: Child) -> (Option<i32>, String, String) {
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output());
    let ended =
        tokio::time::timeout(Duration::from_secs(60), ended).await.expect("it hangs").expect("it is waited for");
    let ended = ended.expect("it ends");
    (
        ended.status.code(),
        String::from_utf8(ended.stdout).expect("text"),
        String::from_utf8(ended.stderr).expect("text"),
    )
}

fn start(mut command: std::process::Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill is there").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_dies_while_it_is_waited_for_leaves_a_question() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    let child = start(world.raw_owner(&["rooms", "archive", &id]));
    until(&world, "nothing is polled", polls).await;
    world.mock.shutdown().await;
    let (code, out, err) = end(child).await;
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
    crate::support::golden(
        err,
        str![[r#"
error: cannot list operations of id [ID]: the portal cannot be reached: 127.0.0.1:[..] refuses the connection: Connection refused (os error [..])
not known: whether room [ROOM] is archived
hint: look with `docspace rooms view [ROOM]` before you try again

"#]],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_as_json() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    let child = start(world.raw_owner(&["rooms", "delete", &id, "--yes", "--json", "id"]));
    until(&world, "nothing is polled", polls).await;
    world.mock.shutdown().await;
    let (code, out, err) = end(child).await;
    let told: serde_json::Value = serde_json::from_str(&err).expect("JSON");
    assert_eq!((code, out.as_str(), &told["kind"]), (Some(1), "", &"transport".into()), "{err}");
    assert_eq!(told["unknown"], format!("whether room {id} is deleted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_ends_in_time() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    world.owner(&["rooms", "archive", &id, "--timeout", "1s"]).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: cannot archive room [ROOM]: not finished after 1 s
not known: whether room [ROOM] is archived
hint: look with `docspace rooms view [ROOM]` before you try again

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_does_not_answer_is_not_waited_for_longer() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    world.mock.faults().next("PUT /files/rooms/*/archive", Fault::stall());
    world.owner(&["rooms", "archive", &id, "--timeout", "300ms"]).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: cannot archive room [ROOM]: no answer within 300 ms
not known: whether room [ROOM] is archived
hint: look with `docspace rooms view [ROOM]` before you try again

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_is_not_finished_leaves_a_question() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    let create = ["templates", "create", &id, "Audit template", "--timeout", "1s"];
    world.owner(&create).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: template “Audit template”: accepted, but not finished after 1s
not known: whether the template “Audit template” was made
hint: look with `docspace templates list --search 'Audit template'` before you try again

"#]]);
    let again = ["templates", "create", &id, "Another", "--timeout", "300ms"];
    world.owner(&again).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: template “Another”: not accepted after 300ms
not known: whether the template “Another” was made
hint: look with `docspace templates list --search Another` before you try again

"#]]);
    let made = world.mock.requests().iter().filter(|request| request.path.ends_with("roomtemplate")).count();
    assert_eq!(made, 1, "the portal would drop the second one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_tour_says_what_it_cannot_clean_up() {
    let world = frozen().await;
    let child = start(world.raw_owner(&["tour", "--live"]));
    until(&world, "nothing is polled", polls).await;
    world.mock.shutdown().await;
    let (code, out, err) = end(child).await;
    assert_eq!(code, Some(1), "{err}");
    assert!(out.contains("what is left cannot be looked for") && out.contains("Audit 2027” was made"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_breaks_off_leaves_a_question_too() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    world.mock.faults().next("DELETE /files/rooms/*", Fault::reset().executed());
    world.owner(&["rooms", "delete", &id, "--yes"]).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot delete room [ROOM]: the connection broke: [..]
not known: whether room [ROOM] is deleted
hint: look with `docspace rooms view [ROOM]` before you try again

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_cannot_be_reached_did_nothing() {
    let world = World::new().await;
    let command = world.owner(&["rooms", "archive", "7"]);
    world.mock.shutdown().await;
    command.assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot archive room [ROOM]: the portal cannot be reached: 127.0.0.1:[..] refuses the connection: Connection refused (os error [..])
hint: check the address and its port, and that the portal is running; nothing was sent

"#]]);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_wait_says_what_goes_on() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    let child = start(world.raw_owner(&["rooms", "archive", &id]));
    until(&world, "nothing is polled", polls).await;
    interrupt(&child);
    let (code, out, err) = end(child).await;
    assert_eq!((code, out.as_str()), (Some(130), ""), "{err}");
    crate::support::golden(
        err,
        str![[r#"
error: interrupted; the portal goes on with what it has accepted
not known: whether room [ROOM] is archived
hint: look with `docspace rooms view [ROOM]` before you try again

"#]],
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_interruption_begins_nothing_more() {
    let world = frozen().await;
    let ids: Vec<_> = (0..7).map(|number| world.room(&format!("Room {number}"), "custom")).collect();
    let child = start(world.raw_owner(&[vec!["rooms", "archive"], ids.iter().map(String::as_str).collect()].concat()));
    let archived =
        |world: &World| world.mock.requests().iter().filter(|request| request.path.ends_with("archive")).count();
    until(&world, "not enough is begun", |world| archived(world) == 5 && polls(world)).await;
    interrupt(&child);
    let (code, out, err) = end(child).await;
    assert_eq!((code, out.as_str()), (Some(130), ""), "{err}");
    assert_eq!(err.matches("not known: ").count(), 5, "{err}");
    assert!(err.ends_with(&format!("so unchanged: {} {}\n", ids[5], ids[6])), "{err}");
    assert_eq!(archived(&world), 5);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_live_tour_cleans_up() {
    let world = World::new().await;
    world.mock.faults().next("PUT /files/rooms/*/archive", Fault::slow(Duration::from_secs(2)));
    let child = start(world.raw_owner(&["tour", "--live"]));
    let renamed = |world: &World| world.mock.requests().iter().any(|request| request.method == "PUT");
    until(&world, "nothing is renamed", renamed).await;
    interrupt(&child);
    let (code, out, err) = end(child).await;
    assert_eq!(code, Some(130), "{err}");
    assert!(out.contains("nothing of the tour is left"), "{out}");
    assert_eq!(crate::support::text(&world.owner(&["rooms", "list", "--all"]).assert().success()), "");
}
