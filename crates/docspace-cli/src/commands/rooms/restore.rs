//! `docspace rooms restore`.

use clap::Args;

use crate::args::{RoomsArg, WaitArgs};
use crate::bulk::{Action, BulkChange};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::OutcomeRecord;
use crate::session::Session;

const EXAMPLES: &str = r#"Examples:
  docspace rooms restore "Audit 2025"
  docspace rooms list --archived --search Acme | docspace rooms restore -"#;

/// The arguments of `docspace rooms restore`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RestoreArgs {
    #[command(flatten)]
    rooms: RoomsArg,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for RestoreArgs {
    type Record = OutcomeRecord;

    const SHAPE: Shape = Shape::Array;

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let until = self.wait.until();
        let ids = self.rooms.find(session).await?;
        let change = BulkChange { action: Action::RestoreRooms, ids, must_ask: false, until };
        change.run(session).await
    }
}
