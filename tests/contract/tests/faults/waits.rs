//! Every wait against every way in which the portal's work, or what the portal says of it, can get lost.

use std::time::Duration;

use contract::raw::Raw;
use contract::target::Target;
use docspace::{Error, ErrorKind, Operation, Portal, Result, WaitPolicy};
use docspace_mock::{Clock, MockPortal};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;

use crate::kinds::{End, NO_RESPONSE, fails, good, succeeds};
use crate::world::World;
use crate::{none_wrong, sent};

/// Work that has been started, and the waiting for it.
type Started = BoxFuture<'static, Result<BoxFuture<'static, Result<()>>>>;

/// One wait.
#[derive(Clone, Copy, Debug)]
struct Wait {
    name: &'static str,
    /// The request that starts the work.
    target: &'static str,
    /// Where the portal tells how it goes.
    status: &'static str,
    /// Whether it makes something, so that it must not be started again.
    makes: bool,
    start: fn(Portal, &'static World, u8) -> Started,
}

fn waiting<T: Send + 'static>(operation: Operation<T>) -> BoxFuture<'static, Result<()>> {
    async move { operation.wait().await.map(drop) }.boxed()
}

macro_rules! wait {
    ($name:literal, $target:literal, $status:literal, $makes:literal, |$portal:ident, $world:ident, $who:ident| $start:expr) => {
        Wait {
            name: $name,
            target: $target,
            status: $status,
            makes: $makes,
            start: |$portal, $world, $who| async move { $start.map(waiting) }.boxed(),
        }
    };
}

const WAITS: [Wait; 6] = [
    wait!("archive", "PUT /files/rooms/*/archive", "/files/fileops", false, |portal, world, _who| {
        portal.room(&world.room).archive().await
    }),
    wait!("restore", "PUT /files/rooms/*/unarchive", "/files/fileops", false, |portal, world, _who| {
        portal.room(&world.archived).restore().await
    }),
    wait!("delete", "DELETE /files/rooms/*", "/files/fileops", false, |portal, world, _who| {
        portal.room(&world.room).delete().await
    }),
    wait!("delete template", "DELETE /files/rooms/*", "/files/fileops", false, |portal, world, _who| {
        portal.template(&world.template).delete().await
    }),
    wait!("make template", "POST /files/roomtemplate", "/files/roomtemplate/status", true, |portal, world, who| {
        portal.room(&world.room).save_as_template(format!("new {who}")).start().await
    }),
    wait!(
        "make room",
        "POST /files/rooms/fromtemplate",
        "/files/rooms/fromtemplate/status",
        true,
        |portal, world, who| { portal.template(&world.template).create_room(format!("new {who}")).start().await }
    ),
];

/// A portal and somebody who waits there.
struct Scene {
    mock: MockPortal,
    portal: Portal,
    raw: Raw,
    world: &'static World,
}

impl Scene {
    async fn new(clock: Clock) -> Self {
        let world = World::get().await;
        let mock = world.mock_with(clock).await;
        let target = Target::at(mock.url(), mock.owner_key(), false);
        let portal = target.portal_with(WaitPolicy { stall: Duration::from_millis(500), ..target.wait_policy() });
        Self { portal, raw: target.raw(), mock, world }
    }

    async fn start(&self, wait: &Wait) -> BoxFuture<'static, Result<()>> {
        (wait.start)(self.portal.clone(), self.world, 1).await.unwrap_or_else(|error| panic!("{}: {error}", wait.name))
    }

    fn judge(&self, wait: &Wait, wanted: End, outcome: &Result<()>) -> Option<String> {
        let kind = outcome.as_ref().err().map(Error::kind);
        let found = End { kind, sent: sent(&self.mock, wait.target).len() };
        (found != wanted).then(|| format!("{}: {wanted:?} wanted, {found:?} found: {outcome:?}", wait.name))
    }
}

/// Time passes with each request, as usual.
fn passing() -> Clock {
    Clock::stepping(Duration::from_millis(50))
}

#[tokio::test]
async fn what_ended_and_was_forgotten_is_found_out() {
    let mut cells = Vec::new();
    for wait in &WAITS {
        let scene = Scene::new(passing()).await;
        let started = scene.start(wait).await;
        // What is over is forgotten a minute later, but only at the next cleaning.
        for _ in 0..3 {
            scene.mock.advance(Duration::from_secs(75));
        }
        cells.push(scene.judge(wait, succeeds(1), &started.await));
    }
    none_wrong(cells);
}

/// What only changes is started again; what makes something is reported, since it may still come.
#[tokio::test]
async fn what_is_never_executed_is_noticed() {
    // Together, as each waits in real time for what does not begin.
    let cells = WAITS.iter().map(|wait| async move {
        let scene = Scene::new(passing()).await;
        let wanted = if wait.makes {
            scene.mock.faults().next(wait.target, good(NO_RESPONSE));
            fails(ErrorKind::Operation, 1)
        } else {
            scene.mock.portal(|portal| portal.lose_operations(1));
            succeeds(2)
        };
        let outcome = scene.start(wait).await.await;
        scene.judge(wait, wanted, &outcome)
    });
    none_wrong(futures::future::join_all(cells).await);
}

/// Nothing ever happens on this portal, but it says that it is over and went wrong.
#[tokio::test]
async fn what_finishes_with_an_error_is_told_with_the_portals_words() {
    let mut cells = Vec::new();
    for wait in &WAITS {
        let scene = Scene::new(Clock::manual()).await;
        let started = scene.start(wait).await;
        let mut status = scene.raw.get(&wait.status[1..]).await.body.expect("a status");
        end_badly(&mut status["response"]);
        let fault = good(&status.to_string()).times(1000);
        scene.mock.faults().next(&format!("GET {}", wait.status), fault);
        let outcome = started.await;
        let told = outcome.as_ref().is_err_and(|error| error.to_string().contains("no space"));
        cells.push(scene.judge(wait, fails(ErrorKind::Operation, 1), &outcome));
        cells.push((!told).then(|| format!("{}: the portal's words are missing: {outcome:?}", wait.name)));
    }
    none_wrong(cells);
}

fn end_badly(status: &mut Value) {
    match status {
        Value::Array(records) => records.iter_mut().for_each(end_badly),
        record => {
            let done = if record.get("isCompleted").is_some() { "isCompleted" } else { "finished" };
            record[done] = true.into();
            record["error"] = "no space".into();
            record["progress"] = 100.into();
            if done == "finished" {
                record["status"] = 3.into();
            }
        }
    }
}

/// Two programs of the same person want the same at once. Each starts it once, and both learn that it is done.
#[tokio::test]
async fn two_who_wait_for_the_same_both_learn_of_it() {
    let mut cells = Vec::new();
    for wait in &WAITS {
        let scene = Scene::new(passing()).await;
        let wait_policy = Target::at(scene.mock.url(), "", false).wait_policy();
        // With a session, as a key would first ask for its scopes, and time passes with each request.
        let other = Portal::builder(scene.mock.url()).token(scene.mock.token("owner")).wait_policy(wait_policy);
        let other = other.build().unwrap();
        let one = scene.start(wait).await;
        // The second asks while the first one's work is under way; for the one place for templates it waits.
        let two = (wait.start)(other, scene.world, 2).await.unwrap();
        let (one, two) = tokio::join!(one, two);
        cells.push(scene.judge(wait, succeeds(2), &one));
        cells.push(scene.judge(wait, succeeds(2), &two));
    }
    none_wrong(cells);
}

/// A list without an id takes the finished records away.
#[tokio::test]
async fn what_another_program_read_first_is_found_out() {
    let mut cells = Vec::new();
    for wait in &WAITS {
        let scene = Scene::new(passing()).await;
        let started = scene.start(wait).await;
        scene.mock.advance(Duration::from_secs(10));
        for _ in 0..3 {
            scene.raw.get(&wait.status[1..]).await;
        }
        cells.push(scene.judge(wait, succeeds(1), &started.await));
    }
    none_wrong(cells);
}
