//! Expired links. An update that contains the past date would make them permanent.

use std::time::Duration;

use chrono::{Days, Utc};
use contract::target::Target;
use docspace::links::Links;
use docspace::{Access, ErrorKind, RoomLink, RoomType, Timestamp};
use docspace_mock::MockPortal;

const MONTH: Duration = Duration::from_secs(30 * 24 * 3600);

fn in_days(days: u64) -> Timestamp {
    (Utc::now() + Days::new(days)).into()
}

/// Creates a link and lets it expire.
async fn expired(target: &Target, mock: &MockPortal) -> (Links, RoomLink) {
    let portal = target.portal();
    let room = portal.rooms().create("x", RoomType::Custom).send().await.unwrap();
    let links = portal.room(&room).links();
    let made = links.create(Access::Read).title("For the client").expires(in_days(7)).send().await.unwrap();
    mock.advance(MONTH);
    let link = links.get(made.id()).await.unwrap();
    (links, link)
}

#[tokio::test]
async fn expired_links_are_listed_as_expired() {
    Target::on_mock(async |target, mock| {
        let (_, link) = expired(target, mock).await;
        assert!(link.is_expired());
        assert!(link.shared_link.expiration_date.is_some());
    })
    .await;
}

#[tokio::test]
async fn expired_links_cannot_be_renamed_without_a_new_expiry_date() {
    Target::on_mock(async |target, mock| {
        let (links, link) = expired(target, mock).await;
        let error = links.update(link.id()).title("Renamed").send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().contains("expired"), "{error}");
        assert_eq!(links.get(link.id()).await.unwrap(), link);
    })
    .await;
}

#[tokio::test]
async fn expired_links_become_valid_with_a_new_expiry_date() {
    Target::on_mock(async |target, mock| {
        let (links, link) = expired(target, mock).await;
        let changed = links.update(link.id()).expires(in_days(300)).send().await.unwrap();
        assert!(!changed.is_expired() && changed.shared_link.expiration_date.is_some());
        assert_eq!(changed.title(), "For the client");
    })
    .await;
}

#[tokio::test]
async fn expired_links_can_be_made_permanent() {
    Target::on_mock(async |target, mock| {
        let (links, link) = expired(target, mock).await;
        let changed = links.update(link.id()).remove_expiry().send().await.unwrap();
        assert!(!changed.is_expired() && changed.shared_link.expiration_date.is_none());
    })
    .await;
}

#[tokio::test]
async fn expired_links_can_be_revoked() {
    Target::on_mock(async |target, mock| {
        let (links, link) = expired(target, mock).await;
        assert_eq!(links.revoke(link.id()).await.unwrap(), None);
        assert!(links.list().await.unwrap().is_empty());
    })
    .await;
}
