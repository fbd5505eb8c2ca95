//! The flags `--json` and `--jq`.

use clap::Args;

use crate::failure::Failure;
use crate::output::{Printer, Record};
use crate::terminal::Terminal;

/// The flags `--json` and `--jq`, for commands that print records.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// Print JSON with these fields, separated by commas; without FIELDS, list the available fields
    #[arg(long, value_name = "FIELDS")]
    json: Option<Option<String>>,
    /// Filter the JSON with a jq expression (requires --json)
    #[arg(long, short = 'q', value_name = "EXPRESSION", requires = "json")]
    jq: Option<String>,
}

impl OutputArgs {
    /// Whether the output is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json.is_some()
    }

    /// Whether `--json` names this field.
    pub(crate) fn names(&self, field: &str) -> bool {
        let fields = self.json.iter().flatten().flat_map(|fields| fields.split(','));
        fields.map(str::trim).any(|name| name.eq_ignore_ascii_case(field))
    }

    /// Returns the printer for these flags. Fails for a field that the records do not have.
    pub(crate) fn printer<R: Record>(&self, terminal: Terminal) -> Result<Printer<R>, Failure> {
        match &self.json {
            None => Ok(Printer::text(terminal)),
            Some(fields) => Printer::json(fields.as_deref().unwrap_or_default(), self.jq.as_deref(), terminal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::OutcomeRecord;
    use crate::testing::{parse, parsed};

    #[test]
    fn unknown_fields_and_filters_are_rejected_by_the_printer() {
        let printer =
            |arguments: &[&str]| parsed::<OutputArgs>(arguments).printer::<OutcomeRecord>(Terminal::none()).map(drop);
        assert!(printer(&[]).is_ok() && printer(&["--json", "ID, state"]).is_ok());
        assert!(printer(&["--json", "id,nope"]).expect_err("no such field").message().contains("`nope`"));
        assert!(printer(&["--json"]).expect_err("no fields").message().ends_with("id\n  state\n  title"));
        assert!(printer(&["--json", "id", "--jq", "|"]).is_err());
    }

    #[test]
    fn jq_requires_json() {
        assert!(parse::<OutputArgs>(&["--jq", "."]).is_err());
    }
}
