//! `docspace operations cancel`.

use clap::{ArgGroup, Args};
use docspace::operations::OperationId;

use super::operation_id;
use crate::args::SafetyArgs;
use crate::command::PortalCommand;
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Records, Report, Shape};
use crate::prompt;
use crate::records::OperationRecord;
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::change;

const EXAMPLES: &str = r"Examples:
  docspace operations cancel 6f9619ff-8b86-d011-b42d-00cf4fc964ff
  docspace operations cancel --all --yes";

/// The arguments of `docspace operations cancel`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(group = ArgGroup::new("which").args(["operation", "all"]).required(true))]
pub(crate) struct CancelArgs {
    /// Id of the operation (see `docspace operations list`)
    #[arg(value_name = "OPERATION", value_parser = operation_id)]
    operation: Option<OperationId>,
    /// Cancel all of your operations, including those that other programs started
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    safety: SafetyArgs,
}

impl PortalCommand for CancelArgs {
    type Record = OperationRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    /// Cancels the operations, and reports those that are left.
    async fn run(self, session: &Session) -> Result<Report<OperationRecord>, Failure> {
        let operations = session.portal.operations();
        let what = self.operation.map_or_else(|| "all of your operations".to_owned(), |id| format!("operation {id}"));
        // Reading the operations would remove the finished ones from the portal's list, so neither
        // a dry run nor the question does that.
        if self.safety.dry_run.is_set() {
            return Ok(self.safety.dry_run.report(&format!("cancel {what}")));
        }
        if self.safety.must_ask() {
            prompt::confirm(&format!("Cancel {what}? What has been done so far stays done."))?;
        }
        let unknown = UnknownOutcome::new(format!("whether the portal cancels {what}"), super::LIST);
        let left = match self.operation {
            Some(id) => change(&unknown, operations.cancel(id)).await?,
            None => change(&unknown, operations.cancel_all()).await?,
        };
        let left = left.into_iter().map(OperationRecord).collect();
        Ok(Records::Found(left, "no operations are left").into())
    }
}
