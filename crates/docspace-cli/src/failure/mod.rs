//! Failures of commands: the message, the hint and the exit code.

mod topics;
mod unknown;
mod usage;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::process::ExitCode;

use console::style;
use docspace::{Error, ErrorKind, RoomId};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Map, Value};
pub(crate) use topics::Topic;
#[cfg(test)]
pub(crate) use topics::topic_names;
pub(crate) use unknown::UnknownOutcome;
pub(crate) use usage::{text as usage_text, with_better_tips};

use crate::spinner;
use crate::text::plain;

/// The reason why a command failed, and what the person can do about it.
#[derive(Debug)]
pub(crate) struct Failure(Box<Parts>);

/// The content of a failure. The JSON form contains all fields except the exit code.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "error", description = "A failure of a command with --json", extend("additionalProperties" = false))]
struct Parts {
    #[serde(skip)]
    code: u8,
    /// Kind of the failure, such as `not_found` or `usage`
    kind: String,
    /// HTTP status of the portal's answer; null without an answer
    status: Option<u16>,
    /// Name of the call to the portal; null if the failure is not that of a call
    call: Option<&'static str>,
    /// Id of the room or template, if the command works on several
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(schema_with = "id_schema")]
    id: Option<RoomId>,
    /// Message for people
    message: String,
    /// Messages of the portal about single fields of the call, by the names of the fields
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    details: BTreeMap<String, Vec<String>>,
    /// Seconds to wait before the next attempt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    retry_after: Option<u64>,
    /// Open question after the failure, such as `whether room 17 is archived`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    unknown: Option<String>,
    /// What to do
    advice: String,
    /// Topic of `docspace explain` that describes this trap of the portal
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    topic: Option<&'static str>,
}

/// Returns the JSON Schema of a failure.
pub(crate) fn json_schema(generator: SchemaGenerator) -> Map<String, Value> {
    generator.into_root_schema_for::<Parts>().as_object().cloned().unwrap_or_default()
}

/// Returns the schema of the id of a room, which is a text in third-party storage.
fn id_schema(_: &mut SchemaGenerator) -> Schema {
    schemars::json_schema!({"type": ["integer", "string"]})
}

/// The exit codes.
mod code {
    pub(super) const FAILED: u8 = 1;
    pub(super) const USAGE: u8 = 2;
    pub(super) const NOT_FOUND: u8 = 3;
    pub(super) const NOT_AUTHENTICATED: u8 = 4;
    pub(super) const FORBIDDEN: u8 = 5;
    pub(super) const CONFLICT: u8 = 6;
    pub(super) const TIMED_OUT: u8 = 7;
    pub(super) const RATE_LIMITED: u8 = 8;
    pub(super) const FOUND: u8 = 9;
    pub(super) const INTERRUPTED: u8 = 130;
}

impl Failure {
    fn new(code: u8, kind: &str, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            code,
            kind: kind.to_owned(),
            status: None,
            call: None,
            id: None,
            // The message can contain titles and names that other people wrote.
            message: plain(&message.into()),
            details: BTreeMap::new(),
            retry_after: None,
            unknown: None,
            advice: String::new(),
            topic: None,
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

    /// Returns the failure for wrong arguments or input. Nothing was sent.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(code::USAGE, "usage", message)
    }

    /// Returns the failure for missing or unusable credentials.
    pub(crate) fn no_credentials(message: impl Into<String>) -> Self {
        Self::new(code::NOT_AUTHENTICATED, "unauthorized", message)
    }

    /// Returns the failure for something that does not exist.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(code::NOT_FOUND, "not_found", message)
    }

    /// Returns the failure for something that was changed in the meantime.
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(code::CONFLICT, "conflict", message)
    }

    /// Returns the summary of changes of which some failed, after each failure was printed.
    pub(crate) fn incomplete(message: impl Into<String>) -> Self {
        Self::new(code::FAILED, "several", message)
    }

    /// Returns the failure for a problem on this computer.
    pub(crate) fn local(message: impl Into<String>) -> Self {
        Self::new(code::FAILED, "failed", message)
    }

    /// Returns the failure for a wait that took longer than allowed.
    pub(crate) fn timed_out(message: impl Into<String>) -> Self {
        Self::new(code::TIMED_OUT, "timeout", message)
    }

    /// Returns the failure after Ctrl-C.
    pub(crate) fn interrupted() -> Self {
        Self::new(
            code::INTERRUPTED,
            "interrupted",
            "interrupted; the portal continues with the operations that it has accepted",
        )
    }

    /// Returns the failure after Ctrl-C at a question. All questions precede the first change.
    pub(crate) fn interrupted_question() -> Self {
        Self::new(code::INTERRUPTED, "interrupted", "interrupted at a question, so nothing was changed")
    }

    /// Returns the failure after a person has not confirmed a change.
    pub(crate) fn declined(message: impl Into<String>) -> Self {
        Self::new(code::FAILED, DECLINED, message)
    }

    /// Returns the failure of a check that found something. Each entry of `details` is a rule, and
    /// the things that break it.
    pub(crate) fn found(message: impl Into<String>, details: BTreeMap<String, Vec<String>>) -> Self {
        let mut failure = Self::new(code::FOUND, FOUND, message);
        failure.0.details = details;
        failure
    }

    /// Returns the summary of several failures that are already printed. It has their exit code if
    /// all of them have the same one.
    pub(crate) fn several(failures: &[Self], message: String) -> Self {
        let first = failures.first().map_or(code::FAILED, |failure| failure.0.code);
        let same = failures.iter().all(|failure| failure.0.code == first);
        let summary = Self::new(if same { first } else { code::FAILED }, "several", message);
        summary.advise("see the errors above for what to do in each case")
    }

    /// Returns the failure of a command that failed for some of several things. Prints the failures
    /// first, unless there is only one. `message` gets their number.
    pub(crate) fn combined(mut failures: Vec<Self>, message: impl FnOnce(usize) -> String, json: bool) -> Option<Self> {
        if failures.len() < 2 {
            return failures.pop();
        }
        for failure in &failures {
            failure.print(json);
        }
        Some(Self::several(&failures, message(failures.len())))
    }

    /// Sets the hint: what the person can do.
    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.0.advice = plain(&advice.into());
        self
    }

    /// Names the topic of the book that explains the failure.
    pub(crate) fn explained_by(mut self, topic: Topic) -> Self {
        self.0.topic = Some(topic.name());
        self
    }

    /// Puts the thing that failed in front of the message, unless the message names it.
    pub(crate) fn with_subject(mut self, subject: &str) -> Self {
        let subject = plain(subject);
        if !self.0.message.contains(&subject) {
            self.0.message = format!("{subject}: {}", self.0.message);
        }
        self
    }

    /// Adds the id of the room or template that failed, for JSON.
    pub(crate) fn of(mut self, id: &RoomId) -> Self {
        self.0.id = Some(id.clone());
        self
    }

    /// Adds that the change itself was made, if its result cannot be printed.
    pub(crate) fn after_change(mut self, changed: &str) -> Self {
        self.0.message.push_str("; the change itself was made: ");
        self.0.message.push_str(&plain(changed));
        self
    }

    /// Adds the open question, and a hint with the command that answers it.
    pub(crate) fn with_unknown_outcome(mut self, outcome: &UnknownOutcome) -> Self {
        self.0.unknown = Some(plain(&outcome.question));
        self.advise(format!("run `{}` to check before you try again", outcome.check))
    }

    /// Explains the portal's answer to a picture that it does not have.
    pub(crate) fn with_cover_hint(self) -> Self {
        match self.0.message.contains("(Parameter 'icon')") {
            true => self.advise("use the id of one of the portal's pictures: list them with `docspace covers list`"),
            false => self,
        }
    }

    /// Whether the outcome is certain: the portal answered, and there is no open question.
    pub(crate) fn is_outcome_known(&self) -> bool {
        self.0.status.is_some() && self.0.unknown.is_none()
    }

    /// Whether there is an open question after the failure.
    pub(crate) fn has_unknown_outcome(&self) -> bool {
        self.0.unknown.is_some()
    }

    /// Whether the portal did not answer.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.0.kind == ErrorKind::Transport.to_string()
    }

    /// Whether the arguments or the input are wrong, and nothing was sent.
    pub(crate) fn is_usage(&self) -> bool {
        self.0.code == code::USAGE
    }

    /// Whether something with this name or these settings exists already.
    pub(crate) fn is_conflict(&self) -> bool {
        self.0.kind == ErrorKind::Conflict.to_string()
    }

    /// Whether the command did not find something.
    pub(crate) fn is_not_found(&self) -> bool {
        self.0.code == code::NOT_FOUND
    }

    /// The message, without the hint.
    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// The hint: what the person can do.
    pub(crate) fn advice(&self) -> &str {
        &self.0.advice
    }

    /// Prints the failure on standard error, as text or as JSON, and returns the exit code.
    pub(crate) fn exit(&self, json: bool) -> ExitCode {
        self.print(json);
        ExitCode::from(self.0.code)
    }

    /// Prints the failure on standard error, as text or as JSON.
    pub(crate) fn print(&self, json: bool) {
        // The reader closed the pipe on purpose, for example `head`.
        if self.0.kind == CLOSED_PIPE {
            return;
        }
        // These fields always serialize.
        let text = if json { serde_json::to_string(&self.0).unwrap_or_default() } else { self.to_text() };
        // Without standard error there is no other place for the message.
        let _hold = spinner::hold();
        let _ = io::Write::write_all(&mut io::stderr().lock(), format!("{text}\n").as_bytes());
    }

    fn to_text(&self) -> String {
        // A person who declines has got what they want, so that is not called an error.
        let mut text = match &*self.0.kind {
            DECLINED => self.0.message.clone(),
            _ => format!("{} {}", style("error:").red().bold().for_stderr(), self.0.message),
        };
        if self.0.kind == FOUND {
            for (rule, things) in &self.0.details {
                let _ = write!(text, "\n{rule}:");
                things.iter().take(MOST_FOUND).for_each(|thing| text.push_str(&format!("\n  {}", plain(thing))));
                if let Some(more) = things.len().checked_sub(MOST_FOUND).filter(|more| *more > 0) {
                    let _ = write!(text, "\n  and {more} more, which the report contains");
                }
            }
        }
        if let Some(unknown) = &self.0.unknown {
            let _ = write!(text, "\n{} {unknown}", style("unknown:").yellow().for_stderr());
        }
        let book = self.0.topic.map(|topic| format!("see `docspace explain {topic}`"));
        let hints: Vec<_> = [self.0.advice.clone()].into_iter().chain(book).filter(|hint| !hint.is_empty()).collect();
        if !hints.is_empty() {
            let _ = write!(text, "\n{} {}", style("hint:").dim().for_stderr(), hints.join("; "));
        }
        text
    }
}

/// The kind for a closed pipe, as in `docspace rooms list | head -1`. It is not an error.
const CLOSED_PIPE: &str = "closed pipe";

/// The kind for a check that found something. Its details are printed as text too.
const FOUND: &str = "found";

/// The number of things that break a rule that the text of a failure names.
const MOST_FOUND: usize = 10;

/// The kind for a change that was not confirmed.
const DECLINED: &str = "declined";

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::new(0, CLOSED_PIPE, "the reader closed the pipe")
        } else {
            Self::local(format!("cannot read input or write output: {error}"))
                .advise("check the files and devices to which standard input and output are redirected")
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match error.kind() {
            // Without a status, the library rejected the input before it called the portal.
            ErrorKind::Invalid if error.status().is_none() => code::USAGE,
            ErrorKind::NotFound => code::NOT_FOUND,
            ErrorKind::Unauthorized => code::NOT_AUTHENTICATED,
            ErrorKind::Forbidden => code::FORBIDDEN,
            ErrorKind::Conflict | ErrorKind::QuotaExceeded => code::CONFLICT,
            ErrorKind::Timeout => code::TIMED_OUT,
            ErrorKind::RateLimited => code::RATE_LIMITED,
            _ => code::FAILED,
        };
        let text = error.to_string();
        let message = text.strip_suffix(&format!("; {}", error.advice())).unwrap_or(&text);
        let advice = advice(&error, message);
        let message = words::of_command(error.call(), message);
        let topic = topics::topic_of(error.kind(), error.call(), &text).map(Topic::name);
        // The message of the library does not contain the causes. The innermost one is the most
        // specific: the error of the operating system or of TLS.
        let causes = std::iter::successors(std::error::Error::source(&error), |cause| (*cause).source());
        // An earlier error of the library says the same in other words.
        let message = match causes.last().filter(|cause| !cause.is::<Error>()) {
            Some(cause) => format!("{message}: {}", plain(&cause.to_string())),
            None => message,
        };
        Self(Box::new(Parts {
            code,
            kind: error.kind().to_string(),
            status: error.status(),
            call: error.call(),
            id: None,
            message,
            details: error.details().clone(),
            retry_after: error.retry_after().map(|delay| delay.as_secs()),
            unknown: None,
            advice,
            topic,
        }))
    }
}

/// Returns the advice of an error, with the parts that concern this program.
fn advice(error: &Error, message: &str) -> String {
    let advice = error.advice();
    match error.kind() {
        ErrorKind::Transport if message.contains("does not trust the certificate") => advice.replacen(
            "make this computer trust it",
            "make this computer trust it, or set SSL_CERT_FILE to a PEM file with its certificate",
            1,
        ),
        ErrorKind::Transport if advice.contains("the network") => {
            advice.replacen("the network", "the network; behind a proxy, set HTTPS_PROXY", 1)
        }
        ErrorKind::Invalid if advice == ErrorKind::Invalid.advice() => match error.status() {
            None if message.ends_with("is not an e-mail address") => "write it like ann@acme.com".to_owned(),
            None => String::new(),
            Some(_) if error.message().is_none() && error.details().is_empty() => {
                "the portal gives no reason; --debug shows the request".to_owned()
            }
            Some(_) => "change what the portal names; --debug shows the request".to_owned(),
        },
        // A list has no id, so the address is wrong.
        ErrorKind::NotFound if error.call() == Some("list_rooms") => {
            "check the portal's address: it must not be that of a page of the portal".to_owned()
        }
        _ => words::of_flags(advice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_have_the_same_json_as_the_errors_of_the_library() {
        let error = Error::from("x/y".parse::<RoomId>().unwrap_err());
        let expected = serde_json::to_value(&error).unwrap();
        assert_eq!(serde_json::to_value(&Failure::from(error).0).unwrap(), expected);
    }
}
