//! `docspace people groups`.

mod create;
mod delete;
mod list;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The command that lists the people groups.
const LIST: &str = "docspace people groups list";

/// The commands for people groups.
#[derive(Debug, Subcommand)]
pub(crate) enum GroupsCommand {
    /// List the people groups of the portal
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show a people group with its people
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Create a people group
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Delete a people group; its people keep their accounts
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
}

impl GroupsCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}
