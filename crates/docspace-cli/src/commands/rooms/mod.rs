//! `docspace rooms`.

mod archive;
mod content;
mod create;
mod delete;
mod edit;
mod export_index;
mod leave;
mod list;
mod logo;
mod news;
mod open;
pub(super) mod outcome;
mod owner;
mod pin;
mod reorder;
mod restore;
mod sync_database;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::{Printed, PrintedAlone, PrintedOrRows};
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
    Create(PrintedOrRows<create::CreateArgs>),
    /// Change a room; settings without a flag stay as they are
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Open a room in the browser, or print its address
    Open(PrintedAlone<open::OpenArgs>),
    /// List the files and folders at the top of a room
    Content(Printed<content::ContentArgs>),
    /// List the files that are new to you
    News(Printed<news::NewsArgs>),
    /// Pin a room to the top of your lists
    Pin(Printed<pin::PinArgs>),
    /// Remove your pin from a room
    Unpin(Printed<pin::UnpinArgs>),
    /// Set or remove the logo or the cover of a room
    Logo(Printed<logo::LogoArgs>),
    /// Give a room to another owner
    Owner(Printed<owner::OwnerArgs>),
    /// Leave a room of which you are a member
    Leave(Printed<leave::LeaveArgs>),
    /// Renumber the files and folders of an indexed room without gaps
    Reorder(Printed<reorder::ReorderArgs>),
    /// Write the index of an indexed room to a file in your documents
    ExportIndex(Printed<export_index::ExportIndexArgs>),
    /// Send the form answers of a form-filling room to the external database of the portal
    SyncDatabase(Printed<sync_database::SyncDatabaseArgs>),
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
            Self::Open(command) => command.execute(app).await,
            Self::Content(command) => command.execute(app).await,
            Self::News(command) => command.execute(app).await,
            Self::Pin(command) => command.execute(app).await,
            Self::Unpin(command) => command.execute(app).await,
            Self::Logo(command) => command.execute(app).await,
            Self::Owner(command) => command.execute(app).await,
            Self::Leave(command) => command.execute(app).await,
            Self::Reorder(command) => command.execute(app).await,
            Self::ExportIndex(command) => command.execute(app).await,
            Self::SyncDatabase(command) => command.execute(app).await,
            Self::Archive(command) => command.execute(app).await,
            Self::Restore(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}
