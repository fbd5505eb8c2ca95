//! Creating and reading links.

use chrono::TimeDelta;
use contract::target::Target;
use docspace::links::LinkId;
use docspace::{Access, ErrorKind, RoomType, Timestamp};
use docspace_mock::{Fault, LoggedRequest};
use serde_json::json;

use super::{PASSWORD, in_days, link_with_all_options, links, password, room_of_last_request};
use crate::fixture::room_of;

#[tokio::test]
async fn new_links_have_the_requested_options() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = link_with_all_options(&links).await;
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

/// A portal's database rounds dates to the nearest second
/// (docs/portal/dates-and-names.md#dates-out).
#[tokio::test]
async fn expiry_dates_are_stored_to_the_nearest_second() {
    Target::run(async |target| {
        let room = room_of(target, RoomType::Custom).await;
        let links = target.portal().room(&room).links();
        for (fraction, rounded) in [(250, 0), (750, 1)] {
            let second = Timestamp::in_days(400);
            let date = second + TimeDelta::milliseconds(fraction);
            let made = links.create(Access::Read).expires(date).send().await.unwrap();
            let listed = links.get(made.id()).await.unwrap();
            assert_eq!(listed.shared_link.expiration_date, Some(second + TimeDelta::seconds(rounded)), "{date}");
        }
    })
    .await;
}

/// A portal revokes the link if the access is missing, and creates an invitation if the type is
/// missing.
#[tokio::test]
async fn links_are_always_sent_with_id_access_and_type() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
        let links = portal.room(&room).links();
        let made = links.create(Access::Read).send().await.unwrap();
        links.update(made.id()).title("y").send().await.unwrap();
        links.invite(Access::Read).send().await.unwrap();
        let sent: Vec<_> =
            mock.requests().iter().filter(|r| r.method == "PUT").filter_map(LoggedRequest::json).collect();
        assert_eq!(sent.len(), 3);
        for body in &sent {
            assert!(body["linkId"].is_string() && body["access"] == 2 && body["linkType"].is_u64(), "{body}");
        }
    })
    .await;
}

/// The portal ignores an expiry date that has passed by its clock. It may also lose a password.
#[tokio::test]
async fn links_less_restricted_than_requested_are_an_error() {
    Target::on_mock(async |target, mock| {
        let links = links(target, RoomType::Custom).await;
        let made = link_with_all_options(&links).await;
        let mut answer =
            target.raw().get(&format!("files/rooms/{}/links", room_of_last_request(mock))).await.body.unwrap();
        let link = answer["response"][0].take();
        for (missing, part) in [("expirationDate", "expiry"), ("password", "password")] {
            let mut stripped = link.clone();
            stripped["sharedLink"].as_object_mut().unwrap().remove(missing);
            let body = json!({"response": stripped, "count": 1, "links": [], "status": 0, "statusCode": 200});
            mock.faults().next("PUT /files/rooms/*/links", Fault::status(200).body(body.to_string()).times(2));
            let create = links.create(Access::Comment).title("For the client").expires(in_days(30)).password(PASSWORD);
            for error in [
                create.send().await.unwrap_err(),
                links.update(made.id()).deny_download(true).send().await.unwrap_err(),
            ] {
                assert_eq!(error.kind(), ErrorKind::NotDone);
                assert!(error.to_string().contains(part) && !error.to_string().contains(PASSWORD), "{error}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn internal_links_of_public_rooms_are_rejected() {
    Target::run(async |target| {
        let links = links(target, RoomType::Public).await;
        let error = links.create(Access::Read).internal(true).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None));
        assert!(!links.create(Access::Read).internal(false).send().await.unwrap().is_internal());
    })
    .await;
}

#[tokio::test]
async fn links_of_all_types_are_listed() {
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
async fn unknown_links_are_not_found() {
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
