//! The standard streams: whether each is a terminal, and how to write to it.

use std::env;
use std::io::{self, IsTerminal, Write, stderr, stdin, stdout};

use crate::failure::Failure;
use crate::spinner;
use crate::text::plain;

/// Properties of the three standard streams.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Whether standard output is a terminal, or is treated as one because of `DOCSPACE_FORCE_TTY`.
    pub(crate) stdout: bool,
    /// Whether standard error is a terminal.
    pub(crate) stderr: bool,
    /// Whether standard input is a terminal.
    pub(crate) stdin: bool,
    /// The width of the output in columns.
    pub(crate) columns: usize,
    /// The height of the terminal that standard output is, if it is one.
    pub(crate) rows: Option<usize>,
    /// Whether to color standard output.
    pub(crate) colors: bool,
    /// Whether to print failures as JSON.
    pub(crate) json_failures: bool,
}

/// The width that is assumed if it is unknown, in columns.
const DEFAULT_COLUMNS: usize = 80;

impl Terminal {
    /// Determines the properties from the streams and the environment variables.
    pub(crate) fn detect(json_failures: bool) -> Self {
        let forced = env::var("DOCSPACE_FORCE_TTY").ok().filter(|value| !value.is_empty());
        let out = forced.is_some() || stdout().is_terminal();
        let columns = forced.as_deref().map_or_else(
            || {
                // The table before a question goes to standard error.
                let size = console::Term::stdout().size_checked().or_else(|| console::Term::stderr().size_checked());
                size.map(|(_, columns)| usize::from(columns))
            },
            |columns| columns.parse().ok(),
        );
        console::set_colors_enabled_stderr(wants_colors(stderr().is_terminal()));
        Self {
            stdout: out,
            stderr: stderr().is_terminal(),
            stdin: stdin().is_terminal(),
            rows: console::Term::stdout().size_checked().map(|(rows, _)| usize::from(rows)).filter(|rows| *rows > 0),
            columns: columns.filter(|columns| *columns > 0).unwrap_or(DEFAULT_COLUMNS),
            colors: wants_colors(out),
            json_failures,
        }
    }

    /// Prints a message on standard error, but only on a terminal.
    pub(crate) fn note(self, text: &str) {
        if self.stderr {
            print_message(text);
        }
    }

    /// Whether a question can be shown and answered.
    pub(crate) fn can_ask(self) -> bool {
        self.stdin && self.stderr
    }

    /// Streams of which none is a terminal.
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Self {
            stdout: false,
            stderr: false,
            stdin: false,
            columns: DEFAULT_COLUMNS,
            rows: None,
            colors: false,
            json_failures: false,
        }
    }
}

/// Whether to color a stream, by the variables that many programs share. An empty variable counts
/// as not set.
fn wants_colors(is_terminal: bool) -> bool {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    is_terminal && set("CLICOLOR").is_none_or(|value| value != "0") && set("TERM").is_none_or(|term| term != "dumb")
}

/// Writes text to standard output. The failure for a closed pipe is never printed.
pub(crate) fn write(text: &str) -> Result<(), Failure> {
    let mut out = stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints lines that come from the program itself, such as a table, on standard error.
pub(crate) fn print_lines(text: &str) {
    let _hold = spinner::hold();
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Prints a message on standard error, on one line. Does nothing if standard error is closed.
pub(crate) fn print_message(text: &str) {
    let _hold = spinner::hold();
    let _ = io::stderr().lock().write_all(format!("{}\n", plain(text)).as_bytes());
}
