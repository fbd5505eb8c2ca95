//! All who wait for the same operation share the polls, and none takes what belongs to other programs.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use contract::target::Target;
use docspace::Portal;
use docspace::waiting::WaitPolicy;
use docspace_mock::{Clock, MockPortal};
use serde_json::json;

use crate::fixture::rooms;

const PAUSE: Duration = Duration::from_millis(20);

/// Runs a test on a mock portal that takes as long as a real one, with somebody who looks at it in even pauses.
async fn in_real_time(in_flight: usize, test: impl AsyncFnOnce(&Target, &MockPortal, Portal)) {
    let mock = MockPortal::builder().clock(Clock::real()).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let policy = WaitPolicy { first_pause: PAUSE, longest_pause: PAUSE, in_flight, ..target.wait_policy() };
        let portal = target.portal_with(WaitPolicy { stall: Duration::from_secs(10), ..policy });
        test(target, mock, portal).await;
    })
    .await;
}

/// How often each operation was looked at.
fn looks(mock: &MockPortal) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for request in mock.requests() {
        if request.method == "GET" && request.path.ends_with("/files/fileops") {
            assert!(request.query.contains("id="), "a list without an id takes away the records of others");
            *counts.entry(request.query).or_default() += 1;
        }
    }
    counts
}

/// What one who waits alone needs in this time.
fn alone(since: Instant) -> usize {
    usize::try_from(since.elapsed().as_millis() / PAUSE.as_millis()).unwrap() + 2
}

/// Whoever waits for a turn looks at what is under way, and so does whoever waits for its end.
#[tokio::test]
async fn those_who_wait_for_an_operation_look_at_it_together() {
    in_real_time(1, async |_, mock, portal| {
        let made = rooms(&portal, 6).await;
        let began = Instant::now();
        let work = made.iter().map(async |room| portal.room(room).archive().await?.wait().await);
        for archived in futures::future::join_all(work).await {
            assert!(archived.unwrap().is_archived());
        }
        let all = looks(mock);
        assert_eq!(all.len(), made.len());
        let asked: usize = all.values().sum();
        // One operation at a time, so all looks together are those of one who waits for each in turn.
        assert!(asked <= alone(began) + 2 * made.len(), "{asked} looks in {:?}", began.elapsed());
    })
    .await;
}

/// The place for templates is the portal's, and so is its status.
#[tokio::test]
async fn those_who_wait_for_a_template_look_at_the_place_together() {
    in_real_time(5, async |_, mock, portal| {
        let made = rooms(&portal, 4).await;
        let began = Instant::now();
        let save =
            made.iter().map(async |room| portal.room(room).save_as_template(&*room.title).start().await?.wait().await);
        for (saved, room) in futures::future::join_all(save).await.into_iter().zip(&made) {
            assert_eq!(saved.unwrap().title, room.title);
        }
        let asked = mock.requests().iter().filter(|request| request.path.ends_with("/roomtemplate/status")).count();
        assert!(asked <= alone(began) + 2 * made.len(), "{asked} looks in {:?}", began.elapsed());
    })
    .await;
}

/// Another program's operation ends, and nobody has read of it, while many here start, wait and end.
#[tokio::test]
async fn what_others_have_not_read_stays_for_them() {
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
