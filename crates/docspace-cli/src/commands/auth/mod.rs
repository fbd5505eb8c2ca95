//! `docspace auth`.

mod login;
mod logout;
mod status;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;
use crate::terminal::print_message;

const STATUS_EXAMPLES: &str = "\
Examples:
  docspace auth status
  docspace auth status --json portal,email,role --jq .email";

const LOGOUT_EXAMPLES: &str = "\
Examples:
  docspace auth logout
  docspace auth status || docspace auth logout";

/// The commands for the login.
#[derive(Debug, Subcommand)]
pub(crate) enum AuthCommand {
    /// Log in to a portal, and store the login for later commands
    Login(login::LoginArgs),
    /// Show the current portal, account and credential
    #[command(after_help = STATUS_EXAMPLES)]
    Status(Printed<status::StatusArgs>),
    /// Log out: remove the stored login
    #[command(after_help = LOGOUT_EXAMPLES)]
    Logout,
}

impl AuthCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let messages = match self {
            Self::Login(arguments) => arguments.run(app).await?,
            Self::Status(command) => return command.execute(app).await,
            Self::Logout => logout::run()?,
        };
        messages.iter().for_each(|message| print_message(message));
        Ok(())
    }
}
