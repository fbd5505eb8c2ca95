//! Rooms, files and a picture that many tests need.

use contract::target::Target;
use docspace::folders::{Entry, File};
use docspace::{Room, RoomType};
use futures::{Stream, TryStreamExt};

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

/// The files in the content of a room or a folder.
pub(crate) async fn files(content: impl Stream<Item = docspace::Result<Entry>>) -> Vec<File> {
    let entries: Vec<Entry> = content.try_collect().await.unwrap();
    let file = |entry| match entry {
        Entry::File(file) => Some(file),
        Entry::Folder(_) => None,
    };
    entries.into_iter().filter_map(file).collect()
}
