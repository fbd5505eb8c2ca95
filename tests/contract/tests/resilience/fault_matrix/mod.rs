//! The fault matrix: every operation of the facade against every way in which a request or its answer can fail, and
//! every wait against every way in which work can get lost. Each cell says how the call ends and how often it was sent.

mod calls;
mod coverage;
mod kinds;
mod waits;
mod world;

use std::time::Duration;

use calls::Call;
use contract::raw::{Body, Raw};
use docspace::{Error, ErrorKind, Result};
use docspace_mock::{Fault, LoggedRequest, MockPortal};
use futures::StreamExt;
use kinds::{End, Kind};
use serde_json::Value;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use world::{Stage, World};

/// Long enough for a busy computer; only what stalls waits for it.
const IDLE: Duration = Duration::from_secs(20);
/// For what is meant to stall.
const SHORT_IDLE: Duration = Duration::from_millis(700);

/// Holds a cell against what should be, and says what is wrong with it.
fn judge(
    call: &Call,
    kind: &str,
    wanted: End,
    tells: fn(&Error) -> bool,
    found: (Result<()>, usize),
) -> Option<String> {
    let (outcome, sent) = found;
    let end = End { kind: outcome.as_ref().err().map(Error::kind), sent };
    let told = outcome.as_ref().err().is_none_or(tells);
    (end != wanted || !told).then(|| format!("{} × {kind}: {wanted:?} wanted, {end:?} found: {outcome:?}", call.name))
}

/// All cells of these faults, on a portal that is back at its start for each. Some at once, as broken connections take
/// time, and so many calls of one program would reach its limit in a minute.
async fn run(faults: &[Kind]) {
    let world = World::get().await;
    let calls: Vec<Call> = calls::all().collect();
    let lanes = calls.chunks(16).map(|calls| async move {
        let mock = world.mock().await;
        let stage = Stage::at(&mock.url(), &mock, world, IDLE);
        let mut cells = Vec::new();
        for (call, kind) in calls.iter().flat_map(|call| faults.iter().map(move |kind| (call, kind))) {
            mock.reset();
            mock.faults().next(call.target, (kind.fault)());
            // A portal that was reset assigns the same ids again, so the program must not remember them.
            let fresh = call.finds_what_it_made.then(|| Stage::at(&mock.url(), &mock, world, IDLE));
            let outcome = (call.run)(fresh.unwrap_or_else(|| stage.clone())).await;
            let found = (outcome, sent(&mock, call.target).len());
            cells.push(judge(call, kind.name, (kind.end)(call), kind.tells, found));
        }
        cells
    });
    none_wrong(futures::future::join_all(lanes).await.concat());
}

#[track_caller]
fn none_wrong(cells: Vec<Option<String>>) {
    let count = cells.len();
    let wrong: Vec<String> = cells.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} of {count} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The requests that a fault for this target would have hit.
fn sent(mock: &MockPortal, target: &str) -> Vec<LoggedRequest> {
    let (method, path) = target.split_once(' ').expect("a method and a path");
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
    run(kinds::REFUSALS).await;
}

#[tokio::test]
async fn a_limit_is_kept_and_what_was_not_executed_is_sent_again() {
    run(kinds::LIMITS).await;
}

#[tokio::test]
async fn a_limit_is_told_by_its_number() {
    run(kinds::NAMED_LIMITS).await;
}

#[tokio::test]
async fn in_doubt_only_what_does_no_harm_is_sent_again() {
    run(kinds::DOUBTS).await;
}

#[tokio::test]
async fn what_was_done_unheard_is_not_done_twice() {
    run(kinds::LOST).await;
}

#[tokio::test]
async fn an_answer_that_is_none_is_not_taken_for_one() {
    run(kinds::ANSWERS).await;
}

/// The port is taken, but nobody listens.
#[tokio::test]
async fn a_portal_that_refuses_connections_is_told_as_such() {
    let world = World::get().await;
    let mock = world.mock().await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}", socket.local_addr().unwrap());
    let stage = Stage::at(&url, &mock, world, IDLE);
    for call in calls::all() {
        let error = (call.run)(stage.clone()).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None), "{}: {error}", call.name);
        assert!(error.is_retryable() && error.to_string().contains("nothing was sent"), "{}: {error}", call.name);
    }
    assert!(mock.requests().is_empty());
}

/// What comes before the middle of the answer is there, and then nothing more.
#[tokio::test]
async fn a_body_that_stalls_is_asked_for_again() {
    none_wrong(stalled(1, |call| kinds::cut_once(call, ErrorKind::Timeout)).await);
}

#[tokio::test]
async fn a_body_that_stalls_each_time_is_given_up() {
    none_wrong(stalled(1000, |call| kinds::cut_always(call, ErrorKind::Timeout)).await);
}

/// The cells of so many bodies that stall.
async fn stalled(times: usize, end: fn(&Call) -> End) -> Vec<Option<String>> {
    let world = World::get().await;
    let mut stages = Vec::new();
    for call in calls::all() {
        let mock = world.mock().await;
        let stage = Stage::at(&never_closing(&mock).await, &mock, world, SHORT_IDLE);
        mock.faults().next(call.target, Fault::truncate().times(times));
        stages.push((call, mock, stage));
    }
    let cells = stages.into_iter().map(|(call, mock, stage)| async move {
        let outcome = (call.run)(stage).await;
        let found = (outcome, sent(&mock, call.target).len());
        judge(&call, "stalled body", end(&call), |error| !error.is_retryable(), found)
    });
    // Together, as each of them waits; but not so many that one has to wait for the others.
    futures::stream::iter(cells).buffered(48).collect().await
}

/// Stands before a portal and keeps its clients' connections open when the portal closes them.
async fn never_closing(mock: &MockPortal) -> String {
    let (listener, portal) = (TcpListener::bind("127.0.0.1:0").await.unwrap(), mock.address());
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(async move {
                // It can be gone before its client.
                let Ok(portal) = TcpStream::connect(portal).await else { return };
                let (mut from_client, mut to_client) = client.into_split();
                let (mut from_portal, mut to_portal) = portal.into_split();
                let asking = async {
                    // Both sides may go away at any time; that is what this is for.
                    let _ = tokio::io::copy(&mut from_client, &mut to_portal).await;
                };
                let answering = async {
                    let _ = tokio::io::copy(&mut from_portal, &mut to_client).await;
                };
                tokio::join!(asking, answering);
                std::future::pending::<()>().await;
            });
        }
    });
    url
}

/// These wait for work that such an answer promises and nobody does; the matrix of waits is about that.
const WAIT: [&str; 4] = ["ManyRooms::archive", "ManyRooms::delete", "ManyRooms::restore", "Templates::delete_many"];

/// A newer portal may know more room types, accesses and kinds of operations than this version.
#[tokio::test]
async fn a_value_that_nobody_knows_does_no_harm() {
    let world = World::get().await;
    let mock = world.mock().await;
    let (stage, raw) = (Stage::at(&mock.url(), &mock, world, IDLE), Raw::new(&mock.url(), Some(&mock.owner_key())));
    let mut cells = Vec::new();
    for call in calls::all().filter(|call| !WAIT.contains(&call.name)) {
        mock.reset();
        let outcome = (call.run)(stage.clone()).await;
        assert_eq!(outcome.err().map(|error| error.kind()), call.at_best, "{}", call.name);
        let request = sent(&mock, call.target).remove(0);
        let Some(body) = strange_answer(&mock, &raw, &request).await else { continue };
        mock.reset();
        mock.faults().next(call.target, kinds::good(&body.to_string()).times(1000));
        let outcome = (call.run)(stage.clone()).await;
        let wanted = End { kind: call.when_strange, sent: 1 };
        let found = (outcome, sent(&mock, call.target).len());
        cells.push(judge(&call, "unknown value", wanted, |_| true, found));
    }
    assert!(cells.len() > 25, "only {} calls have such values", cells.len());
    none_wrong(cells);
}

/// The true answer to a request, with values that this version cannot know; none where there are no such values.
async fn strange_answer(mock: &MockPortal, raw: &Raw, request: &LoggedRequest) -> Option<Value> {
    mock.reset();
    let path = format!("{}?{}", request.path, request.query);
    let body = request.json().map_or(Body::Absent, Body::Json);
    let mut answer = raw.send(&request.method, &path, body).await.body?;
    make_strange(&mut answer).then_some(answer)
}

const OPEN: [&str; 6] = ["roomType", "access", "subjectType", "Operation", "activationStatus", "linkType"];

fn make_strange(value: &mut Value) -> bool {
    match value {
        Value::Array(values) => values.iter_mut().fold(false, |found, value| make_strange(value) | found),
        Value::Object(members) => members.iter_mut().fold(false, |found, (name, value)| {
            if OPEN.contains(&name.as_str()) && value.is_number() {
                *value = 777.into();
                return true;
            }
            make_strange(value) | found
        }),
        _ => false,
    }
}
