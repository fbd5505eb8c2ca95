//! The common form of all commands on a portal: parse the flags, run, print the result.

use clap::Args;

use crate::app::App;
use crate::args::OutputArgs;
use crate::failure::Failure;
use crate::output::{Record, Report};
use crate::session::Session;
use crate::terminal::Terminal;

/// The parsed flags of a command, and its implementation.
pub(crate) trait PortalCommand: Args {
    /// The records that the command prints.
    type Record: Record + Send;

    /// Rejects combinations of flags that cannot succeed, before the login is read.
    fn check(&self, _terminal: Terminal) -> Result<(), Failure> {
        Ok(())
    }

    /// Receives a function that reports whether a field is printed, so that `run` makes no calls
    /// for other fields.
    fn set_printed(&mut self, _is_printed: impl Fn(&str) -> bool) {}

    /// Calls the library and returns the records to print.
    async fn run(self, session: &Session) -> Result<Report<Self::Record>, Failure>;
}

/// A command with the flags for its output.
#[derive(Debug, Args)]
pub(crate) struct Printed<C: PortalCommand> {
    #[command(flatten)]
    command: C,
    #[command(flatten)]
    output: OutputArgs,
}

impl<C: PortalCommand> Printed<C> {
    /// Runs the command and prints its result.
    pub(crate) async fn execute(mut self, app: &App) -> Result<(), Failure> {
        let printer = self.output.printer(app.terminal)?;
        self.command.check(app.terminal)?;
        self.command.set_printed(|field| printer.prints(field));
        let report = self.command.run(&app.session()?).await?;
        printer.print(report).await
    }
}

/// A command whose text output is the same on a terminal as in a pipe, so that it can be copied:
/// without headings, and never shortened.
#[derive(Debug, Args)]
pub(crate) struct PrintedAlone<C: PortalCommand> {
    #[command(flatten)]
    command: C,
    #[command(flatten)]
    output: OutputArgs,
}

impl<C: PortalCommand> PrintedAlone<C> {
    /// Runs the command and prints its result.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let stdout = app.terminal.stdout && self.output.is_json();
        let printer = self.output.printer(Terminal { stdout, ..app.terminal })?;
        self.command.check(app.terminal)?;
        let report = self.command.run(&app.session()?).await?;
        printer.print(report).await
    }
}
