//! Archiving, restoring and deleting a room: start the operation, wait for it, and verify the
//! result.
//!
//! [`Lifecycle::start`] waits for a place in the queue, sends the request, and returns an
//! [`Operation`] with a [`RoomPoller`]. The poller reads the record of the operation until the
//! operation has ended. It then takes the room from the record, or reads it. Only the room shows
//! the result: the portal removes, drops and misreports operations
//! (docs/portal/operations.md#how-to-know-the-end).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use docspace_api::types::{FileOperation, OperationRequest, Room};
use docspace_api::{ClientOperationsExt, ClientRoomsExt, FolderId, OperationType, RoomId};

use super::in_flight::{RoomOperation, RoomsInFlight, State, Target};
use super::record::{deliver, forget_record, read_record};
use super::resume::RoomTicket;
use super::resumed::Resumable;
use super::{Presence, find_room};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, Instant, spawn};
use crate::portal::Portal;
use crate::waiting::{Observation, Operation, Poll, Poller, Queue, Stage, Terms, Ticket, canceled, start_within};

/// Maximum time without visible progress, no matter how often the operation was restarted.
const MAX_PATIENCE: Duration = Duration::from_secs(60);
/// With less patience, each poll before the portal begins would start the operation again.
const MIN_PATIENCE: Duration = Duration::from_secs(1);

/// A change of the place of a room: archiving, restoring or deleting it.
#[derive(Clone)]
pub(crate) struct Lifecycle {
    portal: Portal,
    call: Call,
    room: RoomId,
    target: Target,
    is_sent: Arc<AtomicBool>,
    in_flight: Arc<RoomsInFlight>,
}

impl Lifecycle {
    pub(crate) fn new(portal: &Portal, room: &RoomId, target: Target) -> Self {
        let call = target.call(room);
        Self {
            portal: portal.clone(),
            call,
            room: room.clone(),
            target,
            is_sent: Arc::default(),
            in_flight: portal.state(),
        }
    }

    /// Starts the change, and returns an operation that is waited for on these terms. `outcome`
    /// makes the result from the room, once the target is reached.
    pub(crate) async fn start<T: 'static>(
        self,
        terms: &Terms,
        outcome: fn(Option<Room>) -> Option<T>,
    ) -> Result<Operation<T>> {
        let policy = &terms.policy;
        let patience = policy.stall.max(MIN_PATIENCE);
        let attempt = |max_age| -> BoxFuture<'_, _> {
            if terms.is_stopped() {
                return Box::pin(async { Err(canceled(&self.call).not_started()) });
            }
            Box::pin(self.try_start(max_age, patience))
        };
        let operation = self.queue().start(policy, &self.call, &self.is_sent, attempt).await?;
        let (call, backoff) = (self.call.clone(), self.in_flight.pace(self.target).backoff(policy));
        let first_pause = Some(backoff.last());
        let poller = RoomPoller { change: self, operation, first_pause, is_verifying: false, outcome };
        Ok(Operation::new(call, policy, poller).paced(backoff))
    }

    /// Starts a deletion after reading `room`, which must exist. The time for reading counts toward
    /// the deadline.
    pub(crate) async fn delete(self, terms: &Terms, room: BoxFuture<'_, Result<Room>>) -> Result<Operation<()>> {
        let (began, deadline) = (Instant::now(), terms.policy.deadline);
        start_within(deadline, &self.call, &self.is_sent, room).await?;
        let left = deadline.saturating_sub(began.elapsed());
        let terms = Terms { policy: terms.policy.clone().deadline(left), ..terms.clone() };
        Ok(self.start(&terms, |_| Some(())).await?.deadline(deadline))
    }

    fn queue(&self) -> &Queue<RoomOperation> {
        self.in_flight.queue(self.target)
    }

    /// Sends the request if there is a place in the queue. If not, polls the operations in flight,
    /// because nothing may be waiting for them yet.
    async fn try_start(&self, max_age: Duration, patience: Duration) -> Result<Option<Arc<RoomOperation>>> {
        if let Some(operation) = self.enter(patience) {
            return self.send(operation).await.map(Some);
        }
        for other in self.queue().in_flight() {
            // The caller asked about this room. If another room cannot be read, the wait for that
            // room reports it.
            if let Err(error) = self.refresh(&other, max_age).await {
                let is_of_room = error.call() == Some("get_room")
                    && matches!(error.kind(), ErrorKind::Forbidden | ErrorKind::Decode | ErrorKind::Server);
                if !is_of_room {
                    return Err(error.of(&self.call).not_started());
                }
                other.observe_failure();
                if other.state().is_over() {
                    self.in_flight.give_up(&other);
                }
            }
        }
        match self.enter(patience) {
            Some(operation) => self.send(operation).await.map(Some),
            None => Ok(None),
        }
    }

    fn enter(&self, patience: Duration) -> Option<Arc<RoomOperation>> {
        // Deletions are distinguished by the lists before and after them, so they are started one
        // by one.
        let admits = |other: &RoomOperation| self.target != Target::Gone || other.state() != State::Starting;
        let new = || RoomOperation::new(self.room.clone(), self.target, patience);
        self.queue().try_enter(self.portal.wait_policy().in_flight, admits, new)
    }

    async fn send(&self, operation: Arc<RoomOperation>) -> Result<Arc<RoomOperation>> {
        self.is_sent.store(true, Ordering::Relaxed);
        // This runs in a task, because others wait for the answer and this future may not be
        // polled.
        spawn(StartRequest { change: self.clone(), operation: Arc::clone(&operation) }.run()).await?;
        Ok(operation)
    }

    /// Polls an operation, unless its end is known or another poll is recent enough.
    async fn refresh(&self, operation: &Arc<RoomOperation>, max_age: Duration) -> Result<()> {
        let Some(id) = operation.claim_poll(max_age) else { return Ok(()) };
        let needs_room = match id {
            Some(id) => match read_record(&self.portal, id).await {
                Err(error) if error.is_forbidden() => true,
                record => operation.observe_record(record?),
            },
            None => true,
        };
        if needs_room {
            operation.observe_room(&find_room(&self.portal, &operation.room).await?);
        } else if operation.has_uncertain_id() {
            // The record of an operation in progress may be that of a deletion by another program.
            operation.observe_arrival(&find_room(&self.portal, &operation.room).await?);
        }
        match operation.state() {
            State::Dropped => self.in_flight.give_up(operation),
            State::Ended(_) => self.queue().wake(),
            _ => {}
        }
        Ok(())
    }
}

/// A request in flight. When it ends or is dropped, other requests can start.
struct StartRequest {
    change: Lifecycle,
    operation: Arc<RoomOperation>,
}

impl Drop for StartRequest {
    fn drop(&mut self) {
        if self.operation.state() == State::Starting {
            self.operation.leave();
        }
        self.operation.request_ended(None);
        self.change.queue().wake();
    }
}

impl StartRequest {
    async fn run(self) -> Result<()> {
        let Lifecycle { portal, call, room, target, .. } = &self.change;
        let (api, body) = (portal.api(), OperationRequest::keep_record());
        let answer = match target {
            Target::Archived => api.archive_room().id(room).body(body).send().await,
            Target::Active => api.unarchive_room().id(room).body(body).send().await,
            Target::Gone => api.delete_room().id(room).body(body).send().await,
        };
        match call.response(answer, |envelope| envelope.response).await {
            Ok(record) if *target == Target::Gone => self.identify(record).await,
            Ok(record) => {
                forget_record(portal, record.id);
                self.operation.request_ended(Some((record.id, true)));
            }
            Err(error) => {
                self.change.queue().leave(&self.operation);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Finds out which of the caller's deletions is this one. The list removes no more records than
    /// the request itself did.
    async fn identify(&self, answer: FileOperation) {
        let (api, in_flight) = (self.change.portal.api(), &self.change.in_flight);
        let call = Call::new("list_operations_by_type", "that delete");
        let list = api.list_operations_by_type().operation_type(OperationType::Delete.number()).send().await;
        // A key with a `rooms` scope alone cannot list operations. Then only the room shows how the
        // deletion ends.
        let listed = call.envelope(list).await.ok().and_then(|envelope| envelope.response);
        let own = listed.as_ref().and_then(|listed| in_flight.own_deletion(&answer, listed));
        if let Some((id, _)) = own {
            forget_record(&self.change.portal, id);
        }
        self.operation.request_ended(own);
        deliver(&self.change.portal, &listed.unwrap_or_default());
        deliver(&self.change.portal, &[answer]);
    }
}

/// Polls the operation of one room.
struct RoomPoller<T> {
    change: Lifecycle,
    operation: Arc<RoomOperation>,
    /// The pause before the first poll, until that poll.
    first_pause: Option<Duration>,
    is_verifying: bool,
    outcome: fn(Option<Room>) -> Option<T>,
}

impl<T> Drop for RoomPoller<T> {
    fn drop(&mut self) {
        self.operation.leave();
    }
}

impl<T: 'static> Poller<T> for RoomPoller<T> {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<T>>> {
        Box::pin(self.observe(poll))
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.cancel_operation())
    }

    fn ticket(&self) -> Option<Ticket> {
        let Lifecycle { target, room, .. } = &self.change;
        Some(RoomTicket { target: *target, room: room.clone(), operation: self.operation.certain_id() }.ticket())
    }
}

impl<T> RoomPoller<T> {
    async fn observe(&mut self, poll: Poll) -> Result<Observation<T>> {
        self.change.refresh(&self.operation, poll.max_age).await?;
        if let Some(pause) = self.first_pause.take() {
            let had_ended = matches!(self.operation.state(), State::Ended(_));
            self.change.in_flight.pace(self.change.target).learn(pause, had_ended);
        }
        let (stage, percent) = match self.operation.state() {
            State::Starting | State::Accepted => (Stage::Accepted, None),
            State::Running(percent) => (Stage::Running, Some(percent)),
            State::Dropped => return self.restart(poll).await,
            State::Ended(record) if self.is_verifying || poll.is_last => return self.verify(record).await,
            State::Ended(record) => {
                self.is_verifying = true;
                return Ok(Observation::Ended(record.map(|_| 100)));
            }
        };
        if poll.is_last
            && let Ok(outcome) = self.reached(self.presence().await?)
        {
            return Ok(Observation::Done(outcome));
        }
        Ok(Observation::Pending(stage, percent))
    }

    async fn presence(&self) -> Result<Presence> {
        find_room(&self.change.portal, &self.change.room).await
    }

    /// Returns the outcome if the room has reached the target.
    fn reached(&self, presence: Presence) -> Result<T, Presence> {
        if !self.change.target.is_reached(&presence) {
            return Err(presence);
        }
        (self.outcome)(presence.room()).ok_or(Presence::Unknown)
    }

    /// The room in the record of a move, which has it as the portal reads it at that moment
    /// (docs/portal/operations.md#the-record).
    fn moved(&self, record: &FileOperation) -> Option<Room> {
        let id = FolderId::from(&self.change.room);
        let folder = record.folders.as_ref()?.iter().find(|folder| folder.id == id)?;
        Room::try_from(folder.clone()).ok()
    }

    /// Finds the result after the end of an operation. An operation without an error may be
    /// incomplete, and one with an error may be complete.
    async fn verify(&mut self, record: Option<FileOperation>) -> Result<Observation<T>> {
        if let Some(room) = record.as_ref().and_then(|record| self.moved(record))
            && let Ok(outcome) = self.reached(Presence::Here(Box::new(room)))
        {
            return Ok(Observation::Done(outcome));
        }
        let presence = match self.reached(self.presence().await?) {
            Ok(outcome) => return Ok(Observation::Done(outcome)),
            Err(presence) => presence,
        };
        if self.operation.is_canceled() {
            return Ok(Observation::Canceled);
        }
        let is_deletion = self.change.target == Target::Gone;
        if is_deletion && self.operation.certain_id().is_none() {
            // The record may be that of a deletion by another program, whose end does not concern
            // this room.
            self.operation.forget_id();
            self.change.queue().reenter(&self.operation);
            self.is_verifying = false;
            return Ok(Observation::Pending(Stage::Accepted, None));
        }
        let failure = record.as_ref().and_then(FileOperation::failure);
        let reason = match presence {
            Presence::Unknown => return Ok(Observation::Pending(Stage::Verifying, None)),
            Presence::Gone => {
                return Err(
                    Error::new(ErrorKind::NotFound, "the room was deleted in the meantime").of(&self.change.call)
                );
            }
            presence if is_deletion && failure.is_none() && self.operation.is_active(&presence) => {
                return Ok(Observation::Pending(Stage::Verifying, None));
            }
            _ if is_deletion => {
                "the portal reports that the deletion has ended, but the room is still there, perhaps without some of its content"
            }
            _ => "the portal reports that the operation has ended, but the room has not moved",
        };
        Err(Error::new(ErrorKind::NotDone, failure.unwrap_or(reason)).of(&self.change.call))
    }

    /// Starts a dropped operation again, unless the target is reached or the operation was
    /// canceled.
    async fn restart(&mut self, poll: Poll) -> Result<Observation<T>> {
        if let Ok(outcome) = self.reached(self.presence().await?) {
            return Ok(Observation::Done(outcome));
        }
        if self.operation.is_canceled() {
            return Ok(Observation::Canceled);
        }
        if poll.is_last {
            return Ok(Observation::Pending(Stage::Accepted, None));
        }
        let longest = MAX_PATIENCE.max(self.change.portal.wait_policy().stall);
        let patience = self.operation.patience.saturating_mul(2).min(longest);
        match self.change.try_start(poll.max_age, patience).await {
            Ok(Some(operation)) => {
                self.operation = operation;
                Ok(Observation::Pending(Stage::Restarted, None))
            }
            Ok(None) => Ok(Observation::Pending(Stage::Accepted, None)),
            // The room has gone since it was read. The next poll verifies that.
            Err(error) if self.change.target == Target::Gone && error.is_not_found() => {
                Ok(Observation::Pending(Stage::Verifying, None))
            }
            Err(error) => Err(error),
        }
    }

    /// Asks the portal to cancel the operation, unless it has ended.
    async fn cancel_operation(&mut self) -> Result<()> {
        self.change.refresh(&self.operation, Duration::ZERO).await?;
        if matches!(self.operation.state(), State::Ended(_)) {
            return Ok(());
        }
        let call =
            Call::new("terminate_operation", format!("that {} room {}", self.change.target.verb(), self.change.room));
        // Without an id, the portal would cancel all operations of the caller.
        let Some(id) = self.operation.certain_id() else {
            if self.reached(self.presence().await?).is_ok() {
                return Ok(());
            }
            let reason = "the portal does not report which operation belongs to this room";
            return Err(Error::new(ErrorKind::NotDone, reason)
                .of(&call)
                .advise("the operation continues: check the room later"));
        };
        let envelope = call.envelope(self.change.portal.api().terminate_operation().id(id).send().await).await?;
        self.operation.cancel();
        deliver(&self.change.portal, &envelope.response.unwrap_or_default());
        Ok(())
    }
}
