//! Visitors, who come with a link.

use contract::target::Target;
use docspace::links::{LinkKeyStatus, Visitor};
use docspace::{Access, ErrorKind, Portal, RoomType, Secret};

fn stranger(target: &Target, key: &Secret) -> Visitor {
    Portal::builder(target.url()).anonymous().build().unwrap().visitor(key.expose())
}

#[tokio::test]
async fn a_stranger_reads_the_room_behind_a_link() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).send().await.unwrap();
        let visitor = stranger(target, &link.shared_link.request_token.unwrap());
        assert_eq!(visitor.check().await.unwrap().status, LinkKeyStatus::Ok);
        let seen = visitor.room().await.unwrap();
        assert_eq!((seen.id, seen.external), (room.id, Some(true)));
    })
    .await;
}

#[tokio::test]
async fn a_password_has_to_be_the_right_one() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).password("LongEnough1!").send().await.unwrap();
        let visitor = stranger(target, &link.shared_link.request_token.unwrap());
        assert!(visitor.room().await.unwrap_err().is_unauthorized());
        assert!(visitor.clone().unlock("LongEnough2!").await.unwrap_err().is_unauthorized());
        let inside = visitor.unlock("LongEnough1!").await.unwrap();
        assert_eq!(inside.room().await.unwrap().id, room.id);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_was_revoked_opens_nothing() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let links = portal.room(&room).links();
        let link = links.create(Access::Read).send().await.unwrap();
        let visitor = stranger(target, link.shared_link.request_token.as_ref().unwrap());
        links.revoke(link.id()).await.unwrap();
        assert_eq!(visitor.room().await.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn an_internal_link_is_not_for_strangers() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).internal(true).send().await.unwrap();
        let visitor = stranger(target, &link.shared_link.request_token.unwrap());
        assert!(visitor.room().await.unwrap_err().is_unauthorized());
    })
    .await;
}

#[tokio::test]
async fn the_password_of_a_link_is_not_sent_where_others_can_read_it() {
    let portal = Portal::builder("http://docspace.invalid").anonymous().build().unwrap();
    let error = portal.visitor("V0FW").unlock("LongEnough1!").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
    assert!(error.advice().contains("allow_http"), "{error}");
}
