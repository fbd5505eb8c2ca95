//! Operations that take time: moves to and from the archive, deletes (portal-facts 8.1).
//!
//! The queue only knows when things happen; what they do to rooms is done by [`crate::background`].

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::numbered::numbered;
use crate::state::rooms::Area;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Task {
    Move(Area),
    Delete,
    /// Deletes a file in a room.
    DeleteFile,
    /// Asking for a room's news without there being any.
    MarkAsRead,
}

impl Task {
    pub(crate) fn operation_type(self) -> OperationType {
        match self {
            Self::Move(_) => OperationType::MOVE,
            Self::Delete | Self::DeleteFile => OperationType::DELETE,
            Self::MarkAsRead => OperationType::MARK_AS_READ,
        }
    }
}

numbered! {
    /// FileOperationType.
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

numbered! {
    /// DistributedTaskStatus.
    OperationStatus {
        CREATED = 0,
        RUNNING = 1,
        COMPLETED = 2,
        FAILED = 4,
    }
}

/// How far an operation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Stage {
    /// Accepted over HTTP, not yet taken by the worker.
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

/// One operation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Operation {
    pub(crate) id: Uuid,
    pub(crate) task: Task,
    /// Who started it; nobody else sees it.
    pub(crate) owner: Uuid,
    /// The target: a room, a folder, or the file of [`Task::DeleteFile`].
    pub(crate) folder: i64,
    /// False with `deleteAfter`: never listed once finished.
    pub(crate) hold: bool,
    pub(crate) stage: Stage,
    /// The worker never took it: it was full (portal-facts 8.1, CAPACITY).
    pub(crate) rejected: bool,
    /// Terminated while running: out of the list until it shows up once more, finished.
    pub(crate) hidden: bool,
    pub(crate) cancelled: bool,
    pub(crate) processed: usize,
    pub(crate) entries: usize,
    pub(crate) error: String,
    /// Folders that a finished move tells of.
    pub(crate) folders: Vec<i64>,
    /// When the next thing happens to it.
    pub(crate) due: DateTime<Utc>,
    /// The last change: what the cleaner looks at.
    pub(crate) changed: DateTime<Utc>,
}

impl Operation {
    pub(crate) fn progress(&self) -> usize {
        match self.task {
            _ if self.stage == Stage::Done => 100,
            Task::Move(_) | Task::MarkAsRead => 0,
            Task::Delete | Task::DeleteFile => 100 * self.processed / self.entries.max(1),
        }
    }
}

/// How long things take: short enough that a client polling every 50 ms sees each stage, as recorded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) start: TimeDelta,
    pub(crate) step: TimeDelta,
}

pub(crate) const PACE: Pace = Pace { start: TimeDelta::milliseconds(85), step: TimeDelta::milliseconds(45) };

/// A worker holds at most this many of a kind, finished but unread ones included, before it takes no more.
const MOST_HELD: usize = 10;

/// All operations of a portal, oldest first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Operations {
    pub(crate) all: Vec<Operation>,
}

impl Operations {
    /// Accepts a new operation; the worker may not.
    pub(crate) fn start(
        &mut self,
        id: Uuid,
        task: Task,
        owner: Uuid,
        folder: i64,
        hold: bool,
        now: DateTime<Utc>,
    ) -> Operation {
        let held =
            |operation: &&Operation| operation.task.operation_type() == task.operation_type() && !operation.rejected;
        let rejected = self.all.iter().filter(held).count() > MOST_HELD;
        let operation = Operation {
            id,
            task,
            owner,
            folder,
            hold,
            stage: Stage::Created,
            rejected,
            hidden: false,
            cancelled: false,
            processed: 0,
            entries: 1,
            error: String::new(),
            folders: Vec::new(),
            due: now + PACE.start,
            changed: now,
        };
        self.all.push(operation.clone());
        operation
    }

    /// The worker never gets to see it.
    pub(crate) fn lose(&mut self, id: Uuid) {
        for operation in self.all.iter_mut().filter(|operation| operation.id == id) {
            operation.rejected = true;
        }
    }

    /// The listing of somebody's operations: what is finished is told once and then gone.
    pub(crate) fn read(&mut self, owner: Uuid, wanted: impl Fn(&Operation) -> bool) -> Vec<Operation> {
        let mut listed: Vec<Operation> = Vec::new();
        self.all.retain(|operation| {
            if operation.owner != owner || operation.hidden || !wanted(operation) {
                return true;
            }
            let finished = operation.stage == Stage::Done;
            if !finished || operation.hold {
                listed.push(operation.clone());
            }
            !finished
        });
        // Managers are listed one after the other: moves and copies, then deletes.
        listed.sort_by_key(|operation| operation.task.operation_type());
        listed
    }

    /// Drops what has not changed for a minute (the cleaner, every ten seconds).
    pub(crate) fn clean(&mut self, now: DateTime<Utc>) {
        self.all.retain(|operation| now - operation.changed <= TimeDelta::seconds(60));
    }
}
