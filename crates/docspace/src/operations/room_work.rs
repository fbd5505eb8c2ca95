//! Archiving, restoring and deleting a room: started, followed, and judged by the room itself.

use std::sync::Arc;

use docspace_api::types::{FileOperation, OperationRequest, Room};
use docspace_api::{ClientRoomsExt, OperationType, RoomId};

use super::flight::{Flight, Lane, Sight, Turn};
use super::{Operation, Stage, Watch};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::find_room;
use crate::runtime::{BoxFuture, Instant};

/// Where a room shall end up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    Archived,
    Active,
    Gone,
}

/// How often dropped work is started again. A portal whose workers are full for that long has other troubles.
const RESTARTS: u32 = 10;

impl Goal {
    fn operation(self) -> &'static str {
        match self {
            Self::Archived => "archive_room",
            Self::Active => "unarchive_room",
            Self::Gone => "delete_room",
        }
    }

    /// What its operation does to a room.
    pub(super) fn does(self) -> &'static str {
        match self {
            Self::Archived => "archives",
            Self::Active => "restores",
            Self::Gone => "deletes",
        }
    }

    fn kind(self) -> OperationType {
        if self == Self::Gone { OperationType::Delete } else { OperationType::Move }
    }

    pub(super) fn is_reached(self, room: Option<&Room>) -> bool {
        match self {
            Self::Archived => room.is_some_and(Room::is_archived),
            Self::Active => room.is_some_and(Room::is_active),
            Self::Gone => room.is_none(),
        }
    }
}

/// Starts the work. `outcome` makes the result out of the room as it was read at the end.
pub(crate) async fn start<T: Send + 'static>(
    portal: &Portal,
    id: RoomId,
    goal: Goal,
    outcome: fn(Option<Room>) -> Option<T>,
) -> Result<Operation<T>> {
    let call = Call::new(goal.operation(), id.to_string());
    let work = RoomWork { portal: portal.clone(), call: call.clone(), id, goal };
    let flight = work.take_off(work.lane().turn(portal, &call).await?).await?;
    Ok(Operation::new(call, portal.wait_policy(), move |watch| -> BoxFuture<'static, Result<Option<T>>> {
        Box::pin(async move {
            match work.follow(flight, watch).await? {
                Verdict::Stopped => Ok(None),
                Verdict::Reached(room) => {
                    let gone = || Error::new(ErrorKind::NotFound, "the room is gone").of(&work.call);
                    outcome(room.map(|room| *room)).ok_or_else(gone).map(Some)
                }
            }
        })
    }))
}

struct RoomWork {
    portal: Portal,
    call: Call,
    id: RoomId,
    goal: Goal,
}

/// How it ended.
enum Verdict {
    /// The room is where it shall be, if it shall be anywhere.
    Reached(Option<Box<Room>>),
    /// It was cancelled before.
    Stopped,
}

impl RoomWork {
    fn lane(&self) -> &Lane {
        self.portal.flights().lane(self.goal.kind())
    }

    async fn take_off(&self, turn: Turn<'_>) -> Result<Arc<Flight>> {
        let answer = self.send().await?;
        Ok(turn.took_off(&answer, self.id.clone(), self.goal))
    }

    async fn send(&self) -> Result<FileOperation> {
        let (api, id) = (self.portal.api(), self.id.clone());
        let body = OperationRequest::keep();
        let answer = match self.goal {
            Goal::Archived => api.archive_room().id(id).body(body).send().await,
            Goal::Active => api.unarchive_room().id(id).body(body).send().await,
            Goal::Gone => api.delete_room().id(id).body(body).send().await,
        };
        self.call.response(answer, |envelope| envelope.response).await
    }

    /// Looks until the room is where it shall be. A portal forgets, drops and misreports operations, so their records
    /// only say when to look at the room.
    async fn follow(&self, mut flight: Arc<Flight>, mut watch: Watch) -> Result<Verdict> {
        let (mut restarts, mut asked) = (0, false);
        loop {
            if watch.is_stopping() && !asked {
                flight.stop(&self.portal).await?;
                asked = true;
            }
            match flight.look(&self.portal, watch.freshness()).await? {
                Sight::Accepted => watch.report(Stage::Accepted, None),
                Sight::Running(percent) => watch.report(Stage::Running, Some(percent)),
                Sight::Ended(record) => {
                    watch.report(Stage::Verifying, Some(100));
                    return self.verify(record.failure(), watch, flight.is_stopped()).await;
                }
                Sight::Vanished => {
                    watch.report(Stage::Verifying, None);
                    return self.verify(None, watch, flight.is_stopped()).await;
                }
                Sight::Lost => {
                    let room = find_room(&self.portal, &self.id).await?;
                    if self.goal.is_reached(room.as_ref()) {
                        return Ok(Verdict::Reached(room.map(Box::new)));
                    }
                    if flight.is_stopped() {
                        return Ok(Verdict::Stopped);
                    }
                    if restarts == RESTARTS {
                        return Err(self.failed("the portal drops it again and again"));
                    }
                    restarts += 1;
                    // Waiting for a turn can be given up, but not a request under way.
                    let Some(turn) = watch.unless_stopped(self.lane().turn(&self.portal, &self.call)).await else {
                        continue;
                    };
                    let turn = turn?;
                    watch.report(Stage::Restarted, None);
                    match self.take_off(turn).await {
                        Ok(again) => flight = again,
                        Err(error) if self.goal == Goal::Gone && error.is_not_found() => {
                            return Ok(Verdict::Reached(None));
                        }
                        Err(error) => return Err(error),
                    }
                }
            }
            watch.pause().await;
        }
    }

    /// An operation that ended without an error may have done half, and one with an error may have done all. The answer to
    /// a deletion can carry the record of another one (portal-facts 8.1), whose end says nothing of this room, so a room
    /// that is still there gets some time to go.
    async fn verify(&self, failure: Option<&str>, mut watch: Watch, stopped: bool) -> Result<Verdict> {
        let ended = Instant::now();
        loop {
            let room = find_room(&self.portal, &self.id).await?;
            if self.goal.is_reached(room.as_ref()) {
                return Ok(Verdict::Reached(room.map(Box::new)));
            }
            if stopped {
                return Ok(Verdict::Stopped);
            }
            if self.goal != Goal::Gone || ended.elapsed() >= self.portal.wait_policy().stall {
                break;
            }
            watch.pause().await;
        }
        Err(self.failed(failure.unwrap_or(match self.goal {
            Goal::Gone => {
                "the portal says it has ended, but the room is still there, perhaps without some of its content"
            }
            Goal::Archived | Goal::Active => "the portal says it has ended, but the room has not moved",
        })))
    }

    fn failed(&self, reason: &str) -> Error {
        Error::new(ErrorKind::Operation, reason).of(&self.call)
    }
}
