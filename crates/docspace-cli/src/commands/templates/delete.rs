//! `docspace templates delete`.

use clap::Args;
use docspace::RoomId;

use crate::args::{ConfirmArgs, WaitArgs};
use crate::bulk::{Action, BulkChange};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::Report;
use crate::records::OutcomeRecord;
use crate::session::Session;
use crate::terminal::Terminal;

/// The arguments of `docspace templates delete`.
#[derive(Debug, Args)]
pub(crate) struct DeleteArgs {
    /// Ids of the templates (see `docspace templates list`)
    #[arg(value_name = "TEMPLATE", required = true)]
    ids: Vec<RoomId>,
    #[command(flatten)]
    confirm: ConfirmArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = OutcomeRecord;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.confirm.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let change = BulkChange {
            action: Action::DeleteTemplates,
            ids: self.ids,
            must_ask: self.confirm.must_ask(),
            until: self.wait.until(),
        };
        change.run(session).await
    }
}
