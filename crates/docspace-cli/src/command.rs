//! The one shape of a command on a portal: its flags are parsed, it runs, and what it returns is printed.

use clap::Args;

use crate::app::App;
use crate::args::OutputArgs;
use crate::failure::Failure;
use crate::output::{Record, Report};
use crate::session::Session;
use crate::terminal::Terminal;

/// The parsed flags of a command, and what the command does.
pub(crate) trait PortalCommand: Args {
    /// What it prints.
    type Record: Record;

    /// Refuses flags that can only fail, before the login is read.
    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        Ok(())
    }

    /// Calls the library, and returns what to print.
    async fn run(self, session: &Session) -> Result<Report<Self::Record>, Failure>;
}

/// A command together with the flags that say how to print what it returns.
#[derive(Debug, Args)]
pub(crate) struct Printed<C: PortalCommand> {
    #[command(flatten)]
    command: C,
    #[command(flatten)]
    output: OutputArgs,
}

impl<C: PortalCommand> Printed<C> {
    /// Runs the command, and prints what it returns.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app.terminal)?;
        self.command.check(app.terminal)?;
        let report = self.command.run(&app.session()?).await?;
        printer.print(report)
    }
}
