//! `docspace tags`.

mod create;
mod delete;
mod list;
mod rename;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The command that lists the tags.
const LIST: &str = "docspace tags list";

/// The commands for tags.
#[derive(Debug, Subcommand)]
pub(crate) enum TagsCommand {
    /// List the tags, with the number of rooms and templates that have each
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Create a tag
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Rename a tag in all rooms
    #[command(aliases = ["edit", "update"])]
    Rename(Printed<rename::RenameArgs>),
    /// Delete tags, and remove them from all rooms
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
}

impl TagsCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Rename(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}
