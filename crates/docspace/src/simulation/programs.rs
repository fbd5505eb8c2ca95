//! The programs that the stress test runs, as ordinary users of the crate write them.

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt, select};
use futures::stream::{StreamExt, TryStreamExt, iter};
use reqwest::Method;
use tokio::time::{sleep, timeout};

use super::Scene;
use crate::waiting::Event;
use crate::{ErrorKind, Result, Room, RoomId, RoomType};

pub(super) type Program = fn(Scene, Vec<RoomId>, fastrand::Rng) -> BoxFuture<'static, ()>;

macro_rules! programs {
    ($($name:ident),+ $(,)?) => {
        /// Every program, by name.
        pub(super) const PROGRAMS: &[(&str, Program)] =
            &[$((stringify!($name), |scene, rooms, rng| $name(scene, rooms, rng).boxed())),+];
    };
}

programs![
    one_after_the_other,
    restore_in_the_loop_over_a_bulk,
    rename_in_the_loop_over_a_bulk_of_tags,
    deletions_in_bulk,
    creates_with_a_call_for_each_result,
    events_that_lose_a_select,
    a_wait_that_is_left_for_a_while,
    a_start_that_is_dropped,
    a_bulk_that_is_dropped,
    a_template_while_another_is_not_polled,
    canceled_deletions,
    another_program_deletes,
];

impl Scene {
    fn check_gone(&self, id: &RoomId) {
        assert_eq!(self.place(id), None, "{id} was reported as deleted but still exists");
        let deletions = self.wire.sent(&Method::DELETE, &format!("/rooms/{id}"));
        // The client starts a deletion again if the portal dropped it, or if its program was not
        // polled for long.
        assert!(deletions <= 4, "{deletions} deletions of {id}");
    }
}

async fn archive(scene: &Scene, id: &RoomId) -> Result<Room> {
    scene.portal.room(id).archive().await?.wait().await
}

async fn random_pause(rng: &mut fastrand::Rng) {
    sleep(Duration::from_millis(rng.u64(..5_000))).await;
}

async fn one_after_the_other(scene: Scene, rooms: Vec<RoomId>, _: fastrand::Rng) {
    for id in &rooms {
        assert!(archive(&scene, id).await.unwrap().is_archived() && scene.is_archived(id));
        assert!(scene.portal.room(id).restore().await.unwrap().wait().await.unwrap().is_active());
        scene.portal.room(id).delete().await.unwrap().wait().await.unwrap();
        scene.check_gone(id);
    }
}

async fn restore_in_the_loop_over_a_bulk(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    let mut archiving = scene.portal.rooms().many(&rooms).archive();
    while let Some((id, outcome)) = archiving.next().await {
        outcome.unwrap();
        random_pause(&mut rng).await;
        scene.portal.room(&id).restore().await.unwrap().wait().await.unwrap();
        assert_eq!(scene.place(&id), Some(14));
    }
}

async fn rename_in_the_loop_over_a_bulk_of_tags(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    let mut tagging = scene.portal.rooms().many(&rooms).add_tags(["closed"]);
    while let Some((id, outcome)) = tagging.next().await {
        assert_eq!(outcome.unwrap().tags, ["closed"]);
        random_pause(&mut rng).await;
        scene.portal.room(&id).rename(format!("closed {id}")).await.unwrap();
    }
}

async fn deletions_in_bulk(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    let mut deleting = scene.portal.rooms().many(&rooms).delete();
    while let Some((id, outcome)) = deleting.next().await {
        outcome.unwrap();
        scene.check_gone(&id);
        random_pause(&mut rng).await;
    }
}

async fn creates_with_a_call_for_each_result(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    let titles = (0..6).map(|number| format!("client {number} of {}", rooms[0]));
    let creates = iter(titles).map(|title| scene.portal.rooms().create(title, RoomType::Custom).send());
    let mut made = creates.buffer_unordered(4);
    while let Some(room) = made.next().await {
        random_pause(&mut rng).await;
        scene.portal.room(room.unwrap()).add_tags(["made"]).await.unwrap();
    }
}

async fn events_that_lose_a_select(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    let mut events = scene.portal.room(&rooms[0]).archive().await.unwrap().events();
    for id in &rooms[1..] {
        let _ = timeout(Duration::from_millis(rng.u64(1..300)), events.try_next()).await;
        assert!(archive(&scene, id).await.unwrap().is_archived());
    }
    let mut last = None;
    while let Some(event) = events.try_next().await.unwrap() {
        last = Some(event);
    }
    // The operation may have ended in a poll whose result the `select!` dropped.
    assert!(last.is_none_or(|last| matches!(last, Event::Done(_))) && scene.is_archived(&rooms[0]));
}

async fn a_wait_that_is_left_for_a_while(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    let waiting = scene.portal.room(&rooms[0]).archive().await.unwrap().wait().boxed();
    let others = async {
        for id in &rooms[1..] {
            random_pause(&mut rng).await;
            archive(&scene, id).await.unwrap();
        }
    };
    let waiting = match select(waiting, sleep(Duration::from_millis(150)).boxed()).await {
        futures::future::Either::Left((archived, _)) => futures::future::ready(archived).boxed(),
        futures::future::Either::Right(((), waiting)) => waiting,
    };
    others.await;
    assert!(waiting.await.unwrap().is_archived() && scene.is_archived(&rooms[0]));
}

async fn a_start_that_is_dropped(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    for id in &rooms {
        let handle = scene.portal.room(id);
        let _ = timeout(Duration::from_millis(rng.u64(1..400)), handle.archive()).await;
    }
    for id in &rooms {
        assert!(archive(&scene, id).await.unwrap().is_archived() && scene.is_archived(id));
    }
}

async fn a_bulk_that_is_dropped(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    let mut archiving = scene.portal.rooms().many(&rooms).archive();
    let _ = timeout(Duration::from_millis(rng.u64(1..2_000)), archiving.next()).await;
    let left = archiving.remaining();
    drop(archiving);
    let outcomes = scene.portal.rooms().many(left).archive().finish().await;
    assert!(outcomes.failed.is_empty(), "{:?}", outcomes.failed);
    assert!(rooms.iter().all(|id| scene.is_archived(id)));
}

async fn a_template_while_another_is_not_polled(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    let title = |number: usize| format!("template {number} of {}", rooms[0]);
    let save = |number: usize| scene.portal.room(&rooms[number]).save_as_template(title(number));
    let mut first = async { save(0).start().await?.wait().await }.boxed();
    let ended = timeout(Duration::from_millis(rng.u64(1..400)), &mut first).await;
    assert_eq!(save(1).start().await.unwrap().wait().await.unwrap().title, title(1));
    let first = match ended {
        Ok(ended) => ended,
        Err(_) => first.await,
    };
    assert_eq!(first.unwrap().title, title(0));
}

async fn canceled_deletions(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    for id in &rooms {
        let started = scene.portal.room(id).delete().await.unwrap();
        let stop = sleep(Duration::from_millis(rng.u64(1..400)));
        match started.cancel_when(stop).wait().await {
            Ok(Some(())) => scene.check_gone(id),
            Ok(None) => assert!(scene.place(id).is_some(), "{id} was reported as still there but is gone"),
            // Another program deletes at the same time, so it is not known which deletion to
            // cancel.
            Err(error) => assert_eq!(error.kind(), ErrorKind::NotDone, "{error}"),
        }
    }
}

/// The other program belongs to the same person, and does not list operations.
async fn another_program_deletes(scene: Scene, rooms: Vec<RoomId>, mut rng: fastrand::Rng) {
    for id in &rooms[1..] {
        scene.delete_elsewhere(id);
        random_pause(&mut rng).await;
    }
    scene.wire.lose(rng.usize(..2));
    scene.portal.room(&rooms[0]).delete().await.unwrap().wait().await.unwrap();
    scene.check_gone(&rooms[0]);
}
