//! The kinds of failure, and what to do about each.

use std::fmt;

/// What kind of failure an [`Error`](crate::Error) is.
///
/// ```
/// use docspace::ErrorKind;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// let error = portal.tags().create("").await.unwrap_err();
/// match error.kind() {
///     ErrorKind::Invalid => eprintln!("what was typed is wrong: {error}"),
///     ErrorKind::Forbidden => eprintln!("somebody else has to do this: {error}"),
///     _ if error.is_retryable() => eprintln!("later, perhaps: {error}"),
///     _ => return Err(error),
/// }
/// assert_eq!(error.kind().advice(), "correct the input");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The credentials are missing, wrong, expired or switched off. Make a new key, or sign in again; the same call will not
    /// go better by itself.
    Unauthorized,
    /// The caller may not, the key's scopes do not allow it, or a rule of the portal forbids it. Ask somebody who may, or
    /// widen the key; where a scope is missing the error names it. Without a [status](crate::Error::status) nothing was
    /// sent.
    Forbidden,
    /// There is no such thing, or no longer. Look it up again.
    NotFound,
    /// The input is wrong; found before it was sent, or by the portal. Correct it: [`details`](crate::Error::details) names
    /// the fields. Without a [status](crate::Error::status) nothing was sent.
    Invalid,
    /// What is there already stands in the way: a limit on how many of it there may be, or something of the same kind.
    /// Remove or change that first, or use it.
    Conflict,
    /// A quota of the portal is used up. Free some space, or raise the quota.
    QuotaExceeded,
    /// Too many calls, and the pauses that [`RetryPolicy`](crate::transport::RetryPolicy) allows did not help. The portal did nothing,
    /// so the call can be made again: after [`retry_after`](crate::Error::retry_after) where it is known, else when the
    /// advice says.
    RateLimited,
    /// The portal took the work on and then failed at it, or says that it is done when it is not. Look at what is there
    /// before trying again.
    NotDone,
    /// It took longer than allowed. Whether the portal did it is not known: look before trying again.
    Timeout,
    /// The portal could not be reached, or the connection broke. Whether the portal executed the
    /// call is not known, unless nothing could be sent; then
    /// [`is_retryable`](crate::Error::is_retryable) and
    /// [`nothing_was_done`](crate::Error::nothing_was_done) return `true`. The reason distinguishes
    /// an unknown host name, a refused connection, a certificate that is not accepted and a failing
    /// proxy.
    Transport,
    /// The answer could not be understood, or is larger than
    /// [`PortalBuilder::max_answer_size`](crate::PortalBuilder::max_answer_size) allows. Check that
    /// the address is that of a portal, and whether a newer version of this crate exists.
    Decode,
    /// The portal failed, or something before it did. Try again later; look first where the call makes something.
    Server,
    /// The portal answered in a way that should not happen, such as with the address of another place. Check the address.
    Unexpected,
}

impl ErrorKind {
    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Unauthorized => "check the API key, or sign in again",
            Self::Forbidden => "use an account, or a key with the scopes, that may do this",
            Self::NotFound => "check the id and the portal's address",
            Self::Invalid => "correct the input",
            Self::Conflict => "look at what is there already, and remove or change that first",
            Self::QuotaExceeded => "free some space, or raise the quota in the portal's settings",
            Self::RateLimited => "wait and try again",
            Self::NotDone => "look at what the portal made of it before trying again",
            Self::Timeout => "the portal may still be at it: look before trying again",
            Self::Transport => "check the address and the network; look before repeating what may have been done",
            Self::Decode => "check that the address is that of a portal; if it is, this version does not fit it",
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
            Self::Forbidden => "the portal refuses",
            Self::NotFound => "not found",
            Self::Invalid => "the portal finds the request wrong",
            Self::Conflict => "what is there already stands in the way",
            Self::QuotaExceeded => "a quota is used up",
            Self::RateLimited => "too many calls",
            Self::NotDone => "the portal failed at it",
            Self::Timeout => "no answer in time",
            Self::Transport => "the connection failed",
            Self::Decode => "the answer could not be understood",
            Self::Server => "the portal failed",
            Self::Unexpected => "an answer that should not happen",
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
