//! `docspace rooms archive`.

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
  docspace rooms archive 17 "Audit 2025"
  docspace rooms archive --older-than 1year --tag client
  docspace rooms archive --older-than 1year --untagged --dry-run
  docspace rooms list --tag closed --limit 10 | docspace rooms archive -"#;

/// The arguments of `docspace rooms archive`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(mut_arg("yes", |arg| {
    arg.help("Skip the confirmation of the rooms that filters select (required without a terminal)")
}))]
pub(crate) struct ArchiveArgs {
    #[command(flatten)]
    safety: SafetyArgs,
    #[command(flatten)]
    rooms: SelectionArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for ArchiveArgs {
    type Record = OutcomeRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.rooms.check_confirmed(&self.safety, terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let selection = self.rooms.find(SearchArea::Active, session).await?;
        let (safety, until) = (&self.safety, self.wait.until());
        BulkChange { action: Action::ArchiveRooms, selection, safety, until }.run(session).await
    }
}
