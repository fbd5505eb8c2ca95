//! Logos, covers and colors of rooms, and the pictures that logos are made of.

use contract::target::Target;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::Fault;
use serde_json::json;

use crate::fixture::{PICTURE, room};

#[tokio::test]
async fn covers_and_colours_change_one_without_the_other() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        let handle = portal.room(&made);
        let cover = portal.covers().await.unwrap().remove(0).id;
        handle.set_color("#00FF00").await.unwrap();
        let logo = handle.set_cover(&cover).await.unwrap().logo;
        assert_eq!((logo.color.as_deref(), logo.cover.map(|cover| cover.id)), (Some("00FF00"), Some(cover)));
        let logo = handle.remove_cover().await.unwrap().logo;
        assert_eq!((logo.color.as_deref(), logo.cover), (Some("00FF00"), None));
        assert_eq!(handle.set_color("green").await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn an_uploaded_picture_becomes_a_logo_and_goes_again() {
    Target::on_mock(async |target, mock| {
        let (portal, made) = (target.portal(), room(target).await);
        let handle = portal.room(&made);
        let picture = portal.upload_picture("logo.png", PICTURE).await.unwrap();
        let logo = handle.set_logo(picture.part(0, 0, 64, 64)).await.unwrap().logo;
        assert!(logo.original.contains("_original.png") && logo.color.is_none(), "{logo:?}");
        let logo = handle.remove_logo().await.unwrap().logo;
        assert!(logo.original.is_empty() && logo.color.is_some(), "{logo:?}");

        let before = mock.requests().len();
        for bad in [picture.part(0, 0, 0, 64), picture.part(0, 1281, 64, 64)] {
            assert_eq!(handle.set_logo(bad).await.unwrap_err().kind(), ErrorKind::Invalid);
        }
        assert_eq!(portal.upload_picture("logo.png", []).await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}

#[tokio::test]
async fn a_whole_picture_becomes_a_logo_in_one_step() {
    Target::on_mock(async |target, mock| {
        let (portal, made) = (target.portal(), room(target).await);
        let picture = |width: u32| [PICTURE, &width.to_be_bytes(), &[0, 0, 0, 64]].concat();
        let logo = portal.room(&made).upload_logo("logo.png", picture(320)).await.unwrap().logo;
        assert!(logo.original.contains("_original.png"), "{logo:?}");
        let sent = mock.requests().pop().unwrap().json().unwrap();
        assert_eq!(
            (&sent["x"], &sent["y"], &sent["width"], &sent["height"]),
            (&json!(0), &json!(0), &json!(320), &json!(64))
        );

        let before = mock.requests().len();
        let large = portal.room(&made).upload_logo("logo.png", picture(1281)).await.unwrap_err();
        assert!(large.to_string().contains("1281 by 64"), "{large}");
        let unknown = portal.room(&made).upload_logo("logo.webp", "RIFF").await.unwrap_err();
        assert!(unknown.to_string().contains("not known"), "{unknown}");
        assert_eq!(mock.requests().len(), before, "nothing was uploaded");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_picture_is_told_in_the_portals_words() {
    Target::on_mock(async |target, _| {
        let error = target.portal().upload_picture("logo.png", "not a picture").await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Invalid, Some("upload_picture")), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_somebody_without_the_right_is_refused() {
    let mock = docspace_mock::MockPortal::builder().person("ulf", docspace_mock::Role::User).start().await.unwrap();
    let portal = Portal::builder(mock.url()).api_key(mock.key("ulf")).build().unwrap();
    assert!(portal.upload_picture("logo.png", PICTURE).await.unwrap_err().is_forbidden());
}

#[tokio::test]
async fn rooms_and_templates_are_made_with_a_logo() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let picture = portal.upload_picture("logo.png", PICTURE).await.unwrap();
        let part = picture.part(0, 0, 64, 64);
        let room = portal.rooms().create("room", RoomType::Custom).logo(part.clone()).send().await.unwrap();
        assert!(!room.logo.original.is_empty());
        let other = portal.rooms().create("other", RoomType::Custom).send().await.unwrap();
        let other = portal.room(&other).edit().logo(part.clone()).send().await.unwrap();
        assert!(!other.logo.original.is_empty());
        let save = portal.room(&room).save_as_template("template").logo(part.clone());
        let template = save.start().await.unwrap().wait().await.unwrap();
        assert!(!template.logo.original.is_empty());
        let next = portal.template(&template).create_room("next").logo(part).start().await.unwrap();
        assert!(!next.wait().await.unwrap().logo.original.is_empty());
    })
    .await;
}

/// In the archive a portal takes the call and does nothing (portal-facts 6.0).
#[tokio::test]
async fn a_logo_that_stays_although_the_portal_says_done_is_an_error() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let part = portal.upload_picture("logo.png", PICTURE).await.unwrap().part(0, 0, 64, 64);
        let room = portal.rooms().create("room", RoomType::Custom).logo(part).send().await.unwrap();
        let answer = target.raw().get(&format!("files/rooms/{}", room.id)).await.body.unwrap().to_string();
        mock.faults().next("DELETE /files/rooms/*/logo", Fault::status(200).body(answer));
        let error = portal.room(&room).remove_logo().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::NotDone, Some("remove_room_logo")), "{error}");
        assert!(portal.room(&room).remove_logo().await.unwrap().logo.original.is_empty());
    })
    .await;
}

/// A portal makes the room first and refuses the logo afterwards. Whoever does not hear of the room makes it again.
#[tokio::test]
async fn a_refused_logo_does_not_hide_the_room_that_was_made() {
    let mock =
        docspace_mock::MockPortal::builder().person("ann", docspace_mock::Role::RoomAdmin).start().await.unwrap();
    Target::run_on(mock, async |target, mock| {
        let portal = target.portal();
        let ann = Portal::builder(target.url()).api_key(mock.key("ann")).build().unwrap();
        let foreign = ann.upload_picture("logo.png", PICTURE).await.unwrap().part(0, 0, 64, 64);
        let error = portal.rooms().create("room", RoomType::Custom).logo(foreign).send().await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Forbidden, Some("set_room_logo")));
        let made = portal.rooms().list().all().await.unwrap().remove(0);
        assert_eq!(made.title, "room");
        assert!(error.to_string().contains(&format!("its id is {}", made.id)), "{error}");
    })
    .await;
}
