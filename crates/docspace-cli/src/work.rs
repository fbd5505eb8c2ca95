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
}

/// One piece of work, as it is told.
pub(crate) struct Work<'w> {
    /// What it works on, such as `room 17`.
    pub(crate) subject: String,
    /// What nobody knows if the wait breaks off, such as `whether room 17 is archived`.
    pub(crate) question: String,
    /// The command that tells.
    pub(crate) look: String,
    /// Where to show how far it is.
    pub(crate) bar: &'w Bar,
}

impl Work<'_> {
    /// Starts it and waits for the end; none where it is not to be waited for.
    pub(crate) async fn run<T>(
        &self,
        start: impl Future<Output = Result<Operation<T>>>,
        wait: &WaitArgs,
    ) -> Result<Option<T>, Failure> {
        let began = Instant::now();
        let operation = tokio::select! {
            started = start => started.map_err(|error| self.start_failed(error))?,
            () = tokio::time::sleep(wait.timeout) => return Err(self.late("not accepted", wait.timeout)),
            () = interrupt() => return Err(self.open(Failure::interrupted())),
        };
        if wait.no_wait {
            return Ok(None);
        }
        // The time is counted from the start, so the library's own clock must not strike first.
        let operation = operation
            .deadline(wait.timeout.saturating_add(Duration::from_secs(60)))
            .on_progress(self.bar.watcher(&self.subject));
        let left = wait.timeout.saturating_sub(began.elapsed());
        tokio::select! {
            ended = operation.wait() => ended.map(Some).map_err(|error| self.wait_failed(error)),
            () = tokio::time::sleep(left) => Err(self.late("accepted, but not finished", wait.timeout)),
            () = interrupt() => Err(self.open(Failure::interrupted())),
        }
    }

    fn start_failed(&self, error: Error) -> Failure {
        // What was found before anything was sent has nothing to do with what it works on.
        let sent = error.operation().is_some();
        let failure = settle(error, &self.question, &self.look);
        if sent { failure.of(&self.subject) } else { failure }
    }

    /// Once the portal has accepted, only its own word on the room settles what became of it.
    fn wait_failed(&self, error: Error) -> Failure {
        let settled = matches!(error.kind(), ErrorKind::Operation | ErrorKind::NotFound);
        let failure = Failure::from(error);
        if settled {
            return failure.of(&self.subject);
        }
        self.broke_off(failure).leaving_open(&self.question, &self.look)
    }

    fn late(&self, what: &str, timeout: Duration) -> Failure {
        self.open(Failure::timed_out(format!("{what} after {}", humantime::format_duration(timeout))).of(&self.subject))
    }

    /// Calls that look how far it is do not name what it works on.
    fn broke_off(&self, failure: Failure) -> Failure {
        if failure.message().contains(&self.subject) {
            return failure;
        }
        failure.of(&format!("the wait for {} broke off", self.subject))
    }

    fn open(&self, failure: Failure) -> Failure {
        failure.leaving_open(&self.question, &self.look)
    }
}

/// What a failed call means: a portal that could not be reached at all, or said no, did nothing; otherwise nobody knows,
/// and `look` is the command that tells.
pub(crate) fn settle(error: Error, question: &str, look: &str) -> Failure {
    let open = match error.kind() {
        ErrorKind::Transport => !error.is_retryable(),
        ErrorKind::Server | ErrorKind::Decode | ErrorKind::Unexpected => true,
        // Without a cause it was the library that stopped waiting, for its turn.
        ErrorKind::Timeout => error.status().is_some() || std::error::Error::source(&error).is_some(),
        _ => false,
    };
    let failure = Failure::from(error);
    if open { failure.leaving_open(question, look) } else { failure }
}

/// Ends when somebody has pressed Ctrl-C, however long ago: what asks a moment too late must not miss it.
pub(crate) fn interrupt() -> Shared<BoxFuture<'static, ()>> {
    static PRESSED: LazyLock<Shared<BoxFuture<'static, ()>>> = LazyLock::new(|| next_interrupt().boxed().shared());
    PRESSED.clone()
}

/// Ends when somebody presses Ctrl-C from now on.
pub(crate) async fn next_interrupt() {
    // Where signals cannot be had, the default is in force and ends the program.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
