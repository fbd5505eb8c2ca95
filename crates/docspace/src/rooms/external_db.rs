//! The database outside the portal that the answers of a form-filling room are copied to.

use docspace_api::types::ExternalDbSync;
use docspace_api::{ClientRoomsExt, RoomType};

use crate::error::{Call, Error, Result};
use crate::rooms::RoomHandle;

impl RoomHandle {
    /// The last transfer of the room's answers to the external database; none where no database was set up.
    ///
    /// # Errors
    ///
    /// `NotFound` when there is no such room, `Invalid` when it is no form-filling room, `Forbidden` when one may not
    /// change it. The room is read first, since a portal fails at one that does not exist (portal-facts 6.19).
    pub async fn external_db_sync(&self) -> Result<Option<ExternalDbSync>> {
        let call = Call::new("get_external_db_sync", format!("of room {}", self.id()));
        let id = self.form_room(&call).await?;
        Ok(call.envelope(self.portal().api().get_external_db_sync().id(id).send().await).await?.response)
    }

    /// Starts to transfer the room's answers to the external database that is set up in the portal's settings. How it
    /// goes is told by [`external_db_sync`](Self::external_db_sync).
    ///
    /// # Errors
    ///
    /// As for [`external_db_sync`](Self::external_db_sync); `Server` when no database was set up.
    pub async fn start_external_db_sync(&self) -> Result<ExternalDbSync> {
        let call = Call::new("start_external_db_sync", format!("of room {}", self.id()));
        let id = self.form_room(&call).await?;
        let answer = self.portal().api().start_external_db_sync().id(id).send().await;
        call.response(answer, |envelope| envelope.response).await.map_err(|error| match error.status() {
            // The portal says `Bad request.` to whoever has no database.
            Some(500) => error.advise("set up the external database in the portal's settings first"),
            _ => error,
        })
    }

    async fn form_room(&self, call: &Call) -> Result<i32> {
        let room = self.get().await?;
        if room.room_type != RoomType::FillingForms {
            return Err(Error::invalid("only form-filling rooms have an external database").of(call));
        }
        let third_party = || Error::invalid("a room in third-party storage has no external database").of(call);
        room.id.number().ok_or_else(third_party)
    }
}
