//! People and people groups: finding, creating and inviting, with verification of the result.

use contract::target::Target;
use docspace::people::{PersonId, PersonStatus, PersonType};
use docspace::{Access, ErrorKind, Portal, RoomType};
use docspace_mock::{Fault, MockPortal, Role};
use uuid::Uuid;

const PASSWORD: &str = "LongEnough1!";

async fn with_people() -> MockPortal {
    let people = [("ann", Role::RoomAdmin), ("ulf", Role::User), ("gus", Role::Guest)];
    let builder = people.iter().fold(MockPortal::builder(), |builder, (name, role)| builder.person(name, *role));
    builder.start().await.expect("a mock portal")
}

fn acting_as(mock: &MockPortal, name: &str) -> Portal {
    Portal::builder(mock.url()).api_key(mock.key(name)).build().unwrap()
}

fn id_of(mock: &MockPortal, name: &str) -> PersonId {
    PersonId(mock.person_id(name).parse().unwrap())
}

#[tokio::test]
async fn the_caller_is_found_by_address_and_by_id() {
    Target::run(async |target| {
        let portal = target.portal();
        let me = portal.me().await.unwrap();
        let address = me.email.unwrap();
        assert_eq!(portal.people().find(address.to_uppercase()).await.unwrap().expect("a person").id, me.id);
        assert_eq!(portal.people().get(me.id).await.unwrap().email, Some(address));
    })
    .await;
}

#[tokio::test]
async fn unknown_addresses_are_none_and_unknown_ids_are_an_error() {
    Target::run(async |target| {
        let portal = target.portal();
        assert!(portal.people().find("missing@example.com").await.unwrap().is_none());
        assert!(portal.people().get(PersonId(Uuid::from_u128(77))).await.unwrap_err().is_not_found());
        assert_eq!(portal.people().find("missing").await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn a_404_without_a_message_is_an_error_not_a_missing_person() {
    Target::on_mock(async |target, mock| {
        mock.faults().next("GET /people/email", Fault::status(404));
        let error = target.portal().people().find("ann@example.com").await.unwrap_err();
        assert!(error.is_not_found(), "{error}");
    })
    .await;
}

#[tokio::test]
async fn people_are_filtered_by_type_text_and_status() {
    Target::run_on(with_people().await, async |target, mock| {
        let portal = target.portal();
        let people = portal.people();
        assert_eq!(people.list().total().await.unwrap(), 4);
        let two = people.list().person_type(PersonType::User).person_type(PersonType::Guest).all().await.unwrap();
        let names: Vec<_> = two.iter().filter_map(|person| person.email.clone()).collect();
        assert_eq!(names, [mock.email("gus"), mock.email("ulf")]);
        let found = people.list().search("ANN").all().await.unwrap();
        assert_eq!(found.iter().map(|person| person.id).collect::<Vec<_>>(), [id_of(mock, "ann")]);

        people.invite(["new@example.com"], PersonType::User).await.unwrap();
        assert_eq!(people.list().total().await.unwrap(), 4, "invited people do not count");
        let waiting = people.list().status(PersonStatus::Pending).all().await.unwrap();
        assert!(waiting.len() == 1 && waiting[0].is_invited(), "{waiting:?}");
    })
    .await;
}

#[tokio::test]
async fn lists_of_people_continue_after_the_first_page() {
    Target::on_mock(async |target, mock| {
        mock.portal(|portal| {
            for number in 0..150 {
                portal.add_person(docspace_mock::NewPerson::new(&format!("p{number}"), Role::User));
            }
        });
        let people = target.portal().people().list().all().await.unwrap();
        assert_eq!(people.len(), 151);
        assert_eq!(mock.requests().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn created_accounts_can_sign_in() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let eva = portal.people().create("eva@example.com", "Eva", "O'Neill", PersonType::RoomAdmin);
        let eva = eva.password(PASSWORD).send().await.unwrap();
        assert_eq!(eva.person_type(), Some(PersonType::RoomAdmin));
        let hers = Portal::builder(target.url()).sign_in("eva@example.com", PASSWORD).await.unwrap();
        assert_eq!(hers.me().await.unwrap().id, eva.id);
    })
    .await;
}

#[tokio::test]
async fn invalid_accounts_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let account = |email: &str, first: &str, kind| portal.people().create(email, first, "Last", kind);
        for (wrong, part) in [
            (account("eva", "Eva", PersonType::User).password(PASSWORD), "address"),
            (account("eva@example.com", "Eva2", PersonType::User).password(PASSWORD), "`2`"),
            (account("eva@example.com", "", PersonType::User).password(PASSWORD), "empty"),
            (account("eva@example.com", "Eva", PersonType::All).password(PASSWORD), "All"),
            (account("eva@example.com", "Eva", PersonType::User), "password"),
        ] {
            let error = wrong.send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains(part), "{error}");
        }
        assert!(mock.requests().is_empty());
    })
    .await;
}

#[tokio::test]
async fn addresses_in_use_are_a_conflict_and_bad_passwords_are_invalid() {
    Target::run_on(with_people().await, async |target, mock| {
        let portal = target.portal();
        let again = portal.people().create(mock.email("ann"), "Ann", "Again", PersonType::User).password(PASSWORD);
        let error = again.send().await.unwrap_err();
        assert!(error.is_conflict() && error.to_string().contains("Ann Tester"), "{error}");
        assert!(!format!("{error} {error:?}").contains(PASSWORD));
        let bad = portal.people().create("eva@example.com", "Eva", "E", PersonType::User).password("short1");
        let error = bad.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        assert!(!format!("{error} {error:?}").contains("short1"));
    })
    .await;
}

#[tokio::test]
async fn invite_returns_new_and_existing_people() {
    Target::run_on(with_people().await, async |target, mock| {
        let portal = target.portal();
        let addresses = ["new@example.com".to_owned(), mock.email("ulf")];
        let invited = portal.people().invite(addresses, PersonType::User).await.unwrap();
        assert!(invited[0].is_invited() && !invited[1].is_invited(), "{invited:?}");
        assert_eq!(invited[1].id, id_of(mock, "ulf"));
    })
    .await;
}

#[tokio::test]
async fn inviting_a_person_of_another_type_is_an_error() {
    Target::run_on(with_people().await, async |target, mock| {
        let error = target.portal().people().invite([mock.email("ulf")], PersonType::RoomAdmin).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
        assert!(error.to_string().contains("User") && error.to_string().contains("RoomAdmin"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn invitations_missing_in_the_answer_are_an_error() {
    Target::on_mock(async |target, mock| {
        let nothing = r#"{"response":[],"count":0,"links":[],"status":0,"statusCode":200}"#;
        mock.faults().next("POST /people/invite", Fault::status(200).body(nothing));
        let error = target.portal().people().invite(["new@example.com"], PersonType::User).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotDone, "{error}");
    })
    .await;
}

#[tokio::test]
async fn invalid_invitations_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let no_addresses: [&str; 0] = [];
        for error in [
            portal.people().invite(no_addresses, PersonType::User).await.unwrap_err(),
            portal.people().invite(["a@b.c", "A@b.c"], PersonType::User).await.unwrap_err(),
            portal.people().invite(["a"], PersonType::User).await.unwrap_err(),
            portal.people().invite(["a@b.c"], PersonType::All).await.unwrap_err(),
            portal.people().invite(["a@b.c"], PersonType::Guest).await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        }
        assert!(mock.requests().is_empty());
    })
    .await;
}

#[tokio::test]
async fn users_and_guests_cannot_read_other_people() {
    Target::run_on(with_people().await, async |_, mock| {
        for name in ["ulf", "gus"] {
            let portal = acting_as(mock, name);
            assert!(portal.people().list().all().await.unwrap_err().is_forbidden());
            assert!(portal.people().find(mock.email("ann")).await.unwrap_err().is_forbidden());
            assert_eq!(portal.people().get(id_of(mock, name)).await.unwrap().id, id_of(mock, name));
        }
    })
    .await;
}

#[tokio::test]
async fn people_groups_can_be_created_read_used_and_deleted() {
    Target::run_on(with_people().await, async |target, mock| {
        let portal = target.portal();
        let (ann, ulf) = (id_of(mock, "ann"), id_of(mock, "ulf"));
        let group = portal.people_groups().create(" Auditors ").manager(ann).members([ulf]).send().await.unwrap();
        assert_eq!((group.name.as_str(), group.members_count), ("Auditors", 2));
        assert_eq!(portal.people_groups().list().await.unwrap().len(), 1);
        let mine = portal.people().list().group(group.id).all().await.unwrap();
        assert_eq!(mine.iter().map(|person| person.id).collect::<Vec<_>>(), [ann, ulf]);

        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        portal.room(&room).members().add(group.id, Access::Editing).await.unwrap();
        assert!(acting_as(mock, "ulf").room(&room).get().await.is_ok());

        portal.people_groups().delete(group.id).await.unwrap();
        assert!(portal.people_groups().get(group.id).await.unwrap_err().is_not_found());
        assert!(portal.people_groups().delete(group.id).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn people_groups_with_an_unknown_member_are_not_created() {
    Target::run_on(with_people().await, async |target, mock| {
        let unknown = PersonId(Uuid::from_u128(77));
        let portal = target.portal();
        let group = portal.people_groups().create("Auditors").members([id_of(mock, "ulf"), unknown]);
        let error = group.send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        assert!(portal.people_groups().list().await.unwrap().is_empty());
        assert_eq!(portal.people_groups().create(" ").send().await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

/// The portal would answer 404 to a retry.
#[tokio::test]
async fn deletions_of_people_groups_are_not_retried() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let group = portal.people_groups().create("Auditors").send().await.unwrap();
        mock.faults().next("DELETE /group/*", Fault::status(503).executed());
        let error = portal.people_groups().delete(group.id).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Server, "{error}");
        assert!(portal.people_groups().list().await.unwrap().is_empty());
    })
    .await;
}
