//! The results of the checks.

use console::style;
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Failure;
use crate::output::{Field, Record, Tone};
use crate::terminal::{self, Terminal};
use crate::text::plain;

/// The width of the results and of the names of checks in lines.
const RESULT_WIDTH: usize = 9;
const NAME_WIDTH: usize = 15;

/// The result of a check.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Outcome {
    Ok,
    Warning,
    Failed,
}

impl Outcome {
    fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }
}

/// A check as it is printed.
pub(super) struct CheckRecord {
    check: &'static str,
    outcome: Outcome,
    message: String,
    advice: String,
}

impl Record for CheckRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::column("result", "Result of the check", &|check| check.outcome).tone(|check| {
            match check.outcome {
                Outcome::Failed => Tone::Bad,
                Outcome::Warning => Tone::Warning,
                Outcome::Ok => Tone::Plain,
            }
        }),
        Field::<Self>::column("check", "What was checked", &|check| check.check),
        Field::<Self>::column("message", "What was found", &|check| check.message.clone()),
        Field::<Self>::column("advice", "What to do about it; empty if nothing is wrong", &|check| {
            check.advice.clone()
        }),
    ];
}

#[cfg(test)]
impl std::fmt::Display for CheckRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.outcome.name(), self.check, self.message)
    }
}

/// The checks so far.
pub(super) struct Checks {
    records: Vec<CheckRecord>,
    /// The first failure.
    failure: Option<Failure>,
    /// Where each check is printed when it has ended.
    terminal: Option<Terminal>,
}

impl Checks {
    /// No checks. With a terminal, each check is printed there when it has ended.
    pub(super) fn new(terminal: Option<Terminal>) -> Self {
        Self { records: Vec::new(), failure: None, terminal }
    }

    /// Adds a check that succeeded.
    pub(super) fn ok(&mut self, check: &'static str, message: impl Into<String>) -> Result<(), Failure> {
        self.add(CheckRecord { check, outcome: Outcome::Ok, message: message.into(), advice: String::new() })
    }

    /// Adds a check that found something that can become a problem.
    pub(super) fn warning(
        &mut self,
        check: &'static str,
        message: impl Into<String>,
        advice: &str,
    ) -> Result<(), Failure> {
        let (message, advice) = (message.into(), advice.to_owned());
        self.add(CheckRecord { check, outcome: Outcome::Warning, message, advice })
    }

    /// Adds a check that failed.
    pub(super) fn failed(&mut self, check: &'static str, failure: Failure) -> Result<(), Failure> {
        let (message, advice) = (failure.message().to_owned(), failure.advice().to_owned());
        self.failure.get_or_insert(failure);
        self.add(CheckRecord { check, outcome: Outcome::Failed, message, advice })
    }

    fn add(&mut self, check: CheckRecord) -> Result<(), Failure> {
        if let Some(terminal) = self.terminal {
            terminal::write(&line(&check, terminal.colors))?;
        }
        self.records.push(check);
        Ok(())
    }

    /// Returns the checks, and a failure with the exit code of the first one that failed.
    pub(super) fn ended(self) -> (Vec<CheckRecord>, Option<Failure>) {
        let failed = self.records.iter().filter(|check| check.outcome == Outcome::Failed).count();
        let summary = format!("{failed} of {} checks failed", self.records.len());
        let failure = self.failure.map(|first| {
            Failure::several(&[first], summary).advise("see the failed checks above for what to do in each case")
        });
        (self.records, failure)
    }
}

/// Formats a check for a terminal.
fn line(check: &CheckRecord, colors: bool) -> String {
    let result = style(format!("{:<RESULT_WIDTH$}", check.outcome.name())).force_styling(colors);
    let result = match check.outcome {
        Outcome::Ok => result.green(),
        Outcome::Warning => result.yellow(),
        Outcome::Failed => result.red(),
    };
    let mut text = format!("{result}{:<NAME_WIDTH$}{}\n", check.check, plain(&check.message));
    if !check.advice.is_empty() {
        let hint = style("hint:").force_styling(colors).dim();
        text.push_str(&format!("{:RESULT_WIDTH$}{hint} {}\n", "", plain(&check.advice)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_colored_by_the_result_and_show_the_hint() {
        let check = |outcome, advice: &str| CheckRecord {
            check: "clock",
            outcome,
            message: "a\u{1b}b".to_owned(),
            advice: advice.to_owned(),
        };
        assert_eq!(line(&check(Outcome::Ok, ""), false), "ok       clock          a b\n");
        let text = line(&check(Outcome::Warning, "set it"), false);
        assert_eq!(text, "warning  clock          a b\n         hint: set it\n");
        assert!(line(&check(Outcome::Failed, ""), true).starts_with("\u{1b}[31mfailed"));
    }

    #[test]
    fn first_failure_decides_the_exit_code() {
        let mut checks = Checks::new(None);
        checks.failed("a", Failure::not_found("x")).expect("no output");
        checks.failed("b", Failure::usage("y")).expect("no output");
        let (records, failure) = checks.ended();
        let failure = failure.expect("a failure");
        assert!(records.len() == 2 && failure.is_not_found() && failure.message() == "2 of 2 checks failed");
    }
}
