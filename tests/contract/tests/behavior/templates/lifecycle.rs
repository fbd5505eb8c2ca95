//! Templates from their making to their end, and rooms made from them.

use contract::target::Target;
use docspace::{ErrorKind, Room, RoomId, RoomType};
use serde_json::json;

use super::template;
use crate::fixture::room;

#[tokio::test]
async fn a_template_is_made_from_a_room() {
    Target::run(async |target| {
        let (portal, room, title) = (target.portal(), room(target).await, target.title("template"));
        let made = portal.room(&room).save_as_template(&title).copy_logo().start().await.unwrap().wait().await.unwrap();
        assert!(made.is_template());
        assert_eq!((made.title.as_str(), made.room_type), (title.as_str(), RoomType::Custom));
        assert_ne!(made.id, room.id);
        assert!(portal.room(&room).get().await.unwrap().is_active());
    })
    .await;
}

#[tokio::test]
async fn a_template_has_the_tags_and_the_colour_it_was_given() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room(target).await);
        let tags = [target.title("a"), target.title("b")];
        let start = portal.room(&room).save_as_template(target.title("template")).tags(&tags).color("FF5733");
        let made = start.start().await.unwrap().wait().await.unwrap();
        let mut given = made.tags;
        given.sort_unstable();
        assert_eq!(given, tags);
        assert_eq!(made.logo.color.as_deref(), Some("FF5733"));
    })
    .await;
}

#[tokio::test]
async fn a_room_is_made_from_a_template() {
    Target::run(async |target| {
        let portal = target.portal();
        let (template, title) = (template(target, &target.title("template")).await, target.title("next"));
        let made = portal.template(&template).create_room(&title).start().await.unwrap().wait().await.unwrap();
        assert!(made.is_active());
        assert_eq!((made.title, made.room_type), (title, RoomType::Custom));
        assert_ne!(made.id, template.id);
    })
    .await;
}

#[tokio::test]
async fn templates_are_listed_apart_from_rooms() {
    Target::run(async |target| {
        let portal = target.portal();
        let template = template(target, &target.title("template")).await;
        let templates = portal.templates().list().search(target.title("")).all().await.unwrap();
        assert_eq!(templates.iter().map(|found| &found.id).collect::<Vec<_>>(), [&template.id]);
        let rooms = portal.rooms().list().search(target.title("")).all().await.unwrap();
        assert!(rooms.iter().all(|room| room.id != template.id));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_template_is_not_found_and_its_rooms_stay() {
    Target::run(async |target| {
        let portal = target.portal();
        let template = template(target, &target.title("template")).await;
        let start = portal.template(&template).create_room(target.title("next")).start().await.unwrap();
        let made = start.wait().await.unwrap();
        portal.template(&template).delete().await.unwrap().wait().await.unwrap();
        assert!(portal.template(&template).get().await.unwrap_err().is_not_found());
        assert!(portal.room(&made).get().await.unwrap().is_active());
    })
    .await;
}

/// A portal has one place for a template that is being made and drops what comes meanwhile with a friendly answer.
#[tokio::test]
async fn two_templates_at_once_are_both_made() {
    Target::run(async |target| {
        let portal = target.portal();
        let (first, second) = (room(target).await, room(target).await);
        let save = |room: &Room, title: String| {
            let handle = portal.room(room);
            async move { handle.save_as_template(title).start().await?.wait().await }
        };
        let (one, two) = (target.title("one"), target.title("two"));
        let (made_one, made_two) = tokio::join!(save(&first, one.clone()), save(&second, two.clone()));
        let (made_one, made_two) = (made_one.unwrap(), made_two.unwrap());
        assert_eq!((made_one.title, made_two.title), (one, two));
        assert_ne!(made_one.id, made_two.id);
    })
    .await;
}

#[tokio::test]
async fn two_rooms_from_templates_at_once_are_both_made() {
    Target::run(async |target| {
        let portal = target.portal();
        let template = template(target, &target.title("template")).await;
        let create = |title: String| {
            let handle = portal.template(&template);
            async move { handle.create_room(title).start().await?.wait().await }
        };
        let (one, two) = (target.title("one"), target.title("two"));
        let (made_one, made_two) = tokio::join!(create(one.clone()), create(two.clone()));
        let (made_one, made_two) = (made_one.unwrap(), made_two.unwrap());
        assert_eq!((made_one.title, made_two.title), (one, two));
        assert_ne!(made_one.id, made_two.id);
    })
    .await;
}

/// The second program knows nothing of the first, so only the portal can tell it to wait. Then the portal tells of the
/// second template only, and whoever believed that the first one failed would make it again.
#[tokio::test]
async fn a_template_is_found_although_another_program_made_one_since() {
    Target::run(async |target| {
        let (first, second) = (room(target).await, room(target).await);
        let (one, two) = (target.title("one"), target.title("two"));
        let started = target.portal().room(&first).save_as_template(&one).start().await.unwrap();
        let other = target.portal().room(&second).save_as_template(&two).start().await.unwrap();
        assert_eq!(other.wait().await.unwrap().title, two);
        assert_eq!(started.wait().await.unwrap().title, one);
    })
    .await;
}

/// A status that is not one's own says nothing of one's own: a portal that is asked while it is busy answers with the
/// other's, and drops the request.
#[tokio::test]
async fn a_template_of_another_program_is_never_reported_as_ones_own() {
    Target::run(async |target| {
        let (first, second) = (room(target).await, room(target).await);
        let (one, two) = (target.title("one"), target.title("two"));
        let busy = json!({"roomId": first.id, "title": one});
        target.raw().send("POST", "files/roomtemplate", busy).await.response();
        let made = target.portal().room(&second).save_as_template(&two).start().await.unwrap().wait().await.unwrap();
        assert_eq!(made.title, two);
        let listed = target.portal().templates().list().search(target.title("")).all().await.unwrap();
        assert_eq!(listed.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_template_of_a_room_that_never_was_fails_with_the_portals_words() {
    Target::run(async |target| {
        let handle = target.portal().room(RoomId::from(987_654_321));
        let start = handle.save_as_template(target.title("template")).start().await.unwrap();
        let error = start.wait().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone);
        assert!(error.to_string().contains("Object reference not set"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_room_is_not_taken_for_a_template() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room(target).await);
        assert_eq!(portal.template(&room).get().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(portal.template(&room).delete().await.unwrap_err().kind(), ErrorKind::Invalid);
        let start = portal.template(&room).create_room(target.title("next")).start().await.unwrap();
        assert_eq!(start.wait().await.unwrap_err().kind(), ErrorKind::NotDone);
        assert!(portal.room(&room).get().await.unwrap().is_active());
    })
    .await;
}

#[tokio::test]
async fn a_template_is_not_archived() {
    Target::run(async |target| {
        let portal = target.portal();
        let template = template(target, &target.title("template")).await;
        assert!(portal.room(&template).archive().await.unwrap_err().is_not_found());
    })
    .await;
}
