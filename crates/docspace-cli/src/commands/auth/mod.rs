//! `docspace auth`.

mod login;
mod logout;
mod status;

use clap::Subcommand;

use crate::app::App;
use crate::args::OutputArgs;
use crate::completion::fields_of;
use crate::failure::Failure;
use crate::login::Login;
use crate::records::StatusRecord;
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
    #[command(after_help = STATUS_EXAMPLES, mut_arg("json", |json| json.add(fields_of::<StatusRecord>())))]
    Status {
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Log out: remove the stored login
    #[command(after_help = LOGOUT_EXAMPLES)]
    Logout,
}

impl AuthCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let messages = match self {
            Self::Login(arguments) => arguments.run(app).await?,
            Self::Status { output } => {
                let printer = output.printer(app.terminal)?;
                return printer.print(status::run(Login::find()?, app.allow_http).await?).await;
            }
            Self::Logout => logout::run()?,
        };
        messages.iter().for_each(|message| print_message(message));
        Ok(())
    }
}
