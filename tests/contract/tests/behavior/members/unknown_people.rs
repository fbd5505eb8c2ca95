//! Addresses and ids that the portal does not know.

use contract::target::Target;
use docspace::members::MemberId;
use docspace::{Access, ErrorKind, Portal, RoomType};

use super::{changes_sent, has_only_reads, id_of, portal_with_people};

#[tokio::test]
async fn addresses_without_an_account_change_nothing_and_send_no_invitation() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        mock.clear_requests();
        let set = members.set().give(mock.email("ulf"), Access::Read).give("typo@example.com", Access::Read).notify();
        let error = set.give("other@example.com", Access::Read).send().await.unwrap_err();
        assert!(error.is_not_found() && error.nothing_was_done(), "{error}");
        assert!(error.to_string().contains("typo@example.com, other@example.com"), "{error}");
        assert!(error.advice().contains("invite_unknown"), "{error}");
        let error = members.add("typo@example.com", Access::Read).await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains("typo@example.com"), "{error}");
        assert!(has_only_reads(mock));
        assert_eq!(members.total().await.unwrap(), 1, "only the owner is a member");
        for email in ["typo@example.com", "other@example.com"] {
            assert!(portal.people().find(email).await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn people_without_an_account_are_invited_as_guests_on_request() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let set = members.set().give("new@example.com", Access::Read).give(mock.email("ulf"), Access::Read);
        let changes = set.invite_unknown().send().await.unwrap();
        let [invited] = changes.invited.as_slice() else { panic!("{changes:?}") };
        assert_eq!((invited.email.as_deref(), invited.access), (Some("new@example.com"), Access::Read));
        let person = portal.people().find("new@example.com").await.unwrap().unwrap();
        assert_eq!(invited.id, Some(person.id.into()), "{changes:?}");
        assert_eq!(changes.given[0].id, Some(id_of(mock, "ulf").await.into()));

        for email in ["newer@example.com", &mock.email("gus")] {
            members.invite(email, Access::Read).await.unwrap();
            assert!(members.get(email).await.unwrap().is_person(), "{email}");
        }
        members.add("newer@example.com", Access::Editing).await.unwrap();
        assert_eq!(members.invite("new", Access::Read).await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn people_without_an_account_cannot_become_room_managers() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let error = portal.room(&room).members().invite("new@example.com", Access::RoomManager).await.unwrap_err();
        assert!(error.kind() == ErrorKind::Invalid && error.to_string().contains("new@example.com"), "{error}");
        assert!(portal.people().find("new@example.com").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn unknown_ids_are_named_and_change_nothing() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let unknown = MemberId(uuid::Uuid::from_u128(77));
        let set = || members.set().give(mock.email("ulf"), Access::Read);
        let error = set().give(unknown, Access::Read).invite_unknown().send().await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains(&unknown.0.to_string()), "{error}");
        assert_eq!(changes_sent(mock), 0);

        let group = portal.people_groups().create("Auditors").send().await.unwrap();
        assert_eq!(set().give(group.id, Access::Read).send().await.unwrap().given[1].name, "Auditors");
        assert!(members.get(mock.email("ulf")).await.unwrap().is_person());
        assert!(members.get(group.id).await.unwrap().is_group());
    })
    .await;
}

#[tokio::test]
async fn unknown_ids_are_named_if_the_key_cannot_read_people() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let key = portal.keys().create("rooms").scopes(["rooms:write"]).send().await.unwrap();
        let limited = Portal::builder(target.url()).api_key(key.key).build().unwrap();
        let unknown = MemberId(uuid::Uuid::from_u128(77));
        let error = limited.room(&room).members().add(unknown, Access::Read).await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains(&unknown.0.to_string()), "{error}");
    })
    .await;
}

#[tokio::test]
async fn addresses_need_a_key_that_can_read_people_or_an_invitation() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let key = portal.keys().create("rooms").scopes(["rooms:write"]).send().await.unwrap();
        let limited = Portal::builder(target.url()).api_key(key.key).build().unwrap();
        let members = limited.room(&room).members();
        let error = members.add(mock.email("ulf"), Access::Read).await.unwrap_err();
        assert!(error.is_forbidden() && error.advice().contains("accounts:read"), "{error}");
        assert_eq!(changes_sent(mock), 0);
        let error = members.invite("new@example.com", Access::RoomManager).await.unwrap_err();
        assert!(error.is_forbidden() && error.advice().contains("accounts:read"), "{error}");
        members.invite(mock.email("ulf"), Access::Read).await.unwrap();
        members.add(mock.email("ulf"), Access::Editing).await.unwrap();
        members.add(id_of(mock, "gus").await, Access::Editing).await.unwrap();
    })
    .await;
}
