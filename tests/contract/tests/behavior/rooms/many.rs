//! The same done to many rooms or templates.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use contract::target::Target;
use docspace::rooms::Outcomes;
use docspace::waiting::{Progress, Stage};
use docspace::{ErrorKind, Portal, Room, RoomId, RoomType};
use docspace_mock::{Clock, MockPortal, Role};
use futures::channel::oneshot;
use futures::{FutureExt, StreamExt, TryStreamExt};

async fn rooms(portal: &Portal, count: usize) -> Vec<RoomId> {
    let made = (0..count).map(|number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send());
    futures::future::try_join_all(made).await.unwrap().into_iter().map(|room| room.id).collect()
}

/// How often each room was asked for with this method and end of the path.
fn asked(mock: &MockPortal, method: &str, end: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for request in mock.requests().into_iter().filter(|request| request.method == method && request.path.ends_with(end))
    {
        *counts.entry(request.path).or_default() += 1;
    }
    counts
}

/// A portal whose clock does not advance, so no operation ends.
async fn frozen(test: impl AsyncFnOnce(&Target, &MockPortal)) {
    let mock = MockPortal::builder().clock(Clock::manual()).start().await.expect("a mock portal");
    Target::run_on(mock, test).await;
}

#[tokio::test]
async fn sixty_rooms_are_archived_restored_and_deleted() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 60).await;
        let archived: Vec<_> = portal.rooms().many(made.clone()).archive().collect().await;
        assert!(archived.iter().all(|(_, outcome)| outcome.as_ref().is_ok_and(docspace::Room::is_archived)));
        assert_eq!(archived.into_iter().map(|(id, _)| id).collect::<HashSet<_>>(), made.iter().cloned().collect());
        assert_eq!(portal.rooms().list().archived().all().await.unwrap().len(), 60);

        let restored: Vec<_> = portal.rooms().many(made.clone()).restore().collect().await;
        assert!(restored.iter().all(|(_, outcome)| outcome.as_ref().is_ok_and(docspace::Room::is_active)));
        let deleted: Vec<_> = portal.rooms().many(made).delete().collect().await;
        let failed: Vec<_> = deleted.iter().filter(|(_, outcome)| outcome.is_err()).collect();
        assert!(failed.is_empty(), "{failed:?}");
        assert!(portal.rooms().list().all().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn one_room_that_fails_does_not_stop_the_rest() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let mut ids = rooms(&portal, 3).await;
        ids.insert(1, RoomId::from(987_654_321));
        let outcomes: Vec<_> = portal.rooms().many(ids).archive().collect().await;
        assert_eq!(outcomes.len(), 4);
        for (id, outcome) in outcomes {
            match outcome {
                Ok(room) => assert!(room.is_archived()),
                Err(error) => assert!(error.is_not_found() && id == RoomId::from(987_654_321), "{id}: {error}"),
            }
        }
        assert_eq!(portal.rooms().list().archived().all().await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn many_rooms_are_changed_alike() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = rooms(&portal, 12).await;
        let changed = portal.rooms().many(made).edit(|room| room.tags(["closed"]));
        let outcomes: Vec<_> = changed.map(|(_, outcome)| outcome).try_collect().await.unwrap();
        assert!(outcomes.iter().all(|room| room.tags == ["closed"]));
        assert_eq!(portal.rooms().list().tag("closed").all().await.unwrap().len(), 12);
    })
    .await;
}

/// The room that is missing and the one that is forbidden are in the middle; what is left is done another time.
#[tokio::test]
async fn what_failed_is_left_and_can_be_done_again() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let ann = Portal::builder(target.url()).api_key(mock.key("ann")).wait_policy(target.wait_policy());
        let ann = ann.build().unwrap();
        let (mut ids, missing) = (rooms(&ann, 6).await, RoomId::from(987_654_321));
        let forbidden = rooms(&target.portal(), 1).await.remove(0);
        ids.insert(2, missing.clone());
        ids.insert(4, forbidden.clone());

        let outcomes = ann.rooms().many(&ids).archive().finish().await;
        assert_eq!((outcomes.done.len(), outcomes.not_begun.len()), (6, 0));
        assert_eq!(outcomes.left().into_iter().collect::<HashSet<_>>(), HashSet::from([missing, forbidden.clone()]));
        for (id, error) in &outcomes.failed {
            assert!(if *id == forbidden { error.is_forbidden() } else { error.is_not_found() }, "{id}: {error}");
        }
        // Whoever may, does what is left.
        let outcomes = target.portal().rooms().many(outcomes.left()).archive().finish().await;
        assert_eq!(outcomes.done.iter().map(|(id, _)| id).collect::<Vec<_>>(), [&forbidden]);
        let tries = asked(mock, "PUT", "/archive");
        let twice: Vec<_> = tries.iter().filter(|(_, count)| **count > 1).map(|(path, _)| path.as_str()).collect();
        // Only what failed was asked for again.
        assert_eq!(twice.len(), 2, "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_stopped_finishes_what_is_under_way_and_names_the_rest() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let ids = rooms(&portal, 20).await;
        let (stop, stopped) = oneshot::channel();
        let mut bulk = portal.rooms().many(&ids).archive().stop_when(stopped.map(drop));
        assert_eq!(bulk.left(), ids);
        let mut done = HashSet::from([bulk.next().await.expect("a room").0]);
        stop.send(()).unwrap();
        while let Some((id, outcome)) = bulk.next().await {
            outcome.unwrap();
            assert!(done.insert(id));
        }
        let left = bulk.left();
        assert!(done.len() <= target.wait_policy().in_flight + 1 && left.len() == ids.len() - done.len(), "{left:?}");
        assert_eq!(asked(mock, "PUT", "/archive").len(), done.len());

        let rest = portal.rooms().many(left).archive().finish().await;
        assert_eq!(rest.done.len(), ids.len() - done.len());
        let asked = asked(mock, "PUT", "/archive");
        assert!(asked.len() == ids.len() && asked.values().all(|count| *count == 1), "{asked:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_dropped_can_be_done_again() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let ids = rooms(&portal, 20).await;
        let mut bulk = portal.rooms().many(&ids).archive();
        let mut done = Vec::new();
        for _ in 0..7 {
            done.push(bulk.next().await.expect("a room").0);
        }
        let left = bulk.left();
        drop(bulk);
        assert_eq!(left, ids.iter().filter(|id| !done.contains(id)).cloned().collect::<Vec<_>>());
        let at_once = target.wait_policy().in_flight;
        assert!(asked(mock, "PUT", "/archive").len() < done.len() + at_once, "more was begun than was asked for");

        let rest = portal.rooms().many(left).archive().finish().await;
        assert!(rest.failed.is_empty(), "{:?}", rest.failed);
        assert_eq!(portal.rooms().list().archived().total().await.unwrap(), 20);
        let asked = asked(mock, "PUT", "/archive");
        assert!(done.iter().all(|id| asked[&format!("/api/2.0/files/rooms/{id}/archive")] == 1), "{asked:?}");
        // Those that were under way are asked for again: moving what has moved does nothing.
        assert!(asked.values().sum::<usize>() < ids.len() + at_once, "{asked:?}");
    })
    .await;
}

#[tokio::test]
async fn a_room_that_is_named_twice_is_meant_once() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let ids = rooms(&portal, 2).await;
        let listed = portal.rooms().list().all().await.unwrap();
        assert_eq!(portal.rooms().many(&listed).archive().left().len(), 2);
        let outcomes = portal.rooms().many(ids.iter().chain(&ids)).delete().finish().await;
        assert_eq!(outcomes.done.len(), 2);
        assert_eq!(asked(mock, "DELETE", "").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn tags_and_quotas_of_many_rooms() {
    Target::run(async |target| {
        let portal = target.portal();
        let mut ids = Vec::new();
        for number in 0..4 {
            let title = target.title(&format!("room {number}"));
            ids.push(portal.rooms().create(title, RoomType::Custom).send().await.unwrap().id);
        }
        let many = portal.rooms().many(&ids);
        let tag = target.title("closed");
        let each = |outcomes: Outcomes<Room>, is_right: &dyn Fn(&Room) -> bool| {
            assert!(outcomes.left().is_empty(), "{:?}", outcomes.failed);
            assert!(outcomes.done.iter().all(|(_, room)| is_right(room)), "{:?}", outcomes.done);
        };
        each(many.clone().add_tags([&tag]).finish().await, &|room| room.tags == [&*tag]);
        each(many.clone().remove_tags([&tag]).finish().await, &|room| room.tags.is_empty());
        // A portal without quotas shows none, and takes them all the same.
        each(many.clone().set_quota(1 << 20).finish().await, &|_| true);
        each(many.clone().remove_quota().finish().await, &|_| true);
        each(many.reset_quota().finish().await, &|_| true);
    })
    .await;
}

#[tokio::test]
async fn quotas_of_rooms_that_do_not_exist() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let mut ids = rooms(&portal, 3).await;
        ids.insert(1, RoomId::from(987_654_321));
        let outcomes = portal.rooms().many(ids).set_quota(7).finish().await;
        assert_eq!(outcomes.done.len(), 3);
        assert!(outcomes.failed[0].1.is_not_found(), "{:?}", outcomes.failed);
    })
    .await;
}

#[tokio::test]
async fn bulk_work_that_takes_too_long_fails_for_each_room() {
    frozen(async |target, _| {
        let portal = target.portal();
        let ids = rooms(&portal, 3).await;
        let bulk = portal.rooms().many(&ids).archive().deadline(Duration::from_millis(50));
        let outcomes = bulk.finish().await;
        assert_eq!((outcomes.done.len(), outcomes.failed.len()), (0, 3));
        for (id, error) in outcomes.failed {
            assert_eq!(error.kind(), ErrorKind::Timeout);
            assert!(error.to_string().contains(&format!("room {id}: not finished after 50 ms")), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn bulk_work_reports_the_progress_of_each_room() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let ids = rooms(&portal, 7).await;
        let (tell, told) = std::sync::mpsc::channel();
        let show = move |id: &RoomId, now: &Progress| tell.send((id.clone(), now.stage)).unwrap();
        let outcomes = portal.rooms().many(&ids).delete().on_progress(show).finish().await;
        assert_eq!(outcomes.done.len(), 7);
        let verified = told.iter().filter(|(_, stage)| *stage == Stage::Verifying).map(|(id, _)| id);
        assert_eq!(verified.collect::<HashSet<_>>(), ids.into_iter().collect());
    })
    .await;
}

#[tokio::test]
async fn cancelled_bulk_work_stops_operations_in_flight_and_starts_no_more() {
    frozen(async |target, mock| {
        let portal = target.portal();
        let ids = rooms(&portal, 9).await;
        let (stop, stopped) = oneshot::channel();
        let bulk = portal.rooms().many(&ids).delete().cancel_when(stopped.map(drop));
        let in_flight = target.wait_policy().in_flight;
        let cancel = async {
            while asked(mock, "GET", "/fileops").values().sum::<usize>() < in_flight {
                tokio::task::yield_now().await;
            }
            stop.send(()).unwrap();
        };
        let (outcomes, ()) = tokio::join!(bulk.finish(), cancel);
        assert_eq!((outcomes.failed.len(), outcomes.not_begun.len()), (in_flight, ids.len() - in_flight));
        assert!(outcomes.failed.iter().all(|(_, error)| error.to_string().contains("it was cancelled")));
        mock.advance(Duration::from_secs(60));
        assert_eq!(portal.rooms().list().total().await.unwrap(), 9);
    })
    .await;
}

#[tokio::test]
async fn bulk_work_without_waiting_ends_when_the_portal_has_accepted() {
    frozen(async |target, mock| {
        let portal = target.portal();
        let mut ids = rooms(&portal, 3).await;
        ids.push(RoomId::from(987_654_321));
        let outcomes = portal.rooms().many(&ids).archive().without_waiting().finish().await;
        assert_eq!((outcomes.done.len(), outcomes.failed.len()), (3, 1));
        mock.advance(Duration::from_secs(10));
        assert_eq!(portal.rooms().list().archived().total().await.unwrap(), 3);
    })
    .await;
}

#[tokio::test]
async fn bulk_work_reports_the_rooms_in_flight() {
    frozen(async |target, _| {
        let portal = target.portal();
        let ids = rooms(&portal, 9).await;
        let mut bulk = portal.rooms().many(&ids).archive();
        assert!(bulk.in_flight().is_empty());
        assert!(bulk.next().now_or_never().is_none());
        assert_eq!(bulk.in_flight(), ids[..target.wait_policy().in_flight]);
        assert_eq!(bulk.left(), ids);
    })
    .await;
}

#[tokio::test]
async fn templates_are_deleted_in_bulk_and_rooms_are_refused() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let room = rooms(&portal, 1).await.remove(0);
        let save = portal.room(&room).save_as_template("Course").start().await.unwrap();
        let template = save.wait().await.unwrap().id;
        let outcomes = portal.templates().delete_many([&template, &room, &template]).finish().await;
        assert_eq!(outcomes.done.iter().map(|(id, ())| id).collect::<Vec<_>>(), [&template]);
        assert_eq!((&outcomes.failed[0].0, outcomes.failed[0].1.kind()), (&room, ErrorKind::Invalid));
        assert!(portal.room(&room).get().await.unwrap().is_active());
    })
    .await;
}
