//! `docspace rooms`.

mod archive;
mod create;
mod delete;
mod edit;
mod list;
pub(super) mod outcome;
mod restore;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The commands for rooms.
#[derive(Debug, Subcommand)]
pub(crate) enum RoomsCommand {
    /// List rooms, by default the active ones
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show the details of a room
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Create a room
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Change a room; settings without a flag stay as they are
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Archive rooms; their links stop working until the rooms are restored
    Archive(Printed<archive::ArchiveArgs>),
    /// Restore rooms from the archive
    #[command(alias = "unarchive")]
    Restore(Printed<restore::RestoreArgs>),
    /// Delete rooms and their contents permanently
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
}

impl RoomsCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Archive(command) => command.execute(app).await,
            Self::Restore(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}
