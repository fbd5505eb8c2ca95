//! Checks and previews of changes.

use contract::target::Target;
use docspace::members::Members;
use docspace::{Access, ErrorKind, RoomType};
use docspace_mock::MockPortal;

use super::{has_only_reads, id_of, portal_with_people};

async fn members_of_a_room(target: &Target) -> Members {
    let portal = target.portal();
    let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
    // The type of the room is not known, so it has to be read.
    portal.room(&room.id).members()
}

#[tokio::test]
async fn checks_report_all_problems_with_names_and_send_only_reads() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let members = members_of_a_room(target).await;
        let owner = target.portal().me().await.unwrap();
        let group = target.portal().people_groups().create("Auditors").send().await.unwrap();
        mock.clear_requests();
        let set = members.set().give(id_of(mock, "gus").await, Access::RoomManager).give(owner.id, Access::Read);
        let set = set.give("typo@example.com", Access::FillForms).give(group.id, Access::RoomManager);
        let set = set.give(mock.email("ulf"), Access::Read).remove(mock.email("ann")).notify();
        let error = set.check().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Invalid, Some("set_members")), "{error}");
        let text = error.to_string();
        for part in [
            &format!("Gus Tester ({}) is a Guest", mock.email("gus")),
            "Auditors is a people group",
            &format!("{} ({}) owns the room", owner.display_name, owner.email.unwrap()),
            "typo@example.com",
            "cannot have the access FillForms",
            &format!("{} is not a member", mock.email("ann")),
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains(&mock.email("ulf")), "{text}");
        assert_eq!(set.preview().await.unwrap_err().to_string(), text);
        assert_eq!(set.send().await.unwrap_err().to_string(), text);
        assert!(has_only_reads(mock));
    })
    .await;
}

#[tokio::test]
async fn checks_of_valid_changes_send_only_reads() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let members = members_of_a_room(target).await;
        members.add(mock.email("gus"), Access::Read).await.unwrap();
        mock.clear_requests();
        let set = members.set().give(mock.email("ulf"), Access::Editing).remove(mock.email("gus")).notify();
        let set = set.give("new@example.com", Access::Read).give(id_of(mock, "ann").await, Access::Read);
        let set = set.invite_unknown();
        set.check().await.unwrap();
        let mut preview = set.preview().await.unwrap();
        assert!(has_only_reads(mock));
        assert!(target.portal().people().find("new@example.com").await.unwrap().is_none());

        let changes = set.send().await.unwrap();
        preview.invited[0].id = changes.invited[0].id;
        assert_eq!(preview, changes, "the account gets its id only when it is created");
    })
    .await;
}

#[tokio::test]
async fn invalid_input_is_reported_together_before_anything_is_sent() {
    Target::on_mock(async |target, mock: &MockPortal| {
        let members = target.portal().room(7).members();
        let set = members.set().give("ann", Access::Read).give("bob", Access::Unknown(99));
        let error = set.give("eve@example.com", Access::Read).remove("EVE@example.com").check().await.unwrap_err();
        let text = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        for part in ["`ann`", "`bob`", "99", "EVE@example.com is given twice"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(members.set().check().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert!(mock.requests().is_empty());
    })
    .await;
}
