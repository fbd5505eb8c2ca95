//! Every wait against every way in which the portal's work, or what the portal says of it, can get lost.

use std::time::Duration;

use contract::raw::Raw;
use contract::target::Target;
use docspace::{Error, ErrorKind, Event, Operation, Portal, Result, RoomType, WaitPolicy};
use docspace_mock::{Clock, MockPortal};
use futures::future::BoxFuture;
use futures::{FutureExt, TryStreamExt};
use serde_json::Value;

use super::kinds::{End, NO_RESPONSE, fails, good, succeeds};
use super::world::World;
use super::{none_wrong, sent};

/// How it ends: done, or none when it was cancelled before.
type Outcome = Result<Option<()>>;

/// Work that has been started, and the waiting for it.
type Started = BoxFuture<'static, Result<BoxFuture<'static, Outcome>>>;

/// What is done with an operation that has been started.
#[derive(Clone, Copy, Debug)]
enum How {
    Wait,
    ReadEvents,
    Cancel,
}

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
    start: fn(Portal, &'static World, u8, How) -> Started,
}

fn waiting<T: Send + 'static>(operation: Operation<T>, how: How) -> BoxFuture<'static, Outcome> {
    async move {
        match how {
            How::Wait => operation.wait().await.map(|_| Some(())),
            How::Cancel => Ok(operation.cancel().await?.map(drop)),
            How::ReadEvents => {
                let (mut events, mut last) = (operation.events(), None);
                while let Some(event) = events.try_next().await? {
                    assert!(!matches!(last, Some(Event::Done(_))), "something came after the end");
                    last = Some(event);
                }
                assert!(matches!(last, Some(Event::Done(_))), "it ended without a result");
                Ok(Some(()))
            }
        }
    }
    .boxed()
}

macro_rules! wait {
    ($name:literal, $target:literal, $status:literal, $makes:literal, |$portal:ident, $world:ident, $who:ident| $start:expr) => {
        Wait {
            name: $name,
            target: $target,
            status: $status,
            makes: $makes,
            start: |$portal, $world, $who, how| async move { $start.map(|started| waiting(started, how)) }.boxed(),
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

    /// Another program of the same person. With a session, as a key would first ask for its scopes, and time passes with
    /// each request.
    fn other(&self) -> Portal {
        let wait_policy = Target::at(self.mock.url(), "", false).wait_policy();
        let other = Portal::builder(self.mock.url()).token(self.mock.token("owner")).wait_policy(wait_policy);
        other.build().expect("a portal")
    }

    async fn start(&self, wait: &Wait, how: How) -> BoxFuture<'static, Outcome> {
        let started = (wait.start)(self.portal.clone(), self.world, 1, how).await;
        started.unwrap_or_else(|error| panic!("{}: {error}", wait.name))
    }

    /// Holds what came of cancelling against what should.
    fn judge_cancelled(&self, wait: &Wait, done: Result<bool, ErrorKind>, outcome: &Outcome) -> Option<String> {
        // A portal cannot stop what makes something.
        let done = if wait.makes { Err(ErrorKind::Invalid) } else { done };
        let told = outcome.as_ref().map(Option::is_some).map_err(Error::kind);
        let lie = (told != done).then(|| format!("{}, cancelled: {done:?} wanted, {outcome:?} found", wait.name));
        lie.or_else(|| self.judge(wait, done.map_or_else(|kind| fails(kind, 1), |_| succeeds(1)), outcome))
    }

    fn judge(&self, wait: &Wait, wanted: End, outcome: &Outcome) -> Option<String> {
        let kind = outcome.as_ref().err().map(Error::kind);
        let found = End { kind, sent: sent(&self.mock, wait.target).len() };
        (found != wanted).then(|| format!("{}: {wanted:?} wanted, {found:?} found: {outcome:?}", wait.name))
    }
}

/// Time passes with each request, as usual.
fn passing() -> Clock {
    Clock::stepping(Duration::from_millis(50))
}

/// Each wait, waited for and read as events.
fn followed() -> impl Iterator<Item = (&'static Wait, How)> {
    WAITS.iter().flat_map(|wait| [(wait, How::Wait), (wait, How::ReadEvents)])
}

/// The same, and cancelled.
fn all() -> impl Iterator<Item = (&'static Wait, How)> {
    followed().chain(WAITS.iter().map(|wait| (wait, How::Cancel)))
}

#[tokio::test]
async fn what_ended_and_was_forgotten_is_found_out() {
    let mut cells = Vec::new();
    for (wait, how) in all() {
        let scene = Scene::new(passing()).await;
        let started = scene.start(wait, how).await;
        // What is over is forgotten a minute later, but only at the next cleaning.
        for _ in 0..3 {
            scene.mock.advance(Duration::from_secs(75));
        }
        let outcome = started.await;
        cells.push(match how {
            How::Cancel => scene.judge_cancelled(wait, Ok(true), &outcome),
            How::Wait | How::ReadEvents => scene.judge(wait, succeeds(1), &outcome),
        });
    }
    none_wrong(cells);
}

/// What only changes is started again; what makes something is reported, since it may still come.
#[tokio::test]
async fn what_is_never_executed_is_noticed() {
    // Together, as each waits in real time for what does not begin.
    let cells = all().map(|(wait, how)| async move {
        let scene = Scene::new(passing()).await;
        let wanted = if wait.makes {
            scene.mock.faults().next(wait.target, good(NO_RESPONSE));
            fails(ErrorKind::Operation, 1)
        } else {
            scene.mock.portal(|portal| portal.lose_operations(1));
            succeeds(2)
        };
        let outcome = scene.start(wait, how).await.await;
        match how {
            How::Cancel => scene.judge_cancelled(wait, Ok(false), &outcome),
            How::Wait | How::ReadEvents => scene.judge(wait, wanted, &outcome),
        }
    });
    none_wrong(futures::future::join_all(cells).await);
}

/// Nothing ever happens on this portal, but it says that it is over and went wrong.
#[tokio::test]
async fn what_finishes_with_an_error_is_told_with_the_portals_words() {
    // Together, as a room that shall be gone gets some time to go.
    let cells = all().map(|(wait, how)| async move {
        let scene = Scene::new(Clock::manual()).await;
        let started = scene.start(wait, how).await;
        let mut status = scene.raw.get(&wait.status[1..]).await.body.expect("a status");
        end_badly(&mut status["response"]);
        let fault = good(&status.to_string()).times(1000);
        scene.mock.faults().next(&format!("GET {}", wait.status), fault);
        let outcome = started.await;
        if wait.makes && matches!(how, How::Cancel) {
            return scene.judge_cancelled(wait, Ok(false), &outcome);
        }
        let told = outcome.as_ref().is_err_and(|error| error.to_string().contains("no space"));
        let silent = (!told).then(|| format!("{}: the portal's words are missing: {outcome:?}", wait.name));
        silent.or_else(|| scene.judge(wait, fails(ErrorKind::Operation, 1), &outcome))
    });
    none_wrong(futures::future::join_all(cells).await);
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
    for (wait, how) in followed() {
        // So slowly that the first one's work is in progress when the second asks.
        let scene = Scene::new(Clock::stepping(Duration::from_millis(10))).await;
        let one = scene.start(wait, how).await;
        // The second asks while the first one's work is under way; for the one place for templates it waits.
        let two = (wait.start)(scene.other(), scene.world, 2, how).await.unwrap();
        let (one, two) = tokio::join!(one, two);
        cells.push(scene.judge(wait, succeeds(2), &one));
        cells.push(scene.judge(wait, succeeds(2), &two));
    }
    none_wrong(cells);
}

/// One of two programs cancels. That stops nothing of the other's, which learns that it is done.
#[tokio::test]
async fn who_cancels_stops_nothing_of_others() {
    let mut cells = Vec::new();
    for wait in WAITS.iter().filter(|wait| !wait.makes) {
        // So slowly that both are still under way when one is cancelled.
        let scene = Scene::new(Clock::stepping(Duration::from_millis(10))).await;
        let one = scene.start(wait, How::Wait).await;
        let two = (wait.start)(scene.other(), scene.world, 2, How::Cancel).await.unwrap().await;
        cells.push(scene.judge(wait, succeeds(2), &one.await));
        // A deletion is answered with the first one's record, so which one is the second is not known.
        let is_deletion = wait.target.starts_with("DELETE");
        let wanted = if is_deletion { fails(ErrorKind::Operation, 2) } else { succeeds(2) };
        cells.push(scene.judge(wait, wanted, &two));
        let stops = sent(&scene.mock, "PUT /files/fileops/terminate/*").len();
        let right = if is_deletion { stops == 0 } else { stops <= 1 };
        cells.push((!right).then(|| format!("{}: asked {stops} times to stop", wait.name)));
    }
    none_wrong(cells);
}

/// A list without an id takes the finished records away.
#[tokio::test]
async fn what_another_program_read_first_is_found_out() {
    let mut cells = Vec::new();
    for (wait, how) in all() {
        let scene = Scene::new(passing()).await;
        let started = scene.start(wait, how).await;
        scene.mock.advance(Duration::from_secs(10));
        for _ in 0..3 {
            scene.raw.get(&wait.status[1..]).await;
        }
        let outcome = started.await;
        cells.push(match how {
            How::Cancel => scene.judge_cancelled(wait, Ok(true), &outcome),
            How::Wait | How::ReadEvents => scene.judge(wait, succeeds(1), &outcome),
        });
    }
    none_wrong(cells);
}

/// An index export has no record that is read once: its status stays, and a portal without a document service, as the
/// mock portal is one, fails at each.
const EXPORT: Wait = wait!(
    "index export",
    "POST /files/rooms/*/indexexport",
    "/files/rooms/indexexport",
    false,
    |portal, _world, _who| {
        let indexed = portal.rooms().create("indexed", RoomType::VirtualData).indexing(true).send().await?;
        portal.room(&indexed).export_index().await
    }
);

#[tokio::test]
async fn an_index_export_that_fails_vanishes_or_is_cancelled() {
    let mut cells = Vec::new();
    for how in [How::Wait, How::ReadEvents, How::Cancel] {
        let scene = Scene::new(passing()).await;
        let started = scene.start(&EXPORT, how).await;
        scene.mock.advance(Duration::from_secs(10));
        cells.push(scene.judge(&EXPORT, fails(ErrorKind::Operation, 1), &started.await));

        let scene = Scene::new(Clock::manual()).await;
        let started = scene.start(&EXPORT, how).await;
        scene.mock.faults().next(&format!("GET {}", EXPORT.status), good(NO_RESPONSE));
        let outcome = started.await;
        cells.push(match how {
            // It is gone because it was stopped.
            How::Cancel => scene.judge_cancelled(&EXPORT, Ok(false), &outcome),
            How::Wait | How::ReadEvents => scene.judge(&EXPORT, fails(ErrorKind::Operation, 1), &outcome),
        });
    }
    let scene = Scene::new(Clock::manual()).await;
    let cancelled = scene.start(&EXPORT, How::Cancel).await.await;
    cells.push(scene.judge_cancelled(&EXPORT, Ok(false), &cancelled));
    none_wrong(cells);
}
