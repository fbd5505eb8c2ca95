//! `docspace operations view`.

use clap::Args;

use super::{OperationArg, not_listed};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report, Shape};
use crate::records::OperationRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace operations view 6f9619ff-8b86-d011-b42d-00cf4fc964ff
  docspace operations view 6f9619ff-8b86-d011-b42d-00cf4fc964ff --json progress --jq .progress";

/// The arguments of `docspace operations view`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    id: OperationArg,
}

impl PortalCommand for ViewArgs {
    type Record = OperationRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<OperationRecord>, Failure> {
        let id = self.id.operation;
        let found = session.portal.operations().get(id).await?;
        Ok(Records::Card(OperationRecord(found.ok_or_else(|| not_listed(id))?)).into())
    }
}
