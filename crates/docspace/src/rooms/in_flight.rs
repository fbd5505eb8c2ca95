//! The moves and deletions of rooms that this program has in flight, and what is known of each. Plain state: the requests
//! are in [`lifecycle`](super::lifecycle).
//!
//! A portal's worker takes an operation only while it holds at most ten of that kind, including finished ones that nobody
//! has read. It drops the others without an error (recording operations/capacity). Therefore only a
//! few are in flight at once, and finished ones are read promptly, each by its own id, because a list without an id also
//! removes the records of other programs.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use docspace_api::types::{FileOperation, OperationId, Room};
use docspace_api::{OperationStatus, OperationType, RoomId};

use super::Presence;
use crate::platform::Instant;
use crate::waiting::{InFlight, Queue};

/// How long an operation that is to be stopped, or that nobody waits for, may show no sign of life at most.
const LONGEST_PATIENCE: Duration = Duration::from_secs(60);

/// Where a room is to end up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Archived,
    Active,
    Gone,
}

impl Target {
    /// What the change does to a room.
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

/// The operations of one portal that this program started and has not seen the end of.
#[derive(Debug, Default)]
pub(crate) struct RoomsInFlight {
    moves: Queue<RoomOperation>,
    deletions: Queue<RoomOperation>,
    /// Deletions in the caller's list that are not in flight here: those of other programs, and those given up.
    others: Mutex<HashSet<OperationId>>,
    /// What the portal dropped and somebody may wait for, to start it again.
    dropped: Mutex<Vec<Weak<RoomOperation>>>,
}

impl RoomsInFlight {
    pub(super) fn queue(&self, target: Target) -> &Queue<RoomOperation> {
        if target == Target::Gone { &self.deletions } else { &self.moves }
    }

    fn all(&self) -> Vec<Arc<RoomOperation>> {
        [self.moves.in_flight(), self.deletions.in_flight()].concat()
    }

    /// Delivers finished records to the operations they belong to. The portal reports a finished operation only once.
    pub(crate) fn deliver(&self, records: &[FileOperation]) {
        let all = self.all();
        for record in records.iter().filter(|record| has_ended(record)) {
            if let Some(operation) = all.iter().find(|operation| operation.tracked().id == Some(record.id)) {
                operation.observe(State::Ended(Some(record.clone())));
                self.queue(operation.target).wake();
            }
        }
    }

    /// Notes that the portal is asked to stop the operation of this id, or all. Waits must not start them again. Returns
    /// those whose cancellation had not been requested before.
    pub(crate) fn cancel(&self, id: Option<OperationId>) -> Vec<Arc<RoomOperation>> {
        let meant = |operation: &Arc<RoomOperation>| id.is_none() || operation.tracked().id == id;
        let dropped = self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
        let dropped: Vec<_> = dropped.iter().filter_map(Weak::upgrade).collect();
        self.all().into_iter().chain(dropped).filter(|operation| meant(operation) && operation.cancel()).collect()
    }

    /// The id of the deletion that was just started, and whether it is certain. `answer` is what the portal answered: the
    /// first of the caller's deletions, often an older one. `listed` is the list of them afterwards, in which the new one
    /// is the last (recording operations/own-delete-id).
    pub(super) fn own_deletion(&self, answer: &FileOperation, listed: &[FileOperation]) -> Option<(OperationId, bool)> {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let in_flight = self.deletions.in_flight();
        let is_known =
            |id| others.contains(&id) || in_flight.iter().any(|operation| operation.tracked().id == Some(id));
        let ids = listed.iter().filter(|record| record.operation == OperationType::Delete).map(|record| record.id);
        let ids: Vec<OperationId> = ids.collect();
        let mut new: Vec<OperationId> = ids.iter().copied().filter(|id| !is_known(*id)).collect();
        // The record that was answered and is listed no more can be the new one's: then what is listed is another program's.
        let may_be_answered = !is_known(answer.id) && !ids.contains(&answer.id);
        // A deletion that ended at once may be listed nowhere; its record can be the answer.
        if new.is_empty() && !has_ended(answer) && !is_known(answer.id) {
            new.push(answer.id);
        }
        let own = new.pop();
        // Another program's deletions were started between this program's last list and this one, or before the first.
        let is_certain = new.is_empty() && (!may_be_answered || own == Some(answer.id));
        others.retain(|id| ids.contains(id));
        others.extend(new);
        own.map(|id| (id, is_certain))
    }

    /// Notes that an operation is given up, though the portal may still list it.
    pub(super) fn give_up(&self, operation: &Arc<RoomOperation>) {
        let id = operation.tracked().id;
        let mut dropped = self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
        dropped.retain(|other| other.strong_count() > 0);
        dropped.push(Arc::downgrade(operation));
        self.others.lock().unwrap_or_else(PoisonError::into_inner).extend(id);
        self.queue(operation.target).wake();
    }
}

/// `finished` alone can come early: then the record is listed once more, with a status that says so. A status that this
/// version does not know does not end anything.
fn has_ended(record: &FileOperation) -> bool {
    matches!(record.status, OperationStatus::Completed | OperationStatus::Canceled | OperationStatus::Failed)
}

/// A room's move or deletion that this program started.
#[derive(Debug)]
pub(crate) struct RoomOperation {
    pub(super) room: RoomId,
    pub(super) target: Target,
    /// How long it may go without visible progress.
    pub(super) patience: Duration,
    tracked: Mutex<Tracked>,
}

/// What is known of an operation.
#[derive(Debug)]
struct Tracked {
    id: Option<OperationId>,
    /// Whether the id is certainly that of this operation.
    is_certain: bool,
    state: State,
    was_listed: bool,
    /// When it last made visible progress.
    active: Instant,
    /// How many files and folders the room had when it was last read.
    content: Option<(i32, i32)>,
    /// When the last poll began. Polls are shared: others use what it finds, unless it takes too long.
    polled: Option<Instant>,
    /// When the portal was asked to stop it.
    cancelled: Option<Instant>,
    /// Whether nobody waits for it, so that it is never started again.
    is_left: bool,
}

/// How far an operation is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum State {
    /// Its request has not been answered.
    Starting,
    Accepted,
    Running(u8),
    /// Ended, with the portal's record of it unless another program has read that.
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
            active: Instant::now(),
            content: None,
            polled: None,
            cancelled: None,
            is_left: false,
        };
        Self { room, target, patience, tracked: Mutex::new(tracked) }
    }

    /// Notes that nobody waits for it any more.
    pub(super) fn leave(&self) {
        self.tracked().is_left = true;
    }

    /// How long it may show no sign of life. What is not to be started again holds its place for a while only, however
    /// patient its caller is.
    fn patience(&self, tracked: &Tracked) -> Duration {
        let is_short = tracked.is_left || tracked.cancelled.is_some();
        if is_short { self.patience.min(LONGEST_PATIENCE) } else { self.patience }
    }

    /// Takes in that a poll failed. Without a sign of life it no longer counts as in flight.
    pub(super) fn observe_failure(&self) {
        let mut tracked = self.tracked();
        if tracked.active.elapsed() >= self.patience.min(LONGEST_PATIENCE) {
            tracked.advance(State::Dropped);
        }
    }

    /// Whether its id can be another program's, so that the end of that one says little.
    pub(super) fn is_doubtful(&self) -> bool {
        let tracked = self.tracked();
        !tracked.state.is_over() && tracked.id.is_some() && !tracked.is_certain
    }

    /// Takes in that the room is where it is to be.
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

    /// The request was answered, or given up. Without an id, only the room tells how it ends.
    pub(super) fn started(&self, id: Option<(OperationId, bool)>) {
        let mut tracked = self.tracked();
        if tracked.state == State::Starting {
            (tracked.state, tracked.active) = (State::Accepted, Instant::now());
            (tracked.id, tracked.is_certain) = id.map_or((None, false), |(id, is_certain)| (Some(id), is_certain));
        }
    }

    /// The id, where it is certain.
    pub(super) fn certain_id(&self) -> Option<OperationId> {
        let tracked = self.tracked();
        tracked.id.filter(|_| tracked.is_certain)
    }

    /// Drops an id that turned out to be another program's. From now on only the room tells how it ends.
    pub(super) fn forget_id(&self) {
        let mut tracked = self.tracked();
        (tracked.id, tracked.state, tracked.active) = (None, State::Accepted, Instant::now());
    }

    /// Claims the next poll and returns the id to poll by, or `None` if the end is known or another poll is recent enough.
    pub(super) fn claim_poll(&self, max_age: Duration) -> Option<Option<OperationId>> {
        let mut tracked = self.tracked();
        let is_recent = tracked.polled.is_some_and(|at| at.elapsed() < max_age);
        if tracked.state == State::Starting || tracked.state.is_over() || is_recent {
            return None;
        }
        tracked.polled = Some(Instant::now());
        Some(tracked.id)
    }

    /// Processes the portal's record of the operation. Returns whether the room has to be read to know more.
    pub(super) fn observe_record(&self, record: Option<FileOperation>) -> bool {
        let mut tracked = self.tracked();
        tracked.was_listed |= record.is_some();
        let patience = self.patience(&tracked);
        let stalled = tracked.active.elapsed() >= patience;
        let state = match record {
            Some(record) if has_ended(&record) => State::Ended(Some(record)),
            Some(record) if record.status == OperationStatus::Created && stalled => State::Dropped,
            Some(record) if record.status == OperationStatus::Created => State::Accepted,
            Some(record) => State::Running(u8::try_from(record.progress.clamp(0, 100)).unwrap_or_default()),
            // What is cancelled while it runs is not listed until it has stopped, and then once more.
            None if tracked.cancelled.is_some_and(|asked| asked.elapsed() < patience) => return false,
            None if matches!(tracked.state, State::Running(_)) => State::Ended(None),
            // A deletion that somebody cancelled in the meantime must not be started again.
            None if tracked.was_listed && self.target == Target::Gone => State::Ended(None),
            None => return true,
        };
        tracked.advance(state);
        false
    }

    /// Processes what was found where the room should be.
    pub(super) fn observe_room(&self, presence: &Presence) {
        let mut tracked = self.tracked();
        if self.target.is_reached(presence) {
            return tracked.advance(State::Ended(None));
        }
        if let Presence::Here(room) = presence {
            tracked.observe_content(room);
        }
        if tracked.active.elapsed() >= self.patience(&tracked) {
            tracked.advance(State::Dropped);
        }
    }

    /// Whether a deletion that has ended by its record may still be going on: the room loses content, or did just now.
    pub(super) fn is_active(&self, presence: &Presence) -> bool {
        let mut tracked = self.tracked();
        if let Presence::Here(room) = presence {
            tracked.observe_content(room);
        }
        tracked.active.elapsed() < self.patience
    }

    fn observe(&self, state: State) {
        self.tracked().advance(state);
    }

    /// Notes that the portal is asked to stop it. Whether this is the first time.
    pub(super) fn cancel(&self) -> bool {
        let mut tracked = self.tracked();
        let is_first = tracked.cancelled.is_none();
        tracked.cancelled.get_or_insert_with(Instant::now);
        is_first
    }

    /// Notes that the portal refused to stop it.
    pub(crate) fn go_on(&self) {
        self.tracked().cancelled = None;
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.tracked().cancelled.is_some()
    }
}

impl InFlight for RoomOperation {
    fn is_over(&self) -> bool {
        self.tracked().state.is_over()
    }
}

impl Tracked {
    /// Moves on to this state. What is over stays as it is: its record was delivered meanwhile.
    fn advance(&mut self, state: State) {
        if !self.state.is_over() && self.state != state {
            if state != State::Dropped {
                self.active = Instant::now();
            }
            self.state = state;
        }
    }

    fn observe_content(&mut self, room: &Room) {
        let content = Some((room.files_count, room.folders_count));
        if self.content.is_some() && self.content != content {
            self.active = Instant::now();
        }
        self.content = content;
    }
}

impl State {
    pub(super) fn is_over(&self) -> bool {
        matches!(self, Self::Ended(_) | Self::Dropped)
    }
}
