//! Waits end with the state of the room, or with an error that says that the result is unknown.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::target::Target;
use docspace::waiting::{Event, Stage};
use docspace::{ErrorKind, Portal};
use docspace_mock::{Fault, MockPortal};
use futures::{StreamExt, TryStreamExt};
use serde_json::json;

use crate::fixture::rooms;

/// Eleven finished operations that no program has read fill the portal's capacity, so the portal
/// drops the next one.
#[tokio::test]
async fn dropped_operations_are_restarted() {
    Target::on_mock(async |target, mock| {
        let short_stall = target.wait_policy().stall(Duration::from_millis(5));
        let portal = target.portal_with(short_stall);
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
        let forget_unread = async {
            let mut restarts = 0;
            while drops.recv().await.is_some() {
                restarts += 1;
                // The portal forgets unread operations in this time.
                mock.advance(Duration::from_secs(75));
            }
            restarts
        };
        let (archived, restarts) = tokio::join!(started.wait(), forget_unread);
        assert!(archived.unwrap().is_archived());
        assert_ne!(restarts, 0, "the portal dropped no operation, so the test proves nothing");
    })
    .await;
}

#[tokio::test]
async fn progress_ends_with_the_stage_verifying() {
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
async fn event_streams_end_with_the_result() {
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
            _ => panic!("two results: {events:?}"),
        });
        assert_eq!(stages.next_back(), Some(Stage::Verifying));
        assert_eq!(*called.lock().unwrap(), events.len());
    })
    .await;
}

#[tokio::test]
async fn event_streams_end_with_the_error_at_the_deadline() {
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
async fn event_streams_send_nothing_while_they_are_not_read() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let mut events = portal.room(&made[0]).archive().await.unwrap().events();
        events.next().await.expect("an event").unwrap();
        let polls = || mock.requests().iter().filter(|request| request.path.contains("fileops")).count();
        let polls_before = polls();
        // A background task would poll many times in this time.
        for _ in 0..30 {
            target.raw().get("capabilities").await;
        }
        drop(events);
        for _ in 0..30 {
            target.raw().get("capabilities").await;
        }
        assert_eq!(polls(), polls_before);
    })
    .await;
}

#[tokio::test]
async fn records_of_other_programs_are_kept() {
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
async fn waits_time_out_at_the_deadline() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let started = portal.room(&made[0]).archive().await.unwrap().deadline(Duration::from_millis(50));
        mock.faults().next("GET /files/fileops", Fault::stall().times(1000));
        let error = started.wait().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Timeout, Some("archive_room")));
        assert!(!error.nothing_was_done(), "{error}");
    })
    .await;
}

#[tokio::test]
async fn waits_fail_if_the_portal_goes_away() {
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
async fn failed_polls_are_retried() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made = rooms(&portal, 1).await;
        let started = portal.room(&made[0]).archive().await.unwrap();
        mock.faults().next("GET /files/fileops", Fault::status(502).times(3));
        assert!(started.wait().await.unwrap().is_archived());
    })
    .await;
}

/// Such a key can archive and read a room, but cannot list operations. The room shows the result.
#[tokio::test]
async fn waits_succeed_with_a_key_that_cannot_list_operations() {
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
