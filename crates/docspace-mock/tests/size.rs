//! A big portal stays quick: reading a room costs the same however many there are.
//!
//! `ROOMS=10000 cargo test --release -p docspace-mock --test size -- --nocapture` prints the figures.

use std::time::{Duration, Instant};

use docspace_mock::{Clock, Limits, NewPerson, Portal, Request, Role};
use serde_json::{Value, json};

#[test]
fn reading_one_of_many_rooms_is_quick() {
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
        let body = json!({"title": format!("Room {number}"), "roomType": 5, "tags": [format!("t{}", number % 10)]});
        let made = portal.handle(&call("POST", "files/rooms").json(&body)).json().expect("JSON");
        last = made["response"]["id"].as_i64().expect("an id");
    }
    let made = start.elapsed();
    let reads = 1_000;
    let start = Instant::now();
    for number in 0..reads {
        let id = last - number % i64::try_from(rooms).expect("a small number");
        assert_eq!(portal.handle(&call("GET", &format!("files/rooms/{id}"))).status, 200);
    }
    let read = start.elapsed() / u32::try_from(reads).expect("a small number");
    let start = Instant::now();
    assert_eq!(portal.handle(&call("GET", "files/rooms?count=100&sortBy=AZ")).status, 200);
    println!("{rooms} rooms made in {made:?}; GET of one {read:?}, GET of a page {:?}", start.elapsed());
    assert!(read < Duration::from_millis(5), "{read:?}");
}

/// How many values the portal keeps, member by member.
fn kept(portal: &Portal) -> Vec<(String, usize)> {
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

/// The answer's content for a call by somebody.
fn call(portal: &mut Portal, person: &str, method: &str, path: &str, body: &Value) -> Value {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let bearer = format!("Bearer {}", portal.key(person).expect("a key"));
    let request = Request { query: query.into(), ..Request::new(method, &format!("/api/2.0/{path}")) };
    let answer = portal.handle(&request.header("Authorization", &bearer).json(body));
    answer.json().unwrap_or_default()["response"].take()
}

/// A piece of somebody's work that leaves as much behind as it can: wrong passwords, unknown keys, operations
/// and templates of which only every other is read to its end.
fn work(portal: &mut Portal, person: &str, minute: usize) {
    let mut call = |method: &str, path: &str, body: Value| call(portal, person, method, path, &body);
    let room = call("POST", "files/rooms", json!({"title": "Passing", "roomType": 6, "tags": [format!("t{minute}")]}));
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

/// Deletes what somebody's work made, until nothing is left: a full worker drops some of it.
fn tidy_up(portal: &mut Portal, person: &str) {
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

/// However long the portal runs it keeps its state and nothing of its past. `ROOMS=10000` makes it a big one.
#[test]
fn hours_of_a_hundred_people_leave_nothing_behind() {
    let rooms: usize = std::env::var("ROOMS").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    let mut portal = Portal::with_clock(Clock::stepping(Duration::from_millis(5)));
    let people: Vec<String> = (0..100).map(|number| format!("person{number}")).collect();
    for name in &people {
        portal.add_person(NewPerson::new(name, Role::RoomAdmin));
    }
    for number in 0..rooms {
        let body = json!({"title": format!("Room {number}"), "roomType": 5, "tags": ["lasting"]});
        assert!(call(&mut portal, "owner", "POST", "files/rooms", &body)["id"].is_i64());
    }
    portal.set_limits(Some(Limits::measured()));
    let start = kept(&portal);
    for hour in 0..2 {
        for minute in 0..60 {
            for person in people.iter().skip(minute % 10).step_by(10) {
                work(&mut portal, person, hour * 60 + minute);
                portal.advance(Duration::from_secs(5));
            }
            portal.advance(Duration::from_secs(10));
        }
        for person in &people {
            tidy_up(&mut portal, person);
        }
        portal.advance(Duration::from_secs(120));
        // One wrong attempt must come after the last minute, for the portal to look at the old ones.
        work(&mut portal, "person0", 0);
        tidy_up(&mut portal, "person0");
        portal.advance(Duration::from_secs(120));
        let end = kept(&portal);
        for (before, after) in start.iter().zip(&end) {
            // The attempts of the last minute: a name and a link, each with its time.
            let passing = if before.0 == "credentials" { 2 } else { 0 };
            let told = format!("{hour}: {before:?} {after:?}");
            assert!(after.1 <= before.1 + passing, "{told}");
        }
    }
}
