//! The ways a call can fail, each with the shape that the portal gives it (portal-facts 1.5).
//!
//! Handlers return [`Failure`]; only [`super::envelope`] turns it into an answer.

use crate::wire::messages::Message;

/// Why a call got no ordinary answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// (a) an exception: an `error` object.
    Thrown(Exception, Message),
    /// (b) model validation: field names and what is wrong with each.
    Invalid(Vec<(String, Vec<String>)>),
    /// (c) no or a wrong Content-Type where a body is declared.
    UnsupportedMediaType,
    /// (d) a resource filter: problem details without envelope.
    Forbidden,
    /// (e) nothing but a status.
    Empty(u16),
    /// 405 with the verbs that are there.
    NotAllowed(Vec<&'static str>),
    /// 429 with the headers that the portal sends (portal-facts 3).
    TooMany(Vec<(&'static str, String)>),
}

/// The exception behind an (a) error; it decides status, type name, number, and whether a stack is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exception {
    NotFound,
    FileNotFound,
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
    Format,
    Json,
    Aggregate,
    Database,
    Plain,
}

impl Exception {
    /// Status, type name and number; no type name stands for "no stack either".
    pub(crate) fn facts(self) -> (u16, Option<&'static str>, i64) {
        match self {
            Self::NotFound => (404, Some("ASC.Common.Web.ItemNotFoundException"), -2146233088),
            Self::FileNotFound => (404, Some("System.IO.FileNotFoundException"), -2147024894),
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
            Self::Format => (500, Some("System.FormatException"), -2146233033),
            Self::Json => (500, Some("System.Text.Json.JsonException"), -2146233088),
            Self::Aggregate => (500, Some("System.AggregateException"), -2146233088),
            Self::Database => (500, Some("MySql.Data.MySqlClient.MySqlException"), -2147467259),
            Self::Plain => (500, Some("System.Exception"), -2146233088),
        }
    }
}

impl Failure {
    pub(crate) fn not_found(message: Message) -> Self {
        Self::Thrown(Exception::NotFound, message)
    }

    /// A broken business rule: 403 with a message of its own.
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

    /// 403 of a call that makes no sense now.
    pub(crate) fn invalid_state() -> Self {
        Self::refused(Message::plain("Operation is not valid due to the current state of the object."))
    }

    /// 400: a member that must not be null.
    pub(crate) fn null_argument(name: &str) -> Self {
        Self::Thrown(Exception::ArgumentNull, Message::Plain(format!("Value cannot be null. (Parameter '{name}')")))
    }

    /// 400: a member that must not be blank.
    pub(crate) fn empty_argument(name: &str) -> Self {
        let text = format!("The value cannot be an empty string. (Parameter '{name}')");
        Self::Thrown(Exception::Argument, Message::Plain(text))
    }

    /// 400: a member that is none of the values there are.
    pub(crate) fn unexpected_argument(name: &str) -> Self {
        let text = format!("Value does not fall within the expected range. (Parameter '{name}')");
        Self::Thrown(Exception::Argument, Message::Plain(text))
    }

    /// 404 of an id that is no number and of no known third-party storage.
    pub(crate) fn no_selector(name: &str) -> Self {
        Self::not_found(Message::Plain(format!("Selector '{name}' not found")))
    }

    /// 400 with one field and one message.
    pub(crate) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![(field.into(), vec![message.into()])])
    }
}
