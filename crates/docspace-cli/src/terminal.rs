//! Who is at the other end: a person at a terminal, or a script.

use std::env;
use std::io::{self, IsTerminal, Write, stderr, stdin, stdout};

use crate::failure::Failure;
use crate::text::plain;

/// The three streams, and how to write to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Whether a person reads standard output.
    pub(crate) stdout: bool,
    /// Whether a person reads standard error.
    pub(crate) stderr: bool,
    /// Whether a person types standard input.
    pub(crate) stdin: bool,
    /// The width in columns.
    pub(crate) columns: usize,
    /// Whether standard output takes colors.
    pub(crate) colors: bool,
    /// Whether failures are written as JSON.
    pub(crate) json_failures: bool,
}

/// The width if it is unknown.
const COLUMNS: usize = 80;

impl Terminal {
    /// Looks at the streams and at the environment.
    pub(crate) fn detect(json_failures: bool) -> Self {
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
            colors: out && !said("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb"),
            json_failures,
        }
    }

    /// Prints something that only a person wants to read.
    pub(crate) fn note(self, text: &str) {
        if self.stderr {
            tell(text);
        }
    }

    /// Whether there is a person who can answer a question.
    pub(crate) fn can_ask(self) -> bool {
        self.stdin && self.stderr
    }

    /// No terminal at all.
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Self { stdout: false, stderr: false, stdin: false, columns: COLUMNS, colors: false, json_failures: false }
    }
}

/// Writes to standard output. A closed pipe is a failure that is not reported.
pub(crate) fn write(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints a message for the user on standard error, on one line. Does nothing if standard error is
/// closed.
pub(crate) fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(format!("{}\n", plain(text)).as_bytes());
}
