//! Changing links: options that are not set keep their values.

use contract::target::Target;
use docspace::{Access, ErrorKind, RoomLink, RoomType, Timestamp};

use super::{PASSWORD, in_days, link_with_all_options, links, password};
use crate::fixture::room_of;

#[tokio::test]
async fn a_new_title_keeps_all_other_options() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = link_with_all_options(&links).await;
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
        let made = link_with_all_options(&links).await;
        let changed = links.update(made.id()).access(Access::Editing).send().await.unwrap();
        assert_eq!(changed, RoomLink { access: Access::Editing, ..made });
    })
    .await;
}

#[tokio::test]
async fn a_new_expiry_keeps_the_password() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = link_with_all_options(&links).await;
        let changed = links.update(made.id()).expires(in_days(60)).send().await.unwrap();
        assert_eq!(changed.shared_link.expiration_date, Some(in_days(60)));
        assert_eq!(password(&changed), Some(PASSWORD));
        assert!(changed.shared_link.internal && changed.shared_link.deny_download);
    })
    .await;
}

#[tokio::test]
async fn expiry_dates_and_passwords_can_be_removed() {
    Target::run(async |target| {
        let links = links(target, RoomType::Custom).await;
        let made = link_with_all_options(&links).await;
        let changed = links.update(made.id()).remove_expiry().remove_password().send().await.unwrap();
        assert_eq!((changed.shared_link.expiration_date, password(&changed)), (None, None));
        assert_eq!((changed.title(), changed.access), ("For the client", Access::Comment));
        assert!(changed.shared_link.deny_download);
    })
    .await;
}

#[tokio::test]
async fn renamed_links_keep_their_password_and_expiry_date() {
    Target::run(async |target| {
        let room = room_of(target, RoomType::Custom).await;
        let links = target.portal().room(&room).links();
        let made =
            links.create(Access::Comment).password(PASSWORD).expires(Timestamp::in_days(400)).send().await.unwrap();
        let before = links.get(made.id()).await.unwrap();
        links.update(made.id()).title("Renamed").send().await.unwrap();
        let now = links.get(made.id()).await.unwrap();
        assert_eq!((now.title(), now.access), ("Renamed", Access::Comment));
        assert_eq!(now.shared_link.password.as_ref().map(|password| password.expose()), Some(PASSWORD));
        assert_eq!(now.shared_link.expiration_date, before.shared_link.expiration_date);
    })
    .await;
}

#[tokio::test]
async fn renamed_invitations_keep_their_limit_of_uses() {
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
async fn links_of_public_rooms_can_be_renamed_but_not_made_internal() {
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
async fn the_primary_link_of_a_form_filling_room_can_be_changed() {
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
async fn links_of_an_archived_room_are_kept_until_it_is_restored() {
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
