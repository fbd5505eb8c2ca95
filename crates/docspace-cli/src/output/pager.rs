//! The pager: output that is longer than the terminal goes through the program that
//! `DOCSPACE_PAGER` or `PAGER` names.

use std::env;
use std::io::{self, BufWriter, ErrorKind, Stdout, Write};
use std::process::{Child, Command, Stdio};

use console::measure_text_width;
use futures::FutureExt;
use tokio::runtime::Handle;

use crate::failure::Failure;
use crate::interrupt::interrupt;
use crate::spinner::{self, Hold};
use crate::terminal::Terminal;

/// The pager that does nothing.
const CAT: &str = "cat";

/// The options of the pagers less and lv, if the person sets none: quit if the text fits the
/// screen, keep the colors, and leave the text on the screen.
const DEFAULT_OPTIONS: [(&str, &str); 2] = [("LESS", "FRX"), ("LV", "-c")];

/// The standard output of a command, with a pager if the output is long.
pub(super) struct Output(Target);

enum Target {
    Direct(BufWriter<Stdout>),
    /// Kept until the command ends, or until the text does not fit the terminal.
    Kept {
        text: Vec<u8>,
        pager: Vec<String>,
        rows: usize,
        columns: usize,
        runtime: Option<Handle>,
    },
    /// The pager, and what hides the spinner while it runs.
    Pager(Child, Hold),
    /// The person has quit the pager.
    Quit,
}

impl Output {
    /// Returns the output for this terminal. The pager is started later, if the output is long.
    pub(super) fn new(terminal: Terminal) -> Self {
        let pager = pager(|name| env::var(name).ok());
        Self(match (terminal.rows, pager) {
            (Some(rows), Some(pager)) if terminal.stdout => {
                let runtime = Handle::try_current().ok();
                Target::Kept { text: Vec::new(), pager, rows, columns: terminal.columns, runtime }
            }
            _ => Target::Direct(BufWriter::new(io::stdout())),
        })
    }

    /// Ends the output, and waits until the person quits the pager. To quit it early is not an
    /// error, so the failure to write all of the output is then dropped.
    pub(super) fn finish(self, outcome: Result<(), Failure>) -> Result<(), Failure> {
        let ended = match self.0 {
            Target::Direct(mut out) => out.flush(),
            Target::Kept { text, .. } => write_directly(&text),
            // Closes the standard input of the pager, and waits.
            Target::Pager(mut pager, _hold) => pager.wait().map(drop),
            Target::Quit => return Ok(()),
        };
        outcome?;
        Ok(ended?)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Target::Direct(out) => return out.write(bytes),
            Target::Kept { text, pager, rows, columns, runtime } => {
                text.extend_from_slice(bytes);
                if height(&String::from_utf8_lossy(text), *columns) >= *rows {
                    let (text, pager) = (std::mem::take(text), std::mem::take(pager));
                    // A jq filter writes from another thread.
                    let runtime = runtime.clone();
                    let _context = runtime.as_ref().map(Handle::enter);
                    self.0 = match start(&pager) {
                        Some(pager) => Target::Pager(pager, spinner::hold()),
                        None => Target::Direct(BufWriter::new(io::stdout())),
                    };
                    self.write_all(&text)?;
                }
            }
            Target::Pager(child, _) => {
                let written = child.stdin.as_mut().map_or(Ok(()), |input| input.write_all(bytes));
                match written {
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                        let _ = child.wait();
                        self.0 = Target::Quit;
                        return Err(error);
                    }
                    written => written?,
                }
            }
            Target::Quit => return Err(ErrorKind::BrokenPipe.into()),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Target::Direct(out) => out.flush(),
            // A pipe to a pager has no buffer.
            _ => Ok(()),
        }
    }
}

/// Returns the words of the pager command, unless there is none or it does nothing.
fn pager(variable: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let command = variable("DOCSPACE_PAGER").or_else(|| variable("PAGER"))?;
    let words = shell_words::split(&command).ok()?;
    if words.is_empty() || words == [CAT] { None } else { Some(words) }
}

/// Returns the number of rows that a text takes on a terminal.
fn height(text: &str, columns: usize) -> usize {
    text.lines().map(|line| measure_text_width(line).div_ceil(columns.max(1)).max(1)).sum()
}

/// Starts the pager. Returns `None` if that fails.
fn start(words: &[String]) -> Option<Child> {
    let (program, arguments) = words.split_first()?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped());
    for (name, options) in DEFAULT_OPTIONS {
        if env::var_os(name).is_none() {
            command.env(name, options);
        }
    }
    let child = command.spawn().ok()?;
    // Ctrl-C is for the pager, which returns to its prompt. From here on it does not end this
    // program.
    let _ = interrupt().now_or_never();
    Some(child)
}

fn write_directly(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variable_of_the_program_precedes_the_common_one() {
        let found = |own: Option<&str>, common: Option<&str>| {
            pager(|name| if name == "PAGER" { common } else { own }.map(str::to_owned)).map(|words| words.join("|"))
        };
        assert_eq!(found(None, None), None);
        assert_eq!(found(None, Some("less -S")).as_deref(), Some("less|-S"));
        assert_eq!(found(Some("'my pager' -x"), Some("less")).as_deref(), Some("my pager|-x"));
        for off in ["", " ", "cat", "\"unclosed"] {
            assert_eq!(found(Some(off), Some("less")), None, "{off}");
        }
    }

    #[test]
    fn long_lines_take_several_rows() {
        assert_eq!(height("", 10), 0);
        assert_eq!(height("a\n\nb\n", 10), 3);
        assert_eq!(height("0123456789\n0123456789a\n監査監査監査\n", 10), 5);
        assert_eq!(height("\u{1b}[31m0123456789\u{1b}[0m", 10), 1);
    }
}
