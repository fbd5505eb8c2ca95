//! Archiving, restoring and deleting rooms, one or several at once.

use contract::target::Target;
use docspace::rooms::SearchArea;
use docspace::{Access, ErrorKind, RoomId, RoomType};
use futures::future::{join_all, try_join_all};

use crate::fixture::{room, room_of, titled_room};

#[tokio::test]
async fn an_archived_room_is_in_the_archive_and_nowhere_else() {
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
async fn a_restored_room_is_active_again() {
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
async fn archiving_what_is_archived_and_restoring_what_is_active_change_nothing() {
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

/// A portal refuses every change of an archived room, and does not say why.
#[tokio::test]
async fn what_the_archive_stands_in_the_way_of_is_told() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), titled_room(target, "room").await);
        let full = portal.room(&made);
        for _ in 0..5 {
            full.links().create(Access::Read).send().await.unwrap();
        }
        let link = full.links().list().await.unwrap()[0].id();
        full.archive().await.unwrap().wait().await.unwrap();
        for (what, error) in [
            ("edit", full.rename("x").await.unwrap_err()),
            ("tags", full.add_tags(["x"]).await.unwrap_err()),
            ("untag", full.remove_tags(["x"]).await.unwrap_err()),
            ("colour", full.set_color("FF0000").await.unwrap_err()),
            ("quota", full.set_quota(5).await.unwrap_err()),
            ("reorder", full.reorder().await.unwrap_err()),
            ("pin", full.pin().await.unwrap_err()),
            ("unpin", full.unpin().await.unwrap_err()),
            ("member", full.members().add("ann@example.com", Access::Read).await.unwrap_err()),
            ("link", full.links().create(Access::Read).send().await.unwrap_err()),
            ("invitation", full.links().invite(Access::Read).send().await.unwrap_err()),
            ("update", full.links().update(link).title("x").send().await.unwrap_err()),
            ("revoke", full.links().revoke(link).await.unwrap_err()),
        ] {
            assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)), "{what}: {error}");
            assert!(error.advice().contains("restore it first"), "{what}: {error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_deleted_room_is_not_found_afterwards() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).delete().await.unwrap().wait().await.unwrap();
        let error = portal.room(&made).get().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::NotFound, Some(404)));
    })
    .await;
}

#[tokio::test]
async fn an_archived_room_can_be_deleted() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).archive().await.unwrap().wait().await.unwrap();
        portal.room(&made).delete().await.unwrap().wait().await.unwrap();
        assert!(portal.room(&made).get().await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn deleting_what_is_gone_is_not_found() {
    Target::run(async |target| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).delete().await.unwrap().wait().await.unwrap();
        assert!(portal.room(&made).delete().await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn what_is_done_to_a_room_that_never_was_is_not_found() {
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

/// The answer to a deletion carries the caller's oldest deletion, so four in a row get the same id.
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

/// Ten deletions at once are all answered with the first one's operation.
#[tokio::test]
async fn no_deletion_takes_anothers_operation_for_its_own() {
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
async fn rooms_can_be_archived_and_deleted_side_by_side() {
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

/// A portal does eleven of a kind at most and drops the others without a word.
#[tokio::test]
async fn fourteen_rooms_archived_at_once_are_all_archived() {
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

/// Starting all before waiting for any is how a program that knows nothing of a portal's limits writes it.
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

/// The portal itself archives eleven of them and answers 200 to all.
#[tokio::test]
async fn of_fourteen_rooms_archived_in_a_row_fourteen_are() {
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
