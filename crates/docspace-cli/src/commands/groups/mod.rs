//! `docspace groups`.

mod create;
mod delete;
mod edit;
mod group_name;
mod list;
mod view;

use clap::Subcommand;
use docspace::Error;

use crate::app::App;
use crate::command::Printed;
use crate::failure::{Failure, UnknownOutcome};

/// The command that lists the room groups.
const LIST: &str = "docspace groups list";

/// Returns the failure of a change with an icon. A portal rejects an unknown icon without naming
/// it.
fn failure(unknown: &UnknownOutcome, error: Error) -> Failure {
    let is_rejected = error.is_invalid() && error.status() == Some(400);
    let failure = unknown.classify(error);
    if is_rejected { failure.advise("check the icon: `docspace covers list` lists the pictures") } else { failure }
}

/// The commands for room groups.
#[derive(Debug, Subcommand)]
pub(crate) enum GroupsCommand {
    /// List your room groups
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show a room group with the ids of its rooms
    View(Printed<view::ViewArgs>),
    /// Create a room group
    Create(Printed<create::CreateArgs>),
    /// Rename a room group, change its icon, or add and remove rooms
    Edit(Printed<edit::EditArgs>),
    /// Delete a room group; its rooms stay
    #[command(visible_alias = "rm")]
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
