//! `docspace auth`.

mod list;
mod login;
mod logout;
mod status;
mod switch;
mod token;

use clap::Subcommand;

use crate::app::App;
use crate::failure::Failure;
use crate::terminal::print_message;

/// The commands for the login.
#[derive(Debug, Subcommand)]
pub(crate) enum AuthCommand {
    /// Log in to a portal, and store the login for later commands
    Login(login::LoginArgs),
    /// List the stored logins
    #[command(visible_alias = "ls")]
    List(list::ListArgs),
    /// Choose the stored login that commands use
    Switch(switch::SwitchArgs),
    /// Show the current portal, account and credential
    Status(status::StatusArgs),
    /// Print the API key or session token that commands use
    Token(token::TokenArgs),
    /// Log out: remove a stored login
    Logout(logout::LogoutArgs),
}

impl AuthCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let messages = match self {
            Self::Login(arguments) => arguments.run(app).await?,
            Self::Status(arguments) => return arguments.run(app).await,
            Self::List(arguments) => return arguments.run(app).await,
            Self::Switch(arguments) => arguments.run(app)?,
            Self::Token(arguments) => return arguments.run(app),
            Self::Logout(arguments) => arguments.run(app)?,
        };
        messages.iter().for_each(|message| print_message(message));
        Ok(())
    }
}
