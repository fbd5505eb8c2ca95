//! The operations on rooms that this program has in flight, and what is known about each. This
//! module holds state only; [`lifecycle`](super::lifecycle) sends the requests.
//!
//! The workers of a portal accept an operation only while at most ten of its type exist, including
//! finished ones that were not read. The portal drops the others without an error (recording
//! operations/capacity). Therefore only a few operations are in flight at a time, and finished ones
//! are read promptly. Each is read by its own id, because a list without an id also removes the
//! records of other programs (docs/portal/operations.md#what-removes-a-finished-record).

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use docspace_api::types::{FileOperation, OperationId, Room};
use docspace_api::{OperationStatus, OperationType, RoomId};
use serde::{Deserialize, Serialize};

use super::Presence;
use crate::error::Call;
use crate::platform::Instant;
use crate::waiting::{InFlight, Pace, Queue};

/// Maximum time without visible progress for an operation that is canceled or that nothing waits
/// for.
const MAX_IDLE_PATIENCE: Duration = Duration::from_secs(60);

/// The place where a room is to end up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    Archived,
    Active,
    Gone,
}

impl Target {
    /// The call that starts the change.
    pub(super) fn call(self, room: &RoomId) -> Call {
        let name = match self {
            Self::Archived => "archive_room",
            Self::Active => "unarchive_room",
            Self::Gone => "delete_room",
        };
        Call::new(name, room.to_string())
    }

    /// The verb for what the change does to a room, for messages.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Archived => "archives",
            Self::Active => "restores",
            Self::Gone => "deletes",
        }
    }

    pub(super) fn is_reached(self, presence: &Presence) -> bool {
        match (self, presence) {
            (Self::Archived, Presence::Here(room)) => room.is_archived(),
            (Self::Active, Presence::Here(room)) => room.is_active(),
            (Self::Gone, presence) => matches!(presence, Presence::Gone),
            _ => false,
        }
    }
}

/// The operations of one portal that this program started and whose end it has not seen.
#[derive(Debug, Default)]
pub(crate) struct RoomsInFlight {
    moves: Queue<RoomOperation>,
    deletions: Queue<RoomOperation>,
    pace_of_moves: Pace,
    pace_of_deletions: Pace,
    /// Deletions in the caller's list that are not in flight here: those of folders, files and
    /// other programs, and those that were given up.
    other_deletions: Mutex<HashSet<OperationId>>,
    /// Operations that the portal dropped and that a wait may start again.
    dropped: Mutex<Vec<Weak<RoomOperation>>>,
}

impl RoomsInFlight {
    pub(super) fn queue(&self, target: Target) -> &Queue<RoomOperation> {
        if target == Target::Gone { &self.deletions } else { &self.moves }
    }

    pub(super) fn pace(&self, target: Target) -> &Pace {
        if target == Target::Gone { &self.pace_of_deletions } else { &self.pace_of_moves }
    }

    fn all(&self) -> Vec<Arc<RoomOperation>> {
        [self.moves.in_flight(), self.deletions.in_flight()].concat()
    }

    /// Delivers finished records to the operations they belong to. The portal reports a finished
    /// operation only once.
    pub(crate) fn deliver(&self, records: &[FileOperation]) {
        let all = self.all();
        for record in records.iter().filter(|record| has_ended(record)) {
            if let Some(operation) = all.iter().find(|operation| operation.tracked().id == Some(record.id)) {
                operation.observe(State::Ended(Some(record.clone())));
                self.queue(operation.target).wake();
            }
        }
    }

    /// Records that the portal is asked to cancel the operation with this id, or all operations, so
    /// that waits do not start them again. Returns the operations whose cancellation was not
    /// requested before.
    pub(crate) fn cancel(&self, id: Option<OperationId>) -> Vec<Arc<RoomOperation>> {
        let matches_id = |operation: &Arc<RoomOperation>| id.is_none() || operation.tracked().id == id;
        let dropped = self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
        let dropped: Vec<_> = dropped.iter().filter_map(Weak::upgrade).collect();
        self.all().into_iter().chain(dropped).filter(|operation| matches_id(operation) && operation.cancel()).collect()
    }

    /// Finds the id of the deletion that was just started. The flag tells whether the id is
    /// certain.
    ///
    /// `answer` is the record that the portal answered with: the first of the caller's deletions,
    /// often an older one. `listed` is the list after the request, in which the new deletion is the
    /// last (recording operations/own-delete-id).
    pub(super) fn own_deletion(&self, answer: &FileOperation, listed: &[FileOperation]) -> Option<(OperationId, bool)> {
        let mut other_deletions = self.other_deletions.lock().unwrap_or_else(PoisonError::into_inner);
        let in_flight = self.deletions.in_flight();
        let is_known =
            |id| other_deletions.contains(&id) || in_flight.iter().any(|operation| operation.tracked().id == Some(id));
        let ids = listed.iter().filter(|record| record.operation == OperationType::Delete).map(|record| record.id);
        let ids: Vec<OperationId> = ids.collect();
        let mut new: Vec<OperationId> = ids.iter().copied().filter(|id| !is_known(*id)).collect();
        // A record in the answer that is not in the list may be that of the new deletion. Then the
        // listed one belongs to another program.
        let may_be_answered = !is_known(answer.id) && !ids.contains(&answer.id);
        // A deletion that ended immediately may not be listed. Its record may be the answer.
        if new.is_empty() && !has_ended(answer) && !is_known(answer.id) {
            new.push(answer.id);
        }
        let own = new.pop();
        // Other programs started deletions between the two lists of this program, or before the
        // first.
        let is_certain = new.is_empty() && (!may_be_answered || own == Some(answer.id));
        other_deletions.retain(|id| ids.contains(id));
        other_deletions.extend(new);
        own.map(|id| (id, is_certain))
    }

    /// Records the deletion of a folder or file, which the portal lists together with those of
    /// rooms.
    pub(crate) fn note_other_deletion(&self, id: Option<OperationId>) {
        self.other_deletions.lock().unwrap_or_else(PoisonError::into_inner).extend(id);
    }

    /// Records that an operation is given up, although the portal may still list it.
    pub(super) fn give_up(&self, operation: &Arc<RoomOperation>) {
        let id = operation.tracked().id;
        let mut dropped = self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
        dropped.retain(|other| other.strong_count() > 0);
        dropped.push(Arc::downgrade(operation));
        self.other_deletions.lock().unwrap_or_else(PoisonError::into_inner).extend(id);
        self.queue(operation.target).wake();
    }
}

/// Whether a record shows the end of its operation. `finished` alone can be early: the record is
/// then listed once more, with a final status. A status that this version does not know does not
/// end an operation.
pub(crate) fn has_ended(record: &FileOperation) -> bool {
    matches!(record.status, OperationStatus::Completed | OperationStatus::Canceled | OperationStatus::Failed)
}

/// An archive, restore or delete operation that this program started.
#[derive(Debug)]
pub(crate) struct RoomOperation {
    pub(super) room: RoomId,
    pub(super) target: Target,
    /// How long the operation may go without visible progress.
    pub(super) patience: Duration,
    tracked: Mutex<Tracked>,
}

/// What is known about an operation.
#[derive(Debug)]
struct Tracked {
    id: Option<OperationId>,
    /// Whether the id is certainly that of this operation.
    is_certain: bool,
    state: State,
    was_listed: bool,
    /// When the operation last made visible progress.
    last_progress: Instant,
    /// The number of files and folders of the room when it was last read.
    content: Option<(i32, i32)>,
    /// When the last poll began. Others use the result of a recent poll, unless it takes too long.
    polled: Option<Instant>,
    /// When the portal was asked to cancel the operation.
    canceled: Option<Instant>,
    /// Whether nothing waits for the operation, so that it is never started again.
    is_abandoned: bool,
}

/// The progress of an operation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum State {
    /// The request was not answered yet.
    Starting,
    Accepted,
    Running(u8),
    /// Ended, with the record of the portal unless another program has read it.
    Ended(Option<FileOperation>),
    /// Without visible progress for too long.
    Dropped,
}

impl RoomOperation {
    pub(super) fn new(room: RoomId, target: Target, patience: Duration) -> Self {
        let tracked = Tracked {
            id: None,
            is_certain: false,
            state: State::Starting,
            was_listed: false,
            last_progress: Instant::now(),
            content: None,
            polled: None,
            canceled: None,
            is_abandoned: false,
        };
        Self { room, target, patience, tracked: Mutex::new(tracked) }
    }

    /// Records that nothing waits for the operation any longer.
    pub(super) fn leave(&self) {
        self.tracked().is_abandoned = true;
    }

    /// How long the operation may go without visible progress. An operation that is not started
    /// again gets less time, so that it does not occupy the queue for long.
    fn patience(&self, tracked: &Tracked) -> Duration {
        let is_short = tracked.is_abandoned || tracked.canceled.is_some();
        if is_short { self.patience.min(MAX_IDLE_PATIENCE) } else { self.patience }
    }

    /// Processes a failed poll. Without visible progress, the operation no longer counts as in
    /// flight.
    pub(super) fn observe_failure(&self) {
        let mut tracked = self.tracked();
        if tracked.last_progress.elapsed() >= self.patience.min(MAX_IDLE_PATIENCE) {
            tracked.advance(State::Dropped);
        }
    }

    /// Whether the id may be that of an operation of another program.
    pub(super) fn has_uncertain_id(&self) -> bool {
        let tracked = self.tracked();
        !tracked.state.is_over() && tracked.id.is_some() && !tracked.is_certain
    }

    /// Ends the operation if the room has reached the target.
    pub(super) fn observe_arrival(&self, presence: &Presence) {
        if self.target.is_reached(presence) {
            self.observe(State::Ended(None));
        }
    }

    fn tracked(&self) -> MutexGuard<'_, Tracked> {
        self.tracked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state(&self) -> State {
        self.tracked().state.clone()
    }

    /// Processes the end of the request. Without an id, only the room shows how the operation ends.
    pub(super) fn request_ended(&self, id: Option<(OperationId, bool)>) {
        let mut tracked = self.tracked();
        if tracked.state == State::Starting {
            (tracked.state, tracked.last_progress) = (State::Accepted, Instant::now());
            (tracked.id, tracked.is_certain) = id.map_or((None, false), |(id, is_certain)| (Some(id), is_certain));
        }
    }

    /// Returns the id, if it is certain.
    pub(super) fn certain_id(&self) -> Option<OperationId> {
        let tracked = self.tracked();
        tracked.id.filter(|_| tracked.is_certain)
    }

    /// Removes an id that turned out to be that of another program. From then on, only the room
    /// shows how the operation ends.
    pub(super) fn forget_id(&self) {
        let mut tracked = self.tracked();
        (tracked.id, tracked.state, tracked.last_progress) = (None, State::Accepted, Instant::now());
    }

    /// Claims the next poll and returns the id to poll by. Returns `None` if the end is known or
    /// another poll is recent enough.
    pub(super) fn claim_poll(&self, max_age: Duration) -> Option<Option<OperationId>> {
        let mut tracked = self.tracked();
        let is_recent = tracked.polled.is_some_and(|at| at.elapsed() < max_age);
        if tracked.state == State::Starting || tracked.state.is_over() || is_recent {
            return None;
        }
        tracked.polled = Some(Instant::now());
        Some(tracked.id)
    }

    /// Processes the record of the operation. Returns whether the room must be read to know more.
    pub(super) fn observe_record(&self, record: Option<FileOperation>) -> bool {
        let mut tracked = self.tracked();
        tracked.was_listed |= record.is_some();
        let patience = self.patience(&tracked);
        let stalled = tracked.last_progress.elapsed() >= patience;
        let state = match record {
            Some(record) if has_ended(&record) => State::Ended(Some(record)),
            Some(record) if record.status == OperationStatus::Created && stalled => State::Dropped,
            Some(record) if record.status == OperationStatus::Created => State::Accepted,
            Some(record) => State::Running(u8::try_from(record.progress.clamp(0, 100)).unwrap_or_default()),
            // A canceled operation is not listed until it has stopped, and then once more.
            None if tracked.canceled.is_some_and(|asked| asked.elapsed() < patience) => return false,
            None if matches!(tracked.state, State::Running(_)) => State::Ended(None),
            // A deletion that another program canceled must not be started again.
            None if tracked.was_listed && self.target == Target::Gone => State::Ended(None),
            None => return true,
        };
        tracked.advance(state);
        false
    }

    /// Processes the result of reading the room.
    pub(super) fn observe_room(&self, presence: &Presence) {
        let mut tracked = self.tracked();
        if self.target.is_reached(presence) {
            return tracked.advance(State::Ended(None));
        }
        if let Presence::Here(room) = presence {
            tracked.observe_content(room);
        }
        if tracked.last_progress.elapsed() >= self.patience(&tracked) {
            tracked.advance(State::Dropped);
        }
    }

    /// Whether a deletion whose record shows the end may still be in progress: the room is losing
    /// content, or was a moment ago.
    pub(super) fn is_active(&self, presence: &Presence) -> bool {
        let mut tracked = self.tracked();
        if let Presence::Here(room) = presence {
            tracked.observe_content(room);
        }
        tracked.last_progress.elapsed() < self.patience
    }

    fn observe(&self, state: State) {
        self.tracked().advance(state);
    }

    /// Records that the portal is asked to cancel the operation. Returns whether this is the first
    /// request.
    pub(super) fn cancel(&self) -> bool {
        let mut tracked = self.tracked();
        let is_first = tracked.canceled.is_none();
        tracked.canceled.get_or_insert_with(Instant::now);
        is_first
    }

    /// Records that the portal refused to cancel the operation.
    pub(crate) fn go_on(&self) {
        self.tracked().canceled = None;
    }

    pub(super) fn is_canceled(&self) -> bool {
        self.tracked().canceled.is_some()
    }
}

impl InFlight for RoomOperation {
    fn is_over(&self) -> bool {
        self.tracked().state.is_over()
    }
}

impl Tracked {
    /// Changes the state. The state of an operation that is over does not change, because its
    /// record may have been delivered while it was polled.
    fn advance(&mut self, state: State) {
        if !self.state.is_over() && self.state != state {
            if state != State::Dropped {
                self.last_progress = Instant::now();
            }
            self.state = state;
        }
    }

    fn observe_content(&mut self, room: &Room) {
        let content = Some((room.files_count, room.folders_count));
        if self.content.is_some() && self.content != content {
            self.last_progress = Instant::now();
        }
        self.content = content;
    }
}

impl State {
    pub(super) fn is_over(&self) -> bool {
        matches!(self, Self::Ended(_) | Self::Dropped)
    }
}
