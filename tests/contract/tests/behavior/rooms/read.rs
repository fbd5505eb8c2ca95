//! Reading a room.

use contract::target::Target;
use docspace::{ErrorKind, RoomType};
use docspace_mock::Fault;
use serde_json::json;

use crate::fixture::{room, room_of};

#[tokio::test]
async fn rooms_are_read_by_their_id() {
    Target::run(async |target| {
        let made = room(target).await;
        let read = target.portal().room(&made.id).get().await.unwrap();
        assert_eq!((read.id, read.title, read.room_type), (made.id, made.title, made.room_type));
    })
    .await;
}

#[tokio::test]
async fn unknown_enum_values_are_kept() {
    Target::on_mock(async |target, mock| {
        let room = room_of(target, RoomType::Custom).await;
        let mut answer = target.raw().get(&format!("files/rooms/{}", room.id)).await.body.unwrap();
        answer["response"]["roomType"] = json!(77);
        let fault = Fault::status(200).header("Content-Type", "application/json").body(answer.to_string());
        mock.faults().next("GET /files/rooms/*", fault);
        let read = target.portal().room(&room).get().await.unwrap();
        assert_eq!(read.room_type, RoomType::Unknown(77));
    })
    .await;
}

#[tokio::test]
async fn folders_are_rejected_as_rooms() {
    Target::on_mock(async |target, _| {
        let portal = target.portal();
        let root = target.raw().get("files/rooms").await.response()["current"]["id"].as_i64().expect("an id");
        let root = portal.room(i32::try_from(root).unwrap());
        assert_eq!(root.get().await.unwrap_err().kind(), ErrorKind::Invalid);
        assert_eq!(root.delete().await.unwrap_err().kind(), ErrorKind::Invalid);
    })
    .await;
}

#[tokio::test]
async fn handles_send_nothing() {
    Target::on_mock(async |target, mock| {
        let portal = target.portal();
        let handle = portal.room(1);
        let _ = (handle.links(), handle.save_as_template("x"), handle.edit(), portal.template(1));
        assert!(mock.requests().is_empty());
    })
    .await;
}
