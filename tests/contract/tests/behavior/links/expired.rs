//! Links whose time has come. A portal that is sent the past date back makes them eternal.

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

/// A link that has expired.
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
async fn an_expired_link_is_listed_as_such() {
    Target::on_mock(async |target, mock| {
        let (_, link) = expired(target, mock).await;
        assert!(link.is_expired());
        assert!(link.shared_link.expiration_date.is_some());
    })
    .await;
}

#[tokio::test]
async fn renaming_an_expired_link_asks_when_it_shall_expire() {
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
async fn an_expired_link_is_revived_by_a_new_expiry() {
    Target::on_mock(async |target, mock| {
        let (links, link) = expired(target, mock).await;
        let changed = links.update(link.id()).expires(in_days(300)).send().await.unwrap();
        assert!(!changed.is_expired() && changed.shared_link.expiration_date.is_some());
        assert_eq!(changed.title(), "For the client");
    })
    .await;
}

#[tokio::test]
async fn an_expired_link_can_be_made_eternal_when_that_is_meant() {
    Target::on_mock(async |target, mock| {
        let (links, link) = expired(target, mock).await;
        let changed = links.update(link.id()).never_expires().send().await.unwrap();
        assert!(!changed.is_expired() && changed.shared_link.expiration_date.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_expired_link_can_be_revoked() {
    Target::on_mock(async |target, mock| {
        let (links, link) = expired(target, mock).await;
        assert_eq!(links.revoke(link.id()).await.unwrap(), None);
        assert!(links.list().await.unwrap().is_empty());
    })
    .await;
}
