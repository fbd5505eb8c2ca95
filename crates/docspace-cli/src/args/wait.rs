//! `--no-wait` and `--timeout`.

use std::time::Duration;

use clap::Args;

use super::values;
use crate::waiting::WaitUntil;

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
    /// What to wait for, and how long.
    pub(crate) fn until(&self) -> WaitUntil {
        if self.no_wait { WaitUntil::Accepted(self.timeout) } else { WaitUntil::Done(self.timeout) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{parse, parsed};

    #[test]
    fn waiting_ends_with_the_work_unless_told_otherwise() {
        let until = |arguments: &[&str]| parsed::<WaitArgs>(arguments).until();
        assert_eq!(until(&[]), WaitUntil::Done(Duration::from_secs(600)));
        assert_eq!(until(&["--timeout", "90s"]), WaitUntil::Done(Duration::from_secs(90)));
        assert_eq!(until(&["--no-wait"]), WaitUntil::Accepted(Duration::from_secs(600)));
        assert!(parse::<WaitArgs>(&["--no-wait", "--timeout", "90s"]).is_err());
    }
}
