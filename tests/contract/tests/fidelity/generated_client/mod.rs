//! Calls every operation of the spec with the generated client on a mock portal and reads the
//! answers. The portal's log shows whether an operation is missing.

mod audit;
mod contents;
mod keys;
mod links;
mod people;
mod rooms;
mod templates;
mod webhooks;

use std::collections::BTreeSet;
use std::sync::Arc;

use contract::spec::Spec;
use docspace_api::{Client, Direct, Error, ResponseValue, RoomId};
use docspace_mock::{MockPortal, Role};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The generated client without the facade, with a key in its default headers.
fn client(mock: &MockPortal, key: &str) -> Client {
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("authorization", format!("Bearer {key}").parse().unwrap());
    let http = reqwest::Client::builder().default_headers(headers).build().unwrap();
    Client::new_with_client(&mock.url(), http.clone(), Arc::new(Direct::new(http)))
}

/// A request body or an id, from its JSON.
fn from_json<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a value of the generated type")
}

/// The answer of a call that must succeed.
fn success<T>(outcome: Result<ResponseValue<T>, Error<()>>) -> T {
    outcome.unwrap_or_else(|error| panic!("{error}")).into_inner()
}

/// Asserts that the portal refused a call with this status.
fn assert_refused<T>(outcome: Result<ResponseValue<T>, Error<()>>, status: u16) {
    match outcome {
        Ok(_) => panic!("the call succeeded, {status} was expected"),
        Err(error) => assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{error}"),
    }
}

/// Lists operations until none is left. A list removes the records of finished operations.
async fn wait_for_operations(api: &Client) {
    use docspace_api::ClientOperationsExt;
    while !success(api.list_operations().send().await).response.unwrap_or_default().is_empty() {}
}

/// Creates a custom room with this title.
async fn custom_room(api: &Client, title: &str) -> RoomId {
    use docspace_api::ClientRoomsExt;
    let body: docspace_api::types::CreateRoomRequest = from_json(serde_json::json!({ "title": title, "roomType": 5 }));
    success(api.create_room().body(body).send().await).response.expect("a room").id
}

#[tokio::test]
async fn every_operation_can_be_called() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).person("ulf", Role::User).start().await.unwrap();
    let api = client(&mock, &mock.owner_key());
    rooms::call(&api, &mock).await;
    links::call(&api, &mock).await;
    contents::call(&api, &mock).await;
    templates::call(&api).await;
    people::call(&api, &mock).await;
    keys::call(&api, &mock).await;
    webhooks::call(&api).await;
    audit::call(&api, &mock).await;

    let spec = Spec::read();
    let called: BTreeSet<String> = mock
        .requests()
        .iter()
        .filter_map(|request| Some(spec.find(&request.method, &request.path)?.id.clone()))
        .collect();
    let all: BTreeSet<String> = spec.operations().iter().map(|operation| operation.id.clone()).collect();
    let missing: Vec<_> = all.difference(&called).collect();
    assert!(missing.is_empty(), "no test calls {missing:?}");
    println!("{} operations called in {} requests", called.len(), mock.requests().len());
}
