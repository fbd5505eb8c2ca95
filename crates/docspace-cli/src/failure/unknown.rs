//! Calls whose outcome is unknown, for example because the answer was lost.

use docspace::{Error, ErrorKind};

use super::Failure;

/// The open question when a call or a wait is interrupted, and the command that answers it.
#[derive(Clone, Debug)]
pub(crate) struct UnknownOutcome {
    /// The question, such as `whether room 17 is archived`.
    pub(super) question: String,
    /// The command that answers the question.
    pub(super) check: String,
}

impl UnknownOutcome {
    pub(crate) fn new(question: impl Into<String>, check: impl Into<String>) -> Self {
        Self { question: question.into(), check: check.into() }
    }

    /// Converts an error of the library. Adds the question unless the portal certainly did nothing
    /// or rejected the call.
    pub(crate) fn classify(&self, error: Error) -> Failure {
        let may_be_executed = match error.kind() {
            ErrorKind::Transport
            | ErrorKind::Server
            | ErrorKind::Decode
            | ErrorKind::Unexpected
            // The portal may have executed an earlier attempt of a call that it then rejects.
            | ErrorKind::Unauthorized
            | ErrorKind::RateLimited
            | ErrorKind::Timeout => true,
            _ => false,
        };
        let is_unknown = may_be_executed && !error.nothing_was_done();
        let failure = Failure::from(error);
        if is_unknown { failure.with_unknown_outcome(self) } else { failure }
    }
}
