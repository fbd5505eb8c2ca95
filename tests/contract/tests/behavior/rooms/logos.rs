//! Logos, covers and colors of rooms, and the pictures that logos are made of.

use contract::target::Target;
use docspace::{ErrorKind, Portal, RoomType};
use docspace_mock::Fault;
use serde_json::json;

use crate::fixture::{PICTURE, room};

#[tokio::test]
async fn covers_and_colors_can_be_changed_separately() {
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
async fn uploaded_pictures_can_be_set_as_logo_and_removed() {
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
async fn logos_can_be_uploaded_and_set_in_one_step() {
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
        assert!(large.to_string().contains("1281"), "{large}");
        let unknown = portal.room(&made).upload_logo("logo.webp", "RIFF").await.unwrap_err();
        assert!(unknown.to_string().contains("size"), "{unknown}");
        assert_eq!(mock.requests().len(), before, "nothing was uploaded");
    })
    .await;
}

#[tokio::test]
async fn files_that_are_not_pictures_are_rejected() {
    Target::on_mock(async |target, _| {
        let error = target.portal().upload_picture("logo.png", "not a picture").await.unwrap_err();
        assert_eq!((error.kind(), error.call()), (ErrorKind::Invalid, Some("upload_picture")), "{error}");
    })
    .await;
}

#[tokio::test]
async fn users_cannot_upload_pictures() {
    let mock = docspace_mock::MockPortal::builder().person("ulf", docspace_mock::Role::User).start().await.unwrap();
    let portal = Portal::builder(mock.url()).api_key(mock.key("ulf")).build().unwrap();
    assert!(portal.upload_picture("logo.png", PICTURE).await.unwrap_err().is_forbidden());
}

#[tokio::test]
async fn rooms_and_templates_can_be_created_with_a_logo() {
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

/// A portal may answer 200 without removing the logo, for example in an archived room.
#[tokio::test]
async fn logos_that_the_portal_did_not_remove_are_an_error() {
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

/// A portal creates the room and then refuses the logo. A caller who does not learn of the room
/// would create it again.
#[tokio::test]
async fn refused_logos_of_new_rooms_are_an_error_that_names_the_room() {
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
        assert!(error.to_string().contains(&made.id.to_string()), "{error}");
    })
    .await;
}
