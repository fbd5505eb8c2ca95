//! `docspace groups`.

mod create;
mod delete;
mod edit;
mod list;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The commands for room groups.
#[derive(Debug, Subcommand)]
pub(crate) enum GroupsCommand {
    /// List your room groups
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show a room group with the ids of its rooms
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Create a room group
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Rename a room group, change its icon, or add and remove rooms
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Delete a room group; its rooms stay
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
}

impl GroupsCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}
