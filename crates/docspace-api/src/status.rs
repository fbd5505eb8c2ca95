//! Methods on operations.

use crate::OperationStatus;
use crate::types::FileOperation;

impl FileOperation {
    /// Whether the operation has ended, successfully or not.
    ///
    /// The portal can report the end in `finished` before `status`, or the other way round.
    pub fn is_done(&self) -> bool {
        self.finished || self.status.number() >= OperationStatus::Completed.number()
    }

    /// The error message. `None` for an operation without an error.
    pub fn failure(&self) -> Option<&str> {
        Some(self.error.as_str()).filter(|error| !error.is_empty())
    }
}
