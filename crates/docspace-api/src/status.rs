//! What the generator cannot say about operations.

use crate::OperationStatus;
use crate::types::FileOperation;

impl FileOperation {
    /// Whether it has ended, well or not. Either sign can come first.
    pub fn is_done(&self) -> bool {
        self.finished || self.status.number() >= OperationStatus::Completed.number()
    }

    /// What went wrong, if anything did.
    pub fn failure(&self) -> Option<&str> {
        Some(self.error.as_str()).filter(|error| !error.is_empty())
    }
}
