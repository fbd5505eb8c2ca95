//! Printing the body of an answer of the portal.

use std::cell::RefCell;
use std::io::Write;

use serde_json::Value;

use super::jq::Filter;
use super::pager::Output;
use super::{field, json};
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::text::plain_lines;

/// Prints bodies: the exact bytes in a pipe, and indented JSON on a terminal.
pub(crate) struct BodyPrinter {
    filter: Option<Filter>,
    terminal: Terminal,
    out: RefCell<Output>,
}

impl BodyPrinter {
    /// Returns a printer with an optional jq expression. Fails if the expression is not valid.
    pub(crate) fn new(expression: Option<&str>, terminal: Terminal) -> Result<Self, Failure> {
        let out = RefCell::new(Output::new(terminal));
        Ok(Self { filter: expression.map(Filter::compile).transpose()?, terminal, out })
    }

    /// Prints a body, through the filter if there is one.
    pub(crate) fn print(&self, body: &[u8]) -> Result<(), Failure> {
        match &self.filter {
            Some(filter) if !body.is_empty() => self.filter(filter, body),
            _ => self.print_unfiltered(body),
        }
    }

    /// Prints a body without the filter.
    pub(crate) fn print_unfiltered(&self, body: &[u8]) -> Result<(), Failure> {
        self.write(body, &mut *self.out.borrow_mut())
    }

    /// Prints text that is not part of a body.
    pub(crate) fn print_text(&self, text: &str) -> Result<(), Failure> {
        Ok(self.out.borrow_mut().write_all(text.as_bytes())?)
    }

    /// Ends the output, after which the command returns the outcome.
    pub(crate) fn finish(self, outcome: Result<(), Failure>) -> Result<(), Failure> {
        self.out.into_inner().finish(outcome)
    }

    fn filter(&self, filter: &Filter, body: &[u8]) -> Result<(), Failure> {
        let not_json = || {
            Failure::local("the answer is not JSON, so --jq cannot filter it").advise("run the command without --jq")
        };
        let text = std::str::from_utf8(body).map_err(|_| not_json())?;
        let mut value: Value = serde_json::from_str(text).map_err(|_| not_json())?;
        let mut out = self.out.borrow_mut();
        if !self.terminal.stdout {
            return filter.run(text, str::to_owned, &mut *out);
        }
        // A filter writes strings without JSON escapes.
        value = field::plain_value(value);
        filter.run(&value.to_string(), plain_lines, &mut *out)
    }

    fn write(&self, body: &[u8], out: &mut impl Write) -> Result<(), Failure> {
        if self.terminal.stdout {
            let text = match serde_json::from_slice::<Value>(body) {
                Ok(value) => json::for_terminal(&value, self.terminal.colors)?,
                Err(_) => plain_lines(&String::from_utf8_lossy(body)),
            };
            out.write_all(text.as_bytes())?;
        } else {
            out.write_all(body)?;
        }
        if !body.is_empty() && !body.ends_with(b"\n") {
            out.write_all(b"\n")?;
        }
        Ok(out.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(body: &[u8], stdout: bool) -> Vec<u8> {
        let printer = BodyPrinter::new(None, Terminal { stdout, ..Terminal::none() }).expect("no filter");
        let mut out = Vec::new();
        printer.write(body, &mut out).expect("memory to write to");
        out
    }

    #[test]
    fn body_in_a_pipe_is_unchanged_and_ends_with_a_line_break() {
        assert_eq!(printed(b"{ \"a\":\x9b }", false), b"{ \"a\":\x9b }\n");
        assert_eq!(printed(b"a\n", false), b"a\n");
        assert_eq!(printed(b"", false), b"");
    }

    #[test]
    fn body_on_a_terminal_is_indented_and_does_not_control_it() {
        assert_eq!(printed(b"{\"a\":\"b\\u001b\"}", true), b"{\n  \"a\": \"b\\u001b\"\n}\n");
        assert_eq!(printed("{\"a\":\"\u{9b}\"}".as_bytes(), true), b"{\n  \"a\": \"\\u009b\"\n}\n");
        assert_eq!(printed("<p>\u{1b}[2J\u{9b}".as_bytes(), true), b"<p> [2J \n");
    }
}
