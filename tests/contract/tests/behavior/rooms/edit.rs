//! Changing a room.

use contract::target::Target;
use docspace::{ErrorKind, RoomType};
use docspace_mock::Fault;
use serde_json::json;

use crate::fixture::room_of;

#[tokio::test]
async fn a_renamed_room_keeps_the_rest() {
    Target::run(async |target| {
        let portal = target.portal();
        let made =
            portal.rooms().create(target.title("room"), RoomType::Custom).tags([target.title("kept")]).color("FF5733");
        let made = made.send().await.unwrap();
        let title = target.title("renamed");
        let renamed = portal.room(&made).rename(&title).await.unwrap();
        assert_eq!(renamed.title, title);
        let read = portal.room(&made).get().await.unwrap();
        assert_eq!((read.title, read.tags), (title, vec![target.title("kept")]));
        assert_eq!(read.logo.color, made.logo.color);
    })
    .await;
}

#[tokio::test]
async fn what_the_portals_validation_says_of_each_field_is_told() {
    Target::on_mock(async |target, mock| {
        let room = room_of(target, RoomType::Custom).await;
        // The first request that breaks two rules; this crate's own checks would not let it out.
        let bad = json!({"title": "x".repeat(171), "logo": {"tmpFile": "", "width": 0, "height": 1}});
        let answer = target.raw().send("PUT", &format!("files/rooms/{}", room.id), bad).await;
        assert_eq!(answer.status, 400);
        let body = answer.body.unwrap();
        let fields = body["response"]["errors"].as_object().unwrap().clone();
        assert!(fields.len() > 1, "{body}");
        let fault = Fault::status(400).header("Content-Type", "application/problem+json").body(body.to_string());
        mock.faults().next("PUT /files/rooms/*", fault);
        let error = target.portal().room(&room).rename("new").await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        for (field, texts) in &fields {
            assert_eq!(json!(error.details()[field]), *texts);
        }
    })
    .await;
}
