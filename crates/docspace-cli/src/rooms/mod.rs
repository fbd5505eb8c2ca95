//! `docspace rooms`: the commands and what they print of a room.

mod create;
mod edit;
mod life;
mod list;
mod record;

use clap::Subcommand;
use docspace::RoomId;
pub(crate) use life::{Verb, run_all};
pub(crate) use record::RoomRecord;

use crate::app::App;
use crate::confirm::ConfirmArgs;
use crate::failure::Failure;
use crate::output::OutputArgs;
use crate::work::WaitArgs;

/// What can be done with rooms.
#[derive(Debug, Subcommand)]
pub(crate) enum RoomsCommand {
    /// List rooms
    #[command(visible_alias = "ls")]
    List(list::ListArgs),
    /// Show a room
    View {
        /// The room's id
        #[arg(value_name = "ROOM")]
        id: RoomId,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Make a room
    Create(create::CreateArgs),
    /// Change a room
    Edit(edit::EditArgs),
    /// Move rooms to the archive
    Archive(LifeArgs),
    /// Move rooms out of the archive
    Restore(LifeArgs),
    /// Delete rooms and all that is in them, for good
    Delete {
        #[command(flatten)]
        confirm: ConfirmArgs,
        #[command(flatten)]
        life: LifeArgs,
    },
}

/// The rooms to work on.
#[derive(Debug, clap::Args)]
pub(crate) struct LifeArgs {
    /// The rooms' ids
    #[arg(value_name = "ROOM", required = true)]
    ids: Vec<RoomId>,
    #[command(flatten)]
    wait: WaitArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl RoomsCommand {
    pub(crate) async fn run(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(arguments) => arguments.run(app).await,
            Self::View { id, output } => {
                let printer = output.printer::<RoomRecord>(app)?;
                let room = app.portal()?.room(id).get().await?;
                printer.card(&RoomRecord(room))
            }
            Self::Create(arguments) => arguments.run(app).await,
            Self::Edit(arguments) => arguments.run(app).await,
            Self::Archive(life) => life.run(app, Verb::Archive, None).await,
            Self::Restore(life) => life.run(app, Verb::Restore, None).await,
            Self::Delete { confirm, life } => life.run(app, Verb::Delete, Some(confirm)).await,
        }
    }
}

impl LifeArgs {
    async fn run(self, app: &App, verb: Verb, confirm: Option<ConfirmArgs>) -> Result<(), Failure> {
        run_all(app, verb, self.ids, confirm.as_ref(), &self.wait, &self.output).await
    }
}
