//! Visitors with the key of a link.

use contract::target::Target;
use docspace::links::{LinkKeyStatus, Visitor};
use docspace::{Access, ErrorKind, Portal, RoomType, Secret};

fn anonymous_visitor(target: &Target, key: &Secret) -> Visitor {
    Portal::builder(target.url()).anonymous().build().unwrap().visitor(key.expose())
}

#[tokio::test]
async fn visitors_can_read_the_room_of_a_link() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).send().await.unwrap();
        let visitor = anonymous_visitor(target, &link.shared_link.request_token.unwrap());
        assert_eq!(visitor.check().await.unwrap().status, LinkKeyStatus::Valid);
        let seen = visitor.room().await.unwrap();
        assert_eq!((seen.id, seen.external), (room.id, Some(true)));
    })
    .await;
}

#[tokio::test]
async fn visitors_need_the_password_of_a_link() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).password("LongEnough1!").send().await.unwrap();
        let visitor = anonymous_visitor(target, &link.shared_link.request_token.unwrap());
        assert!(visitor.room().await.unwrap_err().is_unauthorized());
        assert!(visitor.clone().unlock("LongEnough2!").await.unwrap_err().is_unauthorized());
        let inside = visitor.unlock("LongEnough1!").await.unwrap();
        assert_eq!(inside.room().await.unwrap().id, room.id);
    })
    .await;
}

#[tokio::test]
async fn revoked_links_are_not_found() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let links = portal.room(&room).links();
        let link = links.create(Access::Read).send().await.unwrap();
        let visitor = anonymous_visitor(target, link.shared_link.request_token.as_ref().unwrap());
        links.revoke(link.id()).await.unwrap();
        assert_eq!(visitor.room().await.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn internal_links_require_an_account() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let link = portal.room(&room).links().create(Access::Read).internal(true).send().await.unwrap();
        let visitor = anonymous_visitor(target, &link.shared_link.request_token.unwrap());
        assert!(visitor.room().await.unwrap_err().is_unauthorized());
    })
    .await;
}

#[tokio::test]
async fn link_passwords_are_not_sent_over_unencrypted_http() {
    let portal = Portal::builder("http://docspace.invalid").anonymous().build().unwrap();
    let error = portal.visitor("V0FW").unlock("LongEnough1!").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
    assert!(error.advice().contains("allow_http"), "{error}");
}
