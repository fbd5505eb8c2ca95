//! Operations: moves, copies and deletes (docs/portal/operations.md#the-record).
//!
//! This module knows when the steps of operations are due. [`crate::background`] runs them.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::numbered::{Numbered as _, numbered};
use crate::state::rooms::Area;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Task {
    Move(Area),
    Delete,
    /// A call for the news of a folder that has none.
    MarkAsRead,
    /// One of the calls below `files/fileops` for a [`Batch`] of entries.
    Batch(OperationType),
}

impl Task {
    pub(crate) fn operation_type(self) -> OperationType {
        match self {
            Self::Move(_) => OperationType::MOVE,
            Self::Delete => OperationType::DELETE,
            Self::MarkAsRead => OperationType::MARK_AS_READ,
            Self::Batch(kind) => kind,
        }
    }
}

/// The entries of an operation, and what to do with them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Batch {
    pub(crate) folders: Vec<i64>,
    pub(crate) files: Vec<i64>,
    /// The folder into which the entries are copied or moved.
    pub(crate) target: i64,
    pub(crate) conflicts: ConflictRule,
    /// Whether a delete does not use the trash.
    pub(crate) immediately: bool,
    /// Entries that were handled when the operation started, which the record only counts.
    pub(crate) reported: usize,
}

impl Batch {
    pub(crate) fn is_empty(&self) -> bool {
        self.folders.is_empty() && self.files.is_empty()
    }
}

numbered! {
    /// What to do with an entry whose title exists in the target (FileConflictResolveType).
    ConflictRule {
        SKIP = 0 "Skip",
        OVERWRITE = 1 "Overwrite",
        DUPLICATE = 2 "Duplicate",
    }
}

numbered! {
    /// The type of an operation (FileOperationType).
    OperationType {
        MOVE = 0 "Move",
        COPY = 1 "Copy",
        DELETE = 2 "Delete",
        DOWNLOAD = 3 "Download",
        MARK_AS_READ = 4 "MarkAsRead",
        IMPORT = 5 "Import",
        CONVERT = 6 "Convert",
        DUPLICATE = 7 "Duplicate",
    }
}

impl OperationType {
    /// The queue of the operation. Moves and copies have one queue. Lists of all operations show
    /// duplicates first (docs/portal/operations.md#the-type-in-the-path).
    pub(crate) fn queue(self) -> i64 {
        match self {
            Self::DUPLICATE => -1,
            Self::COPY => Self::MOVE.number(),
            other => other.number(),
        }
    }
}

numbered! {
    /// The status of an operation (DistributedTaskStatus).
    OperationStatus {
        CREATED = 0,
        RUNNING = 1,
        COMPLETED = 2,
        CANCELED = 3,
        FAILED = 4,
    }
}

/// The progress of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Stage {
    /// The portal has accepted the operation, and the worker has not started it.
    Created,
    Running,
    Done,
}

impl Stage {
    pub(crate) fn status(self) -> OperationStatus {
        match self {
            Self::Created => OperationStatus::CREATED,
            Self::Running => OperationStatus::RUNNING,
            Self::Done => OperationStatus::COMPLETED,
        }
    }
}

/// An operation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Operation {
    pub(crate) id: Uuid,
    pub(crate) task: Task,
    /// The person who started the operation. Other people do not see it.
    pub(crate) owner: Uuid,
    /// The id of the room or the folder. The entries of a [`Batch`] are in `batch`.
    pub(crate) folder: i64,
    /// Whether the finished record is listed. False if the request contains `deleteAfter: true`.
    #[serde(rename = "hold")]
    pub(crate) keep_record: bool,
    pub(crate) stage: Stage,
    /// The worker never starts the operation, because it was full
    /// (docs/portal/operations.md#capacity).
    pub(crate) rejected: bool,
    /// The operation was canceled while it ran. It is not listed until it is finished.
    pub(crate) hidden: bool,
    pub(crate) canceled: bool,
    pub(crate) processed: usize,
    pub(crate) entries: usize,
    pub(crate) error: String,
    /// The folders in the record of a finished operation.
    pub(crate) folders: Vec<i64>,
    /// The files in the record of a finished operation.
    #[serde(default)]
    pub(crate) files: Vec<i64>,
    #[serde(default)]
    pub(crate) batch: Batch,
    /// When the next step is due.
    pub(crate) due: DateTime<Utc>,
    /// The last change. Records without a change for a minute are removed.
    pub(crate) changed: DateTime<Utc>,
}

impl Operation {
    pub(crate) fn progress(&self) -> usize {
        match self.task {
            _ if self.stage == Stage::Done => 100,
            Task::Move(_) | Task::MarkAsRead | Task::Batch(_) => 0,
            Task::Delete => 100 * self.processed / self.entries.max(1),
        }
    }
}

// A client that polls every 50 ms sees each stage with these durations, as in the recordings.
/// Time until the worker starts an operation.
const START_DELAY: TimeDelta = TimeDelta::milliseconds(85);
/// Time from the start of an operation to its first entry.
pub(crate) const FIRST_ENTRY_DELAY: TimeDelta = TimeDelta::milliseconds(45);

/// A worker that holds more operations of a type than this, unread finished ones included, rejects
/// further ones.
const MAX_HELD: usize = 10;

/// All operations of a portal, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Operations {
    pub(crate) all: Vec<Operation>,
}

impl Operations {
    /// Accepts a new operation. If the worker is full, the operation never runs.
    pub(crate) fn start(
        &mut self,
        id: Uuid,
        task: Task,
        owner: Uuid,
        folder: i64,
        keep_record: bool,
        now: DateTime<Utc>,
    ) -> Operation {
        let held = |operation: &&Operation| {
            operation.task.operation_type().queue() == task.operation_type().queue() && !operation.rejected
        };
        // Readers of news start many of these, and none was ever rejected (recording rooms/news).
        let is_limited = task.operation_type() != OperationType::MARK_AS_READ;
        let rejected = is_limited && self.all.iter().filter(held).count() > MAX_HELD;
        let operation = Operation {
            id,
            task,
            owner,
            folder,
            keep_record,
            stage: Stage::Created,
            rejected,
            hidden: false,
            canceled: false,
            processed: 0,
            entries: 1,
            error: String::new(),
            folders: Vec::new(),
            files: Vec::new(),
            batch: Batch::default(),
            due: now + START_DELAY,
            changed: now,
        };
        self.all.push(operation.clone());
        operation
    }

    /// Makes the worker never start an operation.
    pub(crate) fn lose(&mut self, id: Uuid) {
        for operation in self.all.iter_mut().filter(|operation| operation.id == id) {
            operation.rejected = true;
        }
    }

    /// Lists operations of a person. Finished operations are listed once and then removed
    /// (docs/portal/operations.md#what-removes-a-finished-record).
    pub(crate) fn read(&mut self, owner: Uuid, wanted: impl Fn(&Operation) -> bool) -> Vec<Operation> {
        let mut listed: Vec<Operation> = Vec::new();
        self.all.retain(|operation| {
            if operation.owner != owner || operation.hidden || !wanted(operation) {
                return true;
            }
            let finished = operation.stage == Stage::Done;
            if !finished || operation.keep_record {
                listed.push(operation.clone());
            }
            !finished
        });
        // Listed by queue, and oldest first within a queue.
        listed.sort_by_key(|operation| operation.task.operation_type().queue());
        listed
    }

    /// Removes operations that did not change for a minute.
    pub(crate) fn clean(&mut self, now: DateTime<Utc>) {
        self.all.retain(|operation| now - operation.changed <= TimeDelta::seconds(60));
    }
}
