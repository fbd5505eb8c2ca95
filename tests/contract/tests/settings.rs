//! What rooms can be given: lifetimes, watermarks, logos and the rest.

use contract::target::Target;
use docspace::{Access, ErrorKind, Lifetime, Portal, RoomType, Watermark, WatermarkPart};
use docspace_mock::Fault;

/// The first bytes of a PNG; the mock portal looks no further.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

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
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Operation, Some("remove_room_logo")), "{error}");
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
        assert_eq!((error.kind(), error.operation()), (ErrorKind::Forbidden, Some("set_room_logo")));
        let made = portal.rooms().list().all().await.unwrap().remove(0);
        assert_eq!(made.title, "room");
        assert!(error.to_string().contains(&format!("its id is {}", made.id)), "{error}");
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
