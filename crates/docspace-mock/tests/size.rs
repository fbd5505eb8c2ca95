//! Speed and memory of a large portal: the time to read a room does not depend on the number of
//! rooms.
//!
//! This command prints the times of a portal with 10,000 rooms:
//! `ROOMS=10000 cargo test --release -p docspace-mock --test size -- --nocapture`

use std::time::{Duration, Instant};

use docspace_mock::{Clock, Limits, NewPerson, Portal, Request, Role};
use serde_json::{Value, json};

// Types of rooms.
const CUSTOM: i64 = 5;
const PUBLIC: i64 = 6;

#[test]
fn reading_one_of_many_rooms_is_fast() {
    let rooms: usize = std::env::var("ROOMS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let mut portal = Portal::with_clock(Clock::stepping(Duration::from_millis(50)));
    let bearer = format!("Bearer {}", portal.key("owner").expect("a key"));
    let call = |method: &str, path: &str| {
        Request::new(method, &format!("/api/2.0/{path}"))
            .header("Authorization", &bearer)
            .header("Host", "portal.example")
    };
    let mut last = 0;
    let start = Instant::now();
    for number in 0..rooms {
        let body =
            json!({"title": format!("Room {number}"), "roomType": CUSTOM, "tags": [format!("t{}", number % 10)]});
        let made = portal.handle(&call("POST", "files/rooms").json(&body)).json().expect("JSON");
        last = made["response"]["id"].as_i64().expect("an id");
    }
    let created = start.elapsed();
    let reads = 1_000;
    let start = Instant::now();
    for number in 0..reads {
        let id = last - number % i64::try_from(rooms).expect("a small number");
        assert_eq!(portal.handle(&call("GET", &format!("files/rooms/{id}"))).status, 200);
    }
    let read = start.elapsed() / u32::try_from(reads).expect("a small number");
    let start = Instant::now();
    assert_eq!(portal.handle(&call("GET", "files/rooms?count=100&sortBy=AZ")).status, 200);
    println!("created {rooms} rooms in {created:?}; GET of one room: {read:?}; GET of a page: {:?}", start.elapsed());
    assert!(read < Duration::from_millis(5), "{read:?}");
}

/// The number of values in each part of the state.
fn value_counts(portal: &Portal) -> Vec<(String, usize)> {
    fn leaves(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(leaves).sum(),
            Value::Object(members) => members.values().map(leaves).sum(),
            _ => 1,
        }
    }
    let dump = portal.dump();
    dump["portal"].as_object().expect("members").iter().map(|(name, value)| (name.clone(), leaves(value))).collect()
}

/// Calls the portal as a person. Returns `response` of the answer.
fn call(portal: &mut Portal, person: &str, method: &str, path: &str, body: &Value) -> Value {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let bearer = format!("Bearer {}", portal.key(person).expect("a key"));
    let request = Request { query: query.into(), ..Request::new(method, &format!("/api/2.0/{path}")) };
    let answer = portal.handle(&request.header("Authorization", &bearer).json(body));
    answer.json().unwrap_or_default()["response"].take()
}

/// Makes calls that leave data behind: wrong passwords, unknown keys, and operations and jobs that
/// are read to their end only in even minutes.
fn leave_data_behind(portal: &mut Portal, person: &str, minute: usize) {
    let mut call = |method: &str, path: &str, body: Value| call(portal, person, method, path, &body);
    let room =
        call("POST", "files/rooms", json!({"title": "Passing", "roomType": PUBLIC, "tags": [format!("t{minute}")]}));
    let room = room["id"].as_i64().expect("an id");
    let link = call("GET", &format!("files/rooms/{room}/link"), json!({}));
    let token = link["sharedLink"]["requestToken"].as_str().expect("a key").to_owned();
    call("GET", &format!("files/share/{token}"), json!({}));
    call("POST", &format!("files/share/{minute}/password"), json!({"password": "wrong"}));
    call("POST", "authentication", json!({"userName": format!("{person}{minute}@example.com"), "password": "wrong"}));
    call("POST", "files/roomtemplate", json!({"roomId": room, "title": "Passing"}));
    call("PUT", &format!("files/rooms/{room}/archive"), json!({}));
    if minute.is_multiple_of(2) {
        while call("GET", "files/fileops", json!({})).as_array().is_some_and(|all| !all.is_empty()) {}
    }
    call("DELETE", &format!("files/rooms/{room}"), json!({}));
}

/// Deletes the rooms and templates of [`leave_data_behind`]. It repeats the deletes, because a full
/// worker rejects some of them.
fn delete_leftovers(portal: &mut Portal, person: &str) {
    for area in ["Active", "Archive", "Templates"] {
        loop {
            let list = format!("files/rooms?searchArea={area}&filterValue=Passing");
            let list = call(portal, person, "GET", &list, &json!({}));
            let Some(id) = list["folders"][0]["id"].as_i64() else { break };
            call(portal, person, "DELETE", &format!("files/rooms/{id}"), &json!({"deleteAfter": true}));
            portal.advance(Duration::from_secs(1));
            call(portal, person, "GET", "files/fileops", &json!({}));
        }
    }
}

// `ROOMS=10000` tests a large portal.
#[test]
fn hours_of_activity_leave_no_data_behind() {
    let rooms: usize = std::env::var("ROOMS").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    let mut portal = Portal::with_clock(Clock::stepping(Duration::from_millis(5)));
    let people: Vec<String> = (0..100).map(|number| format!("person{number}")).collect();
    for name in &people {
        portal.add_person(NewPerson::new(name, Role::RoomAdmin));
    }
    for number in 0..rooms {
        let body = json!({"title": format!("Room {number}"), "roomType": CUSTOM, "tags": ["lasting"]});
        assert!(call(&mut portal, "owner", "POST", "files/rooms", &body)["id"].is_i64());
    }
    portal.set_limits(Some(Limits::measured()));
    let start = value_counts(&portal);
    for hour in 0..2 {
        for minute in 0..60 {
            for person in people.iter().skip(minute % 10).step_by(10) {
                leave_data_behind(&mut portal, person, hour * 60 + minute);
                portal.advance(Duration::from_secs(5));
            }
            portal.advance(Duration::from_secs(10));
        }
        for person in &people {
            delete_leftovers(&mut portal, person);
        }
        portal.advance(Duration::from_secs(120));
        // The portal removes old wrong attempts only when it records a new one.
        leave_data_behind(&mut portal, "person0", 0);
        delete_leftovers(&mut portal, "person0");
        portal.advance(Duration::from_secs(120));
        let end = value_counts(&portal);
        // The audit trail keeps what happened, up to a maximum number of events.
        let changed = |(name, _): &&(String, usize)| name != "trail";
        for (before, after) in start.iter().filter(changed).zip(end.iter().filter(changed)) {
            // The attempts of the last minute remain: a name and a link, each with its time.
            let remaining = if before.0 == "credentials" { 2 } else { 0 };
            let counts = format!("{hour}: {before:?} {after:?}");
            assert!(after.1 <= before.1 + remaining, "{counts}");
        }
    }
}
