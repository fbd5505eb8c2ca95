//! `--json` and `--jq`.

use clap::Args;

use crate::failure::Failure;
use crate::output::{Printer, Record};
use crate::terminal::Terminal;

/// `--json` and `--jq`, for commands that print something.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Print JSON with these fields, separated by commas; without any, list those there are
    #[arg(long, value_name = "FIELDS")]
    json: Option<Option<String>>,
    /// Filter the JSON with a jq expression
    #[arg(long, value_name = "EXPRESSION", requires = "json")]
    jq: Option<String>,
}

impl OutputArgs {
    /// How to print records of this kind. Fails on a field that they do not have.
    pub(crate) fn printer<R: Record>(&self, terminal: Terminal) -> Result<Printer<R>, Failure> {
        match &self.json {
            None => Ok(Printer::text(terminal)),
            Some(fields) => Printer::json(fields.as_deref().unwrap_or_default(), self.jq.as_deref(), terminal),
        }
    }
}
