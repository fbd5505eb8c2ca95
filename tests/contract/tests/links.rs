//! The second workflow: the links of a room.

use chrono::{Days, Utc};
use contract::target::Target;
use docspace::{Access, ErrorKind, LinkId, Links, RoomLink, RoomType, Timestamp};
use docspace_mock::{Fault, MockPortal};
use serde_json::json;

/// A password that every portal takes.
const PASSWORD: &str = "Tr0ub4dor&3";

async fn links(target: &Target, kind: RoomType) -> Links {
    let portal = target.portal();
    let room = portal.rooms().create(target.title("room"), kind).send().await.unwrap();
    portal.room(&room).links()
}

/// A whole second in some days: a portal keeps no fractions.
fn in_days(days: u64) -> Timestamp {
    let date = (Utc::now() + Days::new(days)).date_naive().and_hms_opt(12, 0, 0).unwrap();
    date.and_utc().into()
}

/// An external link with everything that one can have.
async fn full(links: &Links) -> RoomLink {
    let link = links.create(Access::Comment).title("For the client").expires(in_days(30)).password(PASSWORD);
    link.internal(true).deny_download(true).send().await.unwrap()
}

fn password(link: &RoomLink) -> Option<&str> {
    link.shared_link.password.as_ref().map(|password| password.expose())
}

#[tokio::test]
async fn a_new_link_is_what_was_asked_for() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = full(&links).await;
        assert_eq!((made.access, made.title()), (Access::Comment, "For the client"));
        assert_eq!(made.shared_link.expiration_date, Some(in_days(30)));
        assert_eq!(password(&made), Some(PASSWORD));
        assert!(made.shared_link.internal && made.shared_link.deny_download);
        assert!(!made.is_primary() && !made.is_invitation() && !made.is_expired());
        assert!(made.url().starts_with("http"), "{}", made.url());
        assert_eq!(links.list().await.unwrap(), [made]);
    })
    .await;
}

#[tokio::test]
async fn a_new_title_keeps_all_other_options() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = full(&links).await;
        let changed = links.update(made.id()).title("Renamed").send().await.unwrap();
        assert_eq!(changed.title(), "Renamed");
        let mut expected = made;
        expected.shared_link.title = "Renamed".into();
        expected.shared_to = changed.shared_to.clone();
        assert_eq!(changed, expected);
    })
    .await;
}

#[tokio::test]
async fn a_new_access_keeps_all_other_options() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = full(&links).await;
        let changed = links.update(made.id()).access(Access::Editing).send().await.unwrap();
        assert_eq!(changed, RoomLink { access: Access::Editing, ..made });
    })
    .await;
}

#[tokio::test]
async fn a_new_expiry_keeps_the_password() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = full(&links).await;
        let changed = links.update(made.id()).expires(in_days(60)).send().await.unwrap();
        assert_eq!(changed.shared_link.expiration_date, Some(in_days(60)));
        assert_eq!(password(&changed), Some(PASSWORD));
        assert!(changed.shared_link.internal && changed.shared_link.deny_download);
    })
    .await;
}

#[tokio::test]
async fn an_expiry_and_a_password_can_be_taken_away() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = full(&links).await;
        let changed = links.update(made.id()).never_expires().no_password().send().await.unwrap();
        assert_eq!((changed.shared_link.expiration_date, password(&changed)), (None, None));
        assert_eq!((changed.title(), changed.access), ("For the client", Access::Comment));
        assert!(changed.shared_link.deny_download);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_keeps_its_limit_when_it_is_renamed() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = links.invite(Access::Editing).max_uses(10).expires(in_days(7)).send().await.unwrap();
        assert!(made.is_invitation());
        assert_eq!((made.access, made.shared_link.max_use_count), (Access::Editing, Some(10)));
        let changed = links.update(made.id()).title("Join us").send().await.unwrap();
        assert_eq!((changed.title(), changed.shared_link.max_use_count), ("Join us", Some(10)));
        assert_eq!(changed.shared_link.expiration_date, Some(in_days(7)));
    })
    .await;
}

#[tokio::test]
async fn a_room_has_one_invitation() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        links.invite(Access::Read).title("For everybody").send().await.unwrap();
        let error = links.invite(Access::Read).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Conflict, Some(403)));
        assert!(error.to_string().contains("`For everybody`"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_room_has_five_additional_links() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        for _ in 0..5 {
            links.create(Access::Read).send().await.unwrap();
        }
        // Links of other kinds do not count.
        links.primary().await.unwrap();
        links.invite(Access::Read).send().await.unwrap();
        let error = links.create(Access::Read).send().await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Conflict, Some("create_room_link")), "{error}");
        assert_eq!(links.list().await.unwrap().len(), 7);
    })
    .await;
}

#[tokio::test]
async fn all_kinds_of_link_are_listed() {
    Target::run(async |target| {
        let links = links(target, RoomType::Public).await;
        let external = links.create(Access::Editing).send().await.unwrap();
        let invitation = links.invite(Access::Read).send().await.unwrap();
        let primary = links.primary().await.unwrap();
        let listed = links.list().await.unwrap();
        assert_eq!(listed.len(), 3);
        for link in [external, invitation, primary] {
            assert!(listed.iter().any(|listed| listed.id() == link.id()), "{link:?}");
            assert_eq!(links.get(link.id()).await.unwrap().id(), link.id());
        }
    })
    .await;
}

#[tokio::test]
async fn a_custom_room_gets_its_primary_link_when_it_is_asked_for() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        assert!(links.list().await.unwrap().is_empty());
        let primary = links.primary().await.unwrap();
        assert!(primary.is_primary());
        assert_eq!(links.primary().await.unwrap().id(), primary.id());
        assert_eq!(links.list().await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_revoked_link_is_gone() {
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
async fn revoking_a_public_rooms_primary_link_gives_a_new_one() {
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
async fn a_public_rooms_link_is_renamed_although_it_cannot_be_internal() {
    Target::run(async |target| {
        let links = links(target, RoomType::Public).await;
        let primary = links.primary().await.unwrap();
        let changed = links.update(primary.id()).title("For everybody").password(PASSWORD).send().await.unwrap();
        assert_eq!((changed.title(), password(&changed)), ("For everybody", Some(PASSWORD)));
        let error = links.update(primary.id()).internal(true).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn a_form_filling_rooms_primary_link_can_be_changed() {
    Target::run(async |target| {
        let links = links(target, RoomType::FillingForms).await;
        let primary = links.primary().await.unwrap();
        assert_eq!(primary.access, Access::FillForms);
        let changed = links.update(primary.id()).access(Access::Read).send().await.unwrap();
        assert_eq!((changed.access, changed.title()), (Access::Read, primary.title()));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_link_is_not_found() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let unknown = LinkId(uuid::Uuid::new_v4());
        assert!(links.get(unknown).await.unwrap_err().is_not_found());
        assert!(links.revoke(unknown).await.unwrap_err().is_not_found());
        assert!(links.update(unknown).title("x").send().await.unwrap_err().is_not_found());
        assert!(links.list().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn links_of_an_archived_room_rest_and_work_again() {
    Target::run(async |target| {
        let portal = target.portal();
        let room = portal.rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap();
        let handle = portal.room(&room);
        let made = handle.links().create(Access::Read).send().await.unwrap();
        handle.archive().await.unwrap().wait().await.unwrap();
        assert_eq!(handle.links().create(Access::Read).send().await.unwrap_err().kind(), ErrorKind::Forbidden);
        handle.restore().await.unwrap().wait().await.unwrap();
        assert_eq!(handle.links().get(made.id()).await.unwrap(), made);
    })
    .await;
}

/// What a portal makes of an expiry that has passed by its own clock, or of a password that got lost on the way.
#[tokio::test]
async fn a_link_that_opens_more_than_was_asked_for_is_an_error() {
    Target::on_mock(async |target, mock| {
        let links = links(target, RoomType::Custom).await;
        let made = full(&links).await;
        let mut answer = target.raw().get(&format!("files/rooms/{}/links", made_in(mock))).await.body.unwrap();
        let link = answer["response"][0].take();
        for (missing, says) in [("expirationDate", "another expiry"), ("password", "another password")] {
            let mut stripped = link.clone();
            stripped["sharedLink"].as_object_mut().unwrap().remove(missing);
            let body = json!({"response": stripped, "count": 1, "links": [], "status": 0, "statusCode": 200});
            mock.faults().next("PUT /files/rooms/*/links", Fault::status(200).body(body.to_string()).times(2));
            let create = links.create(Access::Comment).title("For the client").expires(in_days(30)).password(PASSWORD);
            for error in [
                create.send().await.unwrap_err(),
                links.update(made.id()).deny_download(true).send().await.unwrap_err(),
            ] {
                assert_eq!(error.kind(), ErrorKind::Operation);
                assert!(error.to_string().contains(says) && !error.to_string().contains(PASSWORD), "{error}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_public_rooms_link_is_not_made_for_some_only() {
    Target::run(async |target| {
        let links = links(target, RoomType::Public).await;
        let error = links.create(Access::Read).internal(true).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None));
        assert!(!links.create(Access::Read).internal(false).send().await.unwrap().is_internal());
    })
    .await;
}

/// The room of the last call.
fn made_in(mock: &MockPortal) -> String {
    let path = mock.requests().pop().unwrap().path;
    path.split('/').rev().nth(1).unwrap().to_owned()
}
