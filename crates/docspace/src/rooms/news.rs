//! What is new in rooms.

use docspace_api::ClientRoomsExt;
use docspace_api::types::{News, RoomNewsDay};

use super::{RoomHandle, Rooms};
use crate::error::{Call, Result};

impl Rooms {
    /// Lists the files that are new to the caller in all rooms, by day and room: files that other
    /// people uploaded or changed, until they are marked as read.
    ///
    /// ```
    /// # doc_examples::with_portal(async |portal| {
    /// for day in portal.rooms().news().await? {
    ///     println!("{}: {} rooms with new files", day.date.date(), day.items.len());
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the API key has no `rooms` scope.
    pub async fn news(&self) -> Result<Vec<RoomNewsDay>> {
        let call = Call::new("list_news", "");
        Ok(call.envelope(self.portal().api().list_news().send().await).await?.response.unwrap_or_default())
    }
}

impl RoomHandle {
    /// Lists the files of this room that are new to the caller, by day. The list is empty for an
    /// archived room and for an administrator who is not a member.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the room.
    pub async fn news(&self) -> Result<Vec<News>> {
        let call = Call::new("list_room_news", format!("of room {}", self.id()));
        let answer = self.portal().api().list_room_news().id(self.id()).send().await;
        Ok(call.envelope(answer).await?.response.unwrap_or_default())
    }
}
