//! The help topics, such as `docspace help formatting`.

use clap::Subcommand;

/// A help topic. Each is a hidden command, so that `docspace help` finds it.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum Topic {
    /// Environment variables
    #[command(hide = true, help_template = "{about}", long_about = Self::Environment.text())]
    Environment,
    /// Exit codes, and errors as JSON
    #[command(hide = true, help_template = "{about}", long_about = Self::ExitCodes.text())]
    ExitCodes,
    /// Tables, lines for scripts, JSON and jq
    #[command(hide = true, help_template = "{about}", long_about = Self::Formatting.text())]
    Formatting,
    /// Dates and durations that flags take, and those that commands show
    #[command(hide = true, help_template = "{about}", long_about = Self::Dates.text())]
    Dates,
}

impl Topic {
    /// Returns the text of the topic.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Environment => include_str!("environment.txt"),
            Self::ExitCodes => include_str!("exit-codes.txt"),
            Self::Formatting => include_str!("formatting.txt"),
            Self::Dates => include_str!("dates.txt"),
        }
    }
}

/// The end of the help of the program.
pub(crate) const OVERVIEW: &str = "\
Help topics:
  environment  Environment variables
  exit-codes   Exit codes, and errors as JSON
  formatting   Tables, lines for scripts, JSON and jq
  dates        Dates and durations

Run `docspace help TOPIC` to read about a topic. To get started, run `docspace tour`; it needs no
portal.";
