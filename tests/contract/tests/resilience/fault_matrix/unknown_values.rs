//! Every call of the facade with an answer that has enum values which this version does not know.

use contract::raw::{Body, Raw};
use docspace_mock::{LoggedRequest, MockPortal};
use serde_json::Value;

use super::ending::Ending;
use super::faults::good;
use super::fixture::{Fixture, Setup};
use super::{IDLE, assert_all_right, calls, check, sent};

/// Calls that wait for work which such an answer promises and the portal does not do; `waits` tests those.
const WAITS: [&str; 4] = ["ManyRooms::archive", "ManyRooms::delete", "ManyRooms::restore", "Templates::delete_many"];

/// A newer portal may know more room types, accesses and kinds of operations than this version.
#[tokio::test]
async fn a_value_that_nobody_knows_does_no_harm() {
    let fixture = Fixture::get().await;
    let mock = fixture.mock().await;
    let (setup, raw) = (Setup::at(&mock.url(), &mock, fixture, IDLE), Raw::new(&mock.url(), Some(&mock.owner_key())));
    let mut cells = Vec::new();
    for call in calls::all().filter(|call| !WAITS.contains(&call.name)) {
        mock.reset();
        let outcome = (call.run)(setup.clone()).await;
        assert_eq!(outcome.err().map(|error| error.kind()), call.error_without_fault, "{}", call.name);
        let request = sent(&mock, call.request).remove(0);
        let Some(body) = answer_with_unknown_values(&mock, &raw, &request).await else { continue };
        mock.reset();
        mock.faults().next(call.request, good(&body.to_string()).times(1000));
        let outcome = (call.run)(setup.clone()).await;
        let expected = Ending { error: call.error_with_unknown_values, requests: 1 };
        let found = (outcome, sent(&mock, call.request).len());
        cells.push(check(&call, "unknown value", expected, |_| true, found));
    }
    assert!(cells.len() > 25, "only {} calls have such values", cells.len());
    assert_all_right(cells);
}

/// The true answer to a request, with values that this version cannot know; `None` if it has no place for them.
async fn answer_with_unknown_values(mock: &MockPortal, raw: &Raw, request: &LoggedRequest) -> Option<Value> {
    mock.reset();
    let path = format!("{}?{}", request.path, request.query);
    let body = request.json().map_or(Body::Absent, Body::Json);
    let mut answer = raw.send(&request.method, &path, body).await.body?;
    make_values_unknown(&mut answer).then_some(answer)
}

/// Members whose values are those of an enum that grows.
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
