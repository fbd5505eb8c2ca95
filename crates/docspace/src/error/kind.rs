//! The kinds of failure, and what to do about each.

use std::fmt;

/// What kind of failure an [`Error`](crate::Error) is.
///
/// ```
/// use docspace::ErrorKind;
///
/// # doc_examples::with_portal(async |portal| {
/// let error = portal.tags().create("").await.unwrap_err();
/// match error.kind() {
///     ErrorKind::Invalid => eprintln!("the input is wrong: {error}"),
///     ErrorKind::Forbidden => eprintln!("another person has to do this: {error}"),
///     _ if error.is_retryable() => eprintln!("this may succeed later: {error}"),
///     _ => return Err(error),
/// }
/// assert_eq!(error.kind().advice(), "correct the input");
/// # Ok(())
/// # });
/// ```
///
/// # Errors of every call
///
/// Every call can fail with these kinds. The section `# Errors` of a method lists only the kinds
/// that are special to it.
///
/// - [`Unauthorized`](Self::Unauthorized): the portal does not accept the credentials.
/// - [`Forbidden`](Self::Forbidden): the API key lacks the scope that the call needs.
/// - [`RateLimited`](Self::RateLimited): the caller made too many calls.
/// - [`QuotaExceeded`](Self::QuotaExceeded): a quota of the portal is used up.
/// - [`Transport`](Self::Transport): the portal cannot be reached, or the connection broke.
/// - [`Timeout`](Self::Timeout): the answer did not arrive in time.
/// - [`Decode`](Self::Decode): the answer cannot be read.
/// - [`Invalid`](Self::Invalid): the call was made outside a Tokio runtime. Nothing was sent.
/// - [`Server`](Self::Server): the portal, or a proxy in front of it, failed.
/// - [`Unexpected`](Self::Unexpected): the answer has a status that a portal does not use, such as
///   a redirect.
///
/// When a call returns one of these errors, the client has already retried it if that was safe and
/// could help; see [`RetryPolicy`](crate::transport::RetryPolicy).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The credentials are missing, wrong, expired or switched off.
    ///
    /// Create a new key, or sign in again. Repeating the call does not help.
    Unauthorized,
    /// The caller is not allowed to do this, the API key lacks a scope, or a rule of the portal
    /// forbids it.
    ///
    /// Ask a person who is allowed to do it, or give the key more scopes. If a scope is missing,
    /// the error names it. If the error has no [status](crate::Error::status), nothing was sent.
    Forbidden,
    /// The room, link, person or other object does not exist, or no longer exists.
    ///
    /// Check the id, or look it up again.
    NotFound,
    /// The input is wrong.
    ///
    /// Correct it; [`details`](crate::Error::details) names the fields. If the error has no
    /// [status](crate::Error::status), the client rejected the input and nothing was sent.
    Invalid,
    /// An existing object prevents the call: a maximum number is reached, or an object of the same
    /// name exists.
    ///
    /// Change or remove the existing object first, or use it.
    Conflict,
    /// A quota of the portal is used up.
    ///
    /// Free some space, or raise the quota.
    QuotaExceeded,
    /// The caller made too many calls, and the pauses that
    /// [`RetryPolicy`](crate::transport::RetryPolicy) allows did not help.
    ///
    /// The portal did not execute the call, so it is safe to repeat: after
    /// [`retry_after`](crate::Error::retry_after) if the portal reports it, otherwise after the
    /// time that [`advice`](crate::Error::advice) names.
    RateLimited,
    /// The portal accepted the call, but did not do what was asked: the operation failed or was
    /// canceled, or the result differs from what the portal reported.
    ///
    /// Check the state on the portal before repeating the call.
    NotDone,
    /// The call or the operation took longer than allowed.
    ///
    /// The portal may have executed it, or may still be working on it. Check before repeating it,
    /// unless [`nothing_was_done`](crate::Error::nothing_was_done) returns `true`.
    Timeout,
    /// The portal cannot be reached, or the connection broke.
    ///
    /// The message distinguishes an unknown host name, a refused connection, a certificate that is
    /// not accepted and a failing proxy. The portal may have executed the call, unless nothing
    /// could be sent. In that case, [`is_retryable`](crate::Error::is_retryable) and
    /// [`nothing_was_done`](crate::Error::nothing_was_done) return `true`.
    Transport,
    /// The answer cannot be read, or is larger than
    /// [`PortalBuilder::max_answer_size`](crate::PortalBuilder::max_answer_size) allows.
    ///
    /// Check that the address is that of a portal, and whether there is a newer version of this
    /// crate.
    Decode,
    /// The portal, or a proxy in front of it, failed.
    ///
    /// Try again later. If the call creates or deletes something, check first whether it was
    /// executed.
    Server,
    /// The answer has a status that a portal does not use for this call, such as a redirect.
    ///
    /// Check the address of the portal.
    Unexpected,
}

impl ErrorKind {
    /// What to do about this kind of failure.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Unauthorized => "check the API key, or sign in again",
            Self::Forbidden => "use an account that is allowed to do this, or a key with the required scopes",
            Self::NotFound => "check the id and the portal's address",
            Self::Invalid => "correct the input",
            Self::Conflict => "check what exists, and change or remove it first",
            Self::QuotaExceeded => "free some space, or raise the quota in the portal's settings",
            Self::RateLimited => "wait and try again",
            Self::NotDone => "check the result on the portal before trying again",
            Self::Timeout => "the portal may still be working on it: check before trying again",
            Self::Transport => {
                "check the address and the network; the call may have been executed, so check before trying again"
            }
            Self::Decode => {
                "check that the address is that of a portal; if it is, check for a newer version of this client"
            }
            Self::Server => "try again later",
            Self::Unexpected => "check that the address is that of a portal",
        }
    }

    pub(crate) fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthorized,
            402 => Self::QuotaExceeded,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            400 | 422 => Self::Invalid,
            408 | 504 => Self::Timeout,
            429 => Self::RateLimited,
            500..=599 => Self::Server,
            _ => Self::Unexpected,
        }
    }

    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Unauthorized => "the portal does not accept the credentials",
            Self::Forbidden => "the portal does not allow it",
            Self::NotFound => "not found",
            Self::Invalid => "the portal does not accept the input",
            Self::Conflict => "an existing object prevents it",
            Self::QuotaExceeded => "a quota is used up",
            Self::RateLimited => "too many calls",
            Self::NotDone => "the portal failed to do it",
            Self::Timeout => "no answer in time",
            Self::Transport => "the connection failed",
            Self::Decode => "the answer cannot be read",
            Self::Server => "the portal failed",
            Self::Unexpected => "the answer has an unexpected status",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
            Self::QuotaExceeded => "quota_exceeded",
            Self::RateLimited => "rate_limited",
            Self::NotDone => "not_done",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Decode => "decode",
            Self::Server => "server",
            Self::Unexpected => "unexpected",
        })
    }
}
