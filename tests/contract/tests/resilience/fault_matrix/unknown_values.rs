//! Every call of the facade with an answer that contains unknown enum values.

use contract::raw::{Body, Raw};
use docspace_mock::{LoggedRequest, MockPortal};
use serde_json::Value;

use super::ending::Ending;
use super::faults::ok_json;
use super::fixture::{Fixture, Setup};
use super::{IDLE, assert_no_failures, calls, check, sent};

/// Calls that wait for an operation. With these answers, the portal starts none, so `waits` tests
/// them.
const WAITS: [&str; 4] = ["ManyRooms::archive", "ManyRooms::delete", "ManyRooms::restore", "Templates::delete_many"];

/// A newer portal may have more room types, access levels and operation types than this version
/// knows.
#[tokio::test]
async fn unknown_enum_values_do_not_break_calls() {
    let fixture = Fixture::get().await;
    let mock = fixture.mock().await;
    let (setup, raw) = (Setup::at(&mock.url(), &mock, fixture, IDLE), Raw::new(&mock.url(), Some(&mock.owner_key())));
    let mut results = Vec::new();
    for call in calls::all().filter(|call| !WAITS.contains(&call.name)) {
        mock.reset();
        let outcome = (call.run)(setup.clone()).await;
        assert_eq!(outcome.err().map(|error| error.kind()), call.error_without_fault, "{}", call.name);
        let request = sent(&mock, call.request).remove(0);
        let Some(body) = answer_with_unknown_values(&mock, &raw, &request).await else { continue };
        mock.reset();
        mock.faults().next(call.request, ok_json(&body.to_string()).times(1000));
        let outcome = (call.run)(setup.clone()).await;
        let expected = Ending { error: call.error_with_unknown_values, requests: 1 };
        let found = (outcome, sent(&mock, call.request).len());
        results.push(check(&call, "unknown value", expected, |_| true, found));
    }
    assert!(results.len() > 25, "only {} calls return enum values", results.len());
    assert_no_failures(results);
}

/// The answer to a request with unknown enum values; `None` if the answer has no enum values.
async fn answer_with_unknown_values(mock: &MockPortal, raw: &Raw, request: &LoggedRequest) -> Option<Value> {
    mock.reset();
    let path = format!("{}?{}", request.path, request.query);
    let body = request.json().map_or(Body::Absent, Body::Json);
    let mut answer = raw.send(&request.method, &path, body).await.body?;
    make_values_unknown(&mut answer).then_some(answer)
}

/// Members whose values are open enums.
const OPEN_ENUMS: [&str; 6] = ["roomType", "access", "subjectType", "Operation", "activationStatus", "linkType"];

fn make_values_unknown(value: &mut Value) -> bool {
    match value {
        Value::Array(values) => values.iter_mut().fold(false, |found, value| make_values_unknown(value) | found),
        Value::Object(members) => members.iter_mut().fold(false, |found, (name, value)| {
            if OPEN_ENUMS.contains(&name.as_str()) && value.is_number() {
                *value = 777.into();
                return true;
            }
            make_values_unknown(value) | found
        }),
        _ => false,
    }
}
