//! What this side is: a person at a terminal, or a script.

use std::env;
use std::io::{IsTerminal, stderr, stdin, stdout};

/// The three streams, and how to write to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Whether a person reads standard output.
    pub(crate) stdout: bool,
    /// Whether a person reads standard error.
    pub(crate) stderr: bool,
    /// Whether a person types standard input.
    pub(crate) stdin: bool,
    /// How wide it is.
    pub(crate) columns: usize,
    /// Whether standard output takes colours.
    pub(crate) colours: bool,
}

/// The width where nobody knows it.
const COLUMNS: usize = 80;

impl Terminal {
    /// Looks at the streams and at the environment.
    pub(crate) fn detect() -> Self {
        let forced = env::var("DOCSPACE_FORCE_TTY").ok().filter(|value| !value.is_empty());
        let out = forced.is_some() || stdout().is_terminal();
        let said = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let known = forced.as_deref().map_or_else(
            || console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns)),
            |columns| columns.parse().ok(),
        );
        Self {
            stdout: out,
            stderr: stderr().is_terminal(),
            stdin: stdin().is_terminal(),
            columns: known.filter(|columns| *columns > 0).unwrap_or(COLUMNS),
            colours: out && !said("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }

    /// Says something that only a person wants to read.
    pub(crate) fn note(self, text: &str) {
        if self.stderr {
            super::tell(text);
        }
    }

    /// Whether there is somebody to ask.
    pub(crate) fn can_ask(self) -> bool {
        self.stdin && self.stderr
    }

    /// No terminal at all.
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Self { stdout: false, stderr: false, stdin: false, columns: COLUMNS, colours: false }
    }
}
