//! `docspace operations wait`.

use std::time::Duration;

use clap::Args;
use docspace::operations::{FileOperation, OperationId, Operations};

use super::{OperationArg, not_listed};
use crate::args::values;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::output::{Bar, Records, Report, Shape};
use crate::records::OperationRecord;
use crate::session::Session;

/// The first pause between two reads. Each further pause is twice as long, up to the longest one.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(4);

const EXAMPLES: &str = r"Examples:
  docspace operations wait 6f9619ff-8b86-d011-b42d-00cf4fc964ff
  docspace operations wait 6f9619ff-8b86-d011-b42d-00cf4fc964ff --timeout 1h";

/// The arguments of `docspace operations wait`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct WaitArgs {
    #[command(flatten)]
    id: OperationArg,
    /// Wait at most this long, such as 90s or 1h; after that, the operation continues on the portal
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = values::duration)]
    timeout: Duration,
}

impl PortalCommand for WaitArgs {
    type Record = OperationRecord;

    const SHAPE: Shape = Shape::Object;

    async fn run(self, session: &Session) -> Result<Report<OperationRecord>, Failure> {
        let id = self.id.operation;
        let operations = session.portal.operations();
        let _bar = Bar::start(session.terminal, format!("waiting for operation {id}"), 1);
        let finished = tokio::time::timeout(self.timeout, finished(&operations, id));
        let operation = match unless_interrupted(finished).await {
            None => return Err(Failure::interrupted()),
            Some(Err(_)) => {
                let limit = humantime::format_duration(self.timeout);
                let message = format!("the portal did not finish operation {id} within {limit}");
                return Err(Failure::timed_out(message).advise("wait again, or use a longer --timeout"));
            }
            Some(Ok(outcome)) => outcome?,
        };
        let failure = Some(&operation.error).filter(|error| !error.is_empty()).map(|error| {
            Failure::local(format!("operation {id} failed: {error}"))
                .advise("correct the cause, and start the operation again")
        });
        Ok(Report::from(Records::Row(OperationRecord(operation))).failing(failure))
    }
}

/// Reads the operation until it has finished.
async fn finished(operations: &Operations, id: OperationId) -> Result<FileOperation, Failure> {
    let mut pause = FIRST_PAUSE;
    loop {
        let operation = operations.get(id).await?.ok_or_else(|| not_listed(id))?;
        if operation.finished {
            return Ok(operation);
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
