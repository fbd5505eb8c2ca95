//! Waiting that ends: with the truth about the room, or by saying what is not known.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::target::Target;
use docspace::waiting::{Event, Stage, WaitPolicy};
use docspace::{ErrorKind, Portal};
use docspace_mock::{Fault, MockPortal};
use futures::{StreamExt, TryStreamExt};
use serde_json::json;

use crate::fixture::rooms;

/// Eleven operations that ended and that nobody reads fill a portal's workers: what is started then is dropped.
#[tokio::test]
async fn an_archive_that_the_portal_dropped_is_started_again() {
    Target::on_mock(async |target, mock| {
        let patient = WaitPolicy { stall: Duration::from_millis(5), ..target.wait_policy() };
        let portal = target.portal_with(patient);
        let made = rooms(&portal, 12).await;
        for other in &made[..11] {
            let path = format!("files/rooms/{}/archive", other.id);
            target.raw().send("PUT", &path, json!({})).await.response();
        }
        let (dropped, mut drops) = tokio::sync::mpsc::unbounded_channel();
        let started = portal.room(&made[11]).archive().await.unwrap().on_progress(move |now| {
            if now.stage == Stage::Restarted {
                dropped.send(()).unwrap();
            }
        });
        let forgetting = async {
            let mut restarts = 0;
            while drops.recv().await.is_some() {
                restarts += 1;
                // Time enough for the portal to forget what nobody reads.
                mock.advance(Duration::from_secs(75));
            }
            restarts
        };
        let (archived, restarts) = tokio::join!(started.wait(), forgetting);
        assert!(archived.unwrap().is_archived());
        assert_ne!(restarts, 0, "nothing was dropped, so nothing was shown");
    })
    .await;
}

#[tokio::test]
async fn progress_ends_with_a_look_at_the_room() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let stages = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&stages);
        let started = portal.room(&made[0]).archive().await.unwrap();
        started.on_progress(move |now| seen.lock().unwrap().push(now.stage)).wait().await.unwrap();
        assert_eq!(stages.lock().unwrap().last(), Some(&Stage::Verifying));
    })
    .await;
}

#[tokio::test]
async fn a_wait_is_a_stream_that_ends_with_what_came_out() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let called = Arc::new(Mutex::new(0));
        let calls = Arc::clone(&called);
        let started = portal.room(&made[0]).archive().await.unwrap().on_progress(move |_| *calls.lock().unwrap() += 1);
        let mut events: Vec<_> = started.events().try_collect().await.unwrap();
        let Some(Event::Done(room)) = events.pop() else { panic!("{events:?}") };
        assert!(room.is_archived());
        let mut stages = events.iter().map(|event| match event {
            Event::Progress(now) => now.stage,
            Event::Done(_) => panic!("it ended twice: {events:?}"),
        });
        assert_eq!(stages.next_back(), Some(Stage::Verifying));
        assert_eq!(*called.lock().unwrap(), events.len());
    })
    .await;
}

#[tokio::test]
async fn a_stream_of_events_ends_with_the_error_and_keeps_the_deadline() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let started = portal.room(&made[0]).archive().await.unwrap().deadline(Duration::from_millis(50));
        mock.faults().next("GET /files/fileops", Fault::stall().times(1000));
        let mut events = started.events();
        let error = events.next().await.expect("an error").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(events.next().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_asked_while_nobody_reads_the_events() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let mut events = portal.room(&made[0]).archive().await.unwrap().events();
        events.next().await.expect("an event").unwrap();
        let looks = || mock.requests().iter().filter(|request| request.path.contains("fileops")).count();
        let asked = looks();
        // Time enough for many looks, had a task been left behind.
        for _ in 0..30 {
            target.raw().get("capabilities").await;
        }
        drop(events);
        for _ in 0..30 {
            target.raw().get("capabilities").await;
        }
        assert_eq!(looks(), asked);
    })
    .await;
}

#[tokio::test]
async fn other_programs_keep_their_records() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 2).await;
        let (raw, path) = (target.raw(), format!("files/rooms/{}/archive", made[0].id));
        let started = raw.send("PUT", &path, json!({})).await;
        portal.room(&made[1]).archive().await.unwrap().wait().await.unwrap();
        let listed = raw.get(&format!("files/fileops?id={}", started.response()["id"].as_str().unwrap())).await;
        assert_eq!(listed.response().as_array().map(Vec::len), Some(1), "{listed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_wait_that_takes_too_long_says_that_the_end_is_not_known() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let started = portal.room(&made[0]).archive().await.unwrap().deadline(Duration::from_millis(50));
        mock.faults().next("GET /files/fileops", Fault::stall().times(1000));
        let error = started.wait().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Timeout, Some("archive_room")));
        assert!(error.to_string().contains("may still be at it"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_portal_that_goes_away_in_the_middle_of_a_wait_is_an_error() {
    let portal = {
        let mock = MockPortal::builder().start().await.expect("a mock portal");
        let waiting = Arc::new(Mutex::new(None));
        let found = Arc::clone(&waiting);
        Target::run_on(mock, async |target, _| {
            let portal = target.portal();
            let made = rooms(&portal, 1).await;
            let started = portal.room(&made[0]).archive().await.unwrap();
            *found.lock().unwrap() = Some(started);
        })
        .await;
        waiting.lock().unwrap().take().expect("an operation")
    };
    // The target is gone, and the mock portal with it.
    let error = portal.wait().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.advice().is_empty());
}

#[tokio::test]
async fn a_failed_look_while_waiting_is_repeated() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let started = portal.room(&made[0]).archive().await.unwrap();
        mock.faults().next("GET /files/fileops", Fault::status(502).times(3));
        assert!(started.wait().await.unwrap().is_archived());
    })
    .await;
}

/// Such a key may archive and read a room, but not list operations; only the room tells the end anyway.
#[tokio::test]
async fn a_key_for_rooms_alone_learns_how_it_ended() {
    Target::on_mock(async |target, _| {
        let body = json!({"name": "rooms only", "permissions": ["rooms:write"]});
        let made = target.raw().send("POST", "keys", body).await;
        let key = made.response()["key"].as_str().expect("a key");
        let builder = Portal::builder(target.url()).api_key(key).wait_policy(target.wait_policy());
        let portal = builder.build().unwrap();
        let room = &rooms(&portal, 1).await[0];
        assert!(portal.room(room).archive().await.unwrap().wait().await.unwrap().is_archived());
        portal.room(room).delete().await.unwrap().wait().await.unwrap();
        assert!(portal.room(room).get().await.unwrap_err().is_not_found());
    })
    .await;
}
