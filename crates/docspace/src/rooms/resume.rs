//! Waiting again for a room to be archived, restored or deleted.

use docspace_api::RoomId;
use docspace_api::types::OperationId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::in_flight::Target;
use super::resumed::{Outcome, Resumable, ResumedPoller};
use super::{Presence, find_room};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::waiting::{Operation, Resumed, Ticket};

/// The key of the content in a ticket.
const KEY: &str = "room_operation";

/// The content of a ticket.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RoomTicket {
    pub(super) target: Target,
    pub(super) room: RoomId,
    /// The id of the operation, if it is known to be that of this room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operation: Option<OperationId>,
}

/// Resumes the wait for a room to be archived, restored or deleted. `None` if the content is not
/// that of such a ticket.
pub(crate) fn resume(portal: &Portal, content: &Value) -> Option<Operation<Resumed>> {
    let ticket = RoomTicket::deserialize(content.get(KEY)?).ok()?;
    Some(ResumedPoller::operation(portal, ticket))
}

impl Resumable for RoomTicket {
    fn call(&self) -> Call {
        self.target.call(&self.room)
    }

    fn effect(&self) -> String {
        format!("{} room {}", self.target.verb(), self.room)
    }

    fn operation(&self) -> Option<OperationId> {
        self.operation
    }

    fn ticket(&self) -> Ticket {
        Ticket::new(json!({ KEY: self }))
    }

    fn outcome<'r>(&'r self, portal: &'r Portal) -> BoxFuture<'r, Result<Outcome<Resumed>>> {
        Box::pin(async move {
            let presence = find_room(portal, &self.room).await?;
            if self.target.is_reached(&presence) {
                let room = presence.room();
                return Ok(Outcome::Reached(room.map_or(Resumed::Deleted, |room| Resumed::Room(Box::new(room)))));
            }
            match presence {
                Presence::Gone => Err(Error::new(ErrorKind::NotFound, "the room is gone").of(&self.call())),
                Presence::Here(_) | Presence::Unknown => Ok(Outcome::Untouched),
            }
        })
    }
}
