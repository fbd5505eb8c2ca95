//! The external database that receives the answers of a form-filling room.

use docspace_api::types::ExternalDbSync;
use docspace_api::{ClientRoomsExt, RoomType};

use crate::error::{Call, Error, Result};
use crate::rooms::RoomHandle;

impl RoomHandle {
    /// Starts to transfer the room's form answers to the external database that is set up in the
    /// portal's settings. To follow the transfer, use [`external_db_sync`](Self::external_db_sync).
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the room is not a form-filling room.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room, or
    ///   the room is archived.
    /// - [`Server`](crate::ErrorKind::Server): the portal has no external database.
    pub async fn start_external_db_sync(&self) -> Result<ExternalDbSync> {
        let call = Call::new("start_external_db_sync", format!("of room {}", self.id()));
        let id = self.form_room(&call).await?;
        let answer = self.portal().api().start_external_db_sync().id(id).send().await;
        call.response(answer, |envelope| envelope.response).await.map_err(|error| match error.status() {
            // A portal without an external database answers only `Bad request.`
            Some(500) => error.advise("set up the external database in the portal's settings first"),
            _ => error,
        })
    }

    /// Reads the state of the last transfer to the external database. Returns `None` if the portal
    /// does not have one.
    ///
    /// The room is read first, because the portal answers with an internal error if it does not
    /// exist (docs/portal/exports.md#synchronizing-a-room).
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the room is not a form-filling room.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room, or
    ///   the room is archived.
    pub async fn external_db_sync(&self) -> Result<Option<ExternalDbSync>> {
        let call = Call::new("get_external_db_sync", format!("of room {}", self.id()));
        let id = self.form_room(&call).await?;
        Ok(call.envelope(self.portal().api().get_external_db_sync().id(id).send().await).await?.response)
    }

    /// Returns the id of the room if it is a form-filling room.
    async fn form_room(&self, call: &Call) -> Result<i32> {
        let room = self.get().await?;
        if room.room_type != RoomType::FillingForms {
            return Err(Error::invalid("only form-filling rooms have an external database").of(call));
        }
        let third_party = || Error::invalid("a room in third-party storage has no external database").of(call);
        room.id.number().ok_or_else(third_party)
    }
}
