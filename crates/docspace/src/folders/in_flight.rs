//! The operations on folders and files that this program has in flight. This file is state only and
//! sends nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use docspace_api::OperationStatus;
use docspace_api::types::{FileOperation, OperationId};

use crate::platform::Instant;
use crate::rooms::has_ended;
use crate::waiting::{InFlight, Queue};

/// The operations of one portal that this program started and whose end it has not seen.
///
/// A portal counts archiving and restoring rooms as moves, and these have a queue of their own.
/// With the default of 5 each, both queues together stay below the ten that a portal takes
/// (docs/portal/operations.md#capacity).
#[derive(Debug, Default)]
pub(crate) struct EntriesInFlight {
    pub(super) transfers: Queue<EntryOperation>,
    pub(super) deletions: Queue<EntryOperation>,
}

impl EntriesInFlight {
    /// Records that the portal is asked to cancel the operation with this id, or all operations, so
    /// that waits do not start them again. Returns the operations whose cancellation was not
    /// requested before.
    pub(crate) fn cancel(&self, id: Option<OperationId>) -> Vec<Arc<EntryOperation>> {
        let matches_id = |operation: &Arc<EntryOperation>| id.is_none() || operation.id() == id;
        let all = self.transfers.in_flight().into_iter().chain(self.deletions.in_flight());
        all.filter(|operation| matches_id(operation) && operation.cancel()).collect()
    }
}

/// An operation on folders and files.
#[derive(Debug)]
pub(crate) struct EntryOperation {
    /// How long the operation may go without visible progress.
    patience: Duration,
    tracked: Mutex<Tracked>,
}

#[derive(Debug)]
struct Tracked {
    id: Option<OperationId>,
    state: State,
    /// When the operation last made visible progress.
    last_progress: Instant,
    /// When the last poll began.
    polled: Option<Instant>,
    /// When the portal was asked to cancel the operation.
    canceled: Option<Instant>,
}

/// The progress of an operation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum State {
    /// The request was not answered yet.
    Starting,
    Accepted,
    Running(u8),
    /// Ended with this record of the portal.
    Ended(FileOperation),
    /// No longer listed. It ended, was canceled, or was dropped. The flag tells whether it was seen
    /// in progress.
    Missing(bool),
    /// Without visible progress for too long.
    Dropped,
}

impl State {
    pub(super) fn is_over(&self) -> bool {
        matches!(self, Self::Ended(_) | Self::Missing(_) | Self::Dropped)
    }
}

impl EntryOperation {
    pub(super) fn new(patience: Duration) -> Self {
        let tracked =
            Tracked { id: None, state: State::Starting, last_progress: Instant::now(), polled: None, canceled: None };
        Self { patience, tracked: Mutex::new(tracked) }
    }

    /// An operation that was not needed.
    pub(super) fn nothing_to_do() -> Self {
        let operation = Self::new(Duration::ZERO);
        operation.tracked().state = State::Missing(true);
        operation
    }

    fn tracked(&self) -> MutexGuard<'_, Tracked> {
        self.tracked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn state(&self) -> State {
        self.tracked().state.clone()
    }

    pub(super) fn id(&self) -> Option<OperationId> {
        self.tracked().id
    }

    /// Processes the end of the request. Without an id, only the entries show how the operation
    /// ends.
    pub(super) fn request_ended(&self, id: Option<OperationId>) {
        let mut tracked = self.tracked();
        if tracked.state == State::Starting {
            tracked.state = if id.is_some() { State::Accepted } else { State::Missing(false) };
            (tracked.id, tracked.last_progress) = (id, Instant::now());
        }
    }

    /// Claims the next poll and returns the id to poll by. Returns `None` if the end is known or
    /// another poll is recent enough.
    pub(super) fn claim_poll(&self, max_age: Duration) -> Option<OperationId> {
        let mut tracked = self.tracked();
        let is_recent = tracked.polled.is_some_and(|at| at.elapsed() < max_age);
        if tracked.state.is_over() || is_recent {
            return None;
        }
        let id = tracked.id?;
        tracked.polled = Some(Instant::now());
        Some(id)
    }

    /// Processes the record of the operation.
    pub(super) fn observe(&self, record: Option<FileOperation>) {
        let mut tracked = self.tracked();
        let is_stalled = tracked.last_progress.elapsed() >= self.patience;
        let was_running = matches!(tracked.state, State::Running(_));
        let state = match record {
            Some(record) if has_ended(&record) => State::Ended(record),
            Some(record) if record.status == OperationStatus::Created && is_stalled => State::Dropped,
            Some(record) if record.status == OperationStatus::Created => State::Accepted,
            Some(record) => State::Running(u8::try_from(record.progress.clamp(0, 100)).unwrap_or_default()),
            // A canceled operation is not listed until it has stopped, and then once more.
            None if tracked.canceled.is_some_and(|asked| asked.elapsed() < self.patience) => return,
            None => State::Missing(was_running),
        };
        if !tracked.state.is_over() && tracked.state != state {
            if state != State::Dropped {
                tracked.last_progress = Instant::now();
            }
            tracked.state = state;
        }
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

impl InFlight for EntryOperation {
    fn is_over(&self) -> bool {
        self.tracked().state.is_over()
    }
}
