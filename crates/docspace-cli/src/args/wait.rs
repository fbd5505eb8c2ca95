//! The flags `--no-wait` and `--timeout`.

use std::time::Duration;

use clap::Args;

use super::values;
use crate::waiting::WaitUntil;

/// The flags `--no-wait` and `--timeout`, for commands that start operations.
#[derive(Debug, Args)]
#[command(next_help_heading = "Waiting")]
pub(crate) struct WaitArgs {
    /// Return when the portal has accepted the operation, without waiting for its result
    #[arg(long)]
    no_wait: bool,
    /// Wait at most this long for each operation, such as 90s or 1h; after that, the operation
    /// continues on the portal
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = values::duration, conflicts_with = "no_wait")]
    timeout: Duration,
}

impl WaitArgs {
    /// The time limit of each operation.
    pub(crate) fn limit(&self) -> Duration {
        self.timeout
    }

    /// Returns the event to wait for, and the time limit.
    pub(crate) fn until(&self) -> WaitUntil {
        if self.no_wait { WaitUntil::Accepted(self.timeout) } else { WaitUntil::Done(self.timeout) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{parse, parsed};

    #[test]
    fn waits_end_with_the_operation_unless_no_wait_is_given() {
        let until = |arguments: &[&str]| parsed::<WaitArgs>(arguments).until();
        assert_eq!(until(&[]), WaitUntil::Done(Duration::from_secs(600)));
        assert_eq!(until(&["--timeout", "90s"]), WaitUntil::Done(Duration::from_secs(90)));
        assert_eq!(until(&["--no-wait"]), WaitUntil::Accepted(Duration::from_secs(600)));
        assert!(parse::<WaitArgs>(&["--no-wait", "--timeout", "90s"]).is_err());
    }
}
