//! `docspace templates`.

mod create;
mod delete;
mod list;
mod use_template;

use clap::Subcommand;
use docspace::Room;

use crate::app::App;
use crate::command::Printed;
use crate::failure::Failure;
use crate::output::{Records, Report};
use crate::records::RoomRecord;

/// What can be done with templates.
#[derive(Debug, Subcommand)]
pub(crate) enum TemplatesCommand {
    /// List the templates you own or may use
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Make a template from a room
    Create(Printed<create::CreateArgs>),
    /// Make a room from a template
    Use(Printed<use_template::UseArgs>),
    /// Delete templates for good; rooms made from them stay
    Delete(Printed<delete::DeleteArgs>),
}

impl TemplatesCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::Create(command) => command.execute(app).await,
            Self::Use(command) => command.execute(app).await,
            Self::Delete(command) => command.execute(app).await,
        }
    }
}

/// The report on a template or room whose creation was waited for, or only accepted.
fn created(room: Option<Room>) -> Report<RoomRecord> {
    match room {
        Some(room) => Records::Row(RoomRecord(room)).into(),
        // Its id is not known yet.
        None => Report::from(Records::None).note("the portal has accepted it"),
    }
}
