//! Concurrent waits share their polls and do not remove the records of other programs.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use contract::target::Target;
use docspace::Portal;
use docspace_mock::{Clock, MockPortal};
use serde_json::json;

use crate::fixture::rooms;

const PAUSE: Duration = Duration::from_millis(20);

/// Runs a test on a mock portal with a real clock. The client polls it with constant pauses.
async fn in_real_time(in_flight: usize, test: impl AsyncFnOnce(&Target, &MockPortal, Portal)) {
    let mock = MockPortal::builder().clock(Clock::real()).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let policy = target.wait_policy().first_pause(PAUSE).longest_pause(PAUSE).in_flight(in_flight);
        let portal = target.portal_with(policy.stall(Duration::from_secs(10)));
        test(target, mock, portal).await;
    })
    .await;
}

/// The number of polls of each operation.
fn polls_by_operation(mock: &MockPortal) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for request in mock.requests() {
        if request.method == "GET" && request.path.ends_with("/files/fileops") {
            assert!(request.query.contains("id="), "a list without an id removes the records of other programs");
            *counts.entry(request.query).or_default() += 1;
        }
    }
    counts
}

/// Maximum number of polls of a single wait in this time.
fn polls_of_one_wait(since: Instant) -> usize {
    usize::try_from(since.elapsed().as_millis() / PAUSE.as_millis()).unwrap() + 2
}

/// Operations that wait for a permit poll the operations in flight, and so do the callers that wait
/// for their end.
#[tokio::test]
async fn concurrent_waits_share_the_polls_of_operations() {
    in_real_time(1, async |_, mock, portal| {
        let made = rooms(&portal, 6).await;
        let began = Instant::now();
        let work = made.iter().map(async |room| portal.room(room).archive().await?.wait().await);
        for archived in futures::future::join_all(work).await {
            assert!(archived.unwrap().is_archived());
        }
        let all = polls_by_operation(mock);
        assert_eq!(all.len(), made.len());
        let polls: usize = all.values().sum();
        // Only one operation is in flight at a time, so there are as many polls as in a single wait
        // for one after the other.
        assert!(polls <= polls_of_one_wait(began) + 2 * made.len(), "{polls} polls in {:?}", began.elapsed());
    })
    .await;
}

/// A call to start the operation, and one or two to read its record, which contains the room.
#[tokio::test]
async fn rooms_archived_in_bulk_take_less_than_three_calls_each() {
    let mock = MockPortal::builder().clock(Clock::real()).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let portal = Portal::builder(target.url()).api_key(mock.owner_key()).build().unwrap();
        let made = rooms(&portal, 30).await;
        mock.clear_requests();
        let outcomes = portal.rooms().many(&made).archive().finish().await;
        assert_eq!(outcomes.done.len(), made.len());
        let calls = mock.requests().len();
        assert!(calls < 3 * made.len(), "{calls} calls");
    })
    .await;
}

/// The portal creates one template at a time and has one status for all callers.
#[tokio::test]
async fn concurrent_waits_share_the_polls_of_the_template_status() {
    in_real_time(5, async |_, mock, portal| {
        let made = rooms(&portal, 4).await;
        let began = Instant::now();
        let save =
            made.iter().map(async |room| portal.room(room).save_as_template(&*room.title).start().await?.wait().await);
        for (saved, room) in futures::future::join_all(save).await.into_iter().zip(&made) {
            assert_eq!(saved.unwrap().title, room.title);
        }
        let polls = mock.requests().iter().filter(|request| request.path.ends_with("/roomtemplate/status")).count();
        assert!(polls <= polls_of_one_wait(began) + 2 * made.len(), "{polls} polls in {:?}", began.elapsed());
    })
    .await;
}

/// The operation of another program ends unread while this program starts many operations and waits
/// for them.
#[tokio::test]
async fn unread_records_of_other_programs_are_kept() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 9).await;
        let path = format!("files/rooms/{}/archive", made[0].id);
        let started = target.raw().send("PUT", &path, json!({})).await;
        let work = made[1..].iter().map(async |room| portal.room(room).archive().await?.wait().await);
        for archived in futures::future::join_all(work).await {
            assert!(archived.unwrap().is_archived());
        }
        let id = started.response()["id"].as_str().expect("an id");
        let listed = target.raw().get(&format!("files/fileops?id={id}")).await;
        assert_eq!(listed.response()[0]["finished"], true, "{listed:?}");
    })
    .await;
}
