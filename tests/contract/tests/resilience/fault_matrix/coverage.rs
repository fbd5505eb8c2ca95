//! Completeness of the matrix: it contains every call of the facade and every operation of the
//! spec.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use contract::spec::Spec;

use super::fixture::{Fixture, Setup};
use super::{IDLE, assert_no_failures, calls, sent};

/// Operations without a call in the facade. Programs use them with
/// [`Portal::api`](docspace::Portal::api), which returns errors of the generated client.
const LEFT_TO_THE_CLIENT: &[&str] = &[
    // For pages that a confirmation link opens, which programs have no key for.
    "checkConfirmation",
    // The facade reads primary links, which creates them too.
    "createPrimaryFileLink",
    "createPrimaryFolderLink",
    // Such a room needs connected third-party storage, and the spec has no calls to connect it.
    "createThirdPartyRoom",
    // `searchPeople` does the same with more filters and a total.
    "findPeople",
    "findPeopleByStatus",
    "listPeople",
    // Only people with a second factor in text messages need them.
    "sendSmsCode",
    "setMobilePhone",
];

/// Requests that are not in the spec, because their bodies are forms.
const UNDOCUMENTED: [&str; 2] = ["POST /files/logos", "POST /files/*/upload"];

/// The operations that return credentials, and are sent without any.
const SIGN_IN: &[&str] = &["authenticate", "authenticateWithCode"];

/// Calls that wait. `waits` tests them.
const WAITS: &[&str] =
    &["Bulk::finish", "Operation::cancel", "Operation::events", "Operation::wait", "Operation::wait_for"];

/// Without a fault, each call sends its request once and with credentials. Together, the calls use
/// every operation of the spec.
#[tokio::test]
async fn every_operation_is_sent_once_with_credentials() {
    let (fixture, spec) = (Fixture::get().await, Spec::read());
    let mock = fixture.mock().await;
    let setup = Setup::at(&mock.url(), &mock, fixture, IDLE);
    let owner_key = mock.owner_key();
    let credentials = [&*owner_key, &*setup.token, &*setup.ann_key];
    let (mut results, mut called) = (Vec::new(), BTreeSet::new());
    for call in calls::all() {
        mock.reset();
        let kind = (call.run)(setup.clone()).await.err().map(|error| error.kind());
        let requests = sent(&mock, call.request);
        let right = kind == call.error_without_fault && requests.len() == 1;
        results.push((!right).then(|| format!("{}: {kind:?} after {} requests", call.name, requests.len())));
        for request in mock.requests() {
            let operation = spec.find(&request.method, &request.path);
            let signs_in = operation.is_some_and(|operation| SIGN_IN.contains(&&*operation.id));
            let sent = request.header("authorization").map(|sent| sent.trim_start_matches("Bearer "));
            let right = if signs_in { sent.is_none() } else { sent.is_some_and(|sent| credentials.contains(&sent)) };
            results.push((!right).then(|| format!("{}: {} {} with {sent:?}", call.name, request.method, request.path)));
        }
        for request in requests.iter().filter(|_| !UNDOCUMENTED.contains(&call.request)) {
            let operation = spec.find(&request.method, &request.path);
            called.extend(operation.map(|operation| &*operation.id));
            results.push(operation.is_none().then(|| format!("{}: {} is not in the spec", call.name, request.path)));
        }
    }
    assert_no_failures(results);
    let all: BTreeSet<&str> = spec.operations().iter().map(|operation| &*operation.id).collect();
    let left: Vec<&str> = all.difference(&called).copied().collect();
    assert_eq!(left, LEFT_TO_THE_CLIENT);
}

/// The test reads `public-api.txt`, which other tests compare with the crate.
#[test]
fn every_call_of_the_facade_is_in_the_matrix() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/docspace/public-api.txt");
    let baseline = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let public: BTreeSet<String> = baseline.lines().filter(|line| sends(line)).map(name).collect();
    let rows = calls::all().map(|call| row(call.name)).chain(WAITS.iter().copied());
    let rows: BTreeSet<String> = rows.map(str::to_owned).collect();
    assert!(public.len() > 100, "only {} calls were found", public.len());
    let (missing, unknown) = (public.difference(&rows), rows.difference(&public));
    let (missing, unknown): (Vec<_>, Vec<_>) = (missing.collect(), unknown.collect());
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "add rows for {missing:?}; remove rows that are not calls of the facade: {unknown:?}"
    );
}

/// Whether a line of `public-api.txt` is a function that sends requests, or returns a future or a
/// stream that does.
fn sends(line: &str) -> bool {
    let returned =
        ["-> docspace::rooms::Bulk<", "-> futures_core::stream::BoxStream<", "-> impl core::future::future::Future<"];
    line.starts_with("pub async fn ") || returned.iter().any(|returned| line.contains(returned))
}

/// The type and the method in such a line, without modules and type arguments.
fn name(line: &str) -> String {
    let (_, path) = line.split_once(" docspace::").expect("a path");
    let (path, _) = path.split_once('(').expect("arguments");
    let mut depth = 0;
    let outside = |character: &char| {
        depth += i32::from(*character == '<');
        let is_outside = depth == 0;
        depth -= i32::from(*character == '>');
        is_outside
    };
    let path: String = path.chars().filter(outside).collect();
    let parts: Vec<&str> = path.split("::").collect();
    parts[parts.len() - 2..].join("::")
}

/// The type and the method in the name of a row, without its suffix.
fn row(name: &str) -> &str {
    name.split([' ', '(']).next().unwrap_or_default().trim_end_matches(':')
}
