//! Members of a room: who has access, and that a change which the portal answered was also made.

use contract::target::Target;
use docspace::{Access, ErrorKind, Invitee, MemberId, Portal, RoomType};
use docspace_mock::{MockPortal, Role};

const ROLES: [(&str, Role); 3] = [("ann", Role::RoomAdmin), ("ulf", Role::User), ("gus", Role::Guest)];

async fn portal_with_people() -> MockPortal {
    let builder = ROLES.iter().fold(MockPortal::builder(), |builder, (name, role)| builder.person(name, *role));
    builder.start().await.expect("a mock portal")
}

async fn id_of(mock: &MockPortal, name: &str) -> docspace::PersonId {
    let portal = Portal::builder(mock.url()).api_key(mock.key(name)).build().unwrap();
    portal.me().await.unwrap().id
}

#[tokio::test]
async fn somebody_given_access_by_id_is_a_member_and_taken_away_is_none() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let ulf = id_of(mock, "ulf").await;

        members.add(ulf, Access::Editing).await.unwrap();
        let listed = members.list().await.unwrap();
        let found = listed.iter().find(|member| member.id() == Some(MemberId(ulf.0))).unwrap();
        assert_eq!(found.access, Access::Editing);

        members.remove(ulf).await.unwrap();
        assert_eq!(members.list().await.unwrap().len(), 1, "only the owner is left");
    })
    .await;
}

#[tokio::test]
async fn several_changes_go_in_one_call_by_id_and_by_address() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let ann = id_of(mock, "ann").await;
        let changes = members.set().give(ann, Access::RoomManager).give(mock.email("ulf"), Access::Read);
        changes.give("new@example.com", Access::Comment).send().await.unwrap();
        let listed = members.list().await.unwrap();
        let access_of =
            |email: &str| listed.iter().find(|member| member.email() == Some(email)).map(|member| member.access);
        assert_eq!(access_of(&mock.email("ann")), Some(Access::RoomManager));
        assert_eq!(access_of(&mock.email("ulf")), Some(Access::Read));
        assert_eq!(access_of("new@example.com"), Some(Access::Comment));
    })
    .await;
}

#[tokio::test]
async fn a_change_that_the_portal_only_pretends_to_make_is_an_error() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let (ulf, gus) = (id_of(mock, "ulf").await, id_of(mock, "gus").await);
        portal.room(&room).members().add(ulf, Access::Read).await.unwrap();

        // A member without the right is answered with 200, and nothing changes.
        let as_ulf = Portal::builder(mock.url()).api_key(mock.key("ulf")).build().unwrap();
        let error = as_ulf.room(&room).members().add(gus, Access::Editing).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Operation, "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_role_that_the_type_of_room_does_not_have_is_refused_before_anything_changes() {
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
async fn what_can_be_nobody_is_refused() {
    Target::run_on(portal_with_people().await, async |target, _| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        for nobody in [Invitee::from("ann"), Invitee::from("@"), Invitee::Id(MemberId(uuid::Uuid::nil()))] {
            let error = members.add(nobody.clone(), Access::Read).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{nobody}");
        }
        assert_eq!(members.set().send().await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}
