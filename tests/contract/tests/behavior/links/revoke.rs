//! Revoking links.

use contract::target::Target;
use docspace::{Access, ErrorKind, RoomLink, RoomType};
use docspace_mock::Fault;
use serde_json::json;

use super::links;

/// A good answer that says nothing.
fn nothing() -> Fault {
    Fault::status(200).body(json!({"count": 0, "links": [], "status": 0, "statusCode": 200}).to_string())
}

#[tokio::test]
async fn a_revoked_link_is_gone() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let external = links.create(Access::Read).send().await.unwrap();
        let invitation = links.invite(Access::Read).send().await.unwrap();
        let primary = links.primary().await.unwrap();
        for link in [external, invitation, primary] {
            assert_eq!(links.revoke(link.id()).await.unwrap(), None);
            assert!(links.get(link.id()).await.unwrap_err().is_not_found());
        }
        assert!(links.list().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn revoking_a_public_rooms_primary_link_gives_a_new_one() {
    Target::run(async |target| {
        let links = links(target, RoomType::Public).await;
        let old = links.primary().await.unwrap();
        let new = links.revoke(old.id()).await.unwrap().expect("a new link");
        assert!(new.is_primary());
        assert_ne!(new.id(), old.id());
        assert_ne!(new.url(), old.url());
        assert_eq!(links.list().await.unwrap().iter().map(RoomLink::id).collect::<Vec<_>>(), [new.id()]);
    })
    .await;
}

#[tokio::test]
async fn the_new_primary_link_comes_with_its_key() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Public).send().await.unwrap();
        let links = portal.room(&room).links();
        let old = links.primary().await.unwrap();
        let new = links.revoke(old.id()).await.unwrap().expect("a new link");
        assert!(new.key().is_some_and(|key| Some(key.expose()) != old.key().map(|old| old.expose())));
    })
    .await;
}

/// Whoever changes a link while it is revoked makes it again.
#[tokio::test]
async fn a_link_that_is_still_there_was_not_revoked() {
    Target::on_mock(async |target, mock| {
        for of in [RoomType::Custom, RoomType::Public] {
            let portal = target.portal();
            let room = portal.rooms().create("room", of).send().await.unwrap();
            let links = portal.room(&room).links();
            let primary = links.primary().await.unwrap();
            mock.faults().next("PUT /files/rooms/*/links", nothing());
            let error = links.revoke(primary.id()).await.unwrap_err();
            assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("revoke_room_link")), "{error}");
            assert!(error.to_string().contains("still there"), "{error}");
            links.revoke(primary.id()).await.unwrap();
            assert!(links.get(primary.id()).await.unwrap_err().is_not_found());
        }
    })
    .await;
}

/// With `internal` a public room's link would be kept, and the answer would be a success.
#[tokio::test]
async fn a_revocation_does_not_mention_who_may_use_the_link() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Public).send().await.unwrap();
        let links = portal.room(&room).links();
        let made = links.create(Access::Read).send().await.unwrap();
        links.revoke(made.id()).await.unwrap();
        let expected = json!({"linkId": made.id(), "linkType": 1, "access": 0});
        let sent = mock.requests().into_iter().rfind(|request| request.method == "PUT");
        assert_eq!(sent.and_then(|request| request.json()), Some(expected));
    })
    .await;
}
