//! The password of a link: from standard input or asked for, never an argument.

use docspace::Secret;

use crate::failure::Failure;
use crate::prompt;
use crate::terminal::Terminal;

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
    /// The password to set, if there is one.
    pub(super) fn get(&self, terminal: Terminal) -> Result<Option<Secret>, Failure> {
        if self.password_stdin {
            prompt::secret_from_stdin("password of the link").map(Some)
        } else if self.ask_password {
            prompt::secret(terminal, "password of the link").map(Some)
        } else {
            Ok(None)
        }
    }
}
