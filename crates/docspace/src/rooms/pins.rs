//! Pinned rooms, which stand at the top of the caller's lists.

use docspace_api::types::Room;
use docspace_api::{ClientRoomsExt, SearchArea};

use super::{ListRooms, RESTORE_FIRST, RoomHandle, with_archive_advice};
use crate::error::{Call, Error, Result};

/// Maximum number of rooms a person can pin (docs/portal/rooms.md#pinning-a-room).
const MAX_PINNED: usize = 10;

impl RoomHandle {
    /// Pins the room to the top of the caller's lists. A person can pin at most ten rooms. Pinning
    /// a pinned room changes nothing.
    ///
    /// # Errors
    ///
    /// - [`Conflict`](crate::ErrorKind::Conflict): ten other rooms are pinned. Unpin one of them
    ///   first.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the room is archived, the caller is not
    ///   allowed to read it, or it does not exist.
    pub async fn pin(&self) -> Result<Room> {
        let call = Call::new("pin_room", self.id().to_string());
        let answer = self.portal().api().pin_room().id(self.id()).send().await;
        match call.response(answer, |envelope| envelope.response).await {
            Err(error) if error.is_forbidden() => Err(self.explain_pin(error).await),
            outcome => outcome,
        }
    }

    /// Removes the caller's pin from the room. Unpinning a room that is not pinned changes nothing.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the room is archived, the caller is not
    ///   allowed to read it, or it does not exist.
    pub async fn unpin(&self) -> Result<Room> {
        let call = Call::new("unpin_room", self.id().to_string());
        let answer = self.portal().api().unpin_room().id(self.id()).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        with_archive_advice(self.portal(), self.id(), outcome).await
    }

    /// Explains why a pin was refused. The portal refuses the eleventh pin with the same answer as
    /// the pin of a room that the caller cannot read (docs/portal/rooms.md#pinning-a-room).
    async fn explain_pin(&self, error: Error) -> Error {
        match self.get().await {
            Ok(room) if room.is_archived() => return error.advise(RESTORE_FIRST),
            Ok(room) if !room.pinned => {}
            _ => return error,
        }
        let mut pinned = Vec::new();
        for area in [SearchArea::Active, SearchArea::Templates] {
            let listed = ListRooms::new(self.portal().clone()).area(area).first_page().await.unwrap_or_default();
            pinned.extend(listed.into_iter().filter(|room| room.pinned).map(|room| format!("`{}`", room.title)));
        }
        if pinned.len() < MAX_PINNED {
            return error;
        }
        error
            .conflict(format!("{MAX_PINNED} rooms are already pinned: {}", pinned.join(", ")))
            .advise("unpin one of them first")
    }
}
