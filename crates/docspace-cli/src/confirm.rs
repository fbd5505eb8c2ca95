//! Asking before something is destroyed.

use dialoguer::Confirm;

use crate::app::App;
use crate::failure::Failure;
use crate::output::plain;
use crate::secret::prompt_failed;

/// `--yes`, for commands that destroy something.
#[derive(Debug, clap::Args)]
pub(crate) struct ConfirmArgs {
    /// Do not ask for confirmation (required without a terminal)
    #[arg(long, short)]
    yes: bool,
}

impl ConfirmArgs {
    /// Whether a question has to be asked.
    ///
    /// Without a terminal nobody can answer one, so then it must have been answered beforehand.
    pub(crate) fn must_ask(&self, app: &App) -> Result<bool, Failure> {
        if !self.yes && !app.terminal.can_ask() {
            let failure = Failure::usage("this cannot be undone, and there is no terminal to ask on");
            return Err(failure.advise("add --yes if you mean it"));
        }
        Ok(!self.yes)
    }
}

/// Asks, and fails unless the answer is yes.
pub(crate) fn ask(question: &str) -> Result<(), Failure> {
    let answer = Confirm::new().with_prompt(plain(question)).default(false).interact().map_err(prompt_failed)?;
    if answer { Ok(()) } else { Err(Failure::local("nothing was done")) }
}
