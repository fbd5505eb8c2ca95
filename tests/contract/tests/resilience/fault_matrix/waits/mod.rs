//! Every wait with every way in which an operation, or its record, can get lost.

mod setup;
mod wait;

use std::time::Duration;

use docspace::ErrorKind;
use docspace_mock::Clock;
use serde_json::Value;

use self::setup::WaitSetup;
use self::wait::{Action, EXPORT, IfDropped, WAITS, all, without_cancel};
use super::ending::{fails, succeeds};
use super::faults::{NO_RESPONSE, ok_json};
use super::{assert_no_failures, sent};

/// A clock that advances with each request.
fn stepping_clock() -> Clock {
    Clock::stepping(Duration::from_millis(50))
}

#[tokio::test]
async fn finished_operations_are_recognized_after_the_portal_forgot_them() {
    let mut results = Vec::new();
    for (wait, action) in all() {
        let setup = WaitSetup::new(stepping_clock()).await;
        let started = setup.start(wait, action).await;
        // The portal forgets a finished operation after a minute, at its next cleanup.
        for _ in 0..3 {
            setup.mock.advance(Duration::from_secs(75));
        }
        let outcome = started.await;
        results.push(match action {
            Action::Cancel => setup.check_canceled(wait, Ok(true), &outcome),
            _ => setup.check(wait, succeeds(1), &outcome),
        });
    }
    assert_no_failures(results);
}

/// Operations that change something are restarted, unless the wait is resumed or a second start
/// could do harm. Operations that create something are reported as an error, since the result may
/// still appear.
#[tokio::test]
async fn operations_that_never_begin_are_restarted_or_reported() {
    // The checks run concurrently, since each one waits in real time.
    let results = all().map(|(wait, action)| async move {
        let setup = WaitSetup::new(stepping_clock()).await;
        if wait.creates() {
            setup.mock.faults().next(wait.request, ok_json(NO_RESPONSE));
        } else {
            setup.mock.portal(|portal| portal.lose_operations(1));
        }
        let is_restarted = wait.if_dropped == IfDropped::Restarted && action != Action::Resume;
        let expected = if is_restarted { succeeds(2) } else { fails(ErrorKind::NotDone, 1) };
        let started = setup.start(wait, action).await;
        if action == Action::Resume {
            // A resumed wait goes on until the portal forgets the operation.
            for _ in 0..3 {
                setup.mock.advance(Duration::from_secs(75));
            }
        }
        let outcome = started.await;
        match action {
            Action::Cancel => setup.check_canceled(wait, Ok(false), &outcome),
            _ => setup.check(wait, expected, &outcome),
        }
    });
    assert_no_failures(futures::future::join_all(results).await);
}

/// This portal executes nothing, and reports that the operation ended with an error.
#[tokio::test]
async fn failed_operations_are_reported_with_the_error_of_the_portal() {
    // The checks run concurrently, since a wait for a deletion gives the room time to disappear.
    let results = all().map(|(wait, action)| async move {
        let setup = WaitSetup::new(Clock::manual()).await;
        let started = setup.start(wait, action).await;
        let mut status = setup.raw.get(&wait.status_path[1..]).await.body.expect("a status");
        set_failed(&mut status["response"]);
        let fault = ok_json(&status.to_string()).times(1000);
        setup.mock.faults().next(&format!("GET {}", wait.status_path), fault);
        let outcome = started.await;
        if wait.creates() && action == Action::Cancel {
            return setup.check_canceled(wait, Ok(false), &outcome);
        }
        let is_reported = outcome.as_ref().is_err_and(|error| error.to_string().contains("no space"));
        let failure = (!is_reported).then(|| format!("{}: the error of the portal is missing: {outcome:?}", wait.name));
        failure.or_else(|| setup.check(wait, fails(ErrorKind::NotDone, 1), &outcome))
    });
    assert_no_failures(futures::future::join_all(results).await);
}

fn set_failed(status: &mut Value) {
    match status {
        Value::Array(records) => records.iter_mut().for_each(set_failed),
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

/// Two programs of the same person start the same operation. Each sends one request, and both waits
/// succeed.
#[tokio::test]
async fn two_programs_can_wait_for_the_same_change() {
    let mut results = Vec::new();
    for (wait, action) in without_cancel().filter(|(wait, _)| wait.can_start_twice()) {
        // The clock is so slow that the first operation is in progress when the second starts.
        let setup = WaitSetup::new(Clock::stepping(Duration::from_millis(10))).await;
        let one = setup.start(wait, action).await;
        // The second program starts while the first operation is in progress. For a template it
        // waits until the first one is complete.
        let two = setup.start_elsewhere(wait, action).await;
        let (one, two) = tokio::join!(one, two);
        results.push(setup.check(wait, succeeds(2), &one));
        results.push(setup.check(wait, succeeds(2), &two));
    }
    assert_no_failures(results);
}

/// One of two programs cancels its operation. The operation of the other one succeeds.
#[tokio::test]
async fn canceling_does_not_affect_operations_of_other_programs() {
    let mut results = Vec::new();
    for wait in WAITS.iter().filter(|wait| !wait.creates() && wait.can_start_twice()) {
        // The clock is so slow that both operations are in progress when one is canceled.
        let setup = WaitSetup::new(Clock::stepping(Duration::from_millis(10))).await;
        let one = setup.start(wait, Action::Wait).await;
        let two = setup.start_elsewhere(wait, Action::Cancel).await.await;
        results.push(setup.check(wait, succeeds(2), &one.await));
        // The answer to the deletion of a room contains the record of the first one, so the id of
        // the second is unknown.
        let is_deletion = wait.request == "DELETE /files/rooms/*";
        let expected = if is_deletion { fails(ErrorKind::NotDone, 2) } else { succeeds(2) };
        results.push(setup.check(wait, expected, &two));
        let cancellations = sent(&setup.mock, "PUT /files/fileops/terminate/*").len();
        let right = if is_deletion { cancellations == 0 } else { cancellations <= 1 };
        results.push((!right).then(|| format!("{}: {cancellations} requests to cancel", wait.name)));
    }
    assert_no_failures(results);
}

/// A list without an id removes the records of finished operations.
#[tokio::test]
async fn finished_operations_are_recognized_after_another_program_read_them() {
    let mut results = Vec::new();
    for (wait, action) in all() {
        let setup = WaitSetup::new(stepping_clock()).await;
        let started = setup.start(wait, action).await;
        setup.mock.advance(Duration::from_secs(10));
        for _ in 0..3 {
            setup.raw.get(&wait.status_path[1..]).await;
        }
        let outcome = started.await;
        results.push(match action {
            Action::Cancel => setup.check_canceled(wait, Ok(true), &outcome),
            _ => setup.check(wait, succeeds(1), &outcome),
        });
    }
    assert_no_failures(results);
}

#[tokio::test]
async fn index_exports_report_failure_disappearance_and_cancellation() {
    let mut results = Vec::new();
    for action in [Action::Wait, Action::ReadEvents, Action::Cancel] {
        let setup = WaitSetup::new(stepping_clock()).await;
        let started = setup.start(&EXPORT, action).await;
        setup.mock.advance(Duration::from_secs(10));
        results.push(setup.check(&EXPORT, fails(ErrorKind::NotDone, 1), &started.await));

        let setup = WaitSetup::new(Clock::manual()).await;
        let started = setup.start(&EXPORT, action).await;
        setup.mock.faults().next(&format!("GET {}", EXPORT.status_path), ok_json(NO_RESPONSE));
        let outcome = started.await;
        results.push(match action {
            // The export is missing because it was canceled.
            Action::Cancel => setup.check_canceled(&EXPORT, Ok(false), &outcome),
            _ => setup.check(&EXPORT, fails(ErrorKind::NotDone, 1), &outcome),
        });
    }
    let setup = WaitSetup::new(Clock::manual()).await;
    let canceled = setup.start(&EXPORT, Action::Cancel).await.await;
    results.push(setup.check_canceled(&EXPORT, Ok(false), &canceled));
    assert_no_failures(results);
}
