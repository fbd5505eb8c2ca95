//! Finding the rooms that are there already.

use docspace::{Portal, Room, RoomType};

use crate::failure::Failure;
use crate::lookup::as_stored;

/// The active rooms that the caller sees.
pub(super) struct ActiveRooms(Vec<Room>);

impl ActiveRooms {
    pub(super) async fn read(portal: &Portal) -> Result<Self, Failure> {
        Ok(Self(portal.rooms().list().all().await?))
    }

    /// Returns the rooms with a title and type.
    pub(super) fn with<'r>(&'r self, title: &str, room_type: RoomType) -> impl Iterator<Item = &'r Room> + use<'r> {
        let title = as_stored(title);
        self.0.iter().filter(move |room| room.room_type == room_type && as_stored(&room.title) == title)
    }
}

/// Returns the active room with a title and type, if there is one.
pub(in crate::commands) async fn room_titled(
    portal: &Portal,
    title: &str,
    room_type: RoomType,
) -> Result<Option<Room>, Failure> {
    Ok(ActiveRooms::read(portal).await?.with(title, room_type).next().cloned())
}
