//! Waiting for work that the portal does in the background, and what to say when the wait breaks off.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use docspace::{Error, ErrorKind, Operation, Result};
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};

use crate::failure::Failure;
use crate::output::Bar;
use crate::values;

/// `--no-wait` and `--timeout`, for commands that start work.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Waiting")]
pub(crate) struct WaitArgs {
    /// Return as soon as the portal has accepted, without knowing how it ends
    #[arg(long)]
    no_wait: bool,
    /// How long to wait
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = values::duration, conflicts_with = "no_wait")]
    timeout: Duration,
}

impl WaitArgs {
    /// Waits, at most this long.
    pub(crate) fn at_most(timeout: Duration) -> Self {
        Self { no_wait: false, timeout }
    }

    /// How long to wait, if at all.
    pub(crate) fn timeout(&self) -> Option<Duration> {
        Some(self.timeout).filter(|_| !self.no_wait)
    }
}

/// One piece of work, as shown to the user.
pub(crate) struct Work<'w> {
    /// What it works on, such as `room 17`.
    pub(crate) subject: String,
    /// What is not known if the wait is interrupted, such as `whether room 17 is archived`.
    pub(crate) question: String,
    /// The command that checks it.
    pub(crate) look: String,
    /// Where to show progress.
    pub(crate) bar: &'w Bar,
}

impl Work<'_> {
    /// Starts the work and waits for its end; returns `None` with `--no-wait`.
    pub(crate) async fn run<T>(
        &self,
        start: impl Future<Output = Result<Operation<T>>>,
        wait: &WaitArgs,
    ) -> Result<Option<T>, Failure> {
        let interrupted = || Failure::interrupted().leaving_open(&self.question, &self.look);
        unless_interrupted(self.follow(start, wait)).await.ok_or_else(interrupted)?
    }

    async fn follow<T>(
        &self,
        start: impl Future<Output = Result<Operation<T>>>,
        wait: &WaitArgs,
    ) -> Result<Option<T>, Failure> {
        let began = Instant::now();
        let started = tokio::time::timeout(wait.timeout, start).await;
        let operation = match started {
            Ok(started) => started.map_err(|error| self.failure(error))?,
            Err(_) => return Err(self.late("not accepted", wait.timeout)),
        };
        if wait.no_wait {
            return Ok(None);
        }
        let (bar, subject) = (self.bar.clone(), self.subject.clone());
        let operation = operation.deadline(wait.timeout.saturating_sub(began.elapsed()));
        let ended = operation.on_progress(move |now| bar.show(&subject, now)).wait().await;
        ended.map(Some).map_err(|error| match error.kind() {
            ErrorKind::Timeout => self.late("accepted, but not finished", wait.timeout),
            _ => self.failure(error),
        })
    }

    fn late(&self, what: &str, timeout: Duration) -> Failure {
        let text = format!("{}: {what} after {}", self.subject, humantime::format_duration(timeout));
        Failure::timed_out(text).leaving_open(&self.question, &self.look)
    }

    fn failure(&self, error: Error) -> Failure {
        // Input that was refused before anything was sent has nothing to do with what it works on.
        let is_sent = error.operation().is_some();
        let failure = settle(error, &self.question, &self.look);
        if is_sent { failure.of(&self.subject) } else { failure }
    }
}

/// What a failed call means: where it is certain that the portal did nothing, or it said no, nothing was done; otherwise
/// that is not known, and `look` is the command that tells.
pub(crate) fn settle(error: Error, question: &str, look: &str) -> Failure {
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
    let is_open = may_be_done && !error.nothing_was_done();
    let failure = Failure::from(error);
    if is_open { failure.leaving_open(question, look) } else { failure }
}

/// Ends when somebody has pressed Ctrl-C, however long ago: what asks a moment too late must not miss it.
pub(crate) fn interrupt() -> Shared<BoxFuture<'static, ()>> {
    static PRESSED: LazyLock<Shared<BoxFuture<'static, ()>>> = LazyLock::new(|| next_interrupt().boxed().shared());
    PRESSED.clone()
}

/// Runs `work` until it ends or Ctrl-C is pressed; `None` for Ctrl-C.
pub(crate) async fn unless_interrupted<T>(work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        outcome = work => Some(outcome),
        () = interrupt() => None,
    }
}

/// Ends when somebody presses Ctrl-C from now on.
pub(crate) async fn next_interrupt() {
    // Where signals cannot be had, the default is in force and ends the program.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
