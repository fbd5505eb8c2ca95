//! The fault matrix: every call of the facade against every way in which its request or the answer can fail.
//!
//! A row is a [`Call`](calls::Call), with what is special about it. A column is a [`FaultCase`](faults::FaultCase): the
//! fault, and the [`Ending`] that it gives a call. A cell makes the call on a mock portal with the fault, and compares how
//! it ended, and after how many requests. `waits` is the matrix of the calls that wait: every wait against every way in
//! which the portal's work, or its record, can get lost.
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

/// How long a connection may be idle: long enough for a busy computer, as only what stalls waits for it.
const IDLE: Duration = Duration::from_secs(20);

/// What is wrong with a cell: a call that ended with this outcome after so many requests.
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

/// Checks all cells of these columns, on a portal that is back at its start for each. Some at once, as broken connections
/// take time, and so many calls of one program would reach its limit in a minute.
async fn check_all(cases: &[FaultCase]) {
    let fixture = Fixture::get().await;
    let calls: Vec<Call> = calls::all().collect();
    let groups = calls.chunks(16).map(|calls| async move {
        let mock = fixture.mock().await;
        let setup = Setup::at(&mock.url(), &mock, fixture, IDLE);
        let mut cells = Vec::new();
        for (call, case) in calls.iter().flat_map(|call| cases.iter().map(move |case| (call, case))) {
            mock.reset();
            mock.faults().next(call.request, (case.fault)());
            // A portal that was reset assigns the same ids again, so the program must not remember them.
            let fresh = call.finds_lost_creation.then(|| Setup::at(&mock.url(), &mock, fixture, IDLE));
            let outcome = (call.run)(fresh.unwrap_or_else(|| setup.clone())).await;
            let found = (outcome, sent(&mock, call.request).len());
            cells.push(check(call, case.name, (case.expected)(call), case.check_error, found));
        }
        cells
    });
    assert_all_right(futures::future::join_all(groups).await.concat());
}

/// Panics with all that is wrong with these cells.
#[track_caller]
fn assert_all_right(cells: Vec<Option<String>>) {
    let count = cells.len();
    let wrong: Vec<String> = cells.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} of {count} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The requests that a fault for this request hits.
fn sent(mock: &MockPortal, request: &str) -> Vec<LoggedRequest> {
    let (method, path) = request.split_once(' ').expect("a method and a path");
    let wanted: Vec<&str> = path.trim_matches('/').split('/').collect();
    let fits = |request: &LoggedRequest| {
        let typed: Vec<&str> = request.path.trim_start_matches("/api/2.0").trim_matches('/').split('/').collect();
        let same = |(wanted, typed): (&&str, &&str)| *wanted == "*" || wanted.eq_ignore_ascii_case(typed);
        request.method == method && typed.len() == wanted.len() && wanted.iter().zip(&typed).all(same)
    };
    mock.requests().into_iter().filter(fits).collect()
}

#[tokio::test]
async fn a_refusal_stands() {
    check_all(faults::REFUSALS).await;
}

#[tokio::test]
async fn a_limit_is_kept_and_what_was_not_executed_is_sent_again() {
    check_all(faults::LIMITS).await;
}

#[tokio::test]
async fn a_limit_is_told_by_its_number() {
    check_all(faults::NAMED_LIMITS).await;
}

#[tokio::test]
async fn in_doubt_only_what_does_no_harm_is_sent_again() {
    check_all(faults::UNKNOWN_OUTCOMES).await;
}

#[tokio::test]
async fn what_was_done_unheard_is_not_done_twice() {
    check_all(faults::LOST_ANSWERS).await;
}

#[tokio::test]
async fn an_answer_that_is_none_is_not_taken_for_one() {
    check_all(faults::BROKEN_ANSWERS).await;
}

/// The port is taken, but nobody listens.
#[tokio::test]
async fn a_portal_that_refuses_connections_is_told_as_such() {
    let fixture = Fixture::get().await;
    let mock = fixture.mock().await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    let setup = Setup::at(&url, &mock, fixture, IDLE);
    for call in calls::all() {
        let error = (call.run)(setup.clone()).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None), "{}: {error}", call.name);
        assert!(error.is_retryable() && error.to_string().contains("nothing was sent"), "{}: {error}", call.name);
    }
    assert!(mock.requests().is_empty());
}
