//! Waiting for one operation of the portal.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use docspace::{Error, ErrorKind, Operation, Result};
use shell_words::quote;

use crate::failure::{Failure, UnknownOutcome};
use crate::interrupt::unless_interrupted;
use crate::output::Bar;
use crate::terminal::print_message;

/// The event that ends a wait, and the longest time to wait for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaitUntil {
    /// The portal has accepted the operation.
    Accepted(Duration),
    /// The operation has ended.
    Done(Duration),
}

impl WaitUntil {
    fn limit(self) -> Duration {
        match self {
            Self::Accepted(limit) | Self::Done(limit) => limit,
        }
    }
}

/// Makes a call that changes something. Adds the open question to its failure, and to that of
/// Ctrl-C.
pub(crate) async fn change<T>(unknown: &UnknownOutcome, call: impl Future<Output = Result<T>>) -> Result<T, Failure> {
    let outcome = unless_interrupted(call).await;
    let interrupted = || Failure::interrupted().with_unknown_outcome(unknown);
    outcome.ok_or_else(interrupted)?.map_err(|error| unknown.classify(error))
}

/// An operation, as shown to the person who waits for it.
pub(crate) struct PendingOperation<'b> {
    /// The thing it works on, such as `room 17`.
    pub(crate) subject: String,
    /// The open question if the wait is interrupted.
    pub(crate) unknown: UnknownOutcome,
    /// The progress bar of the command.
    pub(crate) bar: &'b Bar,
}

impl PendingOperation<'_> {
    /// Starts the operation and waits. Returns `None` after waiting only for its acceptance.
    pub(crate) async fn run<T>(
        &self,
        start: impl Future<Output = Result<Operation<T>>>,
        until: WaitUntil,
    ) -> Result<Option<T>, Failure> {
        let interrupted = || Failure::interrupted().with_unknown_outcome(&self.unknown);
        unless_interrupted(self.wait(start, until)).await.ok_or_else(interrupted)?
    }

    async fn wait<T>(
        &self,
        start: impl Future<Output = Result<Operation<T>>>,
        until: WaitUntil,
    ) -> Result<Option<T>, Failure> {
        let began = Instant::now();
        let operation = match tokio::time::timeout(until.limit(), start).await {
            Ok(started) => started.map_err(|error| self.failure(error))?,
            Err(_) => return Err(self.timed_out("the portal did not accept the operation", until.limit())),
        };
        let WaitUntil::Done(limit) = until else {
            self.show_ticket(&operation);
            return Ok(None);
        };
        let bar = self.bar.clone();
        let subject = self.subject.clone();
        let operation = operation.deadline(limit.saturating_sub(began.elapsed()));
        let ended = operation.on_progress(move |now| bar.show(&subject, now)).wait().await;
        ended.map(Some).map_err(|error| match error.kind() {
            ErrorKind::Timeout => self.timed_out("the portal accepted the operation but did not finish it", limit),
            _ => self.failure(error),
        })
    }

    /// Shows a person how to wait for the operation later.
    fn show_ticket<T>(&self, operation: &Operation<T>) {
        let ticket = operation.ticket().and_then(|ticket| serde_json::to_string(&ticket).ok());
        if let Some(ticket) = ticket.filter(|_| io::stderr().is_terminal()) {
            let command = format!("echo {} | docspace operations resume -", quote(&ticket));
            self.bar.suspend(|| print_message(&format!("to wait for {} later, run {command}", self.subject)));
        }
    }

    fn timed_out(&self, event: &str, limit: Duration) -> Failure {
        let text = format!("{}: {event} within {}", self.subject, humantime::format_duration(limit));
        Failure::timed_out(text).with_unknown_outcome(&self.unknown)
    }

    fn failure(&self, error: Error) -> Failure {
        // Input that is rejected before the call is sent does not concern the subject.
        let is_sent = error.call().is_some();
        let failure = self.unknown.classify(error);
        if is_sent { failure.with_subject(&self.subject) } else { failure }
    }
}
