//! `docspace templates delete`.

use clap::Args;

use crate::args::{SafetyArgs, Selection, TemplatesArg, WaitArgs};
use crate::bulk::{Action, BulkChange};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::OutcomeRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace templates delete 23 "Audit 2025"
  docspace templates delete 23 24 --dry-run
  docspace templates list --search trial | docspace templates delete - --yes"#;

/// The arguments of `docspace templates delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    #[command(flatten)]
    templates: TemplatesArg,
    #[command(flatten)]
    safety: SafetyArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl PortalCommand for DeleteArgs {
    type Record = OutcomeRecord;

    const SHAPE: Shape = Shape::Array;

    fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        self.safety.check(terminal)
    }

    async fn run(self, session: &Session) -> Result<Report<OutcomeRecord>, Failure> {
        let selection = Selection::Named(self.templates.find_named(session).await?);
        let (safety, until) = (&self.safety, self.wait.until());
        BulkChange { action: Action::DeleteTemplates, selection, safety, until }.run(session).await
    }
}
