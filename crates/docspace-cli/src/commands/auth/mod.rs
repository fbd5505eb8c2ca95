//! `docspace auth`.

mod login;
mod logout;
mod status;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;
use crate::terminal::print_message;

/// The commands for the login.
#[derive(Debug, Subcommand)]
pub(crate) enum AuthCommand {
    /// Log in to a portal, and store the login for later commands
    Login(login::LoginArgs),
    /// Show the current portal, account and credential
    Status(Printed<status::StatusArgs>),
    /// Log out: remove the stored login
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
