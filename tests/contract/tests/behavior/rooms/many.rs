//! Bulk calls for rooms and templates.

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

/// The number of requests for each path with this method and this end.
fn count_requests(mock: &MockPortal, method: &str, end: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for request in mock.requests().into_iter().filter(|request| request.method == method && request.path.ends_with(end))
    {
        *counts.entry(request.path).or_default() += 1;
    }
    counts
}

/// Runs a test on a mock portal whose clock does not advance, so that no operation ends.
async fn with_frozen_clock(test: impl AsyncFnOnce(&Target, &MockPortal)) {
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
async fn one_failed_room_does_not_affect_the_others() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let mut ids = rooms(&portal, 3).await;
        ids.insert(1, RoomId::from(987_654_321));
        let outcomes: Vec<_> = portal.rooms().many(ids).archive().collect().await;
        assert_eq!(outcomes.len(), 4);
        for (id, outcome) in outcomes {
            match outcome {
                Ok(room) => assert!(room.is_archived()),
                Err(error) => assert!(error.is_not_found() && id == 987_654_321, "{id}: {error}"),
            }
        }
        assert_eq!(portal.rooms().list().archived().all().await.unwrap().len(), 3);
    })
    .await;
}

#[tokio::test]
async fn many_rooms_can_be_changed_in_the_same_way() {
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

/// A missing room and a forbidden room are in the middle. The remaining rooms are archived by
/// another caller.
#[tokio::test]
async fn failed_rooms_remain_and_can_be_retried() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.expect("a mock portal");
    Target::run_on(mock, async |target, mock| {
        let ann = Portal::builder(target.url()).api_key(mock.key("ann")).wait_policy(target.wait_policy());
        let ann = ann.build().unwrap();
        let (mut ids, missing) = (rooms(&ann, 6).await, RoomId::from(987_654_321));
        let forbidden = rooms(&target.portal(), 1).await.remove(0);
        ids.insert(2, missing.clone());
        ids.insert(4, forbidden.clone());

        let outcomes = ann.rooms().many(&ids).archive().finish().await;
        assert_eq!((outcomes.done.len(), outcomes.not_started.len()), (6, 0));
        assert_eq!(
            outcomes.remaining().into_iter().collect::<HashSet<_>>(),
            HashSet::from([missing, forbidden.clone()])
        );
        for (id, error) in &outcomes.failed {
            assert!(if *id == forbidden { error.is_forbidden() } else { error.is_not_found() }, "{id}: {error}");
        }
        // The owner is allowed to archive the remaining room.
        let outcomes = target.portal().rooms().many(outcomes.remaining()).archive().finish().await;
        assert_eq!(outcomes.done.iter().map(|(id, _)| id).collect::<Vec<_>>(), [&forbidden]);
        let tries = count_requests(mock, "PUT", "/archive");
        let twice: Vec<_> = tries.iter().filter(|(_, count)| **count > 1).map(|(path, _)| path.as_str()).collect();
        // Only the failed rooms were requested again.
        assert_eq!(twice.len(), 2, "{twice:?}");
    })
    .await;
}

#[tokio::test]
async fn stopped_bulk_calls_finish_the_rooms_in_flight_and_return_the_rest() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let ids = rooms(&portal, 20).await;
        let (stop, stopped) = oneshot::channel();
        let mut bulk = portal.rooms().many(&ids).archive().stop_when(stopped.map(drop));
        assert_eq!(bulk.remaining(), ids);
        let mut done = HashSet::from([bulk.next().await.expect("a room").0]);
        stop.send(()).unwrap();
        while let Some((id, outcome)) = bulk.next().await {
            outcome.unwrap();
            assert!(done.insert(id));
        }
        let left = bulk.remaining();
        assert!(done.len() <= target.wait_policy().in_flight + 1 && left.len() == ids.len() - done.len(), "{left:?}");
        assert_eq!(count_requests(mock, "PUT", "/archive").len(), done.len());

        let rest = portal.rooms().many(left).archive().finish().await;
        assert_eq!(rest.done.len(), ids.len() - done.len());
        let requests = count_requests(mock, "PUT", "/archive");
        assert!(requests.len() == ids.len() && requests.values().all(|count| *count == 1), "{requests:?}");
    })
    .await;
}

#[tokio::test]
async fn dropped_bulk_calls_can_be_retried_for_the_rest() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let ids = rooms(&portal, 20).await;
        let mut bulk = portal.rooms().many(&ids).archive();
        let mut done = Vec::new();
        for _ in 0..7 {
            done.push(bulk.next().await.expect("a room").0);
        }
        let left = bulk.remaining();
        drop(bulk);
        assert_eq!(left, ids.iter().filter(|id| !done.contains(id)).cloned().collect::<Vec<_>>());
        let in_flight = target.wait_policy().in_flight;
        assert!(
            count_requests(mock, "PUT", "/archive").len() < done.len() + in_flight,
            "more operations were started than results were read"
        );

        let rest = portal.rooms().many(left).archive().finish().await;
        assert!(rest.failed.is_empty(), "{:?}", rest.failed);
        assert_eq!(portal.rooms().list().archived().total().await.unwrap(), 20);
        let requests = count_requests(mock, "PUT", "/archive");
        assert!(done.iter().all(|id| requests[&format!("/api/2.0/files/rooms/{id}/archive")] == 1), "{requests:?}");
        // Rooms in flight are requested again, since archiving an archived room does nothing.
        assert!(requests.values().sum::<usize>() < ids.len() + in_flight, "{requests:?}");
    })
    .await;
}

#[tokio::test]
async fn duplicate_rooms_are_processed_once() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let ids = rooms(&portal, 2).await;
        let listed = portal.rooms().list().all().await.unwrap();
        assert_eq!(portal.rooms().many(&listed).archive().remaining().len(), 2);
        let outcomes = portal.rooms().many(ids.iter().chain(&ids)).delete().finish().await;
        assert_eq!(outcomes.done.len(), 2);
        assert_eq!(count_requests(mock, "DELETE", "").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn tags_and_quotas_of_many_rooms_can_be_changed() {
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
            assert!(outcomes.remaining().is_empty(), "{:?}", outcomes.failed);
            assert!(outcomes.done.iter().all(|(_, room)| is_right(room)), "{:?}", outcomes.done);
        };
        each(many.clone().add_tags([&tag]).finish().await, &|room| room.tags == [&*tag]);
        each(many.clone().remove_tags([&tag]).finish().await, &|room| room.tags.is_empty());
        // A portal without quotas accepts them, but does not return them.
        each(many.clone().set_quota(1 << 20).finish().await, &|_| true);
        each(many.clone().remove_quota().finish().await, &|_| true);
        each(many.reset_quota().finish().await, &|_| true);
    })
    .await;
}

#[tokio::test]
async fn quotas_of_missing_rooms_fail_and_those_of_others_are_set() {
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
async fn bulk_calls_time_out_for_each_room() {
    with_frozen_clock(async |target, _| {
        let portal = target.portal();
        let ids = rooms(&portal, 3).await;
        let bulk = portal.rooms().many(&ids).archive().deadline(Duration::from_millis(50));
        let outcomes = bulk.finish().await;
        assert_eq!((outcomes.done.len(), outcomes.failed.len()), (0, 3));
        for (id, error) in outcomes.failed {
            assert_eq!(error.kind(), ErrorKind::Timeout);
            assert!(error.to_string().contains(&id.to_string()) && error.to_string().contains("50 ms"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn bulk_calls_report_the_progress_of_each_room() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let ids = rooms(&portal, 7).await;
        let (sender, received) = std::sync::mpsc::channel();
        let show = move |id: &RoomId, now: &Progress| sender.send((id.clone(), now.stage)).unwrap();
        let outcomes = portal.rooms().many(&ids).delete().on_progress(show).finish().await;
        assert_eq!(outcomes.done.len(), 7);
        let verified = received.iter().filter(|(_, stage)| *stage == Stage::Verifying).map(|(id, _)| id);
        assert_eq!(verified.collect::<HashSet<_>>(), ids.into_iter().collect());
    })
    .await;
}

#[tokio::test]
async fn canceled_bulk_calls_cancel_operations_in_flight_and_start_no_more() {
    with_frozen_clock(async |target, mock| {
        let portal = target.portal();
        let ids = rooms(&portal, 9).await;
        let (stop, stopped) = oneshot::channel();
        let bulk = portal.rooms().many(&ids).delete().cancel_when(stopped.map(drop));
        let in_flight = target.wait_policy().in_flight;
        let cancel = async {
            while count_requests(mock, "GET", "/fileops").values().sum::<usize>() < in_flight {
                tokio::task::yield_now().await;
            }
            stop.send(()).unwrap();
        };
        let (outcomes, ()) = tokio::join!(bulk.finish(), cancel);
        assert_eq!((outcomes.failed.len(), outcomes.not_started.len()), (in_flight, ids.len() - in_flight));
        assert!(outcomes.failed.iter().all(|(_, error)| error.to_string().contains("cancel")));
        mock.advance(Duration::from_secs(60));
        assert_eq!(portal.rooms().list().total().await.unwrap(), 9);
    })
    .await;
}

#[tokio::test]
async fn bulk_calls_without_waiting_end_when_the_portal_has_accepted() {
    with_frozen_clock(async |target, mock| {
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
async fn bulk_calls_return_the_rooms_in_flight() {
    with_frozen_clock(async |target, _| {
        let portal = target.portal();
        let ids = rooms(&portal, 9).await;
        let mut bulk = portal.rooms().many(&ids).archive();
        assert!(bulk.in_flight().is_empty());
        assert!(bulk.next().now_or_never().is_none());
        assert_eq!(bulk.in_flight(), ids[..target.wait_policy().in_flight]);
        assert_eq!(bulk.remaining(), ids);
    })
    .await;
}

#[tokio::test]
async fn templates_can_be_deleted_in_bulk_and_rooms_are_rejected() {
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
