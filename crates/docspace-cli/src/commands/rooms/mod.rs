//! `docspace rooms`.

mod archive;
mod create;
mod delete;
mod edit;
mod list;
mod restore;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// What can be done with rooms.
#[derive(Debug, Subcommand)]
pub(crate) enum RoomsCommand {
    /// List rooms
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show a room
    View(Printed<view::ViewArgs>),
    /// Make a room
    Create(Printed<create::CreateArgs>),
    /// Change a room
    Edit(Printed<edit::EditArgs>),
    /// Move rooms to the archive
    Archive(Printed<archive::ArchiveArgs>),
    /// Move rooms out of the archive
    Restore(Printed<restore::RestoreArgs>),
    /// Delete rooms and all that is in them, for good
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
