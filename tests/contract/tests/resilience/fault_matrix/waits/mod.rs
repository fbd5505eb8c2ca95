//! Every wait against every way in which the portal's work, or what the portal says of it, can get lost.

mod setup;
mod wait;

use std::time::Duration;

use docspace::ErrorKind;
use docspace_mock::Clock;
use serde_json::Value;

use self::setup::WaitSetup;
use self::wait::{Action, EXPORT, WAITS, all, followed};
use super::ending::{fails, succeeds};
use super::faults::{NO_RESPONSE, good};
use super::{assert_all_right, sent};

/// Time passes with each request, as usual.
fn passing() -> Clock {
    Clock::stepping(Duration::from_millis(50))
}

#[tokio::test]
async fn what_ended_and_was_forgotten_is_found_out() {
    let mut cells = Vec::new();
    for (wait, action) in all() {
        let setup = WaitSetup::new(passing()).await;
        let started = setup.start(wait, action).await;
        // What is over is forgotten a minute later, but only at the next cleaning.
        for _ in 0..3 {
            setup.mock.advance(Duration::from_secs(75));
        }
        let outcome = started.await;
        cells.push(match action {
            Action::Cancel => setup.check_cancelled(wait, Ok(true), &outcome),
            Action::Wait | Action::ReadEvents => setup.check(wait, succeeds(1), &outcome),
        });
    }
    assert_all_right(cells);
}

/// What only changes is started again; what makes something is reported, since it may still come.
#[tokio::test]
async fn what_is_never_executed_is_noticed() {
    // Together, as each waits in real time for what does not begin.
    let cells = all().map(|(wait, action)| async move {
        let setup = WaitSetup::new(passing()).await;
        let expected = if wait.creates {
            setup.mock.faults().next(wait.request, good(NO_RESPONSE));
            fails(ErrorKind::NotDone, 1)
        } else {
            setup.mock.portal(|portal| portal.lose_operations(1));
            succeeds(2)
        };
        let outcome = setup.start(wait, action).await.await;
        match action {
            Action::Cancel => setup.check_cancelled(wait, Ok(false), &outcome),
            Action::Wait | Action::ReadEvents => setup.check(wait, expected, &outcome),
        }
    });
    assert_all_right(futures::future::join_all(cells).await);
}

/// Nothing ever happens on this portal, but it says that it is over and went wrong.
#[tokio::test]
async fn what_finishes_with_an_error_is_told_with_the_portals_words() {
    // Together, as a room that shall be gone gets some time to go.
    let cells = all().map(|(wait, action)| async move {
        let setup = WaitSetup::new(Clock::manual()).await;
        let started = setup.start(wait, action).await;
        let mut status = setup.raw.get(&wait.status_path[1..]).await.body.expect("a status");
        end_badly(&mut status["response"]);
        let fault = good(&status.to_string()).times(1000);
        setup.mock.faults().next(&format!("GET {}", wait.status_path), fault);
        let outcome = started.await;
        if wait.creates && matches!(action, Action::Cancel) {
            return setup.check_cancelled(wait, Ok(false), &outcome);
        }
        let told = outcome.as_ref().is_err_and(|error| error.to_string().contains("no space"));
        let silent = (!told).then(|| format!("{}: the portal's words are missing: {outcome:?}", wait.name));
        silent.or_else(|| setup.check(wait, fails(ErrorKind::NotDone, 1), &outcome))
    });
    assert_all_right(futures::future::join_all(cells).await);
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
    for (wait, action) in followed() {
        // So slowly that the first one's work is in progress when the second asks.
        let setup = WaitSetup::new(Clock::stepping(Duration::from_millis(10))).await;
        let one = setup.start(wait, action).await;
        // The second asks while the first one's work is under way; for the one place for templates it waits.
        let two = (wait.start)(setup.other(), setup.fixture, 2, action).await.unwrap();
        let (one, two) = tokio::join!(one, two);
        cells.push(setup.check(wait, succeeds(2), &one));
        cells.push(setup.check(wait, succeeds(2), &two));
    }
    assert_all_right(cells);
}

/// One of two programs cancels. That stops nothing of the other's, which learns that it is done.
#[tokio::test]
async fn who_cancels_stops_nothing_of_others() {
    let mut cells = Vec::new();
    for wait in WAITS.iter().filter(|wait| !wait.creates) {
        // So slowly that both are still under way when one is cancelled.
        let setup = WaitSetup::new(Clock::stepping(Duration::from_millis(10))).await;
        let one = setup.start(wait, Action::Wait).await;
        let two = (wait.start)(setup.other(), setup.fixture, 2, Action::Cancel).await.unwrap().await;
        cells.push(setup.check(wait, succeeds(2), &one.await));
        // A deletion is answered with the first one's record, so which one is the second is not known.
        let is_deletion = wait.request.starts_with("DELETE");
        let expected = if is_deletion { fails(ErrorKind::NotDone, 2) } else { succeeds(2) };
        cells.push(setup.check(wait, expected, &two));
        let stops = sent(&setup.mock, "PUT /files/fileops/terminate/*").len();
        let right = if is_deletion { stops == 0 } else { stops <= 1 };
        cells.push((!right).then(|| format!("{}: asked {stops} times to stop", wait.name)));
    }
    assert_all_right(cells);
}

/// A list without an id takes the finished records away.
#[tokio::test]
async fn what_another_program_read_first_is_found_out() {
    let mut cells = Vec::new();
    for (wait, action) in all() {
        let setup = WaitSetup::new(passing()).await;
        let started = setup.start(wait, action).await;
        setup.mock.advance(Duration::from_secs(10));
        for _ in 0..3 {
            setup.raw.get(&wait.status_path[1..]).await;
        }
        let outcome = started.await;
        cells.push(match action {
            Action::Cancel => setup.check_cancelled(wait, Ok(true), &outcome),
            Action::Wait | Action::ReadEvents => setup.check(wait, succeeds(1), &outcome),
        });
    }
    assert_all_right(cells);
}

#[tokio::test]
async fn an_index_export_that_fails_vanishes_or_is_cancelled() {
    let mut cells = Vec::new();
    for action in [Action::Wait, Action::ReadEvents, Action::Cancel] {
        let setup = WaitSetup::new(passing()).await;
        let started = setup.start(&EXPORT, action).await;
        setup.mock.advance(Duration::from_secs(10));
        cells.push(setup.check(&EXPORT, fails(ErrorKind::NotDone, 1), &started.await));

        let setup = WaitSetup::new(Clock::manual()).await;
        let started = setup.start(&EXPORT, action).await;
        setup.mock.faults().next(&format!("GET {}", EXPORT.status_path), good(NO_RESPONSE));
        let outcome = started.await;
        cells.push(match action {
            // It is gone because it was stopped.
            Action::Cancel => setup.check_cancelled(&EXPORT, Ok(false), &outcome),
            Action::Wait | Action::ReadEvents => setup.check(&EXPORT, fails(ErrorKind::NotDone, 1), &outcome),
        });
    }
    let setup = WaitSetup::new(Clock::manual()).await;
    let cancelled = setup.start(&EXPORT, Action::Cancel).await.await;
    cells.push(setup.check_cancelled(&EXPORT, Ok(false), &cancelled));
    assert_all_right(cells);
}
