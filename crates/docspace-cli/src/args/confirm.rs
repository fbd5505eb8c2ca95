//! `--yes`.

use clap::Args;

use crate::failure::Failure;
use crate::terminal::Terminal;

/// `--yes`, for commands that destroy something.
#[derive(Debug, Args)]
pub(crate) struct ConfirmArgs {
    /// Do not ask for confirmation (required without a terminal)
    #[arg(long, short)]
    yes: bool,
}

impl ConfirmArgs {
    /// Fails if a question has to be asked and nobody can answer it.
    pub(crate) fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        if self.must_ask() && !terminal.can_ask() {
            let failure = Failure::usage("this cannot be undone, and there is no terminal to ask on");
            return Err(failure.advise("add --yes if you mean it"));
        }
        Ok(())
    }

    /// Whether a question has to be asked.
    pub(crate) fn must_ask(&self) -> bool {
        !self.yes
    }
}
