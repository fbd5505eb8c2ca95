//! A big portal stays quick: reading a room costs the same however many there are.
//!
//! `ROOMS=10000 cargo test --release -p docspace-mock --test size -- --nocapture` prints the figures.

use docspace_mock::{Clock, Portal, Request};
use serde_json::json;
use std::time::{Duration, Instant};

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
    portal.advance(Duration::from_secs(3600));
}
