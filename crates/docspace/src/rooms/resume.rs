//! Waiting again for an archiving, restoring or deletion that an earlier wait, or an earlier
//! program, has started.

use std::time::Duration;

use docspace_api::types::{FileOperation, OperationId, Room};
use docspace_api::{ClientOperationsExt, RoomId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::in_flight::{RoomsInFlight, Target};
use super::record::read_record;
use super::{Presence, find_room};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, Instant};
use crate::portal::Portal;
use crate::waiting::{Observation, Operation, Poll, Poller, Stage, Ticket};

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

impl RoomTicket {
    pub(super) fn ticket(&self) -> Ticket {
        Ticket::new(json!({ KEY: self }))
    }
}

/// Resumes the wait for a room to be archived, restored or deleted. `None` if the content is not
/// that of such a ticket.
pub(crate) fn resume(portal: &Portal, content: &Value) -> Option<Operation<Option<Room>>> {
    let ticket = RoomTicket::deserialize(content.get(KEY)?).ok()?;
    let call = ticket.target.call(&ticket.room);
    let poller =
        ResumedPoller { portal: portal.clone(), call: call.clone(), ticket, missing_since: None, is_canceled: false };
    Some(Operation::new(call, portal.wait_policy(), poller))
}

/// Polls an operation that this program may not have started. It never starts anything.
struct ResumedPoller {
    portal: Portal,
    call: Call,
    ticket: RoomTicket,
    /// Since when the portal does not list the operation any more, without the room showing a
    /// result.
    missing_since: Option<Instant>,
    is_canceled: bool,
}

impl Poller<Option<Room>> for ResumedPoller {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<Option<Room>>>> {
        Box::pin(self.observe(poll))
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.cancel_operation())
    }

    fn ticket(&self) -> Option<Ticket> {
        Some(self.ticket.ticket())
    }
}

impl ResumedPoller {
    async fn observe(&mut self, poll: Poll) -> Result<Observation<Option<Room>>> {
        // The record first: an operation that has ended by then shows its result in the room.
        let record = self.read_record().await?;
        let presence = find_room(&self.portal, &self.ticket.room).await?;
        if self.ticket.target.is_reached(&presence) {
            return Ok(Observation::Done(presence.room()));
        }
        match (record, presence) {
            (_, Presence::Gone) => Err(Error::new(ErrorKind::NotFound, "the room is gone").of(&self.call)),
            (Some(record), _) if !record.is_done() => {
                self.missing_since = None;
                Ok(Observation::Pending(Stage::Running, u8::try_from(record.progress.clamp(0, 100)).ok()))
            }
            (Some(record), _) if record.failure().is_some() => {
                let reason = record.failure().unwrap_or_default().to_owned();
                Err(Error::new(ErrorKind::NotDone, reason).of(&self.call))
            }
            (Some(_), _) if self.is_canceled => Ok(Observation::Canceled),
            // Without an id, only the room shows the end.
            _ if self.ticket.operation.is_none() => Ok(Observation::Pending(Stage::Accepted, None)),
            _ if self.is_missing_for_long() && self.is_canceled => Ok(Observation::Canceled),
            _ if self.is_missing_for_long() && !poll.is_last => {
                let reason = "the portal does not list the operation any more, and the room has not changed";
                Err(Error::new(ErrorKind::NotDone, reason).of(&self.call).advise("start it again"))
            }
            _ => Ok(Observation::Pending(Stage::Verifying, None)),
        }
    }

    /// Whether the operation is missing for longer than a portal needs to show its result.
    fn is_missing_for_long(&mut self) -> bool {
        let patience = self.portal.wait_policy().stall.max(Duration::from_secs(1));
        self.missing_since.get_or_insert_with(Instant::now).elapsed() >= patience
    }

    async fn read_record(&self) -> Result<Option<FileOperation>> {
        let Some(id) = self.ticket.operation else { return Ok(None) };
        let record = match read_record(&self.portal, id).await {
            // A key without a `files` scope cannot list operations. Then only the room shows the
            // end.
            Err(error) if error.is_forbidden() => return Ok(None),
            outcome => outcome?,
        };
        // The portal reports a finished operation only once, and another wait may need it.
        self.portal.state::<RoomsInFlight>().deliver(record.as_slice());
        Ok(record)
    }

    async fn cancel_operation(&mut self) -> Result<()> {
        let what = format!("that {} room {}", self.ticket.target.verb(), self.ticket.room);
        let call = Call::new("terminate_operation", what);
        // Without an id, the portal would cancel all operations of the caller.
        let Some(id) = self.ticket.operation else {
            let error = Error::new(ErrorKind::NotDone, "the ticket does not have the id of the operation").of(&call);
            return Err(error.advise("the operation continues: check the room later"));
        };
        let envelope = call.envelope(self.portal.api().terminate_operation().id(id).send().await).await?;
        self.portal.state::<RoomsInFlight>().deliver(&envelope.response.unwrap_or_default());
        self.is_canceled = true;
        Ok(())
    }
}
