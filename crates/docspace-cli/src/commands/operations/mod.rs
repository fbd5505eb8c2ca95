//! `docspace operations`.

mod cancel;
mod list;
mod resume;
mod view;
mod wait;

use clap::{Args, Subcommand};
use docspace::operations::OperationId;
use uuid::Uuid;

use crate::app::App;
use crate::command::Printed;
use crate::failure::{Failure, Topic};

/// The command that lists the operations.
const LIST: &str = "docspace operations list";

/// The commands for operations.
#[derive(Debug, Subcommand)]
pub(crate) enum OperationsCommand {
    /// List your operations; the portal lists each finished operation only once
    #[command(visible_alias = "ls")]
    List(Printed<list::ListArgs>),
    /// Show an operation; the portal shows it only once after it has finished
    #[command(aliases = ["show", "get"])]
    View(Printed<view::ViewArgs>),
    /// Wait until an operation has finished
    Wait(Printed<wait::WaitArgs>),
    /// Wait for the operation of a ticket, and show its result
    Resume(Printed<resume::ResumeArgs>),
    /// Cancel an operation; what it has done so far stays done
    Cancel(Printed<cancel::CancelArgs>),
}

impl OperationsCommand {
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        match self {
            Self::List(command) => command.execute(app).await,
            Self::View(command) => command.execute(app).await,
            Self::Wait(command) => command.execute(app).await,
            Self::Resume(command) => command.execute(app).await,
            Self::Cancel(command) => command.execute(app).await,
        }
    }
}

/// The id of one operation.
#[derive(Debug, Args)]
struct OperationArg {
    /// Id of the operation (see `docspace operations list`)
    #[arg(value_name = "OPERATION", value_parser = operation_id)]
    operation: OperationId,
}

fn operation_id(text: &str) -> Result<OperationId, String> {
    let id = text.trim().parse::<Uuid>();
    id.map(OperationId).map_err(|_| format!("not the id of an operation: use one from `{LIST}`"))
}

/// Returns the failure for an operation that the portal does not list.
fn not_listed(id: OperationId) -> Failure {
    Failure::not_found(format!("the portal does not list operation {id}: it has ended, was canceled, or never began"))
        .advise("look at the room, for example with `docspace rooms list --all`")
        .explained_by(Topic::LIST_OF_OPERATIONS)
}
