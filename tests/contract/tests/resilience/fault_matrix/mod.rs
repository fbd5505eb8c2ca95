//! The fault matrix: every call of the facade with every way in which its request or the answer can
//! fail.
//!
//! A row is a [`Call`](calls::Call) with its properties. A column is a
//! [`FaultCase`](faults::FaultCase): a fault, and the [`Ending`] that a call must have with it. For
//! each pair, a test makes the call on a mock portal with the fault, and compares the result and
//! the number of requests. `waits` is the matrix of the calls that wait: every wait with every way
//! in which an operation, or its record, can get lost.
//!
//! A new call of the facade gets a row in `calls`; `coverage` fails until it has one.

mod calls;
mod coverage;
mod ending;
mod faults;
mod fixture;
mod stalled_bodies;
mod unknown_values;
mod waits;

use std::time::Duration;

use docspace::{Error, ErrorKind, Result};
use docspace_mock::{LoggedRequest, MockPortal};
use tokio::net::TcpSocket;

use self::calls::Call;
use self::ending::Ending;
use self::faults::FaultCase;
use self::fixture::{Fixture, Setup};

/// The idle timeout: long enough for a busy computer, since only stalled connections reach it.
const IDLE: Duration = Duration::from_secs(20);

/// The failure of a call with this outcome and number of requests; `None` if both are as expected.
fn check(
    call: &Call,
    fault: &str,
    expected: Ending,
    check_error: fn(&Error) -> bool,
    (outcome, requests): (Result<()>, usize),
) -> Option<String> {
    let found = Ending { error: outcome.as_ref().err().map(Error::kind), requests };
    let has_right_error = outcome.as_ref().err().is_none_or(check_error);
    let is_right = found == expected && has_right_error;
    (!is_right).then(|| format!("{} × {fault}: {expected:?} expected, {found:?} found: {outcome:?}", call.name))
}

/// Checks all calls with these faults, each on a portal in its initial state. Groups of calls run
/// concurrently, since broken connections take time, and each group has its own client, since one
/// client would reach its limit of calls per minute.
async fn check_all(cases: &[FaultCase]) {
    let fixture = Fixture::get().await;
    let calls: Vec<Call> = calls::all().collect();
    let groups = calls.chunks(16).map(|calls| async move {
        let mock = fixture.mock().await;
        let setup = Setup::at(&mock.url(), &mock, fixture, IDLE);
        let mut results = Vec::new();
        for (call, case) in calls.iter().flat_map(|call| cases.iter().map(move |case| (call, case))) {
            mock.reset();
            mock.faults().next(call.request, (case.fault)());
            // A portal that was reset assigns the same ids again, so the client must not remember
            // them.
            let fresh = call.finds_lost_creation.then(|| Setup::at(&mock.url(), &mock, fixture, IDLE));
            let outcome = (call.run)(fresh.unwrap_or_else(|| setup.clone())).await;
            let found = (outcome, sent(&mock, call.request).len());
            results.push(check(call, case.name, (case.expected)(call), case.check_error, found));
        }
        results
    });
    assert_no_failures(futures::future::join_all(groups).await.concat());
}

/// Panics with all failures, if there are any.
#[track_caller]
fn assert_no_failures(results: Vec<Option<String>>) {
    let count = results.len();
    let failures: Vec<String> = results.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{} of {count} checks failed:\n{}", failures.len(), failures.join("\n"));
}

/// The requests that match this method and path, in which `*` stands for one segment.
fn sent(mock: &MockPortal, request: &str) -> Vec<LoggedRequest> {
    let (method, path) = request.split_once(' ').expect("a method and a path");
    let wanted: Vec<&str> = path.trim_matches('/').split('/').collect();
    let matches = |request: &LoggedRequest| {
        let actual: Vec<&str> = request.path.trim_start_matches("/api/2.0").trim_matches('/').split('/').collect();
        let same = |(wanted, actual): (&&str, &&str)| *wanted == "*" || wanted.eq_ignore_ascii_case(actual);
        request.method == method && actual.len() == wanted.len() && wanted.iter().zip(&actual).all(same)
    };
    mock.requests().into_iter().filter(matches).collect()
}

#[tokio::test]
async fn refusals_are_not_retried() {
    check_all(faults::REFUSALS).await;
}

#[tokio::test]
async fn rate_limited_calls_are_retried_unless_the_pause_is_too_long() {
    check_all(faults::LIMITS).await;
}

#[tokio::test]
async fn rate_limits_are_recognized_by_their_number() {
    check_all(faults::NAMED_LIMITS).await;
}

#[tokio::test]
async fn calls_with_an_unknown_outcome_are_retried_only_if_harmless() {
    check_all(faults::UNKNOWN_OUTCOMES).await;
}

#[tokio::test]
async fn executed_calls_with_a_lost_answer_are_retried_only_if_harmless() {
    check_all(faults::LOST_ANSWERS).await;
}

#[tokio::test]
async fn broken_answers_are_not_taken_for_results() {
    check_all(faults::BROKEN_ANSWERS).await;
}

/// The port is bound, but does not accept connections.
#[tokio::test]
async fn refused_connections_are_reported_as_unsent() {
    let fixture = Fixture::get().await;
    let mock = fixture.mock().await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    let setup = Setup::at(&url, &mock, fixture, IDLE);
    for call in calls::all() {
        let error = (call.run)(setup.clone()).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None), "{}: {error}", call.name);
        assert!(error.is_retryable() && error.nothing_was_done(), "{}: {error}", call.name);
    }
    assert!(mock.requests().is_empty());
}
