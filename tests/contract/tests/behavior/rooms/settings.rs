//! Settings of rooms: lifetimes, watermarks and others.

use contract::target::Target;
use docspace::rooms::{Lifetime, Watermark, WatermarkPart};
use docspace::{Access, ErrorKind, RoomType};

use crate::fixture::PICTURE;

fn watermark() -> Watermark {
    Watermark::new().text("Confidential").show([WatermarkPart::UserName, WatermarkPart::RoomTitle])
}

#[tokio::test]
async fn new_rooms_have_the_requested_lifetime_and_watermark() {
    Target::run(async |target| {
        let portal = target.portal();
        let create = portal.rooms().create(target.title("room"), RoomType::VirtualData);
        let create = create.indexing(true).deny_download(true).lifetime(Lifetime::months(6)).watermark(watermark());
        let made = create.send().await.unwrap();
        let read = portal.room(&made).get().await.unwrap();
        assert!(read.indexing && read.deny_download);
        assert_eq!((read.lifetime, read.watermark), (Some(Lifetime::months(6)), Some(watermark())));
    })
    .await;
}

/// No person on the mock portal has an encryption key, and no person on the portal of the
/// recordings had one.
#[tokio::test]
async fn private_rooms_need_an_encryption_key_of_every_member() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let me = portal.me().await.unwrap();
        let create = || portal.rooms().create(target.title("room"), RoomType::Custom);
        let error = create().private([(me.id, Access::Editing)]).send().await.unwrap_err();
        assert!(
            error.is_forbidden() && error.message().is_some_and(|message| message.contains(&me.display_name)),
            "{error}"
        );
        let error = create().private([(me.id, Access::FillForms)]).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
        assert!(portal.rooms().find(&target.title("room")).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn lifetimes_and_watermarks_can_be_changed_and_removed() {
    Target::run(async |target| {
        let portal = target.portal();
        let made = portal.rooms().create(target.title("room"), RoomType::Custom).lifetime(Lifetime::days(30));
        let handle = portal.room(made.watermark(watermark()).send().await.unwrap());
        let other = Lifetime::years(1).delete_permanently();
        let changed = handle.edit().lifetime(other.clone()).send().await.unwrap();
        assert_eq!(
            (changed.lifetime, changed.watermark),
            (Some(other), Some(watermark())),
            "the watermark is not changed"
        );
        let changed = handle.edit().remove_lifetime().remove_watermark().send().await.unwrap();
        assert_eq!((changed.lifetime, changed.watermark), (None, None));
    })
    .await;
}

#[tokio::test]
async fn rooms_from_templates_have_the_requested_lifetime_and_watermark() {
    Target::run(async |target| {
        let portal = target.portal();
        let source = portal.rooms().create(target.title("room"), RoomType::Custom).lifetime(Lifetime::days(7));
        let source = portal.room(source.send().await.unwrap());
        let template = source.save_as_template(target.title("template")).start().await.unwrap().wait().await.unwrap();
        assert_eq!(template.lifetime, Some(Lifetime::days(7)), "a template keeps the lifetime of its room");

        let create = portal.template(&template).create_room(target.title("plain"));
        let plain = create.start().await.unwrap().wait().await.unwrap();
        assert_eq!((plain.lifetime, plain.watermark), (None, None), "a room from a template does not keep it");
        let create = portal.template(&template).create_room(target.title("given"));
        let create = create.lifetime(Lifetime::years(2)).watermark(watermark());
        let given = create.start().await.unwrap().wait().await.unwrap();
        assert_eq!((given.lifetime, given.watermark), (Some(Lifetime::years(2)), Some(watermark())));
    })
    .await;
}

#[tokio::test]
async fn form_filling_rooms_can_save_forms_as_xlsx() {
    Target::run(async |target| {
        let portal = target.portal();
        let create = portal.rooms().create(target.title("room"), RoomType::FillingForms).save_form_as_xlsx(false);
        let made = create.send().await.unwrap();
        assert_eq!(made.save_form_as_xlsx, Some(false));
        let changed = portal.room(&made).edit().save_form_as_xlsx(true).send().await.unwrap();
        assert_eq!(changed.save_form_as_xlsx, Some(true));
    })
    .await;
}

#[tokio::test]
async fn invalid_settings_are_rejected_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let part = portal.upload_picture("logo.png", PICTURE).await.unwrap().part(0, 0, 1281, 64);
        let before = mock.requests().len();
        let create = |room_type| portal.rooms().create("room", room_type);
        let custom = || create(RoomType::Custom);
        for (attempt, part) in [
            (custom().lifetime(Lifetime::days(0)), "999"),
            (custom().lifetime(Lifetime::years(1000)), "999"),
            (custom().watermark(Watermark::new()), "watermark"),
            (custom().watermark(Watermark::new().text("w".repeat(256))), "255"),
            (custom().logo(part), "1280"),
            (custom().quota(u64::MAX), "2^63"),
            (custom().tags(["t".repeat(256)]), "255"),
            (custom().save_form_as_xlsx(true), "FillingForms"),
            (create(RoomType::Public).send_form_to_external_db(true), "FillingForms"),
            (custom().chat_settings(Default::default()), "Ai"),
        ] {
            let error = attempt.send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains(part), "{error}");
        }
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}
