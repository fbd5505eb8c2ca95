//! Waits that take long or are not polled.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::time::{Instant, sleep, timeout};

use super::{Setting, simulate};
use crate::transport::Throttle;
use crate::waiting::WaitPolicy;
use crate::{ErrorKind, RoomType};

const HOUR: Duration = Duration::from_secs(3600);

/// A portal drops operations while its workers are busy.
#[test]
fn dropped_operations_are_started_again_until_the_deadline_with_growing_pauses() {
    let policy = WaitPolicy::default().deadline(HOUR);
    simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
        scene.wire.lose(20);
        let archived = scene.portal.room(&rooms[0]).archive().await.unwrap().wait().await.unwrap();
        assert!(archived.is_archived());
        assert_eq!(scene.wire.sent(&Method::PUT, "/archive"), 21);
    });
    simulate(Setting::default(), async |scene, rooms| {
        scene.wire.lose(1000);
        let began = Instant::now();
        let error = scene.portal.room(&rooms[0]).archive().await.unwrap().wait().await.unwrap_err();
        assert_eq!((error.kind(), began.elapsed().as_secs() / 10), (ErrorKind::Timeout, 59));
        let starts = scene.wire.sent(&Method::PUT, "/archive");
        assert!((8..=15).contains(&starts), "{starts} starts in ten minutes");
    });
}

/// All limits are one, and one wait is neither polled nor dropped.
#[test]
fn waits_that_are_not_polled_do_not_block_other_calls() {
    let limits = Throttle::default().reads(1).writes(1).per_minute(1500);
    let policy = WaitPolicy::default().in_flight(1);
    for millis in (0..400).step_by(7) {
        let setting = Setting { limits: limits.clone(), policy: policy.clone(), ..Setting::default() };
        simulate(setting, async |scene, rooms| {
            let mut left = Box::pin(async { scene.portal.room(&rooms[0]).archive().await?.wait().await });
            let _ = timeout(Duration::from_millis(millis), &mut left).await;
            let mut template = Box::pin(scene.portal.room(&rooms[1]).save_as_template("one").start());
            let _ = timeout(Duration::from_millis(millis), &mut template).await;
            let work = async {
                scene.portal.room(&rooms[2]).archive().await?.wait().await?;
                scene.portal.room(&rooms[3]).save_as_template("two").start().await?.wait().await?;
                scene.portal.room(&rooms[3]).rename("three").await
            };
            assert_eq!(timeout(Duration::from_secs(60), work).await.expect("the calls hang").unwrap().title, "three");
            drop((left, template));
        });
    }
}

#[test]
fn starts_end_by_the_deadline_and_report_whether_anything_was_sent() {
    let policy = WaitPolicy::default().deadline(Duration::from_secs(5)).in_flight(1);
    simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
        scene.wire.stall_for(Duration::from_secs(30));
        let began = Instant::now();
        let error = scene.portal.room(&rooms[0]).archive().await.unwrap_err();
        assert_eq!((error.kind(), began.elapsed().as_secs()), (ErrorKind::Timeout, 5));
        assert!(error.to_string().contains("may have started it"), "{error}");
        let error = scene.portal.room(&rooms[1]).archive().await.unwrap_err();
        assert!(error.to_string().contains("was not started"), "{error}");
        assert_eq!((error.kind(), began.elapsed().as_secs()), (ErrorKind::Timeout, 10));
        sleep(Duration::from_secs(60)).await;
        assert!(scene.portal.room(&rooms[1]).archive().await.unwrap().wait().await.unwrap().is_archived());
    });
}

/// The portal dropped this program's operation, and another program archived the same room.
#[test]
fn waits_read_the_room_once_more_at_the_deadline() {
    let policy = WaitPolicy::default().deadline(Duration::from_secs(8));
    simulate(Setting { policy, ..Setting::default() }, async |scene, rooms| {
        scene.wire.lose(1);
        let started = scene.portal.room(&rooms[0]).archive().await.unwrap();
        scene.ask("PUT", &format!("files/rooms/{}/archive", rooms[0]), json!({}));
        assert!(started.wait().await.unwrap().is_archived());
        assert_eq!(scene.wire.sent(&Method::PUT, "/archive"), 1);
    });
}

/// A portal creates one template at a time. The other program's template takes two and a half
/// minutes.
#[test]
fn starts_that_wait_for_another_program_poll_with_growing_pauses() {
    simulate(Setting { files: 12_000, ..Setting::default() }, async |scene, rooms| {
        let began = Instant::now();
        scene.ask("POST", "files/roomtemplate", json!({"roomId": rooms[0], "title": "theirs"}));
        let room = scene.portal.rooms().create("small", RoomType::Custom).send().await.unwrap();
        let started = scene.portal.room(&room).save_as_template("mine").start().await.unwrap();
        assert!(began.elapsed() > Duration::from_secs(140), "{:?}", began.elapsed());
        let polls = scene.wire.sent(&Method::GET, "/roomtemplate/status");
        assert!(polls < 70, "{polls} polls");
        assert_eq!(started.wait().await.unwrap().title, "mine");
    });
}
