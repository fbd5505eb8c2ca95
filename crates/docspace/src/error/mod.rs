//! The error of this crate: what happened, to what, and what to do.

mod answer;
mod call;
mod connect;
mod json;
mod kind;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use docspace_api::printable;
pub use docspace_api::{InvalidId, InvalidPathSegment, InvalidTimestamp, UnknownName};

pub(crate) use call::Call;
pub use kind::ErrorKind;

use crate::transport::is_known_repeatable;

/// Maximum length of a text in an error, in characters.
const LONGEST_TEXT: usize = 500;

/// The result of every call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failed call: what was tried, on what, why it failed and what to do.
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// let error = portal.room(4711).get().await.unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "cannot get room 4711: not found (404): The required folder was not found; \
///      check the id and the portal's address",
/// );
/// assert!(error.is_not_found() && error.call() == Some("get_room"));
/// # Ok(())
/// # });
/// ```
///
/// - `Display` is one line for a person. It never contains a header, a query, a body or a
///   credential.
/// - Text from the portal or from other people, such as titles and messages, is made [printable]
///   and cut after 500 characters.
/// - Programs use the methods: [`kind`](Self::kind) to decide what to do,
///   [`is_retryable`](Self::is_retryable) to see whether a later attempt may succeed, and
///   [`nothing_was_done`](Self::nothing_was_done) to see whether the call certainly changed
///   nothing.
///
/// [`ErrorKind`] describes each kind, and lists [those of every
/// call](ErrorKind#errors-of-every-call).
#[derive(Clone)]
pub struct Error(Box<Parts>);

#[derive(Clone)]
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
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
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

    /// Input that the client rejects before it sends anything.
    pub(crate) fn invalid(reason: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Invalid, reason);
        error.0.nothing_was_done = true;
        error
    }

    pub(crate) fn of(mut self, call: &Call) -> Self {
        // The portal may have executed the call, and executing it twice does harm. A creation that
        // is safe to repeat sends an id, and the caller's next attempt sends another id.
        let is_repeatable = is_known_repeatable(call.name) && !call.name.starts_with("create_");
        if self.0.kind != ErrorKind::RateLimited && self.0.status.is_some() && !is_repeatable {
            self.0.retryable = false;
            if matches!(self.0.kind, ErrorKind::Server | ErrorKind::Timeout) {
                self = self.advise("check whether it was done before trying again");
            }
        }
        self.0.call = Some(call.name);
        self.0.subject = Some(one_line(call.subject.to_string()));
        self
    }

    /// Turns the error of a poll into an error of the wait for `call`, whose operation the portal
    /// has accepted.
    pub(crate) fn while_waiting(mut self, call: &Call) -> Self {
        // The failed poll changed nothing, but the operation is in progress.
        self.0.nothing_was_done = false;
        let is_about_the_operation = self.0.call == Some(call.name) || self.0.status.is_some_and(|status| status < 500);
        if is_about_the_operation {
            return self;
        }
        let mut error =
            self.advise("the portal has accepted it and may still be working on it: check before trying again");
        error.0.retryable = false;
        error
    }

    /// Marks the call as certainly not executed.
    pub(crate) fn not_started(mut self) -> Self {
        self.0.nothing_was_done = true;
        self.advise("it was not started: try again later")
    }

    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.0.advice = Some(one_line(advice));
        self
    }

    /// Whether the call failed because the key lacks a scope.
    pub(crate) fn lacks_scope(&self) -> bool {
        self.0.lacks_scope
    }

    /// Turns the error into a conflict, after the client found the object that prevents the call.
    pub(crate) fn conflict(mut self, reason: impl Into<String>) -> Self {
        self.0.kind = ErrorKind::Conflict;
        self.0.reason = one_line(reason);
        self
    }

    /// Turns the answer of the portal into an error about the input, after which nothing was
    /// changed.
    pub(crate) fn bad_input(mut self, reason: impl Into<String>) -> Self {
        self.0.kind = ErrorKind::Invalid;
        self.0.reason = one_line(reason);
        self.0.nothing_was_done = true;
        self.0.retryable = false;
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into().into());
        self
    }

    /// Why it failed, without what was tried and what to do.
    pub(crate) fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The kind of failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, if the portal answered.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The call that failed, in snake case, such as `create_room`. `None` if the client rejected
    /// the input before it knew the call.
    pub fn call(&self) -> Option<&'static str> {
        self.0.call
    }

    /// The portal's own message.
    ///
    /// Show it, but do not compare it: it is in the caller's language.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The messages of the portal's validation, by field.
    pub fn details(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0.details
    }

    /// How long the portal asks the caller to wait.
    ///
    /// Only the daily limit of a portal, or a proxy, reports this. It can be almost 24 hours.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the same call may succeed later and is safe to repeat.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// Whether the call certainly changed nothing on the portal, so that it can be repeated without
    /// a check.
    ///
    /// `true` means that one of these applies:
    ///
    /// - The client did not send the call: the input is wrong, the API key lacks a scope, or too
    ///   many other operations were in flight until the deadline.
    /// - No connection to the portal could be made, so nothing was sent.
    /// - The portal rejected the call before executing it: because of the credentials, the form of
    ///   the request, or too many calls ([`Unauthorized`](ErrorKind::Unauthorized),
    ///   [`Invalid`](ErrorKind::Invalid) with [`details`](Self::details),
    ///   [`RateLimited`](ErrorKind::RateLimited), a missing scope).
    /// - The answer did not come from the portal, but from something in front of it that redirected
    ///   the call or refused to pass it on.
    ///
    /// `false` means that this is not known: a portal that rejects something in the middle of a
    /// call may already have done part of it. The result is always `false` if an earlier attempt at
    /// the same call may have been executed, or if the portal accepted an operation and waiting for
    /// it failed.
    ///
    /// The result is only about the call that [`call`](Self::call) names. A method that makes
    /// several calls may have made others before.
    ///
    /// ```
    /// use docspace::transport::RetryPolicy;
    /// use docspace::{Portal, RoomType};
    ///
    /// # doc_examples::with_portal(async |_| {
    /// let unreachable = Portal::builder("http://localhost:1").api_key("sk-0123");
    /// let portal = unreachable.retry(RetryPolicy::none()).build()?;
    /// let error = portal.rooms().create("Audit", RoomType::Custom).send().await.unwrap_err();
    /// assert!(error.nothing_was_done(), "no portal listens there, so no room was created");
    /// # Ok(())
    /// # });
    /// ```
    pub fn nothing_was_done(&self) -> bool {
        self.0.nothing_was_done
    }

    fn without_advice(&self) -> WithoutAdvice<'_> {
        WithoutAdvice(&self.0)
    }

    /// What to do about the error, as part of a sentence for a person. Empty if the text of the
    /// error already states it.
    pub fn advice(&self) -> &str {
        self.0.advice.as_deref().unwrap_or_else(|| self.0.kind.advice())
    }

    /// Whether the requested object does not exist.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == ErrorKind::NotFound
    }

    /// Whether the caller is not allowed to do this.
    pub fn is_forbidden(&self) -> bool {
        self.0.kind == ErrorKind::Forbidden
    }

    /// Whether an existing object prevents the call.
    pub fn is_conflict(&self) -> bool {
        self.0.kind == ErrorKind::Conflict
    }

    /// Whether the credentials are missing, wrong or expired.
    pub fn is_unauthorized(&self) -> bool {
        self.0.kind == ErrorKind::Unauthorized
    }

    /// Whether the input is wrong.
    pub fn is_invalid(&self) -> bool {
        self.0.kind == ErrorKind::Invalid
    }

    /// Whether a quota of the portal is used up.
    pub fn is_quota_exceeded(&self) -> bool {
        self.0.kind == ErrorKind::QuotaExceeded
    }

    /// Whether the portal accepted the call, but did not do what was asked.
    pub fn is_not_done(&self) -> bool {
        self.0.kind == ErrorKind::NotDone
    }

    /// Whether the call or the operation took longer than allowed.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Whether the portal could not be reached, or the connection broke.
    pub fn is_transport(&self) -> bool {
        self.0.kind == ErrorKind::Transport
    }

    /// Whether the answer could not be read.
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }

    /// Whether the portal, or a proxy in front of it, failed.
    pub fn is_server(&self) -> bool {
        self.0.kind == ErrorKind::Server
    }

    /// Whether the answer has a status that a portal does not use for the call.
    pub fn is_unexpected(&self) -> bool {
        self.0.kind == ErrorKind::Unexpected
    }

    /// Whether the portal rejected the call because the caller made too many calls.
    pub fn is_rate_limited(&self) -> bool {
        self.0.kind == ErrorKind::RateLimited
    }
}

#[cfg(feature = "test-util")]
impl Error {
    /// An error that no portal returned, for a fake in the tests of a program.
    ///
    /// ```
    /// use docspace::{Error, ErrorKind};
    ///
    /// let error = Error::fake(ErrorKind::NotFound, "there is no room 17");
    /// assert!(error.is_not_found());
    /// assert_eq!(error.to_string(), "there is no room 17; check the id and the portal's address");
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
    pub fn fake(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::new(kind, message)
    }
}

/// Prepares a text for an error: one line, without characters that control a terminal, cut if it is
/// too long. Every text of an error passes through here, because titles, names and messages come
/// from other people.
fn one_line(text: impl Into<String>) -> String {
    let text = text.into();
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", printable(&text[..end])),
        None => printable(&text).into_owned(),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.without_advice().fmt(f)?;
        match self.advice() {
            "" => Ok(()),
            advice => write!(f, "; {advice}"),
        }
    }
}

/// The text of an error up to the advice.
struct WithoutAdvice<'e>(&'e Parts);

impl fmt::Display for WithoutAdvice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(parts) = self;
        if let (Some(call), Some(subject)) = (parts.call, &parts.subject) {
            let space = if subject.is_empty() { "" } else { " " };
            write!(f, "cannot {}{space}{subject}: ", call.replace('_', " "))?;
        }
        // What follows continues the sentence, and a reason can be the portal's own sentence.
        write!(f, "{}", parts.reason.trim_end_matches('.'))?;
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
        Ok(())
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
    fn texts_are_one_line_without_control_characters() {
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
    fn a_full_stop_at_the_end_of_a_reason_is_left_out() {
        let error = Error::new(ErrorKind::NotDone, "Object reference not set.").advise("check whether it exists");
        assert_eq!(error.to_string(), "Object reference not set; check whether it exists");
    }

    #[test]
    fn clones_share_the_source() {
        let error = Error::invalid("bad input").caused_by(std::io::Error::other("the cause"));
        let clone = error.clone();
        assert_eq!(clone.to_string(), error.to_string());
        assert_eq!(std::error::Error::source(&clone).unwrap().to_string(), "the cause");
    }

    #[test]
    fn conflicts_are_not_retryable_and_advise_to_change_what_exists() {
        let error = Error::new(ErrorKind::Conflict, "the room has a link already");
        assert!(error.is_conflict() && !error.is_retryable());
        assert_eq!(error.kind().to_string(), "conflict");
        assert!(error.to_string().ends_with("change or remove it first"), "{error}");
    }
}
