//! The early end of a run.

use std::cell::RefCell;

use super::failure::ApplyError;

/// Whether a run has ended early, for all of its rooms.
#[derive(Debug, Default)]
pub(super) struct Stop(RefCell<Option<ApplyError>>);

impl Stop {
    /// Ends the run if no further call can succeed after this error.
    pub(super) fn consider(&self, error: &ApplyError) {
        if error.ends_the_run() {
            self.0.borrow_mut().get_or_insert_with(|| error.clone());
        }
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Why the run ended early.
    pub(super) fn into_reason(self) -> Option<ApplyError> {
        self.0.into_inner()
    }
}
