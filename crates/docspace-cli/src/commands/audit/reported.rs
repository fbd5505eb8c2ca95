//! The common form of all audits: read, write the report, and fail if a rule is broken.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::App;
use crate::args::OutputArgs;
use crate::audit::Reader;
use crate::command::JsonOutput;
use crate::completion::fields_of;
use crate::failure::Failure;
use crate::output::{Record, Shape};
use crate::report::{Document, Format, OutputFile, columns};
use crate::terminal::{Terminal, print_message, write};

/// The parsed flags of an audit, and what it reads.
pub(crate) trait Audit: Args {
    /// The records of the report.
    type Record: Record;

    /// The names of the rules that must not be broken.
    fn fail_on(&self) -> Vec<String>;

    /// Rejects fields that this audit does not fill with these flags.
    fn check(&self, _output: &OutputArgs) -> Result<(), Failure> {
        Ok(())
    }

    /// Reads the portal.
    async fn read(self, reader: &Reader<'_>) -> Result<Document<Self::Record>, Failure>;
}

/// An audit with the flags for its report.
#[derive(Debug, Args)]
#[command(add = JsonOutput::of_records::<A::Record>(Shape::Array))]
#[command(mut_arg("json", |json| json.add(fields_of::<A::Record>())))]
pub(crate) struct Reported<A: Audit> {
    #[command(flatten)]
    audit: A,
    #[command(flatten)]
    report: ReportArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// The flags for the format of a report.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
struct ReportArgs {
    /// Format of the report (default: by the name of the file; otherwise a table on a terminal, and
    /// tab-separated lines in a pipe)
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, conflicts_with = "json")]
    format: Option<Format>,
    /// Write the report to this file, which only you can read if it is new
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ReportArgs {
    fn path(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    fn format(&self) -> Option<Format> {
        self.format.or_else(|| Format::of_file(self.path()?))
    }
}

impl<A: Audit> Reported<A> {
    /// Runs the audit and writes its report.
    pub(crate) async fn execute(self, app: &App) -> Result<(), Failure> {
        let Self { audit, report, output } = self;
        let to_file = report.path().is_some();
        let terminal = Terminal { stdout: app.terminal.stdout && !to_file, ..app.terminal };
        let printer = output.printer(terminal)?;
        audit.check(&output)?;
        let session = app.session()?;
        let file = report.path().map(OutputFile::create).transpose()?;
        let rules = audit.fail_on();
        let mut document = audit.read(&Reader::new(&session).await?).await?;
        document.show(&rules);

        let format = if output.is_json() { None } else { report.format() };
        let content = match format {
            Some(format) => format.format(&document, terminal)?,
            // It looks like the output of all other commands.
            None => printer.format(&document.records, &columns(&document))?,
        };
        match file {
            Some(file) => {
                file.write(content.as_bytes())?;
                let path = report.path().unwrap_or(Path::new("")).display();
                app.terminal.note(&format!("{}; the report is in {path}", document.headline));
            }
            None => write(&content)?,
        }
        if document.records.is_empty() && format.is_none() && !output.is_json() {
            app.terminal.note(&format!("no {} found", document.nouns));
        }
        // Formats for scripts have no place for this, and without it the report looks complete.
        document.unread.iter().for_each(|unread| print_message(&unread.note()));
        document.failure(&rules).map_or(Ok(()), Err)
    }
}
