//! `docspace keys`.

mod create;
mod delete;
mod edit;
mod key_name;
mod list;
mod new_key;
mod rotate;
mod scopes;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::{Printed, PrintedAlone};
use crate::failure::Failure;

/// The command that lists the keys.
const LIST: &str = "docspace keys list";

/// The commands for API keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// List API keys: administrators see all keys, other people their own
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show the details of an API key, by default of the key in use
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Create an API key, and print its secret, which the portal shows only once
    #[command(aliases = ["new", "add"])]
    Create(PrintedAlone<create::CreateArgs>),
    /// Rename an API key, replace its scopes, or switch it on or off
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Create a key like an old one, and print its secret; the old key stays valid until you delete
    /// it
    Rotate(PrintedAlone<rotate::RotateArgs>),
    /// Delete an API key, so that it stops working
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
    /// List the scopes that an API key can have
    Scopes(Printed<scopes::ScopesArgs>),
}

impl KeysCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Rotate(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
            Self::Scopes(command) => command.execute(app).await,
        }
    }
}
