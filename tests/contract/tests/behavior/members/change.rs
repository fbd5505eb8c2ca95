//! Adding, changing and removing members, and listing them.

use contract::target::Target;
use docspace::members::{Invitee, MemberId};
use docspace::{Access, ErrorKind, Portal, RoomType};

use super::{acting_as, changes_sent, id_of, portal_with_people};

#[tokio::test]
async fn members_can_be_added_and_removed_by_id() {
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
        assert_eq!(members.list().await.unwrap().len(), 1, "only the owner remains");
    })
    .await;
}

#[tokio::test]
async fn several_changes_by_id_and_by_address_can_be_made_in_one_call() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let ann = id_of(mock, "ann").await;
        let changes = members.set().give(ann, Access::RoomManager).give(mock.email("ulf"), Access::Read);
        let made = changes.give("new@example.com", Access::Comment).invite_unknown().send().await.unwrap();
        assert_eq!((made.given.len(), made.invited.len()), (2, 1), "{made:?}");
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
async fn changes_that_the_portal_did_not_make_are_an_error() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let (ulf, gus) = (id_of(mock, "ulf").await, id_of(mock, "gus").await);
        portal.room(&room).members().add(ulf, Access::Read).await.unwrap();

        // If a member is not allowed to change members, the portal answers 200 and changes nothing.
        let as_ulf = Portal::builder(mock.url()).api_key(mock.key("ulf")).build().unwrap();
        let error = as_ulf.room(&room).members().add(gus, Access::Editing).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
    })
    .await;
}

#[tokio::test]
async fn invalid_ids_and_addresses_are_rejected() {
    Target::run_on(portal_with_people().await, async |target, _| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        for unknown in [Invitee::from("ann"), Invitee::from("@"), Invitee::Id(MemberId(uuid::Uuid::nil()))] {
            let error = members.add(unknown.clone(), Access::Read).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{unknown}");
        }
        assert_eq!(members.set().send().await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn the_same_person_by_id_and_by_address_is_rejected() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let set = portal.room(&room).members().set();
        let twice = set.give(id_of(mock, "ulf").await, Access::Read).give(mock.email("ulf"), Access::Editing);
        let error = twice.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        assert_eq!(changes_sent(mock), 0);
    })
    .await;
}

#[tokio::test]
async fn changes_name_who_got_access_who_was_removed_and_who_stays_as_before() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let (ann, ulf, gus) = (id_of(mock, "ann").await, id_of(mock, "ulf").await, id_of(mock, "gus").await);
        let before = members.set().give(ann, Access::Read).give(ulf, Access::Read).give(gus, Access::Read);
        assert_eq!(before.send().await.unwrap().given.len(), 3);

        let set = members.set().give(ann, Access::Editing).remove(mock.email("ulf")).give(gus, Access::Read);
        let changes = set.remove(MemberId(uuid::Uuid::from_u128(77))).send().await.unwrap();
        let [given] = changes.given.as_slice() else { panic!("{changes:?}") };
        assert_eq!((given.id, given.name.as_str()), (Some(ann.into()), "Ann Tester"));
        assert_eq!((given.before, given.access), (Some(Access::Read), Access::Editing));
        assert_eq!(given.to_string(), format!("Ann Tester ({})", mock.email("ann")));
        let [removed] = changes.removed.as_slice() else { panic!("{changes:?}") };
        assert_eq!((removed.id, removed.before, removed.access), (Some(ulf.into()), Some(Access::Read), Access::None));
        assert_eq!(changes.unchanged.len(), 2, "{changes:?}");
        assert!(changes.invited.is_empty() && !changes.is_empty());
        let json = serde_json::to_value(&changes).unwrap();
        assert_eq!(json["removed"][0]["email"], mock.email("ulf"));
    })
    .await;
}

/// A message about an access that a member already has would only confuse.
#[tokio::test]
async fn members_who_already_have_the_access_are_not_sent() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let (ann, ulf) = (id_of(mock, "ann").await, id_of(mock, "ulf").await);
        members.add(ulf, Access::Read).await.unwrap();
        mock.clear_requests();
        let again = members.set().give(ulf, Access::Read).notify().send().await.unwrap();
        assert!(again.is_empty() && changes_sent(mock) == 0, "{again:?}");
        let both = members.set().give(ulf, Access::Read).give(ann, Access::Read).notify().send().await.unwrap();
        assert_eq!((both.given.len(), both.unchanged.len()), (1, 1), "{both:?}");
        let sent = mock.requests().into_iter().find(|request| request.method == "PUT").unwrap();
        assert!(sent.body.contains(&ann.to_string()) && !sent.body.contains(&ulf.to_string()), "{}", sent.body);
    })
    .await;
}

#[tokio::test]
async fn refusals_report_the_changes_that_were_made() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let key = portal.keys().create("rooms").scopes(["rooms:write"]).send().await.unwrap();
        let members = Portal::builder(target.url()).api_key(key.key).build().unwrap().room(&room).members();
        let changes = members.set().give(mock.email("ann"), Access::Read).give(mock.email("ulf"), Access::RoomManager);
        let error = changes.give(mock.email("gus"), Access::Read).invite_unknown().send().await.unwrap_err();
        assert!(error.is_forbidden(), "{error}");
        let [ann, ulf, gus] = ["ann", "ulf", "gus"].map(|name| mock.email(name));
        let advice = error.advice();
        assert!(advice.contains(&ann) && advice.contains(&ulf) && advice.contains("RoomManager"), "{error}");
        assert!(!advice.contains(&gus), "{error}");
        assert!(members.get(ann).await.is_ok() && members.get(gus).await.unwrap_err().is_not_found());
    })
    .await;
}

/// No recording shows that a portal removes access by e-mail address, and it may invite an unknown
/// address.
#[tokio::test]
async fn members_removed_by_address_are_sent_by_id() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let (members, ulf) = (portal.room(&room).members(), id_of(mock, "ulf").await);
        members.add(ulf, Access::Read).await.unwrap();
        mock.clear_requests();
        for unknown in ["unknown@example.com", &mock.email("ann")] {
            let error = members.remove(unknown).await.unwrap_err();
            assert!(error.is_not_found() && error.to_string().contains(unknown), "{error}");
        }
        assert!(
            mock.requests().iter().all(|request| request.method == "GET"),
            "no change is sent for people who are not members"
        );
        members.remove(mock.email("ulf").to_uppercase()).await.unwrap();
        let sent = mock.requests().into_iter().find(|request| request.method == "PUT").unwrap();
        assert!(sent.body.contains(&ulf.to_string()) && !sent.body.contains('@'), "{}", sent.body);
        assert!(members.get(ulf).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn members_of_every_role_can_leave_with_every_credential() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let key = acting_as(mock, "ann").keys().create("rooms").scopes(["rooms:write"]).send().await.unwrap();
        let limited = Portal::builder(target.url()).api_key(key.key).build().unwrap();
        let with_token = Portal::builder(target.url()).token(mock.token("gus")).build().unwrap();
        for (name, portal, access) in [
            ("ulf", acting_as(mock, "ulf"), Access::Read),
            ("gus", with_token, Access::Editing),
            ("ann", limited, Access::RoomManager),
        ] {
            members.add(mock.email(name), access).await.unwrap();
            portal.room(&room).members().leave().await.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(members.get(mock.email(name)).await.unwrap_err().is_not_found(), "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_and_groups_are_distinguished_and_counted() {
    Target::run_on(portal_with_people().await, async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let members = portal.room(&room).members();
        let group = portal.people_groups().create("Auditors").members([id_of(mock, "ulf").await]).send().await.unwrap();
        members.add(group.id, Access::Read).await.unwrap();
        members.add(mock.email("gus"), Access::Read).await.unwrap();
        let names = |list: Vec<docspace::members::Member>| -> Vec<String> {
            list.iter().filter_map(|member| member.name().map(str::to_owned)).collect()
        };
        assert_eq!(names(members.groups().await.unwrap()), ["Auditors"]);
        let people = members.people().await.unwrap();
        assert!(people[0].is_owner && people.iter().all(|member| !member.is_unknown_person()));
        assert_eq!(names(people)[1..], ["Gus Tester"]);
        assert_eq!(members.total().await.unwrap(), 3);
        assert!(
            members.get(mock.email("ulf")).await.unwrap_err().is_not_found(),
            "ulf is a member only through the group"
        );
    })
    .await;
}

#[tokio::test]
async fn contradictory_changes_are_rejected() {
    Target::on_mock(async |target, mock| {
        let members = target.portal().room(7).members();
        let twice = members.set().give("ann@example.com", Access::Read).remove("ANN@example.com");
        assert_eq!(twice.send().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(members.resend_invitations([]).await.unwrap_err().kind(), ErrorKind::Invalid);
        assert!(mock.requests().is_empty());
    })
    .await;
}
