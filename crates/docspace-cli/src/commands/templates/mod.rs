//! `docspace templates`.

mod create;
mod delete;
mod edit;
mod list;
mod members;
mod use_template;
mod view;

use clap::Subcommand;
use docspace::Room;

use super::rooms::outcome;
use crate::app::App;
use crate::args::values::Quota;
use crate::command::{Printed, PrintedOrRows};
use crate::failure::Failure;
use crate::output::{Records, Report};
use crate::records::RoomRecord;

/// The commands for templates.
#[derive(Debug, Subcommand)]
pub(crate) enum TemplatesCommand {
    /// List the templates that you own or can use
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show the details of a template
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Create a template from a room
    #[command(aliases = ["new", "add"])]
    Create(Printed<create::CreateArgs>),
    /// Create a room from a template
    Use(PrintedOrRows<use_template::UseArgs>),
    /// Change a template; settings without a flag stay as they are
    #[command(aliases = ["update", "set", "rename"])]
    Edit(Printed<edit::EditArgs>),
    /// Manage who can use a template
    #[command(subcommand, visible_alias = "member")]
    Members(members::MembersCommand),
    /// Delete templates permanently; rooms created from them stay
    #[command(aliases = ["rm", "remove"])]
    Delete(Printed<delete::DeleteArgs>),
}

impl TemplatesCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Use(command) => command.execute(app).await,
            Self::Edit(command) => command.execute(app).await,
            Self::Members(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}

/// Returns the report on a created template or room, or on a creation that is only accepted.
/// `search` is the command that finds it later.
fn created(room: Option<Room>, quota: Option<Quota>, search: &str) -> Report<RoomRecord> {
    match room {
        Some(room) => outcome::report(room, None, quota),
        None => Report::from(Records::None)
            .note(format!("the portal has accepted the operation; find the id later with `{search}`")),
    }
}
