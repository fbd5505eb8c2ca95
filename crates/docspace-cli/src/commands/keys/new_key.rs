//! Printing the secret of a new key.

use clap::Args;
use docspace::keys::ApiKey;

use crate::app::App;
use crate::args::OutputArgs;
use crate::command::PortalCommand;
use crate::failure::Failure;
use crate::output::{Records, Report};
use crate::records::NewKeyRecord;
use crate::terminal::Terminal;

/// A command that creates a key. Without `--json`, its output is the secret alone, even on a
/// terminal, so that nothing shortens it.
#[derive(Debug, Args)]
pub(crate) struct PrintedSecret<C: PortalCommand<Record = NewKeyRecord>> {
    #[command(flatten)]
    command: C,
    #[command(flatten)]
    output: OutputArgs,
}

impl<C: PortalCommand<Record = NewKeyRecord>> PrintedSecret<C> {
    /// Runs the command and prints the secret of the key.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let stdout = app.terminal.stdout && self.output.is_json();
        let printer = self.output.printer(Terminal { stdout, ..app.terminal })?;
        self.command.check(app.terminal)?;
        let report = self.command.run(&app.session()?).await?;
        printer.print(report)
    }
}

/// Returns the report on a new key.
pub(super) fn report(key: ApiKey) -> Report<NewKeyRecord> {
    let note =
        format!("created the key `{}` ({}); store the secret now, because it is not shown again", key.name, key.id);
    Report::from(Records::Row(NewKeyRecord(key))).note(note)
}
