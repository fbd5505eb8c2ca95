//! Replacing all members.

use contract::target::Target;
use docspace::members::{Changes, Invitee, Members};
use docspace::{Access, ErrorKind, RoomType};
use docspace_mock::MockPortal;

use super::{acting_as, changes_sent, has_only_reads, id_of, portal_with_people};

/// A room with ulf, gus and a people group as members.
async fn members_of_a_room(target: &Target, mock: &MockPortal) -> (Members, Invitee) {
    let portal = target.portal();
    let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
    let group = portal.people_groups().create("Auditors").send().await.unwrap();
    let members = portal.room(&room).members();
    let set = members.set().give(mock.email("ulf"), Access::Read).give(mock.email("gus"), Access::Read);
    let made = set.give(group.id, Access::Read).send().await.unwrap();
    assert_eq!(made.given.len(), 3);
    mock.clear_requests();
    (members, group.id.into())
}

async fn names(members: &Members) -> Vec<String> {
    let listed = members.list().await.unwrap();
    let others = listed.iter().filter(|member| !member.is_owner);
    others.map(|member| format!("{} {}", member.name().unwrap(), member.access)).collect()
}

fn sizes(changes: &Changes) -> [usize; 4] {
    [changes.invited.len(), changes.given.len(), changes.removed.len(), changes.unchanged.len()]
}

#[tokio::test]
async fn replaced_members_are_exactly_the_given_ones_and_the_owner() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let (members, _) = members_of_a_room(target, mock).await;
        let set = members.replace([(mock.email("ann"), Access::RoomManager), (mock.email("ulf"), Access::Editing)]);
        let preview = set.preview().await.unwrap();
        assert!(has_only_reads(mock));
        assert_eq!(names(&members).await.len(), 3);

        let changes = set.send().await.unwrap();
        assert_eq!(changes, preview);
        assert_eq!(sizes(&changes), [0, 2, 2, 0], "{changes:?}");
        let removed: Vec<&str> = changes.removed.iter().map(|change| change.name.as_str()).collect();
        assert!(removed.contains(&"Auditors") && removed.contains(&"Gus Tester"), "{removed:?}");
        assert_eq!(names(&members).await, ["Ann Tester RoomManager", "Ulf Tester Editing"]);
        assert!(members.list().await.unwrap()[0].is_owner);
    })
    .await;
}

#[tokio::test]
async fn members_that_are_as_wanted_are_not_sent_again() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let (members, group) = members_of_a_room(target, mock).await;
        let gus = Invitee::from(id_of(mock, "gus").await);
        let wanted =
            [(mock.email("ulf").to_uppercase().into(), Access::Read), (gus, Access::Read), (group, Access::Read)];
        let changes = members.replace(wanted).send().await.unwrap();
        assert_eq!(sizes(&changes), [0, 0, 0, 3], "{changes:?}");
        assert_eq!(changes_sent(mock), 0);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_address_removes_and_invites_no_one() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let (members, _) = members_of_a_room(target, mock).await;
        let wanted = || [("typo@example.com", Access::Read)];
        for error in
            [members.replace(wanted()).check().await.unwrap_err(), members.replace(wanted()).send().await.unwrap_err()]
        {
            assert!(error.is_not_found() && error.to_string().contains("typo@example.com"), "{error}");
        }
        assert!(has_only_reads(mock));
        assert_eq!(names(&members).await.len(), 3);

        let changes = members.replace(wanted()).invite_unknown().send().await.unwrap();
        assert_eq!(sizes(&changes), [1, 0, 3, 0], "{changes:?}");
    })
    .await;
}

#[tokio::test]
async fn an_empty_list_leaves_only_the_owner() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let (members, _) = members_of_a_room(target, mock).await;
        let none: [(&str, Access); 0] = [];
        assert_eq!(sizes(&members.replace(none).send().await.unwrap()), [0, 0, 3, 0]);
        assert!(names(&members).await.is_empty());
        assert!(members.replace(none).send().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_owner_cannot_be_given() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let (members, _) = members_of_a_room(target, mock).await;
        let me = target.portal().me().await.unwrap();
        let error = members.replace([(me.id, Access::RoomManager)]).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        assert_eq!(changes_sent(mock), 0);
    })
    .await;
}

#[tokio::test]
async fn callers_cannot_remove_themselves() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let (members, _) = members_of_a_room(target, mock).await;
        let room = target.portal().rooms().list().all().await.unwrap().remove(0);
        let ann = id_of(mock, "ann").await;
        members.add(ann, Access::RoomManager).await.unwrap();
        mock.clear_requests();

        let as_ann = acting_as(mock, "ann").room(&room).members();
        let ulf = (Invitee::from(mock.email("ulf")), Access::Editing);
        let error = as_ann.replace([ulf.clone()]).send().await.unwrap_err();
        assert!(error.kind() == ErrorKind::Invalid && error.to_string().contains("Ann Tester"), "{error}");
        assert_eq!(changes_sent(mock), 0);

        let changes = as_ann.replace([ulf, (ann.into(), Access::RoomManager)]).send().await.unwrap();
        assert_eq!(sizes(&changes), [0, 1, 2, 1], "{changes:?}");
    })
    .await;
}

#[tokio::test]
async fn callers_who_cannot_see_the_members_cannot_replace_them() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        members_of_a_room(target, mock).await;
        let room = target.portal().rooms().list().all().await.unwrap().remove(0);
        let as_ann = acting_as(mock, "ann").room(&room).members();
        let error = as_ann.replace([(mock.email("ulf"), Access::Read)]).check().await.unwrap_err();
        assert!(error.is_forbidden(), "{error}");
        assert!(has_only_reads(mock));
    })
    .await;
}
