//! The first workflow: a room from its making to its end.

use contract::target::Target;
use docspace::{ErrorKind, Room, RoomId, RoomType, SearchArea};
use docspace_mock::Fault;
use futures::future::{join_all, try_join_all};

async fn room(target: &Target) -> Room {
    target.portal().rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap()
}

#[tokio::test]
async fn a_new_room_is_what_was_asked_for() {
    Target::run(async |target| {
        let (portal, title) = (target.portal(), target.title("room"));
        let tags = [target.title("a"), target.title("b")];
        let made = portal.rooms().create(&title, RoomType::Public).tags(&tags).color("FF5733").send();
        let made = made.await.unwrap();
        assert_eq!((made.title.as_str(), made.room_type, made.is_active()), (title.as_str(), RoomType::Public, true));
        assert_eq!(made.logo.color.as_deref(), Some("FF5733"));
        let mut given = made.tags;
        given.sort_unstable();
        assert_eq!(given, tags);
    })
    .await;
}

#[tokio::test]
async fn every_type_of_room_can_be_made() {
    Target::run(async |target| {
        let portal = target.portal();
        for kind in [RoomType::FillingForms, RoomType::Editing, RoomType::Custom, RoomType::Public] {
            let made = portal.rooms().create(target.title("room"), kind).send().await.unwrap();
            assert_eq!(made.room_type, kind);
        }
        let made = portal.rooms().create(target.title("room"), RoomType::VirtualData).send().await.unwrap();
        assert_eq!(made.room_type, RoomType::VirtualData);
    })
    .await;
}

#[tokio::test]
async fn a_room_is_read_by_its_id() {
    Target::run(async |target| {
        let made = room(target).await;
        let read = target.portal().room(&made.id).get().await.unwrap();
        assert_eq!((read.id, read.title, read.room_type), (made.id, made.title, made.room_type));
    })
    .await;
}

#[tokio::test]
async fn a_renamed_room_keeps_the_rest() {
    Target::run(async |target| {
        let portal = target.portal();
        let made =
            portal.rooms().create(target.title("room"), RoomType::Custom).tags([target.title("kept")]).color("FF5733");
        let made = made.send().await.unwrap();
        let title = target.title("renamed");
        let renamed = portal.room(&made).rename(&title).await.unwrap();
        assert_eq!(renamed.title, title);
        let read = portal.room(&made).get().await.unwrap();
        assert_eq!((read.title, read.tags), (title, vec![target.title("kept")]));
        assert_eq!(read.logo.color, made.logo.color);
    })
    .await;
}

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

#[tokio::test]
async fn a_list_is_narrowed_by_type_tag_and_text() {
    Target::run(async |target| {
        let portal = target.portal();
        let tag = target.title("tag");
        let make = |what: &str, kind| portal.rooms().create(target.title(what), kind);
        let custom = make("alpha", RoomType::Custom).tags([&tag]).send().await.unwrap();
        let public = make("beta", RoomType::Public).tags([&tag]).send().await.unwrap();
        make("gamma", RoomType::Public).send().await.unwrap();

        let tagged = portal.rooms().list().tag(&tag).all().await.unwrap();
        assert_eq!(tagged.len(), 2);
        let both = portal.rooms().list().tag(&tag).kind(RoomType::Public).all().await.unwrap();
        assert_eq!(both.iter().map(|room| &room.id).collect::<Vec<_>>(), [&public.id]);
        let found = portal.rooms().list().search(target.title("ALPHA")).all().await.unwrap();
        assert_eq!(found.iter().map(|room| &room.id).collect::<Vec<_>>(), [&custom.id]);
    })
    .await;
}

/// A portal whose database cannot store characters beyond U+FFFF answers with such a tag as it was
/// sent, but stores another.
#[tokio::test]
async fn tags_that_the_portal_did_not_keep_are_named_with_the_room() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let lost = |error: docspace::Error, operation: &str, room: &RoomId, tags: &str| {
            assert_eq!((error.kind(), error.operation()), (ErrorKind::Operation, Some(operation)), "{error}");
            let text = error.to_string();
            assert!(
                text.contains(&format!("room {room} exists")) && text.contains(&format!("the tags {tags};")),
                "{text}"
            );
        };
        let create = portal.rooms().create("Goals", RoomType::Custom).tags(["🎯 2026", "plain", "🚀"]);
        let error = create.send().await.unwrap_err();
        let room = portal.rooms().find("Goals").await.unwrap().expect("it was made").id;
        lost(error, "create_room", &room, "`🎯 2026`, `🚀`");

        let handle = portal.room(&room);
        lost(handle.add_tags(["ok", "x🎯"]).await.unwrap_err(), "add_room_tags", &room, "`x🎯`");
        lost(handle.edit().tags(["y🎯"]).send().await.unwrap_err(), "update_room", &room, "`y🎯`");
        let outcomes = portal.rooms().many([&room]).add_tags(["z🎯", "fine"]).finish().await;
        lost(outcomes.failed.into_iter().next().unwrap().1, "add_room_tags", &room, "`z🎯`");
        assert!(handle.get().await.unwrap().tags.contains(&"fine".to_owned()));
    })
    .await;
}

/// A portal that leaves out a tag altogether.
#[tokio::test]
async fn a_tag_that_is_not_in_the_answer_is_named() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("Audit", RoomType::Custom).tags(["kept"]).send().await.unwrap();
        let answer = target.raw().get(&format!("files/rooms/{}", room.id)).await.body.unwrap();
        let fault = Fault::status(200).header("Content-Type", "application/json").body(answer.to_string());
        mock.faults().next("PUT /files/rooms/*/tags", fault);
        let error = portal.room(&room).add_tags(["KEPT", "left out"]).await.unwrap_err();
        assert!(error.to_string().contains("did not keep the tags `left out`;"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn tags_in_another_spelling_are_kept() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        for tag in ["Audit", "Åse", "Ёлка", "ΑΒΓ"] {
            portal.tags().create(tag).await.unwrap();
        }
        let asked = ["audit", "ase", "ёлка", "αβγ", "AUDIT", "Audit"];
        let room = portal.rooms().create("Audit", RoomType::Custom).tags(asked).send().await.unwrap();
        assert_eq!(room.tags.len(), 4, "{:?}", room.tags);
        let room = portal.room(&room).add_tags(["ÅSE"]).await.unwrap();
        portal.room(&room).edit().tags(["елка", "new"]).send().await.unwrap();
    })
    .await;
}
