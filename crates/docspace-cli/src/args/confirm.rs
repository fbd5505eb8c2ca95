//! The flag `--yes`.

use clap::Args;

use crate::failure::Failure;
use crate::terminal::Terminal;

/// The flag `--yes`, for commands that cannot be undone.
#[derive(Debug, Args)]
pub(crate) struct ConfirmArgs {
    /// Skip the confirmation (required without a terminal)
    #[arg(long, short)]
    yes: bool,
}

impl ConfirmArgs {
    /// Fails if confirmation is needed but there is no terminal to ask on.
    pub(crate) fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.check_because("this command cannot be undone", terminal)
    }

    /// Works like [`check`](Self::check) with another reason for the question.
    pub(crate) fn check_because(&self, reason: &str, terminal: Terminal) -> Result<(), Failure> {
        if self.must_ask() && !terminal.can_ask() {
            let failure = Failure::usage(format!("{reason}, and there is no terminal to ask for confirmation"));
            return Err(failure.advise("add --yes to confirm"));
        }
        Ok(())
    }

    /// Whether the command has to ask for confirmation.
    pub(crate) fn must_ask(&self) -> bool {
        !self.yes
    }
}
