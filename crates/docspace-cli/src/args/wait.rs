//! `--no-wait` and `--timeout`.

use std::time::Duration;

use clap::Args;

use super::values;
use crate::waiting::Wait;

/// `--no-wait` and `--timeout`, for commands that start work.
#[derive(Debug, Args)]
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
    /// How long to wait.
    pub(crate) fn wait(&self) -> Wait {
        if self.no_wait { Wait::UntilAccepted(self.timeout) } else { Wait::UntilDone(self.timeout) }
    }
}
