//! Reading one room, and explaining why the portal refused to change it.

use docspace_api::types::Room;
use docspace_api::{ClientRoomsExt, RoomId};

use crate::error::{Call, Error, Result};
use crate::portal::Portal;

/// Reads a room. The portal also answers with folders (docs/portal/rooms.md#reading-a-room), which
/// are an error here.
pub(crate) async fn read_room(portal: &Portal, id: &RoomId) -> Result<Room> {
    let call = Call::new("get_room", id);
    let folder =
        call.response(portal.api().get_room().id(id.clone()).send().await, |envelope| envelope.response).await?;
    Room::try_from(folder).map_err(|error| Error::invalid(error.to_string()).of(&call).advise("use the id of a room"))
}

/// The advice for refusals that [`explain_archived`] explains.
pub(crate) const RESTORE_FIRST: &str = "the room is in the archive: restore it first";

/// Adds to a refusal that the room is archived. The portal refuses all changes of an archived room
/// without giving the reason (docs/portal/permissions.md#an-archived-room).
pub(crate) async fn explain_archived(portal: &Portal, id: &RoomId, error: Error) -> Error {
    let refused = error.is_forbidden() && !error.lacks_scope();
    let archived = refused && read_room(portal, id).await.is_ok_and(|room| room.is_archived());
    if archived { error.advise(RESTORE_FIRST) } else { error }
}

/// Returns the result of a change. If the change was refused because the room is archived, the
/// error says so.
pub(crate) fn with_archive_advice<T>(
    portal: &Portal,
    id: &RoomId,
    outcome: Result<T>,
) -> impl Future<Output = Result<T>> {
    Box::pin(async move {
        match outcome {
            Err(error) => Err(explain_archived(portal, id, error).await),
            done => done,
        }
    })
}

/// The result of reading a room that may not exist.
#[derive(Debug)]
pub(crate) enum Presence {
    /// The room exists.
    Here(Box<Room>),
    /// The portal reports that the room does not exist.
    Gone,
    /// Something in front of the portal answered 404, so it is not known whether the room exists.
    Unknown,
}

impl Presence {
    pub(crate) fn room(self) -> Option<Room> {
        match self {
            Self::Here(room) => Some(*room),
            Self::Gone | Self::Unknown => None,
        }
    }
}

/// Reads a room that may not exist. A 404 of the portal has a message. A 404 from a proxy or from
/// wrong routing has none (recordings rooms/missing-id and routing).
pub(crate) async fn find_room(portal: &Portal, id: &RoomId) -> Result<Presence> {
    match read_room(portal, id).await {
        Ok(room) => Ok(Presence::Here(Box::new(room))),
        Err(error) if error.is_not_found() && error.message().is_some() => Ok(Presence::Gone),
        Err(error) if error.is_not_found() => Ok(Presence::Unknown),
        Err(error) => Err(error),
    }
}
