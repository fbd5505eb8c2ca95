//! `docspace operations list`.

use clap::Args;
use clap::builder::TypedValueParser;
use docspace::operations::OperationType;

use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::OperationRecord;
use crate::session::Session;

const EXAMPLES: &str = r"Examples:
  docspace operations list
  docspace operations list --type move --json id,progress";

/// The types of operations that a portal lists.
const TYPES: [OperationType; 6] = [
    OperationType::Move,
    OperationType::Copy,
    OperationType::Delete,
    OperationType::Download,
    OperationType::MarkAsRead,
    OperationType::Duplicate,
];

fn operation_type() -> impl TypedValueParser<Value = OperationType> {
    values::one_of(TYPES.map(|known| (values::named(&known.to_string()), known)).into())
}

/// The flags of `docspace operations list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ListArgs {
    /// List only operations of this type; archiving and restoring a room are moves
    #[arg(long = "type", value_name = "TYPE", value_parser = operation_type(), ignore_case = true)]
    operation_type: Option<OperationType>,
}

impl PortalCommand for ListArgs {
    type Record = OperationRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<OperationRecord>, Failure> {
        let operations = session.portal.operations();
        let _bar = Bar::start(session.terminal, "reading operations", 1);
        let found = match self.operation_type {
            Some(operation_type) => operations.list_of(operation_type).await?,
            None => operations.list().await?,
        };
        Ok(Records::Found(found.into_iter().map(OperationRecord).collect(), "no operations found").into())
    }
}
