//! `docspace rooms delete`.

use clap::Args;
use docspace::rooms::SearchArea;

use crate::args::{SafetyArgs, SelectionArgs, WaitArgs};
use crate::bulk::{Action, BulkChange};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::OutcomeRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace rooms delete 17 "Audit 2019"
  docspace rooms delete --archived --older-than 2years --dry-run
  docspace rooms delete --active --search trial --owner ann@acme.com
  docspace rooms list --archived --tag expired | docspace rooms delete - --yes"#;

/// The arguments of `docspace rooms delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    #[command(flatten)]
    safety: SafetyArgs,
    /// Select archived rooms, as filters do without this flag; without filters, select all of them
    #[arg(long, conflicts_with = "active", help_heading = "Filters")]
    archived: bool,
    /// Select active rooms instead of archived ones; needs another filter
    #[arg(long, conflicts_with = "rooms", help_heading = "Filters")]
    active: bool,
    #[command(flatten)]
    rooms: SelectionArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = OutcomeRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.rooms.check(self.archived)?;
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let area = if self.active { SearchArea::Active } else { SearchArea::Archive };
        let selection = self.rooms.find(area, session).await?;
        let (safety, until) = (&self.safety, self.wait.until());
        BulkChange { action: Action::DeleteRooms, selection, safety, until }.run(session).await
    }
}
