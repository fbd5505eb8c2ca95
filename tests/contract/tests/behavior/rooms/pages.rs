//! Lists of rooms that have several pages.

use std::collections::HashSet;

use contract::target::Target;
use docspace::{Portal, RoomId, RoomType};
use docspace_mock::MockPortal;
use futures::TryStreamExt;

async fn rooms(portal: &Portal, count: usize) -> Vec<RoomId> {
    let made = (0..count).map(|number| portal.rooms().create(format!("room {number}"), RoomType::Custom).send());
    futures::future::try_join_all(made).await.unwrap().into_iter().map(|room| room.id).collect()
}

fn pages(mock: &MockPortal) -> usize {
    let listed = |path: &str| path.ends_with("/files/rooms");
    mock.requests().iter().filter(|request| request.method == "GET" && listed(&request.path)).count()
}

#[tokio::test]
async fn lists_with_several_pages_are_read_completely() {
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
async fn pages_are_read_only_when_they_are_needed() {
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

/// New rooms are listed first, so the last rooms of a page move to the next page.
#[tokio::test]
async fn rooms_that_move_to_the_next_page_are_not_listed_twice() {
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
            assert!(seen.insert(room.id.clone()), "{} is listed twice", room.id);
        }
        assert!(seen.len() >= 120, "only {} rooms are listed", seen.len());
    })
    .await;
}

#[tokio::test]
async fn empty_lists_take_one_call() {
    Target::on_mock(async |target, mock| {
        assert!(target.portal().rooms().list().all().await.unwrap().is_empty());
        assert_eq!(pages(mock), 1);
    })
    .await;
}

/// Rooms that leave the list while it is read move unread rooms to pages that were already read.
#[tokio::test]
async fn rooms_are_not_skipped_while_listed_rooms_leave_the_list() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        for number in 0..130 {
            let made = portal.rooms().create(format!("room {number}"), RoomType::Custom).tags(["todo"]);
            made.send().await.unwrap();
        }
        let (mut done, mut rooms) = (0, portal.rooms().list().tag("todo").stream());
        while let Some(room) = rooms.try_next().await.unwrap() {
            portal.room(&room).remove_tags(["todo"]).await.unwrap();
            done += 1;
        }
        assert_eq!((done, portal.rooms().list().tag("todo").total().await.unwrap()), (130, 0));
    })
    .await;
}
