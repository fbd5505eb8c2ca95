//! `docspace folders`.

mod create;
mod delete;
mod edit;
mod list;
mod transfer;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The commands for folders.
#[derive(Debug, Subcommand)]
pub(crate) enum FoldersCommand {
    /// List the folders in a room or folder
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show the details of a folder, with its path
    #[command(aliases = ["show", "get", "path"])]
    View(Printed<view::ViewArgs>),
    /// Create folders, or a whole tree of folders; existing folders are kept
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Rename a folder, or change its place in a room with an index
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Copy folders with everything in them into a room or folder
    #[command(alias = "cp")]
    Copy(Printed<transfer::CopyArgs>),
    /// Move folders with everything in them into a room or folder
    #[command(alias = "mv")]
    Move(Printed<transfer::MoveArgs>),
    /// Delete folders and everything in them, permanently or into your trash
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
}

impl FoldersCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Copy(command) => command.execute(app).await,
            Self::Move(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}
