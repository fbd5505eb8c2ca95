//! The settings of rooms: lifetimes, watermarks and the rest.

use contract::target::Target;
use docspace::rooms::{Lifetime, Watermark, WatermarkPart};
use docspace::{Access, ErrorKind, RoomType};

use crate::fixture::PICTURE;

fn mark() -> Watermark {
    Watermark::new().text("Confidential").show([WatermarkPart::UserName, WatermarkPart::RoomTitle])
}

#[tokio::test]
async fn a_new_room_has_the_settings_it_was_given() {
    Target::run(async |target| {
        let portal = target.portal();
        let create = portal.rooms().create(target.title("room"), RoomType::VirtualData);
        let create = create.indexing(true).deny_download(true).lifetime(Lifetime::months(6)).watermark(mark());
        let made = create.send().await.unwrap();
        let read = portal.room(&made).get().await.unwrap();
        assert!(read.indexing && read.deny_download);
        assert_eq!((read.lifetime, read.watermark), (Some(Lifetime::months(6)), Some(mark())));
    })
    .await;
}

/// Nobody on the mock portal has one, nor had anybody on the portal that the facts are from.
#[tokio::test]
async fn a_private_room_needs_an_encryption_key_of_everybody() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let me = portal.me().await.unwrap();
        let create = || portal.rooms().create(target.title("room"), RoomType::Custom);
        let error = create().private([(me.id, Access::Editing)]).send().await.unwrap_err();
        assert!(error.is_forbidden() && error.message().is_some_and(|told| told.contains(&me.display_name)), "{error}");
        let error = create().private([(me.id, Access::FillForms)]).send().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Invalid, None), "{error}");
        assert!(portal.rooms().find(&target.title("room")).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_lifetime_and_a_watermark_are_changed_and_taken_away() {
    Target::run(async |target| {
        let portal = target.portal();
        let made = portal.rooms().create(target.title("room"), RoomType::Custom).lifetime(Lifetime::days(30));
        let handle = portal.room(&made.watermark(mark()).send().await.unwrap());
        let other = Lifetime::years(1).delete_permanently();
        let changed = handle.edit().lifetime(other.clone()).send().await.unwrap();
        assert_eq!((changed.lifetime, changed.watermark), (Some(other), Some(mark())), "one without the other");
        let changed = handle.edit().remove_lifetime().remove_watermark().send().await.unwrap();
        assert_eq!((changed.lifetime, changed.watermark), (None, None));
    })
    .await;
}

#[tokio::test]
async fn a_room_from_a_template_has_the_settings_it_was_given() {
    Target::run(async |target| {
        let portal = target.portal();
        let source = portal.rooms().create(target.title("room"), RoomType::Custom).lifetime(Lifetime::days(7));
        let source = portal.room(&source.send().await.unwrap());
        let template = source.save_as_template(target.title("template")).start().await.unwrap().wait().await.unwrap();
        assert_eq!(template.lifetime, Some(Lifetime::days(7)), "a template takes it over");

        let create = portal.template(&template).create_room(target.title("plain"));
        let plain = create.start().await.unwrap().wait().await.unwrap();
        assert_eq!((plain.lifetime, plain.watermark), (None, None), "a room made from it does not");
        let create = portal.template(&template).create_room(target.title("given"));
        let create = create.lifetime(Lifetime::years(2)).watermark(mark());
        let given = create.start().await.unwrap().wait().await.unwrap();
        assert_eq!((given.lifetime, given.watermark), (Some(Lifetime::years(2)), Some(mark())));
    })
    .await;
}

#[tokio::test]
async fn the_answers_of_a_form_filling_room_go_where_they_were_sent() {
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
async fn settings_that_make_no_sense_are_refused_before_anything_is_sent() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let part = portal.upload_picture("logo.png", PICTURE).await.unwrap().part(0, 0, 1281, 64);
        let before = mock.requests().len();
        let create = |room_type| portal.rooms().create("room", room_type);
        let custom = || create(RoomType::Custom);
        for (attempt, says) in [
            (custom().lifetime(Lifetime::days(0)), "1 to 999"),
            (custom().lifetime(Lifetime::years(1000)), "1 to 999"),
            (custom().watermark(Watermark::new()), "prints nothing"),
            (custom().watermark(Watermark::new().text("w".repeat(256))), "255"),
            (custom().logo(part), "1280"),
            (custom().quota(-2), "-1 for no limit"),
            (custom().tags(["t".repeat(256)]), "too long"),
            (custom().save_form_as_xlsx(true), "FillingForms"),
            (create(RoomType::Public).send_form_to_external_db(true), "FillingForms"),
            (custom().chat_settings(Default::default()), "Ai room"),
        ] {
            let error = attempt.send().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
            assert!(error.to_string().contains(says), "{error}");
        }
        assert_eq!(mock.requests().len(), before);
    })
    .await;
}
