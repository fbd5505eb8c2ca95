//! Creating and deleting templates, and creating rooms from them.

use contract::target::Target;
use docspace::{ErrorKind, Room, RoomId, RoomType};
use serde_json::json;

use super::template;
use crate::fixture::room;

#[tokio::test]
async fn templates_can_be_created_from_a_room() {
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
async fn templates_have_the_requested_tags_and_color() {
    Target::run(async |target| {
        let (portal, room) = (target.portal(), room(target).await);
        let tags = [target.title("a"), target.title("b")];
        let start = portal.room(&room).save_as_template(target.title("template")).tags(&tags).color("FF5733");
        let made = start.start().await.unwrap().wait().await.unwrap();
        let mut tags_of_template = made.tags;
        tags_of_template.sort_unstable();
        assert_eq!(tags_of_template, tags);
        assert_eq!(made.logo.color.as_deref(), Some("FF5733"));
    })
    .await;
}

#[tokio::test]
async fn rooms_can_be_created_from_a_template() {
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
async fn templates_and_rooms_are_listed_separately() {
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
async fn deleted_templates_are_not_found_and_their_rooms_remain() {
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

/// A portal creates one template at a time. It answers 200 to other requests in the meantime, but
/// drops them.
#[tokio::test]
async fn two_templates_at_the_same_time_are_both_created() {
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
async fn two_rooms_from_templates_at_the_same_time_are_both_created() {
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

/// The second program does not know the first, so it waits only if the portal reports a running
/// job. After that, the status is about the second template only. A client that takes this for a
/// failure would create the first template again.
#[tokio::test]
async fn templates_are_found_after_another_program_created_one() {
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

/// While a portal is busy, it answers with the status of the other job and drops the request. That
/// status must not be taken for the caller's own.
#[tokio::test]
async fn templates_of_other_programs_are_not_reported_as_the_callers() {
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
async fn templates_of_missing_rooms_and_rooms_from_missing_templates_are_not_found() {
    Target::run(async |target| {
        let (portal, missing) = (target.portal(), RoomId::from(987_654_321));
        let start = portal.room(&missing).save_as_template(target.title("template")).start().await.unwrap();
        let error = start.wait().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotFound, Some("create_template")));
        assert!(error.to_string().contains("there is no room 987654321;"), "{error}");

        let start = portal.template(&missing).create_room(target.title("room")).start().await.unwrap();
        let error = start.wait().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotFound, Some("create_room_from_template")));
        assert!(error.to_string().contains("there is no template 987654321;"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn rooms_are_rejected_as_templates() {
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
async fn templates_cannot_be_archived() {
    Target::run(async |target| {
        let portal = target.portal();
        let template = template(target, &target.title("template")).await;
        assert!(portal.room(&template).archive().await.unwrap_err().is_not_found());
    })
    .await;
}
