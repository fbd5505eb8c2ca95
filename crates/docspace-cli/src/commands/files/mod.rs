//! `docspace files`.

mod delete;
mod edit;
mod list;
mod transfer;
mod upload;
mod view;

use clap::Subcommand;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;

/// The commands for files.
#[derive(Debug, Subcommand)]
pub(crate) enum FilesCommand {
    /// List the files in a room or folder
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show the details of a file
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Upload files into a room or folder
    #[command(aliases = ["new", "add", "create"])]
    Upload(Printed<upload::UploadArgs>),
    /// Rename a file, or change its place in a room with an index
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Copy files into a room or folder
    #[command(alias = "cp")]
    Copy(Printed<transfer::CopyArgs>),
    /// Move files into a room or folder
    #[command(alias = "mv")]
    Move(Printed<transfer::MoveArgs>),
    /// Delete files with all their versions, permanently or into your trash
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
}

impl FilesCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Upload(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Copy(command) => command.execute(app).await,
            Self::Move(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}
