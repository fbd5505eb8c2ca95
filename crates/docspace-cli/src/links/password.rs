//! The password of a link: from standard input or asked for, never an argument.

use docspace::Secret;

use crate::app::App;
use crate::failure::Failure;
use crate::secret;

/// Where the password comes from.
#[derive(Debug, clap::Args)]
pub(super) struct PasswordArgs {
    /// Protect it with the password that is read from standard input
    #[arg(long)]
    password_stdin: bool,
    /// Protect it with a password that is asked for
    #[arg(long, conflicts_with = "password_stdin")]
    ask_password: bool,
}

impl PasswordArgs {
    /// The password, if there shall be one.
    pub(super) fn get(&self, app: &App) -> Result<Option<Secret>, Failure> {
        if self.password_stdin {
            secret::read("password of the link").map(Some)
        } else if self.ask_password {
            secret::ask(app, "password of the link").map(Some)
        } else {
            Ok(None)
        }
    }
}
