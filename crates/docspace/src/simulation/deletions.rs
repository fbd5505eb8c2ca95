//! Deletions that take long. A portal deletes file by file, and answers each deletion with the
//! record of the caller's oldest deletion.

use std::time::Duration;

use futures::StreamExt;
use reqwest::Method;
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::{Scene, Setting, simulate};
use crate::waiting::WaitPolicy;
use crate::{ErrorKind, RoomId};

/// Deleting a room with this many files takes two and a half minutes.
const LARGE: Setting = Setting { files: 12_000, ..SMALL };

const SMALL: Setting = Setting {
    limits: crate::transport::Throttle { reads: 50, writes: 15, per_minute: 1500 },
    policy: WaitPolicy {
        deadline: Duration::from_secs(600),
        first_pause: Duration::from_millis(200),
        longest_pause: Duration::from_secs(3),
        stall: Duration::from_secs(10),
        in_flight: 5,
    },
    failures: 0,
    files: 0,
    seed: 1,
};

async fn delete(scene: &Scene, rooms: &[RoomId]) {
    let mut deleting = scene.portal.rooms().many(rooms).delete();
    while let Some((id, outcome)) = deleting.next().await {
        outcome.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(scene.place(&id), None, "{id} was reported as deleted but still exists");
    }
}

fn deletions(scene: &Scene) -> usize {
    scene.wire.sent(&Method::DELETE, "")
}

#[test]
fn five_large_rooms_take_five_deletions() {
    simulate(LARGE, async |scene, rooms| {
        delete(&scene, &rooms[..5]).await;
        assert_eq!(deletions(&scene), 5);
    });
}

#[test]
fn five_large_rooms_take_five_deletions_while_another_program_deletes() {
    simulate(LARGE, async |scene, rooms| {
        let other = async {
            for id in &rooms[5..10] {
                scene.delete_elsewhere(id);
                sleep(Duration::from_secs(20)).await;
            }
        };
        scene.delete_elsewhere(&rooms[10]);
        tokio::join!(delete(&scene, &rooms[..5]), other);
        assert_eq!(deletions(&scene), 5);
    });
}

/// The portal answers this program's deletion with the id of the other program's, which ends much
/// earlier.
#[test]
fn deletions_are_not_judged_by_another_programs_deletion() {
    simulate(Setting { files: 300, ..SMALL }, async |scene, rooms| {
        scene.delete_elsewhere(&rooms[0]);
        scene.wire.fill(&rooms[1], 3_000);
        delete(&scene, &rooms[1..2]).await;
        assert_eq!(deletions(&scene), 1);
    });
}

/// A key with only `rooms:write` cannot list operations, so the deletion cannot be identified.
#[test]
fn deletions_without_a_list_continue_while_the_room_loses_files() {
    simulate(LARGE, async |scene, rooms| {
        let key = scene.portal.keys().create("rooms only").scopes(["rooms:write"]).send().await.unwrap();
        let scene = scene.with_key(&key.key);
        delete(&scene, &rooms[..3]).await;
        assert_eq!(deletions(&scene), 3);
    });
}

#[test]
fn dropped_deletions_are_repeated_and_end_when_the_room_is_gone() {
    let policy = WaitPolicy { deadline: Duration::from_secs(20), ..SMALL.policy };
    simulate(Setting { policy, ..SMALL }, async |scene, rooms| {
        scene.wire.lose(1);
        let began = Instant::now();
        delete(&scene, &rooms[..1]).await;
        // After ten seconds the deletion counts as dropped. The second deletion takes an ordinary
        // time.
        assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
        assert_eq!(deletions(&scene), 2);
    });
}

/// A proxy, or a portal during an update, answers every request with an empty 404.
#[test]
fn rooms_are_not_reported_as_gone_after_a_404_of_a_proxy() {
    simulate(SMALL, async |scene, rooms| {
        scene.wire.lose(1);
        let deleting = scene.portal.room(&rooms[0]).delete().await.unwrap();
        scene.wire.find_nothing_for(Duration::from_secs(60));
        deleting.wait().await.unwrap();
        assert_eq!((scene.place(&rooms[0]), deletions(&scene)), (None, 2));
    });
}

/// A person cancels a deletion on the portal's web pages before it has begun, while this program
/// waits for it.
#[test]
fn deletions_canceled_elsewhere_are_not_started_again() {
    simulate(SMALL, async |scene, rooms| {
        scene.wire.lose(1);
        let deleting = scene.portal.room(&rooms[0]).delete().await.unwrap();
        let cancel = async {
            sleep(Duration::from_secs(3)).await;
            scene.ask("PUT", "files/fileops/terminate", json!({}));
        };
        let (outcome, ()) = tokio::join!(deleting.wait(), cancel);
        assert_eq!(outcome.unwrap_err().kind(), ErrorKind::NotDone);
        assert_eq!((scene.place(&rooms[0]), deletions(&scene)), (Some(14), 1));
    });
}
