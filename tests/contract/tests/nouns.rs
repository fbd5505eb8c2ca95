//! What else belongs to rooms: tags, groups, keys, quotas, covers and pins.

use contract::target::Target;
use docspace::{ErrorKind, Portal, Room, RoomId, RoomType};
use serde_json::json;

async fn room(target: &Target) -> Room {
    target.portal().rooms().create(target.title("room"), RoomType::Custom).send().await.unwrap()
}

#[tokio::test]
async fn tags_are_made_given_taken_and_deleted() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        let tags = portal.tags();
        assert_eq!(tags.create("Audit").await.unwrap(), "Audit");
        assert_eq!(tags.create("audit").await.unwrap(), "Audit", "the spelling that was there first stays");
        assert!(!tags.is_used("Audit").await.unwrap());
        portal.room(&made).add_tags(["Audit", "2026"]).await.unwrap();
        assert!(tags.is_used("Audit").await.unwrap());
        tags.rename("2026", "2027").await.unwrap();
        assert_eq!(portal.room(&made).remove_tags(["Audit"]).await.unwrap().tags, ["2027"]);
        tags.delete(["2027", "Audit"]).await.unwrap();
        assert!(tags.list().await.unwrap().is_empty());
        assert_eq!(portal.room(&made).add_tags([" "]).await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn more_tags_than_fit_on_a_page_are_all_listed() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        portal.room(&made).add_tags((0..205).map(|number| format!("tag {number}"))).await.unwrap();
        assert_eq!(portal.tags().list().await.unwrap().len(), 205);
    })
    .await;
}

#[tokio::test]
async fn groups_keep_rooms_together() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let (one, two) = (room(target).await, room(target).await);
        let icon = portal.covers().await.unwrap().remove(0).id;
        let groups = portal.groups();
        assert_eq!(groups.create("none", &icon, Vec::<RoomId>::new()).await.unwrap_err().kind(), ErrorKind::Invalid);
        let group = groups.create("Clients", &icon, [one.id.clone()]).await.unwrap();
        groups.add(group.id, [&two]).await.unwrap();
        groups.remove(group.id, [one.id]).await.unwrap();
        groups.rename(group.id, "Customers").await.unwrap();
        let now = groups.get(group.id).await.unwrap();
        assert_eq!((now.name.as_str(), now.total_rooms), ("Customers", 1));
        groups.delete(group.id).await.unwrap();
        assert!(groups.list().await.unwrap().is_empty());
        assert!(groups.delete(group.id).await.unwrap_err().is_not_found());
    })
    .await;
}

/// A portal fails over the second room, and has made the group with the first.
#[tokio::test]
async fn a_group_with_a_room_that_is_not_there_is_not_made() {
    Target::on_mock(async |target, _| {
        let (portal, one) = (target.portal(), room(target).await);
        let icon = portal.covers().await.unwrap().remove(0).id;
        let rooms = [one.id.clone(), RoomId::from(987_654_321)];
        let error = portal.groups().create("Clients", &icon, rooms.clone()).await.unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains("987654321"), "{error}");
        assert!(portal.groups().list().await.unwrap().is_empty());
        let raw = json!({"name": "Clients", "icon": icon, "rooms": rooms});
        assert_eq!(target.raw().send("POST", "files/group", raw).await.status, 403);
        assert_eq!(portal.groups().list().await.unwrap().len(), 1, "what this protects from");
    })
    .await;
}

#[tokio::test]
async fn a_rotated_key_works_like_the_old_one_and_the_old_one_can_go() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = portal.keys().create("ci").scopes(["rooms:read"]).expires_in_days(30).send().await.unwrap();
        let new = portal.keys().rotate(made.id).await.unwrap();
        assert_eq!((new.name.as_str(), new.permissions), ("ci", made.permissions));
        portal.keys().delete(made.id).await.unwrap();

        let with = |key: &docspace::Secret| Portal::builder(target.url()).api_key(key.expose()).build().unwrap();
        assert!(with(&made.key).rooms().list().all().await.unwrap_err().is_unauthorized());
        assert!(with(&new.key).rooms().list().all().await.is_ok());
        assert_eq!(with(&new.key).keys().current().await.unwrap().id, new.id);
        assert!(portal.keys().delete(made.id).await.unwrap_err().is_not_found());
    })
    .await;
}

#[tokio::test]
async fn a_key_is_switched_off_and_on() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let made = portal.keys().create("ci").send().await.unwrap();
        let user = Portal::builder(target.url()).api_key(made.key.expose()).build().unwrap();
        portal.keys().set_active(made.id, false).await.unwrap();
        assert!(user.rooms().list().all().await.unwrap_err().is_unauthorized());
        portal.keys().set_active(made.id, true).await.unwrap();
        assert!(user.rooms().list().all().await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_a_key_cannot_be_is_refused_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let keys = target.portal();
        let before = mock.requests().len();
        for bad in [
            keys.keys().create(" ").send().await,
            keys.keys().create("x".repeat(31)).send().await,
            keys.keys().create("x").expires_in_days(366).send().await,
            keys.keys().create("x").expires_in_days(0).send().await,
        ] {
            assert_eq!(bad.unwrap_err().kind(), ErrorKind::Invalid);
        }
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}

#[tokio::test]
async fn quotas_are_set_and_reset() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        let handle = portal.room(&made);
        assert_eq!(handle.set_quota(1 << 20).await.unwrap().id, made.id);
        assert_eq!(handle.remove_quota().await.unwrap().id, made.id);
        assert_eq!(handle.reset_quota().await.unwrap().id, made.id);
        assert!(portal.room(987_654_321).set_quota(1).await.unwrap_err().is_not_found());
    })
    .await;
}

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
async fn a_pinned_room_comes_first() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let (first, _second) = (room(target).await, room(target).await);
        assert!(portal.room(&first).pin().await.unwrap().pinned);
        assert_eq!(portal.rooms().list().all().await.unwrap()[0].id, first.id);
        assert!(!portal.room(&first).unpin().await.unwrap().pinned);
    })
    .await;
}

#[tokio::test]
async fn a_template_is_published_and_an_ordinary_room_is_not() {
    Target::on_mock(async |target, _| {
        let (portal, made) = (target.portal(), room(target).await);
        let template = portal.room(&made).save_as_template("Course").start().await.unwrap().wait().await.unwrap();
        let handle = portal.template(&template);
        assert!(!handle.is_public().await.unwrap());
        handle.set_public(true).await.unwrap();
        assert!(handle.is_public().await.unwrap());
        assert_eq!(portal.template(&made).set_public(true).await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

/// The first bytes of a PNG; the mock portal looks no further.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

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
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Invalid, Some("upload_picture")), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_somebody_without_the_right_is_refused() {
    let mock = docspace_mock::MockPortal::builder().person("ulf", docspace_mock::Role::User).start().await.unwrap();
    let portal = Portal::builder(mock.url()).api_key(mock.key("ulf")).build().unwrap();
    assert!(portal.upload_picture("logo.png", PICTURE).await.unwrap_err().is_forbidden());
}
