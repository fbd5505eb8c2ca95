//! The flags `--yes` and `--dry-run` together.

use clap::Args;

use super::confirm::ConfirmArgs;
use super::dry_run::DryRunArgs;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// The flags `--yes` and `--dry-run`, for commands that cannot be undone.
#[derive(Debug, Args)]
pub(crate) struct SafetyArgs {
    #[command(flatten)]
    confirm: ConfirmArgs,
    #[command(flatten)]
    pub(crate) dry_run: DryRunArgs,
}

impl SafetyArgs {
    /// Fails if confirmation is needed but there is no terminal to ask on.
    pub(crate) fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        if self.dry_run.is_set() { Ok(()) } else { self.confirm.check(terminal) }
    }

    /// Works like [`check`](Self::check) with another reason for the question.
    pub(crate) fn check_because(&self, reason: &str, terminal: Terminal) -> Result<(), Failure> {
        if self.dry_run.is_set() { Ok(()) } else { self.confirm.check_because(reason, terminal) }
    }

    /// Whether the command has to ask for confirmation. A dry run never asks.
    pub(crate) fn must_ask(&self) -> bool {
        self.confirm.must_ask() && !self.dry_run.is_set()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::parsed;

    #[test]
    fn dry_run_needs_no_confirmation() {
        let safety = |arguments: &[&str]| {
            let safety: SafetyArgs = parsed(arguments);
            (safety.check(Terminal::none()).is_ok(), safety.must_ask())
        };
        assert_eq!(safety(&[]), (false, true));
        assert_eq!(safety(&["--yes"]), (true, false));
        assert_eq!(safety(&["--dry-run"]), (true, false));
    }
}
