//! The failures of a call, one variant for each form of error answer
//! (docs/portal/errors.md#forms-of-an-error).
//!
//! Handlers return [`Failure`]. Only [`super::envelope`] turns it into an answer.

use crate::outgoing::Outgoing;
use crate::wire::messages::Message;

/// The failure of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// An exception. The answer has an error object.
    Thrown(Exception, Message),
    /// An exception while the body was read. The action did not run.
    Unreadable(Exception, Message),
    /// A validation error: the fields and the messages about each.
    Invalid(Vec<(String, Vec<String>)>),
    /// The content type is missing or not supported: 415.
    UnsupportedMediaType,
    /// 403 with a bare problem, without an envelope.
    Forbidden,
    /// A status with an empty body.
    Empty(u16),
    /// 405 with the allowed verbs.
    NotAllowed(Vec<&'static str>),
    /// 501: a portal has this call, and the mock does not model it.
    NotModeled(String),
    /// The call needs the outcome of this request before it can end.
    Probe(Box<Outgoing>),
    /// 429 with the headers that the portal sends (docs/portal/limits.md#the-answer-429).
    TooMany(Vec<(&'static str, String)>),
}

/// The exception behind an error object. It determines the status, the name of the type, the error
/// number, and whether the answer has a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exception {
    NotFound,
    FileNotFound,
    DirectoryNotFound,
    Argument,
    ArgumentNull,
    ArgumentOutOfRange,
    Security,
    Authorizing,
    Unauthorized,
    InvalidOperation,
    Authentication,
    BruteForce,
    NullReference,
    KeyNotFound,
    MethodAccess,
    Format,
    Json,
    Aggregate,
    Database,
    /// An error of the newer connector to the database.
    Connector,
    /// A request of the portal failed.
    Http,
    /// Nothing listens where the portal sent a request.
    ConnectionRefused,
    Tls,
    Canceled,
    Quota,
    BadRequest,
    NotSupported,
    Plain,
}

impl Exception {
    /// The status, the name of the type and the error number. Without a name the answer also has no
    /// stack.
    pub(crate) fn details(self) -> (u16, Option<&'static str>, i64) {
        match self {
            Self::NotFound => (404, Some("ASC.Common.Web.ItemNotFoundException"), -2146233088),
            Self::FileNotFound => (404, Some("System.IO.FileNotFoundException"), -2147024894),
            Self::DirectoryNotFound => (404, Some("System.IO.DirectoryNotFoundException"), -2147024893),
            Self::Argument => (400, Some("System.ArgumentException"), -2147024809),
            Self::ArgumentNull => (400, Some("System.ArgumentNullException"), -2147467261),
            Self::ArgumentOutOfRange => (400, Some("System.ArgumentOutOfRangeException"), -2146233086),
            Self::Security => (403, Some("System.Security.SecurityException"), -2146233078),
            Self::Authorizing => (403, Some("ASC.Common.Security.Authorizing.AuthorizingException"), -2146233088),
            Self::Unauthorized => (403, Some("System.UnauthorizedAccessException"), -2147024891),
            Self::InvalidOperation => (403, Some("System.InvalidOperationException"), -2146233079),
            Self::Authentication => (401, None, 0),
            Self::BruteForce => (403, None, 0),
            Self::NullReference => (500, Some("System.NullReferenceException"), -2147467261),
            Self::KeyNotFound => (500, Some("System.Collections.Generic.KeyNotFoundException"), -2146232969),
            Self::MethodAccess => (500, Some("System.MethodAccessException"), -2146233072),
            Self::Format => (500, Some("System.FormatException"), -2146233033),
            Self::Json => (500, Some("System.Text.Json.JsonException"), -2146233088),
            Self::Aggregate => (500, Some("System.AggregateException"), -2146233088),
            Self::Database => (500, Some("MySql.Data.MySqlClient.MySqlException"), -2147467259),
            Self::Connector => (500, Some("MySqlConnector.MySqlException"), -2147467259),
            Self::Http => (500, Some("System.Net.Http.HttpRequestException"), -2146232800),
            Self::ConnectionRefused => (500, Some("System.Net.Http.HttpRequestException"), -2147467259),
            Self::Tls => (500, Some("System.Net.Http.HttpRequestException"), -2146233087),
            Self::Canceled => (500, Some("System.Threading.Tasks.TaskCanceledException"), -2146233029),
            Self::Quota => (402, Some("ASC.Core.Tenants.TenantQuotaException"), -2146233088),
            Self::BadRequest => (500, Some("Microsoft.AspNetCore.Http.BadHttpRequestException"), -2146232800),
            Self::NotSupported => (415, None, 0),
            Self::Plain => (500, Some("System.Exception"), -2146233088),
        }
    }
}

impl Failure {
    pub(crate) fn not_found(message: Message) -> Self {
        Self::Thrown(Exception::NotFound, message)
    }

    /// 403 with this message, as for a broken business rule.
    pub(crate) fn refused(message: Message) -> Self {
        Self::Thrown(Exception::InvalidOperation, message)
    }

    /// 403 `Access denied`.
    pub(crate) fn denied() -> Self {
        Self::Thrown(Exception::Security, Message::AccessDenied)
    }

    pub(crate) fn null_reference() -> Self {
        Self::Thrown(Exception::NullReference, Message::plain("Object reference not set to an instance of an object."))
    }

    /// 403 of a call that is not possible in the current state.
    pub(crate) fn invalid_state() -> Self {
        Self::refused(Message::plain("Operation is not valid due to the current state of the object."))
    }

    /// 400: an argument that must not be null.
    pub(crate) fn null_argument(name: &str) -> Self {
        Self::Thrown(Exception::ArgumentNull, Message::Plain(format!("Value cannot be null. (Parameter '{name}')")))
    }

    /// 400: an argument that must not be blank.
    pub(crate) fn empty_argument(name: &str) -> Self {
        let text = format!("The value cannot be an empty string. (Parameter '{name}')");
        Self::Thrown(Exception::Argument, Message::Plain(text))
    }

    /// 400: an argument with an undefined value.
    pub(crate) fn unexpected_argument(name: &str) -> Self {
        let text = format!("Value does not fall within the expected range. (Parameter '{name}')");
        Self::Thrown(Exception::Argument, Message::Plain(text))
    }

    /// 404 of an id that is not a number and does not belong to a known third-party storage.
    pub(crate) fn selector_not_found(name: &str) -> Self {
        Self::not_found(Message::Plain(format!("Selector '{name}' not found")))
    }

    /// 400 with one message about one field.
    pub(crate) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![(field.into(), vec![message.into()])])
    }
}
