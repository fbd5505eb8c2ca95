//! What many of the tests start with.

use contract::target::Target;
use docspace::{Room, RoomType};

/// The first bytes of a PNG; the mock portal looks no further.
pub(crate) const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// A custom room.
pub(crate) async fn room(target: &Target) -> Room {
    titled_room(target, "room").await
}

/// A custom room with this title.
pub(crate) async fn titled_room(target: &Target, title: &str) -> Room {
    target.portal().rooms().create(target.title(title), RoomType::Custom).send().await.unwrap()
}

/// A room of this type.
pub(crate) async fn room_of(target: &Target, room_type: RoomType) -> Room {
    target.portal().rooms().create(target.title("room"), room_type).send().await.unwrap()
}
