//! Removals that the portal carried out although the answer was lost: they are not failures.

use contract::target::Target;
use docspace::members::Invitee;
use docspace::people::PersonId;
use docspace::{Portal, RoomType};
use docspace_mock::{Fault, MockPortal, Role};

/// If the request is sent again, the portal takes the link's id for that of another link, and
/// rejects it.
#[tokio::test]
async fn a_revocation_in_a_full_room_succeeds_when_the_answer_is_lost() {
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

/// A portal lists no links of a room to a caller who may not see them.
#[tokio::test]
async fn a_refused_revocation_is_an_error_although_no_link_is_listed() {
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
async fn a_member_who_leaves_has_left_when_the_answer_is_lost() {
    let mock = MockPortal::builder().person("ann", Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let room = target.portal().rooms().create("x", RoomType::Custom).send().await.unwrap();
        let ann: PersonId = mock.person_id("ann").parse().unwrap();
        let as_ann = Portal::builder(mock.url()).api_key(mock.key("ann")).build().unwrap();
        for who in [Invitee::from(ann), Invitee::from(mock.email("ann"))] {
            target.portal().room(&room).members().add(ann, docspace::Access::RoomManager).await.unwrap();
            mock.faults().next("PUT /files/rooms/*/share", Fault::status(503).executed());
            as_ann.room(&room).members().remove(who).await.unwrap();
            assert!(target.portal().room(&room).members().get(ann).await.unwrap_err().is_not_found());
        }
    })
    .await;
}

/// Sent again, the portal no longer knows the link and says nothing, but there is a new one for everybody to see.
#[tokio::test]
async fn a_revocation_whose_answer_is_lost_tells_of_the_new_link() {
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
