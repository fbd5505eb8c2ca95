//! `docspace rooms delete`.

use clap::Args;

use crate::args::{ConfirmArgs, RoomsArg, WaitArgs};
use crate::bulk::{Action, BulkChange};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::OutcomeRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace rooms delete "Audit 2019"
  docspace rooms list --archived --tag expired --json id,title,updated
  docspace rooms delete 17 18 --yes --timeout 1h"#;

/// The arguments of `docspace rooms delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    #[command(flatten)]
    confirm: ConfirmArgs,
    #[command(flatten)]
    rooms: RoomsArg,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = OutcomeRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.confirm.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let change = BulkChange {
            action: Action::DeleteRooms,
            ids: self.rooms.find(session).await?,
            must_ask: self.confirm.must_ask(),
            until: self.wait.until(),
        };
        change.run(session).await
    }
}
