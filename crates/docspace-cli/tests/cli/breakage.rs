//! Portals that disappear and commands that are interrupted: unknown outcomes are reported, and no
//! command hangs.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use docspace_mock::{Clock, Fault, MockPortal, Role};
use snapbox::str;

use crate::support::World;

/// Starts a portal on which no time passes, so that no operation ends.
async fn frozen() -> World {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).clock(Clock::manual()).start().await;
    World::on(mock.expect("a free port"))
}

/// Waits until the condition holds, and panics with `message` after 30 seconds.
async fn wait_until(world: &World, message: &str, condition: impl Fn(&World) -> bool) {
    let began = Instant::now();
    while !condition(world) {
        assert!(began.elapsed() < Duration::from_secs(30), "{message}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn is_polling(world: &World) -> bool {
    world.mock.requests().iter().any(|request| request.method == "GET" && request.path.ends_with("fileops"))
}

/// Waits for the end of the command. Returns its exit code, standard output and standard error.
async fn end(child: Child) -> (Option<i32>, String, String) {
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output());
    let ended = tokio::time::timeout(Duration::from_secs(60), ended)
        .await
        .expect("the command ends in time")
        .expect("the thread ends");
    let ended = ended.expect("the command ends");
    (
        ended.status.code(),
        String::from_utf8(ended.stdout).expect("text"),
        String::from_utf8(ended.stderr).expect("text"),
    )
}

fn start(mut command: std::process::Command) -> Child {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command starts")
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("kill runs").success());
}

#[tokio::test(flavor = "multi_thread")]
async fn portal_failure_during_a_wait_is_reported_as_unknown_outcome() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    let child = start(world.std_command_as_owner(&["rooms", "archive", &id]));
    wait_until(&world, "the command does not poll", is_polling).await;
    world.mock.shutdown().await;
    let (code, out, err) = end(child).await;
    assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
    crate::support::assert_golden(
        err,
        str![[r#"
error: cannot list operations of id [ID]: the portal cannot be reached: 127.0.0.1:[..] refuses the connection: Connection refused (os error [..])
unknown: whether room [ROOM] is archived
hint: run `docspace rooms view [ROOM]` to check before you try again

"#]],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_outcome_is_reported_as_json() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    let child = start(world.std_command_as_owner(&["rooms", "delete", &id, "--yes", "--json", "id"]));
    wait_until(&world, "the command does not poll", is_polling).await;
    world.mock.shutdown().await;
    let (code, out, err) = end(child).await;
    let failure: serde_json::Value = serde_json::from_str(&err).expect("JSON");
    assert_eq!((code, out.as_str(), &failure["kind"]), (Some(1), "", &"transport".into()), "{err}");
    assert_eq!(failure["unknown"], format!("whether room {id} is deleted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn wait_ends_at_the_timeout() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    world.owner(&["rooms", "archive", &id, "--timeout", "1s"]).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: cannot archive room [ROOM]: not finished after 1 s
unknown: whether room [ROOM] is archived
hint: run `docspace rooms view [ROOM]` to check before you try again; see `docspace explain operations/capacity`

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn call_without_an_answer_ends_at_the_timeout() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    world.mock.faults().next("PUT /files/rooms/*/archive", Fault::stall());
    world.owner(&["rooms", "archive", &id, "--timeout", "300ms"]).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: cannot archive room [ROOM]: no answer within 300 ms
unknown: whether room [ROOM] is archived
hint: run `docspace rooms view [ROOM]` to check before you try again; see `docspace explain operations/capacity`

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unfinished_template_is_reported_as_unknown_outcome() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    let create = ["templates", "create", &id, "Audit template", "--timeout", "1s"];
    world.owner(&create).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: template “Audit template”: the portal accepted the operation but did not finish it within 1s
unknown: whether the template “Audit template” was created
hint: run `docspace templates list --search 'Audit template'` to check before you try again

"#]]);
    let again = ["templates", "create", &id, "Another", "--timeout", "300ms"];
    world.owner(&again).assert().code(7).stdout_eq("").stderr_eq(str![[r#"
error: template “Another”: the portal did not accept the operation within 300ms
unknown: whether the template “Another” was created
hint: run `docspace templates list --search Another` to check before you try again

"#]]);
    let started = world.mock.requests().iter().filter(|request| request.path.ends_with("roomtemplate")).count();
    assert_eq!(started, 1, "a second template was started, and the portal would drop it");
}

#[tokio::test(flavor = "multi_thread")]
async fn live_tour_lists_what_it_cannot_delete_without_a_portal() {
    let world = frozen().await;
    let child = start(world.std_command_as_owner(&["tour", "--live"]));
    wait_until(&world, "the command does not poll", is_polling).await;
    world.mock.shutdown().await;
    let (code, out, err) = end(child).await;
    assert_eq!(code, Some(1), "{err}");
    assert!(out.contains("cannot search for remaining rooms") && out.contains("Audit 2027” was created"), "{out}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_answer_is_reported_as_unknown_outcome() {
    let world = World::new().await;
    let id = world.room("Audit", "custom");
    world.mock.faults().next("DELETE /files/rooms/*", Fault::reset().executed());
    world.owner(&["rooms", "delete", &id, "--yes"]).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot delete room [ROOM]: the connection broke: [..]
unknown: whether room [ROOM] is deleted
hint: run `docspace rooms view [ROOM]` to check before you try again

"#]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unreachable_portal_is_reported_without_unknown_outcome() {
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
async fn interrupted_wait_is_reported_as_unknown_outcome() {
    let world = frozen().await;
    let id = world.room("Audit", "custom");
    let child = start(world.std_command_as_owner(&["rooms", "archive", &id]));
    wait_until(&world, "the command does not poll", is_polling).await;
    interrupt(&child);
    let (code, out, err) = end(child).await;
    assert_eq!((code, out.as_str()), (Some(130), ""), "{err}");
    crate::support::assert_golden(
        err,
        str![[r#"
error: interrupted; the portal continues with the operations that it has accepted
unknown: whether room [ROOM] is archived
hint: run `docspace rooms view [ROOM]` to check before you try again

"#]],
    );
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn interrupted_bulk_action_starts_no_further_operations() {
    let world = frozen().await;
    let ids: Vec<_> = (0..7).map(|number| world.room(&format!("Room {number}"), "custom")).collect();
    let child = start(
        world.std_command_as_owner(&[vec!["rooms", "archive"], ids.iter().map(String::as_str).collect()].concat()),
    );
    let archived =
        |world: &World| world.mock.requests().iter().filter(|request| request.path.ends_with("archive")).count();
    wait_until(&world, "fewer than five operations are started", |world| archived(world) == 5 && is_polling(world))
        .await;
    interrupt(&child);
    let (code, out, err) = end(child).await;
    assert_eq!((code, out.as_str()), (Some(130), ""), "{err}");
    assert_eq!(err.matches("unknown: ").count(), 5, "{err}");
    assert!(err.ends_with(&format!("left unchanged: {} {}\n", ids[5], ids[6])), "{err}");
    assert_eq!(archived(&world), 5);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn interrupted_live_tour_cleans_up() {
    let world = World::new().await;
    world.mock.faults().next("PUT /files/rooms/*/archive", Fault::slow(Duration::from_secs(2)));
    let child = start(world.std_command_as_owner(&["tour", "--live"]));
    let renamed = |world: &World| world.mock.requests().iter().any(|request| request.method == "PUT");
    wait_until(&world, "the tour renames no room", renamed).await;
    interrupt(&child);
    let (code, out, err) = end(child).await;
    assert_eq!(code, Some(130), "{err}");
    assert!(out.contains("no room or template of the tour is left"), "{out}");
    assert_eq!(crate::support::stdout(&world.owner(&["rooms", "list", "--all"]).assert().success()), "");
}
