//! How a command fails: the message, and the exit code.

mod unknown;
mod usage;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;

use console::style;
use docspace::{Error, ErrorKind};
use serde::Serialize;
pub(crate) use unknown::UnknownOutcome;
pub(crate) use usage::text as usage_text;

use crate::text::plain;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) struct Failure(Box<Parts>);

/// What is told of it where JSON is asked for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Parts {
    #[serde(skip)]
    code: u8,
    kind: String,
    status: Option<u16>,
    call: Option<&'static str>,
    message: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    details: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
    /// What nobody knows now, such as `whether room 17 is archived`.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<String>,
    advice: String,
}

/// What the exit codes mean.
mod code {
    pub(super) const FAILED: u8 = 1;
    pub(super) const USAGE: u8 = 2;
    pub(super) const NOT_FOUND: u8 = 3;
    pub(super) const NOT_AUTHENTICATED: u8 = 4;
    pub(super) const FORBIDDEN: u8 = 5;
    pub(super) const CONFLICT: u8 = 6;
    pub(super) const TIMED_OUT: u8 = 7;
    pub(super) const RATE_LIMITED: u8 = 8;
    pub(super) const INTERRUPTED: u8 = 130;
}

impl Failure {
    fn new(code: u8, kind: &str, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            code,
            kind: kind.to_owned(),
            status: None,
            call: None,
            // The message may contain titles and names written by other people.
            message: plain(&message.into()),
            details: BTreeMap::new(),
            retry_after: None,
            unknown: None,
            advice: String::new(),
        }))
    }

    /// Adds a list below the message, one entry per line.
    pub(crate) fn listing<'l>(mut self, entries: impl IntoIterator<Item = &'l str>) -> Self {
        for entry in entries {
            self.0.message.push_str("\n  ");
            self.0.message.push_str(&plain(entry));
        }
        self
    }

    /// What was typed is wrong. Nothing was sent.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(code::USAGE, "usage", message)
    }

    /// Nobody has said who is calling.
    pub(crate) fn no_credentials(message: impl Into<String>) -> Self {
        Self::new(code::NOT_AUTHENTICATED, "unauthorized", message)
    }

    /// What was named is not there.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(code::NOT_FOUND, "not_found", message)
    }

    /// Something on this computer failed.
    pub(crate) fn local(message: impl Into<String>) -> Self {
        Self::new(code::FAILED, "failed", message)
    }

    /// It took longer than allowed.
    pub(crate) fn timed_out(message: impl Into<String>) -> Self {
        Self::new(code::TIMED_OUT, "timeout", message)
    }

    /// Somebody pressed Ctrl-C.
    pub(crate) fn interrupted() -> Self {
        Self::new(code::INTERRUPTED, "interrupted", "interrupted; the portal goes on with what it has accepted")
    }

    /// Several things were to be done, and these failures were told already.
    pub(crate) fn several(failures: &[Self], of: usize) -> Self {
        let first = failures.first().map_or(code::FAILED, |failure| failure.0.code);
        let same = failures.iter().all(|failure| failure.0.code == first);
        let message = format!("{} of {of} failed", failures.len());
        Self::new(if same { first } else { code::FAILED }, "several", message)
    }

    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.0.advice = plain(&advice.into());
        self
    }

    /// Says which of several things failed.
    pub(crate) fn of(mut self, subject: &str) -> Self {
        let subject = plain(subject);
        if !self.0.message.contains(&subject) {
            self.0.message = format!("{subject}: {}", self.0.message);
        }
        self
    }

    /// Adds what is unknown now, and the command that finds it out.
    pub(crate) fn with_unknown_outcome(mut self, outcome: &UnknownOutcome) -> Self {
        self.0.unknown = Some(plain(&outcome.question));
        self.advise(format!("look with `{}` before you try again", outcome.check))
    }

    /// Whether it is certain that the portal does nothing more: it answered, and nothing is unknown.
    pub(crate) fn is_outcome_known(&self) -> bool {
        self.0.status.is_some() && self.0.unknown.is_none()
    }

    /// The line for a person, without what to do.
    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// Prints it on standard error, as text or as JSON, and returns the exit code.
    pub(crate) fn exit(&self, json: bool) -> ExitCode {
        self.print(json);
        ExitCode::from(self.0.code)
    }

    /// Prints it on standard error, as text or as JSON.
    pub(crate) fn print(&self, json: bool) {
        // Whoever closed the pipe wants to hear no more of it.
        if self.0.kind == CLOSED_PIPE {
            return;
        }
        // Nothing in it can fail to be JSON.
        let text = if json { serde_json::to_string(&self.0).unwrap_or_default() } else { self.to_text() };
        // Without a standard error there is nobody to tell.
        let _ = io::Write::write_all(&mut io::stderr().lock(), format!("{text}\n").as_bytes());
    }

    fn to_text(&self) -> String {
        let mut text = format!("{} {}", style("error:").red().bold().for_stderr(), self.0.message);
        if let Some(unknown) = &self.0.unknown {
            let _ = write!(text, "\n{} {unknown}", style("not known:").yellow().for_stderr());
        }
        if !self.0.advice.is_empty() {
            let _ = write!(text, "\n{} {}", style("hint:").dim().for_stderr(), self.0.advice);
        }
        text
    }
}

/// The kind of failure that is no failure: `docspace rooms list | head -1`.
const CLOSED_PIPE: &str = "closed pipe";

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::new(0, CLOSED_PIPE, "the reader has gone")
        } else {
            Self::local(error.to_string())
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match error.kind() {
            // Without a status it was found here, before the portal was asked to change anything.
            ErrorKind::Invalid if error.status().is_none() => code::USAGE,
            ErrorKind::NotFound => code::NOT_FOUND,
            ErrorKind::Unauthorized => code::NOT_AUTHENTICATED,
            ErrorKind::Forbidden => code::FORBIDDEN,
            ErrorKind::Conflict | ErrorKind::QuotaExceeded => code::CONFLICT,
            ErrorKind::Timeout => code::TIMED_OUT,
            ErrorKind::RateLimited => code::RATE_LIMITED,
            _ => code::FAILED,
        };
        let advice = error.advice().to_owned();
        let text = error.to_string();
        let message = text.strip_suffix(&format!("; {advice}")).unwrap_or(&text);
        // The library leaves the cause to its callers. The innermost cause is the error of the system or of TLS.
        let causes = std::iter::successors(std::error::Error::source(&error), |cause| (*cause).source());
        let message = match causes.last() {
            Some(cause) => format!("{message}: {}", plain(&cause.to_string())),
            None => message.to_owned(),
        };
        Self(Box::new(Parts {
            code,
            kind: error.kind().to_string(),
            status: error.status(),
            call: error.call(),
            message,
            details: error.details().clone(),
            retry_after: error.retry_after().map(|delay| delay.as_secs()),
            unknown: None,
            advice,
        }))
    }
}
