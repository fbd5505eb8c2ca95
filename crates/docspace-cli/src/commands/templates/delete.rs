//! `docspace templates delete`.

use clap::Args;

use crate::args::{ConfirmArgs, TemplatesArg, WaitArgs};
use crate::bulk::{Action, BulkChange};
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Report, Shape};
use crate::records::OutcomeRecord;
use crate::session::Session;
use crate::terminal::Terminal;

const EXAMPLES: &str = r#"Examples:
  docspace templates delete "Client room 2024"
  docspace templates delete 41 42 --yes"#;

/// The arguments of `docspace templates delete`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DeleteArgs {
    #[command(flatten)]
    templates: TemplatesArg,
    #[command(flatten)]
    confirm: ConfirmArgs,
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
            action: Action::DeleteTemplates,
            ids: self.templates.find(session).await?,
            must_ask: self.confirm.must_ask(),
            until: self.wait.until(),
        };
        change.run(session).await
    }
}
