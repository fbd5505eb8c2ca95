//! Changing a room.

use contract::target::Target;
use docspace::{ErrorKind, RoomType};
use docspace_mock::Fault;
use serde_json::json;

use crate::fixture::room_of;

#[tokio::test]
async fn renamed_rooms_keep_their_tags_and_color() {
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
async fn validation_errors_of_the_portal_are_reported_for_each_field() {
    Target::on_mock(async |target, mock| {
        let room = room_of(target, RoomType::Custom).await;
        // The facade would reject this request, so the test sends it by hand.
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
