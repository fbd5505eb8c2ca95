//! Revoking links.

use contract::target::Target;
use docspace::{Access, ErrorKind, RoomLink, RoomType};
use docspace_mock::Fault;
use serde_json::json;

use super::links;

/// A successful answer without a `response`.
fn answer_without_response() -> Fault {
    Fault::status(200).body(json!({"count": 0, "links": [], "status": 0, "statusCode": 200}).to_string())
}

#[tokio::test]
async fn revoked_links_are_not_found() {
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
async fn revoking_the_primary_link_of_a_public_room_returns_a_new_one() {
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
async fn the_new_primary_link_has_a_new_key() {
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

/// An update at the same time as the revocation creates the link again.
#[tokio::test]
async fn revoking_fails_if_the_link_still_exists() {
    Target::on_mock(async |target, mock| {
        for of in [RoomType::Custom, RoomType::Public] {
            let portal = target.portal();
            let room = portal.rooms().create("room", of).send().await.unwrap();
            let links = portal.room(&room).links();
            let primary = links.primary().await.unwrap();
            mock.faults().next("PUT /files/rooms/*/links", answer_without_response());
            let error = links.revoke(primary.id()).await.unwrap_err();
            assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("revoke_room_link")), "{error}");
            assert!(error.to_string().contains("still"), "{error}");
            links.revoke(primary.id()).await.unwrap();
            assert!(links.get(primary.id()).await.unwrap_err().is_not_found());
        }
    })
    .await;
}

/// With `internal`, the portal answers with a success, but keeps the link of a public room.
#[tokio::test]
async fn revocations_are_sent_without_the_internal_flag() {
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
