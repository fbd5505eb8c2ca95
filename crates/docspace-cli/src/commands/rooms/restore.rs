//! `docspace rooms restore`.

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
  docspace rooms restore 17 "Audit 2025"
  docspace rooms restore --tag client --search 2025
  docspace rooms restore --owner ann@acme.com --dry-run"#;

/// The arguments of `docspace rooms restore`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("yes", |arg| {
    arg.help("Skip the confirmation of the rooms that filters select (required without a terminal)")
}))]
pub(crate) struct RestoreArgs {
    #[command(flatten)]
    safety: SafetyArgs,
    #[command(flatten)]
    rooms: SelectionArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for RestoreArgs {
    type Record = OutcomeRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.rooms.check_confirmed(&self.safety, terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let selection = self.rooms.find(SearchArea::Archive, session).await?;
        let (safety, until) = (&self.safety, self.wait.until());
        BulkChange { action: Action::RestoreRooms, selection, safety, until }.run(session).await
    }
}
