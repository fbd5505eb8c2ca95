//! `docspace rooms archive`.

use clap::Args;

use crate::args::{RoomsArg, WaitArgs};
use crate::bulk::{Action, BulkChange};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::OutcomeRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms archive "Audit 2025"
  docspace rooms list --tag closed | docspace rooms archive -
  docspace rooms archive 17 18 --no-wait"#;

/// The arguments of `docspace rooms archive`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ArchiveArgs {
    #[command(flatten)]
    rooms: RoomsArg,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for ArchiveArgs {
    type Record = OutcomeRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let until = self.wait.until();
        let ids = self.rooms.find(session).await?;
        let change = BulkChange { action: Action::ArchiveRooms, ids, must_ask: false, until };
        change.run(session).await
    }
}
