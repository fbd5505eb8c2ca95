//! Archiving, restoring and deleting one or several rooms.

use contract::target::Target;
use docspace::rooms::SearchArea;
use docspace::{Access, ErrorKind, RoomId, RoomType};
use futures::future::{join_all, try_join_all};

use crate::fixture::{room, room_of, titled_room};

#[tokio::test]
async fn archived_rooms_are_listed_only_in_the_archive() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target).await);
        let archived = portal.room(&made).archive().await.unwrap().wait().await.unwrap();
        assert!(archived.is_archived());
        let list = |area| portal.rooms().list().area(area).search(target.title("")).all();
        assert!(list(SearchArea::Active).await.unwrap().is_empty());
        assert_eq!(list(SearchArea::Archive).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn restored_rooms_are_active() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target).await);
        let handle = portal.room(&made);
        handle.archive().await.unwrap().wait().await.unwrap();
        let restored = handle.restore().await.unwrap().wait().await.unwrap();
        assert!(restored.is_active());
        assert_eq!(handle.get().await.unwrap().title, made.title);
    })
    .await;
}

#[tokio::test]
async fn archiving_archived_rooms_and_restoring_active_rooms_succeeds() {
    Target::run(async |target| {
        let made = room(target).await;
        let handle = target.portal().room(&made);
        assert!(handle.restore().await.unwrap().wait().await.unwrap().is_active());
        for _ in 0..2 {
            assert!(handle.archive().await.unwrap().wait().await.unwrap().is_archived());
        }
    })
    .await;
}

/// A portal refuses every change of an archived room without a reason.
#[tokio::test]
async fn changes_of_archived_rooms_fail_with_advice_to_restore_them() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let handle = portal.room(&made);
        for _ in 0..5 {
            handle.links().create(Access::Read).send().await.unwrap();
        }
        let link = handle.links().list().await.unwrap()[0].id();
        handle.archive().await.unwrap().wait().await.unwrap();
        for (change, error) in [
            ("edit", handle.rename("x").await.unwrap_err()),
            ("tags", handle.add_tags(["x"]).await.unwrap_err()),
            ("untag", handle.remove_tags(["x"]).await.unwrap_err()),
            ("color", handle.set_color("FF0000").await.unwrap_err()),
            ("quota", handle.set_quota(5).await.unwrap_err()),
            ("reorder", handle.reorder().await.unwrap_err()),
            ("pin", handle.pin().await.unwrap_err()),
            ("unpin", handle.unpin().await.unwrap_err()),
            ("member", handle.members().invite("ann@example.com", Access::Read).await.unwrap_err()),
            ("link", handle.links().create(Access::Read).send().await.unwrap_err()),
            ("invitation", handle.links().invite(Access::Read).send().await.unwrap_err()),
            ("update", handle.links().update(link).title("x").send().await.unwrap_err()),
            ("revoke", handle.links().revoke(link).await.unwrap_err()),
        ] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)), "{change}: {error}");
            assert!(error.advice().contains("restore"), "{change}: {error}");
        }
    })
    .await;
}

#[tokio::test]
async fn deleted_rooms_are_not_found() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).delete().await.unwrap().wait().await.unwrap();
        let error = portal.room(&made).get().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::NotFound, Some(404)));
    })
    .await;
}

#[tokio::test]
async fn archived_rooms_can_be_deleted() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).archive().await.unwrap().wait().await.unwrap();
        portal.room(&made).delete().await.unwrap().wait().await.unwrap();
        assert!(portal.room(&made).get().await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn deleting_a_deleted_room_is_not_found() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).delete().await.unwrap().wait().await.unwrap();
        assert!(portal.room(&made).delete().await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn calls_on_a_missing_room_are_not_found() {
    Target::run(async |target| {
        let handle = target.portal().room(RoomId::from(987_654_321));
        assert!(handle.get().await.unwrap_err().is_not_found());
        assert!(handle.archive().await.unwrap_err().is_not_found());
        assert!(handle.restore().await.unwrap_err().is_not_found());
        assert!(handle.links().list().await.unwrap_err().is_not_found());
        assert!(handle.delete().await.unwrap_err().is_not_found());
    })
    .await;
}

/// The answer to a deletion contains the oldest deletion of the person, so four deletions in a row
/// get the same id.
#[tokio::test]
async fn four_deletions_in_a_row_delete_four_rooms() {
    Target::run(async |target| {
        let portal = target.portal();
        let mut started = Vec::new();
        let mut rooms = Vec::new();
        for _ in 0..4 {
            rooms.push(room(target).await);
        }
        for made in &rooms {
            started.push(portal.room(made).delete().await.unwrap());
        }
        try_join_all(started.into_iter().map(|operation| operation.wait())).await.unwrap();
        for made in &rooms {
            assert!(portal.room(made).get().await.unwrap_err().is_not_found());
        }
    })
    .await;
}

/// The answers to concurrent deletions all contain the first operation.
#[tokio::test]
async fn concurrent_deletions_do_not_confuse_their_operations() {
    Target::run(async |target| {
        let portal = &target.portal();
        let mut rooms = Vec::new();
        for _ in 0..4 {
            rooms.push(room_of(target, RoomType::Custom).await);
        }
        let deletions = rooms.iter().map(|room| async move { portal.room(room).delete().await?.wait().await });
        for outcome in join_all(deletions).await {
            outcome.unwrap();
        }
        for room in &rooms {
            assert!(portal.room(room).get().await.unwrap_err().is_not_found());
        }
    })
    .await;
}

#[tokio::test]
async fn rooms_can_be_archived_and_deleted_at_the_same_time() {
    Target::run(async |target| {
        let portal = target.portal();
        let (first, second) = (room(target).await, room(target).await);
        let (archived, deleted) = tokio::join!(async { portal.room(&first).archive().await?.wait().await }, async {
            portal.room(&second).delete().await?.wait().await
        },);
        assert!(archived.unwrap().is_archived());
        deleted.unwrap();
        assert!(portal.room(&second).get().await.unwrap_err().is_not_found());
    })
    .await;
}

/// A portal runs at most eleven operations of a type and silently drops the others.
#[tokio::test]
async fn fourteen_rooms_archived_at_the_same_time_are_all_archived() {
    Target::run(async |target| {
        let portal = target.portal();
        let rooms = join_all((0..14).map(|_| room(target))).await;
        let work = rooms
            .iter()
            .map(|made| portal.room(made))
            .map(|handle| async move { handle.archive().await?.wait().await });
        for archived in join_all(work).await {
            assert!(archived.unwrap().is_archived());
        }
    })
    .await;
}

/// A program that does not know the limits of a portal may start all operations before it waits for
/// one.
#[tokio::test]
async fn fourteen_archives_started_before_any_is_waited_for_are_all_archived() {
    Target::run(async |target| {
        let portal = target.portal();
        let rooms = join_all((0..14).map(|_| room(target))).await;
        let mut started = Vec::new();
        for made in &rooms {
            started.push(portal.room(made).archive().await.unwrap());
        }
        for operation in started {
            assert!(operation.wait().await.unwrap().is_archived());
        }
    })
    .await;
}

/// The portal answers 200 to all of them, but archives only eleven.
#[tokio::test]
async fn fourteen_rooms_archived_right_after_their_creation_are_all_archived() {
    Target::run(async |target| {
        let portal = target.portal();
        let mut started = Vec::new();
        for _ in 0..14 {
            let room = room_of(target, RoomType::Custom).await;
            started.push(portal.room(&room).archive().await.unwrap());
        }
        for archive in started {
            assert!(archive.wait().await.unwrap().is_archived());
        }
    })
    .await;
}
