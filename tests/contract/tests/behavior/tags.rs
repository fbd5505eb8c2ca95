//! Tags of a portal and of its rooms.

use contract::target::Target;
use docspace::{ErrorKind, RoomId, RoomType};
use docspace_mock::Fault;

use crate::fixture::{room, titled_room};

#[tokio::test]
async fn tags_can_be_created_assigned_renamed_and_deleted() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        let tags = portal.tags();
        assert_eq!(tags.create("Audit").await.unwrap(), "Audit");
        assert_eq!(tags.create("audit").await.unwrap(), "Audit", "the first spelling is kept");
        assert!(!tags.is_used("Audit").await.unwrap());
        portal.room(&made).add_tags(["Audit", "2026"]).await.unwrap();
        assert!(tags.is_used("Audit").await.unwrap());
        tags.rename("2026", "2027").await.unwrap();
        assert_eq!(portal.room(&made).remove_tags(["Audit"]).await.unwrap().tags, ["2027"]);
        tags.delete(["2027", "Audit"]).await.unwrap();
        assert!(tags.list().await.unwrap().is_empty());
        assert_eq!(portal.room(&made).add_tags([" "]).await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn tags_on_several_pages_are_all_listed() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).add_tags((0..205).map(|number| format!("tag {number}"))).await.unwrap();
        assert_eq!(portal.tags().list().await.unwrap().len(), 205);
    })
    .await;
}

#[tokio::test]
async fn renaming_a_tag_to_an_existing_one_is_a_conflict() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), titled_room(target, "room").await);
        let (one, two) = (target.title("one"), target.title("two"));
        portal.room(&room).add_tags([&one, &two]).await.unwrap();
        for new in [two.to_uppercase(), one.clone()] {
            let error = portal.tags().rename(&one, &new).await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(400)), "{error}");
        }
        assert!(portal.tags().rename(target.title("none"), target.title("three")).await.unwrap_err().is_not_found());
    })
    .await;
}

/// A portal whose database cannot store characters above U+FFFF returns the tag as requested, but
/// stores a different one.
#[tokio::test]
async fn tags_that_the_portal_changed_are_named_with_the_room() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let assert_lost = |error: docspace::Error, operation: &str, room: &RoomId, tags: &str| {
            assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some(operation)), "{error}");
            let text = error.to_string();
            assert!(text.contains(&room.to_string()) && text.contains(tags), "{text}");
        };
        let create = portal.rooms().create("Goals", RoomType::Custom).tags(["🎯 2026", "plain", "🚀"]);
        let error = create.send().await.unwrap_err();
        let room = portal.rooms().find("Goals").await.unwrap().expect("a room").id;
        assert_lost(error, "create_room", &room, "`🎯 2026`, `🚀`");

        let handle = portal.room(&room);
        assert_lost(handle.add_tags(["ok", "x🎯"]).await.unwrap_err(), "add_room_tags", &room, "`x🎯`");
        assert_lost(handle.edit().tags(["y🎯"]).send().await.unwrap_err(), "update_room", &room, "`y🎯`");
        let outcomes = portal.rooms().many([&room]).add_tags(["z🎯", "fine"]).finish().await;
        assert_lost(outcomes.failed.into_iter().next().unwrap().1, "add_room_tags", &room, "`z🎯`");
        assert!(handle.get().await.unwrap().tags.contains(&"fine".to_owned()));
    })
    .await;
}

/// The answer of this portal does not contain the tag.
#[tokio::test]
async fn tags_missing_in_the_answer_are_named() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("Audit", RoomType::Custom).tags(["kept"]).send().await.unwrap();
        let answer = target.raw().get(&format!("files/rooms/{}", room.id)).await.body.unwrap();
        let fault = Fault::status(200).header("Content-Type", "application/json").body(answer.to_string());
        mock.faults().next("PUT /files/rooms/*/tags", fault);
        let error = portal.room(&room).add_tags(["KEPT", "left out"]).await.unwrap_err();
        assert!(!error.to_string().contains("`KEPT`"), "{error}");
        assert!(error.to_string().contains("`left out`"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn tags_in_another_spelling_are_accepted() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        for tag in ["Audit", "Åse", "Ёлка", "ΑΒΓ"] {
            portal.tags().create(tag).await.unwrap();
        }
        let requested = ["audit", "ase", "ёлка", "αβγ", "AUDIT", "Audit"];
        let room = portal.rooms().create("Audit", RoomType::Custom).tags(requested).send().await.unwrap();
        assert_eq!(room.tags.len(), 4, "{:?}", room.tags);
        let room = portal.room(&room).add_tags(["ÅSE"]).await.unwrap();
        portal.room(&room).edit().tags(["елка", "new"]).send().await.unwrap();
    })
    .await;
}
