//! Tags: those of a portal, and those of its rooms.

use contract::target::Target;
use docspace::{ErrorKind, RoomId, RoomType};
use docspace_mock::Fault;

use crate::fixture::{room, titled_room};

#[tokio::test]
async fn tags_are_made_given_taken_and_deleted() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        let tags = portal.tags();
        assert_eq!(tags.create("Audit").await.unwrap(), "Audit");
        assert_eq!(tags.create("audit").await.unwrap(), "Audit", "the spelling that was there first stays");
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
async fn more_tags_than_fit_on_a_page_are_all_listed() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).add_tags((0..205).map(|number| format!("tag {number}"))).await.unwrap();
        assert_eq!(portal.tags().list().await.unwrap().len(), 205);
    })
    .await;
}

#[tokio::test]
async fn a_tag_is_not_renamed_to_one_that_is_there() {
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

/// A portal whose database cannot store characters beyond U+FFFF answers with such a tag as it was
/// sent, but stores another.
#[tokio::test]
async fn tags_that_the_portal_did_not_keep_are_named_with_the_room() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let lost = |error: docspace::Error, operation: &str, room: &RoomId, tags: &str| {
            assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some(operation)), "{error}");
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
