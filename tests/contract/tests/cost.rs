//! What a call costs, compared with the same call written with reqwest and serde: allocations,
//! requests and memory. Times differ from machine to machine and are measured by
//! `cargo xtask bench`.
//!
//! The portals run on threads of their own, because allocations are counted on the thread of the
//! test.

use std::sync::mpsc;

use allocation_counter::{AllocationInfo, measure};
use contract::server::Server;
use docspace::api::types::{FolderEnvelope, RoomListEnvelope};
use docspace::{Portal, RoomType};
use docspace_mock::MockPortal;
use futures::TryStreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Starts a mock portal on a thread of its own, and returns its address and the owner's key.
fn mock() -> (String, String) {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let mock = MockPortal::builder().start().await.expect("a mock portal");
            send.send((mock.url().to_owned(), mock.owner_key().to_owned())).expect("a test that waits");
            std::future::pending::<()>().await;
        });
    });
    receive.recv().expect("a mock portal")
}

/// The allocations of a call, once its connection and its caches are there.
fn cost(runtime: &Runtime, mut call: impl AsyncFnMut()) -> AllocationInfo {
    for _ in 0..5 {
        runtime.block_on(call());
    }
    measure(|| runtime.block_on(call()))
}

/// Reads a path as a program would without this crate.
async fn read<T: DeserializeOwned>(http: &reqwest::Client, url: &str, key: &str) -> T {
    let request = http.get(url).header("Authorization", format!("Bearer {key}")).header("Accept", "application/json");
    let answer = request.send().await.expect("an answer").error_for_status().expect("a success");
    let body = answer.bytes().await.expect("a body");
    serde_json::from_slice(&body).expect("the type of the answer")
}

#[track_caller]
fn assert_ratio(facade: u64, raw: u64, most_percent: u64) {
    assert!(facade * 100 <= raw * most_percent, "{facade} allocations, and {raw} without this crate");
}

#[test]
fn reading_a_room_takes_few_allocations_more_than_without_this_crate() {
    let ((url, key), runtime, http) = (mock(), runtime(), reqwest::Client::new());
    let portal = Portal::builder(&url).api_key(&key).build().unwrap();
    let room = runtime.block_on(portal.rooms().create("Audit 2026", RoomType::Custom).tags(["audit"]).send()).unwrap();
    let (handle, path) = (portal.room(&room), format!("{url}/api/2.0/files/rooms/{}", room.id));

    let facade = cost(&runtime, async || drop(handle.get().await.unwrap()));
    let raw = cost(&runtime, async || drop(read::<FolderEnvelope>(&http, &path, &key).await));
    // About 15 % more on a connection that is kept; the rest is a margin.
    assert_ratio(facade.count_total, raw.count_total, 125);
}

#[test]
fn listing_rooms_takes_hardly_more_allocations_than_without_this_crate() {
    let ((url, key), runtime, http) = (mock(), runtime(), reqwest::Client::new());
    let portal = Portal::builder(&url).api_key(&key).build().unwrap();
    runtime.block_on(async {
        for number in 0..100 {
            portal.rooms().create(format!("Client {number}"), RoomType::Custom).send().await.unwrap();
        }
    });
    let path = format!("{url}/api/2.0/files/rooms?count=100&startIndex=0");

    let facade = cost(&runtime, async || assert_eq!(portal.rooms().list().all().await.unwrap().len(), 100));
    let raw = cost(&runtime, async || drop(read::<RoomListEnvelope>(&http, &path, &key).await));
    assert_ratio(facade.count_total, raw.count_total, 105);
}

/// Serves a list of so many rooms. `answer` is an answer of a portal with one room.
fn list_of(count: usize, answer: &Value) -> Server {
    let answer = answer.clone();
    Server::start(move |request| {
        let number = |name: &str| {
            let value = request.path.split(['?', '&']).find_map(|pair| pair.strip_prefix(name));
            value.and_then(|value| value.parse::<usize>().ok()).expect("a number in the query")
        };
        let (start, page) = (number("startIndex="), number("count="));
        let room = |place: usize| {
            let mut room = answer["response"]["folders"][0].clone();
            room["id"] = (place + 1).into();
            room
        };
        let mut answer = answer.clone();
        answer["response"]["folders"] = (start..count.min(start + page)).map(room).collect();
        answer["response"]["total"] = count.into();
        (200, String::new(), answer.to_string())
    })
}

#[test]
fn memory_of_a_stream_grows_by_a_fiftieth_of_its_rooms_at_most() {
    let ((url, key), runtime) = (mock(), runtime());
    let portal = Portal::builder(&url).api_key(&key).build().unwrap();
    runtime.block_on(portal.rooms().create("Audit 2026", RoomType::Custom).send()).unwrap();
    let path = format!("{url}/api/2.0/files/rooms?count=100&startIndex=0");
    let answer: Value = runtime.block_on(read(&reqwest::Client::new(), &path, &key));

    let peak = |count: usize| {
        let server = list_of(count, &answer);
        let portal = Portal::builder(server.url()).api_key("sk-0123").build().unwrap();
        let read_all = async || {
            let rooms = portal.rooms().list().stream();
            assert_eq!(rooms.try_fold(0, async |found, _| Ok(found + 1)).await.unwrap(), count);
        };
        let peak = measure(|| runtime.block_on(read_all())).bytes_max;
        assert_eq!(server.received().len(), count / 100, "requests");
        peak
    };
    // A stream keeps the ids of its rooms, to return each room once.
    let (few, many) = (peak(500), peak(5000));
    let size_of_added = 4500 * answer["response"]["folders"][0].to_string().len() as u64;
    assert!(many - few < size_of_added / 50, "{few} bytes, then {many}");
}
