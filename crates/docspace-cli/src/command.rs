//! The common form of all commands on a portal: parse the flags, run, print the result.

use clap::Args;
use clap::builder::CommandExt;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::args::OutputArgs;
use crate::completion::fields_of;
use crate::failure::Failure;
use crate::output::{Record, Report, Shape, schema_of};
use crate::session::Session;
use crate::spinner::Spinner;
use crate::terminal::Terminal;

/// The parsed flags of a command, and its implementation.
pub(crate) trait PortalCommand: Args {
    /// The records that the command prints.
    type Record: Record + Send;

    /// Whether the command prints several records or one. A command that prints none, such as a dry
    /// run, can have any shape.
    const SHAPE: Shape;

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

/// Checks the flags of a command, and runs it on the portal while a spinner is shown.
async fn on_portal<C: PortalCommand, R>(
    command: C,
    app: &App,
    run: impl AsyncFnOnce(C, &Session) -> Result<Report<R>, Failure>,
) -> Result<Report<R>, Failure> {
    command.check(app.terminal)?;
    let session = app.session()?;
    let _spinner = Spinner::start(&session.portal);
    run(command, &session).await
}

/// Runs a command, and returns what it prints.
async fn report<C: PortalCommand>(command: C, app: &App) -> Result<Report<C::Record>, Failure> {
    let report = on_portal(command, app, async |command: C, session: &Session| command.run(session).await).await?;
    debug_assert!(
        report.records.shape().is_none_or(|shape| shape == C::SHAPE || C::SHAPE == Shape::ObjectOrArray),
        "the command prints another shape than its schema has"
    );
    Ok(report)
}

/// The output of a command with `--json`, as a part of its definition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JsonOutput {
    shape: Shape,
    schema: fn(Shape) -> Map<String, Value>,
}

impl CommandExt for JsonOutput {}

impl JsonOutput {
    fn of<C: PortalCommand>() -> Self {
        Self::of_records::<C::Record>(C::SHAPE)
    }

    /// The output of a command that prints these records.
    pub(crate) fn of_records<R: Record>(shape: Shape) -> Self {
        Self { shape, schema: schema_of::<R> }
    }

    /// The output of a command that prints the rows of a file, if it gets one.
    fn of_rows<C: RowsCommand>() -> Self {
        let schema = |shape| {
            let mut one = schema_of::<C::Record>(shape);
            let mut rows = schema_of::<C::Row>(Shape::Array);
            let draft = one.remove("$schema").unwrap_or_default();
            rows.remove("$schema");
            Map::from_iter([("anyOf".to_owned(), json!([one, rows])), ("$schema".to_owned(), draft)])
        };
        Self { shape: C::SHAPE, schema }
    }

    /// Returns the JSON Schema of the output.
    pub(crate) fn schema(self) -> Map<String, Value> {
        (self.schema)(self.shape)
    }
}

/// A command with the flags for its output.
#[derive(Debug, Args)]
#[command(add = JsonOutput::of::<C>())]
#[command(mut_arg("json", |json| json.add(fields_of::<C::Record>())))]
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
        self.command.set_printed(|field| printer.prints(field));
        printer.print(report(self.command, app).await?).await
    }
}

/// A command whose text output is the same on a terminal as in a pipe, so that it can be copied:
/// without headings, and never shortened.
#[derive(Debug, Args)]
#[command(add = JsonOutput::of::<C>())]
#[command(mut_arg("json", |json| json.add(fields_of::<C::Record>())))]
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
        printer.print(report(self.command, app).await?).await
    }
}

/// A command that prints other records if it works on the rows of a file.
pub(crate) trait RowsCommand: PortalCommand {
    /// The records of the rows.
    type Row: Record + Send;

    /// Whether the command works on a file.
    fn has_file(&self) -> bool;

    /// Works on the rows of the file, and returns the records to print.
    async fn run_rows(self, session: &Session) -> Result<Report<Self::Row>, Failure>;
}

/// A command that works on one thing or on the rows of a file, with the flags for its output.
#[derive(Debug, Args)]
#[command(add = JsonOutput::of_rows::<C>())]
#[command(mut_arg("json", |json| json.add(fields_of::<C::Record>())))]
pub(crate) struct PrintedOrRows<C: RowsCommand> {
    #[command(flatten)]
    command: C,
    #[command(flatten)]
    output: OutputArgs,
}

impl<C: RowsCommand> PrintedOrRows<C> {
    /// Runs the command and prints its result.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let Self { command, output } = self;
        if !command.has_file() {
            return Printed { command, output }.execute(app).await;
        }
        let printer = output.printer(app.terminal)?;
        let run = async |command: C, session: &Session| command.run_rows(session).await;
        printer.print(on_portal(command, app, run).await?).await
    }
}
