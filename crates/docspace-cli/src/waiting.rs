//! Waiting for work that the portal does in the background.

use std::time::{Duration, Instant};

use docspace::{Error, ErrorKind, Operation, Result};

use crate::failure::{Failure, UnknownOutcome};
use crate::interrupt::unless_interrupted;
use crate::output::Bar;

/// How long to wait for work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitUntil {
    /// Until the portal has accepted the work, at most this long.
    Accepted(Duration),
    /// Until the work has ended, at most this long.
    Done(Duration),
}

impl WaitUntil {
    fn limit(self) -> Duration {
        match self {
            Self::Accepted(limit) | Self::Done(limit) => limit,
        }
    }
}

/// One piece of work, as shown to the user.
pub(crate) struct PendingWork<'w> {
    /// What it works on, such as `room 17`.
    pub(crate) subject: String,
    /// What is unknown if the wait is interrupted.
    pub(crate) unknown: UnknownOutcome,
    /// Where to show progress.
    pub(crate) bar: &'w Bar,
}

impl PendingWork<'_> {
    /// Starts the work and waits for it; returns `None` if it was only accepted.
    pub(crate) async fn run<T>(
        &self,
        start: impl Future<Output = Result<Operation<T>>>,
        until: WaitUntil,
    ) -> Result<Option<T>, Failure> {
        let interrupted = || Failure::interrupted().with_unknown_outcome(&self.unknown);
        unless_interrupted(self.follow(start, until)).await.ok_or_else(interrupted)?
    }

    async fn follow<T>(
        &self,
        start: impl Future<Output = Result<Operation<T>>>,
        until: WaitUntil,
    ) -> Result<Option<T>, Failure> {
        let began = Instant::now();
        let operation = match tokio::time::timeout(until.limit(), start).await {
            Ok(started) => started.map_err(|error| self.failure(error))?,
            Err(_) => return Err(self.late("not accepted", until.limit())),
        };
        let WaitUntil::Done(limit) = until else {
            return Ok(None);
        };
        let bar = self.bar.clone();
        let subject = self.subject.clone();
        let operation = operation.deadline(limit.saturating_sub(began.elapsed()));
        let ended = operation.on_progress(move |now| bar.show(&subject, now)).wait().await;
        ended.map(Some).map_err(|error| match error.kind() {
            ErrorKind::Timeout => self.late("accepted, but not finished", limit),
            _ => self.failure(error),
        })
    }

    fn late(&self, what: &str, limit: Duration) -> Failure {
        let text = format!("{}: {what} after {}", self.subject, humantime::format_duration(limit));
        Failure::timed_out(text).with_unknown_outcome(&self.unknown)
    }

    fn failure(&self, error: Error) -> Failure {
        // Input that was refused before anything was sent has nothing to do with what it works on.
        let is_sent = error.call().is_some();
        let failure = self.unknown.classify(error);
        if is_sent { failure.of(&self.subject) } else { failure }
    }
}
