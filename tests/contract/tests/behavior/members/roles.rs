//! Roles of members.

use contract::target::Target;
use docspace::members::Invitee;
use docspace::{Access, ErrorKind, Portal, RoomType};

use super::{changes_sent, id_of, portal_with_people};

#[tokio::test]
async fn roles_that_the_room_type_does_not_have_are_rejected_before_anything_is_sent() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Public).send().await.unwrap();
        let ulf = id_of(mock, "ulf").await;
        let before = mock.requests().len();
        let error = portal.room(&room).members().add(ulf, Access::Read).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}

#[tokio::test]
async fn the_portal_accepts_exactly_the_roles_of_the_room_type() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let ann = id_of(mock, "ann").await;
        for room_type in
            [RoomType::FillingForms, RoomType::Editing, RoomType::Custom, RoomType::Public, RoomType::VirtualData]
        {
            let room = portal.rooms().create(target.title("room"), room_type).send().await.unwrap();
            let roles = docspace::members::Members::roles_of(room_type).unwrap();
            for access in Access::ALL.iter().filter(|access| **access != Access::None) {
                let invitation = docspace::api::types::MemberInvitation::by_id(ann, *access);
                let body = docspace::api::types::SetMembersRequest::without_notification([invitation]);
                use docspace::api::ClientMembersExt;
                let accepted = portal.api().set_members().id(room.id.clone()).body(body).send().await.is_ok();
                assert_eq!(accepted, roles.contains(access), "{access} in {room_type}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn users_guests_and_groups_are_rejected_as_room_managers_before_anything_changes() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let group = portal.people_groups().create("Auditors").send().await.unwrap();
        let people = [Invitee::from(id_of(mock, "ulf").await), mock.email("gus").into(), group.id.into()];
        for (invitee, text) in people.into_iter().zip(["User", "Guest", "group"]) {
            let error = members.add(invitee, Access::RoomManager).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains(text), "{error}");
        }
        assert_eq!(changes_sent(mock), 0);
        members.add(mock.email("ann"), Access::RoomManager).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn roles_are_checked_by_the_portal_if_the_key_cannot_read_people() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let key = portal.keys().create("rooms").scopes(["rooms:write", "files:write"]).send().await.unwrap();
        let limited = Portal::builder(target.url()).api_key(key.key).build().unwrap();
        let members = limited.room(&room).members();
        // A portal refuses this role for an address, even for that of a room admin.
        let error = members.invite(mock.email("ann"), Access::RoomManager).await.unwrap_err();
        assert!(error.is_forbidden(), "{error}");
        for invitee in [Invitee::from(id_of(mock, "ulf").await), mock.email("ulf").into()] {
            let set = members.set().give(invitee, Access::RoomManager).invite_unknown();
            set.check().await.unwrap();
            let error = set.send().await.unwrap_err();
            assert!(error.is_forbidden() && error.to_string().contains("RoomManager"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_owner_cannot_get_a_role_or_be_removed() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let me = portal.me().await.unwrap();
        let by_address = me.email.clone().unwrap();
        for error in [
            members.add(me.id, Access::Read).await.unwrap_err(),
            members.add(by_address.clone(), Access::Editing).await.unwrap_err(),
            members.remove(me.id).await.unwrap_err(),
            members.leave().await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        }
        assert_eq!(members.total().await.unwrap(), 1);
        let owner = members.get(by_address).await.unwrap();
        assert!(owner.is_owner && owner.access == Access::ReadWrite, "{owner:?}");
    })
    .await;
}
