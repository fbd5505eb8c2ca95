//! The flags for the password of a link. The password itself is never an argument.

use docspace::Secret;

use crate::failure::Failure;
use crate::prompt;
use crate::terminal::Terminal;

/// The source of the password.
#[derive(Debug, clap::Args)]
pub(super) struct PasswordArgs {
    /// Protect the link with a password that is read from standard input
    #[arg(long)]
    password_stdin: bool,
    /// Protect the link with a password; the command asks for it
    #[arg(long, conflicts_with = "password_stdin")]
    ask_password: bool,
}

impl PasswordArgs {
    /// Whether one of the flags is given.
    pub(super) fn is_set(&self) -> bool {
        self.password_stdin || self.ask_password
    }

    /// Returns the password to set, if one of the flags is given.
    pub(super) fn get(&self, terminal: Terminal) -> Result<Option<Secret>, Failure> {
        if self.password_stdin && !terminal.stdin {
            prompt::secret_from_stdin("link password").map(Some)
        } else if self.password_stdin || self.ask_password {
            // A terminal would show a password that is read like a file.
            prompt::secret(terminal, "link password").map(Some)
        } else {
            Ok(None)
        }
    }
}
