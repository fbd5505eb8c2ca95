//! Many rooms: lists longer than a page, and the same done to each.

use std::collections::HashSet;

use contract::target::Target;
use docspace::{Portal, RoomId, RoomType};
use docspace_mock::MockPortal;
use futures::{StreamExt, TryStreamExt};

async fn rooms(portal: &Portal, count: usize) -> Vec<RoomId> {
    let made = (0..count).map(|number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send());
    futures::future::try_join_all(made).await.unwrap().into_iter().map(|room| room.id).collect()
}

fn pages(mock: &MockPortal) -> usize {
    mock.requests().iter().filter(|request| request.method == "GET").count()
}

#[tokio::test]
async fn a_list_longer_than_a_page_is_read_to_its_end() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let made: HashSet<_> = rooms(&portal, 205).await.into_iter().collect();
        let listed = portal.rooms().list().all().await.unwrap();
        assert_eq!(listed.len(), 205);
        assert_eq!(listed.into_iter().map(|room| room.id).collect::<HashSet<_>>(), made);
        assert_eq!(pages(mock), 3);
    })
    .await;
}

#[tokio::test]
async fn a_page_is_read_when_it_is_needed() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        rooms(&portal, 120).await;
        let mut listed = portal.rooms().list().stream();
        for _ in 0..100 {
            listed.try_next().await.unwrap().expect("a room");
        }
        assert_eq!(pages(mock), 1);
        listed.try_next().await.unwrap().expect("a room");
        assert_eq!(pages(mock), 2);
    })
    .await;
}

/// A new room comes first, so everything moves on by one and the last of a page comes again on the next.
#[tokio::test]
async fn a_room_that_moves_to_the_next_page_is_not_listed_twice() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        rooms(&portal, 120).await;
        let mut listed = portal.rooms().list().stream();
        let mut seen = HashSet::new();
        for _ in 0..100 {
            assert!(seen.insert(listed.try_next().await.unwrap().expect("a room").id));
        }
        rooms(&portal, 3).await;
        while let Some(room) = listed.try_next().await.unwrap() {
            assert!(seen.insert(room.id.clone()), "{} came twice", room.id);
        }
        assert!(seen.len() >= 120, "{} came", seen.len());
    })
    .await;
}

#[tokio::test]
async fn an_empty_list_takes_one_call() {
    Target::on_mock(async |target, mock| {
        assert!(target.portal().rooms().list().all().await.unwrap().is_empty());
        assert_eq!(pages(mock), 1);
    })
    .await;
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
