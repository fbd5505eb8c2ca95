//! Whether every operation of the spec can be called with the generated client, and its answer read: each is called
//! once or more on a mock portal, and the portal's log tells whether one was forgotten.

mod keys;
mod links;
mod people;
mod rooms;
mod templates;

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::spec::Spec;
use docspace_api::{Client, Direct, Error, ResponseValue, RoomId};
use docspace_mock::{MockPortal, Role};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The generated client with a key in its default headers, and nothing else between it and the portal.
fn client(mock: &MockPortal, key: &str) -> Client {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("authorization", format!("Bearer {key}").parse().unwrap());
    let http = reqwest::Client::builder().default_headers(headers).build().unwrap();
    Client::new_with_client(&mock.url(), http.clone(), Arc::new(Direct::new(http)))
}

/// A request body, or an id, from what it looks like on the wire.
fn given<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a value of the generated type")
}

/// The answer of a call that has to succeed.
fn done<T>(outcome: Result<ResponseValue<T>, Error<()>>) -> T {
    outcome.unwrap_or_else(|error| panic!("{error}")).into_inner()
}

/// A call that the portal has to refuse with this status.
fn refused<T>(outcome: Result<ResponseValue<T>, Error<()>>, status: u16) {
    match outcome {
        Ok(_) => panic!("done, though {status} was expected"),
        Err(error) => assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{error}"),
    }
}

/// Asks for operations until none is under way, and with that takes the finished ones away.
async fn settle(api: &Client) {
    use docspace_api::ClientOperationsExt;
    while !done(api.list_operations().send().await).response.unwrap_or_default().is_empty() {}
}

/// A custom room of this title.
async fn custom_room(api: &Client, title: &str) -> RoomId {
    use docspace_api::ClientRoomsExt;
    let body: docspace_api::types::CreateRoomRequest = given(serde_json::json!({ "title": title, "roomType": 5 }));
    done(api.create_room().body(body).send().await).response.expect("a room").id
}

#[tokio::test]
async fn every_operation_can_be_called() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).person("ulf", Role::User).start().await.unwrap();
    let api = client(&mock, &mock.owner_key());
    rooms::call(&api, &mock).await;
    links::call(&api, &mock).await;
    templates::call(&api).await;
    people::call(&api, &mock).await;
    keys::call(&api, &mock).await;

    let spec = Spec::read();
    let called: BTreeSet<String> = mock
        .requests()
        .iter()
        .filter_map(|request| Some(spec.find(&request.method, &request.path)?.id.clone()))
        .collect();
    let all: BTreeSet<String> = spec.operations().iter().map(|operation| operation.id.clone()).collect();
    let forgotten: Vec<_> = all.difference(&called).collect();
    assert!(forgotten.is_empty(), "no test calls {forgotten:?}");
    println!("{} operations called in {} requests", called.len(), mock.requests().len());
}
