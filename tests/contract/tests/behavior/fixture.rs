//! Rooms and a picture that many tests need.

use contract::target::Target;
use docspace::{Room, RoomType};

/// The first bytes of a PNG. The mock portal checks no more than these.
pub(crate) const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// Creates a custom room.
pub(crate) async fn room(target: &Target) -> Room {
    titled_room(target, "room").await
}

/// Creates a custom room with this title.
pub(crate) async fn titled_room(target: &Target, title: &str) -> Room {
    target.portal().rooms().create(target.title(title), RoomType::Custom).send().await.unwrap()
}

/// Creates a room of this type.
pub(crate) async fn room_of(target: &Target, room_type: RoomType) -> Room {
    target.portal().rooms().create(target.title("room"), room_type).send().await.unwrap()
}
