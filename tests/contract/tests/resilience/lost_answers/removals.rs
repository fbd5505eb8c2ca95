//! Removals whose answer is lost after the portal executed them: they succeed.

use contract::target::Target;
use docspace::members::Invitee;
use docspace::people::PersonId;
use docspace::{Portal, RoomType};
use docspace_mock::{Fault, MockPortal, Role};

/// The portal takes the id in a retried request for the id of a new link, and rejects it because
/// the room is full.
#[tokio::test]
async fn revocations_in_a_full_room_succeed_if_the_answer_is_lost() {
    for (kind, fault) in [
        (RoomType::Custom, Fault::status(503).executed()),
        (RoomType::Custom, Fault::reset().executed()),
        (RoomType::Custom, Fault::status(503).executed().times(100)),
        (RoomType::Public, Fault::truncate()),
    ] {
        Target::on_mock(async |target, mock| {
            let portal = target.portal();
            let room = portal.rooms().create("x", kind).send().await.unwrap();
            let links = portal.room(&room).links();
            let primary = links.primary().await.unwrap();
            for _ in 0..5 {
                links.create(docspace::Access::Read).send().await.unwrap();
            }
            mock.faults().next("PUT /files/rooms/*/links", fault);
            let new = links.revoke(primary.id()).await.unwrap();
            assert_eq!(new.is_some(), kind == RoomType::Public);
            assert!(links.list().await.unwrap().iter().all(|link| link.id() != primary.id()));
        })
        .await;
    }
}

/// A portal lists no links of a room to a caller who is not allowed to see them.
#[tokio::test]
async fn refused_revocations_are_an_error_although_no_link_is_listed() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let links = portal.room(&room).links();
        let primary = links.primary().await.unwrap();
        for status in [403, 503] {
            mock.faults().next("PUT /files/rooms/*/links", Fault::status(status).times(100));
            let error = links.revoke(primary.id()).await.unwrap_err();
            assert_eq!(error.status(), Some(status), "{error}");
            mock.faults().clear();
        }
        mock.faults().next("PUT /files/rooms/*/links", Fault::status(403).executed());
        assert!(links.revoke(primary.id()).await.unwrap_err().is_forbidden());
    })
    .await;
}

#[tokio::test]
async fn leaving_a_room_succeeds_if_the_answer_is_lost() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let room = target.portal().rooms().create("x", RoomType::Custom).send().await.unwrap();
        let ann: PersonId = mock.person_id("ann").parse().unwrap();
        let as_ann = Portal::builder(mock.url()).api_key(mock.key("ann")).build().unwrap();
        for invitee in [Invitee::from(ann), Invitee::from(mock.email("ann"))] {
            target.portal().room(&room).members().add(ann, docspace::Access::RoomManager).await.unwrap();
            mock.faults().next("PUT /files/rooms/*/share", Fault::status(503).executed());
            as_ann.room(&room).members().remove(invitee).await.unwrap();
            assert!(target.portal().room(&room).members().get(ann).await.unwrap_err().is_not_found());
        }
    })
    .await;
}

/// The portal does not know the link in the retried request and returns nothing, but the room has a
/// new primary link.
#[tokio::test]
async fn revocations_with_a_lost_answer_return_the_new_link() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Public).send().await.unwrap();
        let links = portal.room(&room).links();
        let old = links.primary().await.unwrap();
        mock.faults().next("PUT /files/rooms/*/links", Fault::status(503).executed());
        let new = links.revoke(old.id()).await.unwrap().expect("the new link");
        assert!(new.is_primary() && new.id() != old.id());
    })
    .await;
}
