//! The one error of this crate: what happened, to what, and what to do.

mod answer;
mod call;
mod connect;
mod kind;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use docspace_api::printable;
pub use docspace_api::{InvalidId, InvalidPathSegment, InvalidTimestamp, UnknownName};

pub(crate) use call::Call;
pub use kind::ErrorKind;

use crate::transport::is_repeatable;

/// The longest text from elsewhere that an error keeps, in characters.
const LONGEST_TEXT: usize = 500;

/// The result of everything that can fail here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// let error = portal.room(4711).get().await.unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "cannot get room 4711: not found (404): The required folder was not found; check the id and the portal's address",
/// );
/// assert!(error.is_not_found() && error.call() == Some("get_room"));
/// # Ok(())
/// # }
/// ```
///
/// `Display` is one line for a person: what was tried, on what, why it failed and what to do about
/// it. It never shows a header, a query, a body or a credential. Programs use the methods instead.
/// Text from a portal or from other people, such as titles and messages, is
/// [printable] in both, and cut after 500 characters.
///
/// What was worth repeating was repeated before, as [`RetryPolicy`](crate::transport::RetryPolicy) says. What to do now:
///
/// | Kind | What happened | What to do |
/// |---|---|---|
/// | `Unauthorized` | the credentials do not count | make a key, or sign in |
/// | `Forbidden` | one may not, or the key lacks a scope | ask somebody who may, or widen the key |
/// | `NotFound` | there is no such thing | look it up again |
/// | `Invalid` | the input is wrong | correct what [`details`](Self::details) names |
/// | `Conflict` | what is there stands in the way | remove, change or use that |
/// | `QuotaExceeded` | the portal is full | free space, or raise the quota |
/// | `RateLimited` | too many calls; nothing was done | wait as long as [`advice`](Self::advice) says |
/// | `NotDone` | accepted, but not done | look at what is there |
/// | `Timeout`, `Transport` | no whole answer | try again if [`is_retryable`](Self::is_retryable), else look first |
/// | `Decode`, `Unexpected` | no portal answers like this | check the address and the version |
/// | `Server` | the portal failed | try again later; look first where the call makes something |
///
/// [`nothing_was_done`](Self::nothing_was_done) reports whether a failed call certainly changed
/// nothing.
///
/// Any call can fail with `Unauthorized`, `RateLimited`, `Timeout`, `Transport`, `Decode`, `Server` and `Unexpected`. Which
/// other kinds one can fail with stands at the call.
pub struct Error(Box<Parts>);

struct Parts {
    kind: ErrorKind,
    reason: String,
    call: Option<&'static str>,
    subject: Option<String>,
    status: Option<u16>,
    message: Option<String>,
    details: BTreeMap<String, Vec<String>>,
    retry_after: Option<Duration>,
    retryable: bool,
    lacks_scope: bool,
    nothing_was_done: bool,
    advice: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, reason: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            kind,
            reason: one_line(reason),
            call: None,
            subject: None,
            status: None,
            message: None,
            details: BTreeMap::new(),
            retry_after: None,
            retryable: false,
            lacks_scope: false,
            nothing_was_done: false,
            advice: None,
            source: None,
        }))
    }

    /// Bad input, found before anything was sent.
    pub(crate) fn invalid(reason: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Invalid, reason);
        error.0.nothing_was_done = true;
        error
    }

    pub(crate) fn of(mut self, call: &Call) -> Self {
        // Whoever gets no answer to such a call does not know whether it was executed.
        if self.0.kind != ErrorKind::RateLimited && self.0.status.is_some() && !is_repeatable(call.name) {
            self.0.retryable = false;
            if matches!(self.0.kind, ErrorKind::Server | ErrorKind::Timeout) {
                self = self.advise("look whether it was done before trying again");
            }
        }
        self.0.call = Some(call.name);
        self.0.subject = Some(one_line(&*call.subject));
        self
    }

    /// A look at the portal failed while this call's work was under way.
    pub(crate) fn while_waiting(mut self, call: &Call) -> Self {
        // The failed poll changed nothing, but the work is in progress.
        self.0.nothing_was_done = false;
        let of_the_work = self.0.call == Some(call.name) || self.0.status.is_some_and(|status| status < 500);
        if of_the_work {
            return self;
        }
        let mut error = self.advise("the portal has accepted it and may still be at it: look before trying again");
        error.0.retryable = false;
        error
    }

    /// Marks the error as certain proof that nothing was done.
    pub(crate) fn not_started(mut self) -> Self {
        self.0.nothing_was_done = true;
        self.advise("it was not started: try again later")
    }

    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.0.advice = Some(one_line(advice));
        self
    }

    /// Whether it is the key that lacks a scope.
    pub(crate) fn lacks_scope(&self) -> bool {
        self.0.lacks_scope
    }

    /// The same refusal, now that it is known what stands in the way.
    pub(crate) fn conflict(mut self, reason: impl Into<String>) -> Self {
        self.0.kind = ErrorKind::Conflict;
        self.0.reason = one_line(reason);
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, where the portal answered.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// What was tried, in snake case, such as `create_room`; none for input that was refused before.
    pub fn call(&self) -> Option<&'static str> {
        self.0.call
    }

    /// The portal's own message. It is in the language of the person whose credentials were used, so show it but do not
    /// compare it.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// What the portal's validation said of each field.
    pub fn details(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0.details
    }

    /// How long the portal asks to wait. Only its daily limit says so, and then it can be most of a day.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call may succeed later and is safe to repeat.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Whether the call certainly changed nothing on the portal, so that it can be made again
    /// without a check.
    ///
    /// `true` is certain, because one of these applies:
    ///
    /// - The input was rejected, or the API key lacks a scope, before anything was sent.
    /// - No connection to the portal could be made, so nothing was sent.
    /// - The portal rejected the call before executing it: because of the credentials, the form of
    ///   the request, or too many calls (`Unauthorized`, `Invalid` with [`details`](Self::details),
    ///   `RateLimited`, a missing scope).
    /// - The answer did not come from the portal, but from something in front of it that redirected
    ///   the call or refused to pass it on.
    ///
    /// `false` means that this is not known: a portal that rejects something in the middle of a
    /// call may have done part of it. It is always `false` when an earlier attempt at the same call
    /// may have been executed, and when the portal accepted an operation but waiting for it failed.
    ///
    /// A method that makes several calls may have made other calls before. The result is about the
    /// call that [`call`](Self::call) names.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// use docspace::{Portal, RoomType};
    ///
    /// let portal = Portal::builder("http://localhost:1").api_key("sk-0123456789").build()?;
    /// # let portal = Portal::builder("http://localhost:1").api_key("sk-0123456789")
    /// #     .retry(docspace::transport::RetryPolicy { attempts: 1, ..Default::default() }).build()?;
    /// let error = portal.rooms().create("Audit", RoomType::Custom).send().await.unwrap_err();
    /// assert!(error.nothing_was_done(), "no portal listens there, so no room was made");
    /// # Ok(())
    /// # }
    /// ```
    pub fn nothing_was_done(&self) -> bool {
        self.0.nothing_was_done
    }

    /// What to do about it.
    pub fn advice(&self) -> &str {
        self.0.advice.as_deref().unwrap_or_else(|| self.0.kind.advice())
    }

    /// Whether what was asked for does not exist.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Whether the caller may not do this.
    pub fn is_forbidden(&self) -> bool {
        self.0.kind == ErrorKind::Forbidden
    }

    /// Whether what is there already stands in the way.
    pub fn is_conflict(&self) -> bool {
        self.0.kind == ErrorKind::Conflict
    }

    /// Whether the credentials are missing, wrong or expired.
    pub fn is_unauthorized(&self) -> bool {
        self.0.kind == ErrorKind::Unauthorized
    }

    /// Whether the portal refused because of too many calls.
    pub fn is_rate_limited(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited
    }
}

/// Prepares a text for an error: on one line, without characters that control a terminal, and cut
/// if it is too long. Every text of an error passes through here, because titles, names and
/// messages come from other people.
fn one_line(text: impl Into<String>) -> String {
    let text = text.into();
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", printable(&text[..end])),
        None => printable(&text).into_owned(),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &self.0;
        if let (Some(call), Some(subject)) = (parts.call, &parts.subject) {
            let space = if subject.is_empty() { "" } else { " " };
            write!(f, "cannot {}{space}{subject}: ", call.replace('_', " "))?;
        }
        write!(f, "{}", parts.reason)?;
        if let Some(status) = parts.status {
            write!(f, " ({status})")?;
        }
        if let Some(message) = &parts.message {
            write!(f, ": {}", message.trim_end_matches('.'))?;
        }
        for (field, messages) in &parts.details {
            write!(f, "; {}", if field.is_empty() { "body" } else { field })?;
            write!(f, ": {}", messages.join(" ").trim_end_matches('.'))?;
        }
        match self.advice() {
            "" => Ok(()),
            advice => write!(f, "; {advice}"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("status", &self.0.status)
            .field("call", &self.0.call)
            .field("text", &self.to_string())
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| &**source as &(dyn std::error::Error + 'static))
    }
}

macro_rules! from_bad_input {
    ($($input:ty),+) => {
        $(impl From<$input> for Error {
            fn from(error: $input) -> Self {
                Self::invalid(error.to_string()).advise("")
            }
        })+
    };
}
from_bad_input!(
    docspace_api::InvalidId,
    docspace_api::InvalidPathSegment,
    docspace_api::InvalidTimestamp,
    docspace_api::UnknownName
);

#[cfg(test)]
mod tests {
    use super::*;

    const EVIL: &str = "boom\u{1b}[2J\u{1b}]0;owned\u{7}\nerror: FORGED\u{1b}[31m \u{202e}rtl\u{2028}x\u{9b}31m\u{7f}";

    #[test]
    fn texts_from_others_are_shown_on_one_line_without_control_characters() {
        let call = Call::new("archive_room", EVIL);
        let made = [
            Error::invalid(EVIL).of(&call).advise(EVIL),
            Error::invalid("refused").of(&call).conflict(EVIL),
            Error::from("x-1\u{1b}[2J/\n".parse::<docspace_api::RoomId>().unwrap_err()),
            Error::from("\u{1b}[2J\n\u{202e}".parse::<docspace_api::Access>().unwrap_err()),
        ];
        for error in made {
            for text in [error.to_string(), format!("{error:?}"), error.advice().to_owned()] {
                assert_eq!(text, printable(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn long_texts_are_cut() {
        let long = "ä".repeat(60_000);
        let call = Call::new("archive_room", long.as_str());
        let error = Error::invalid(long.as_str()).of(&call).advise(long.as_str());
        assert_eq!(error.to_string().matches("ä…").count(), 3);
        assert_eq!(error.advice().chars().count(), LONGEST_TEXT + 1);
        assert_eq!(one_line("x".repeat(LONGEST_TEXT)), "x".repeat(LONGEST_TEXT));
    }

    #[test]
    fn what_stands_in_the_way_is_a_conflict_and_tells_what_to_do() {
        let error = Error::new(ErrorKind::Conflict, "the room has a link already");
        assert!(error.is_conflict() && !error.is_retryable());
        assert_eq!(error.kind().to_string(), "conflict");
        assert!(error.to_string().ends_with("remove or change that first"), "{error}");
    }
}
