//! Calls whose outcome is unknown, for example because the answer was lost.

use docspace::{Error, ErrorKind};

use super::Failure;

/// What is unknown if a call or a wait breaks off, and how to find it out.
#[derive(Clone, Debug)]
pub(crate) struct UnknownOutcome {
    /// Such as `whether room 17 is archived`.
    pub(super) question: String,
    /// The command that answers the question.
    pub(super) check: String,
}

impl UnknownOutcome {
    pub(crate) fn new(question: impl Into<String>, check: impl Into<String>) -> Self {
        Self { question: question.into(), check: check.into() }
    }

    /// The failure for an error of the library. The outcome is known if the portal certainly did nothing or refused the
    /// call.
    pub(crate) fn classify(&self, error: Error) -> Failure {
        let may_be_done = match error.kind() {
            ErrorKind::Transport
            | ErrorKind::Server
            | ErrorKind::Decode
            | ErrorKind::Unexpected
            // An attempt before the refused one may have been executed.
            | ErrorKind::Unauthorized
            | ErrorKind::RateLimited
            | ErrorKind::Timeout => true,
            _ => false,
        };
        let is_unknown = may_be_done && !error.nothing_was_done();
        let failure = Failure::from(error);
        if is_unknown { failure.with_unknown_outcome(self) } else { failure }
    }
}
