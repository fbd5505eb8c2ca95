//! One difference between two APIs.

use std::collections::{BTreeMap, BTreeSet};

/// All differences, each with the operations that it affects (`GET /rooms`).
pub type Differences = BTreeMap<Difference, BTreeSet<String>>;

/// One difference between the left and the right API, such as the old and the new one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// A place in an operation (`GET /rooms, query type`), or a path into a schema (`Room.tags[]`).
    pub place: String,
    /// The aspect of the place that differs.
    pub aspect: Aspect,
    /// Short description of the left side.
    pub left: String,
    /// Short description of the right side.
    pub right: String,
    /// Who writes the value that differs.
    pub direction: Direction,
    /// How the right side differs from the left side.
    pub change: Change,
}

/// The aspect of a place that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Presence of an operation.
    Operation,
    /// Presence of a parameter.
    Parameter,
    /// Presence of a request body.
    Body,
    /// The status codes of successes.
    Status,
    /// The ways to authenticate.
    Security,
    /// Presence of a body in the first success.
    Answer,
    /// The media type of a body or an answer.
    MediaType,
    /// Presence of a field.
    Field,
    /// Whether a parameter, a body or a field is required.
    Required,
    /// The type, with its format.
    Type,
    /// Whether the values are an enum.
    Values,
    /// One value of an enum.
    Value,
    /// The name of a number in an enum.
    Name,
    /// Whether `null` is allowed.
    Nullable,
    /// Whether fields without a declared name are allowed.
    OtherFields,
    /// A limit such as `maxLength`.
    Limit,
    /// The style of a list or an object in a parameter.
    Style,
    /// Whether the operation or schema is deprecated.
    Deprecated,
    /// Whether a value occurs only in answers, or only in requests.
    Access,
    /// The value that the server takes if a request has none.
    Default,
}

impl Aspect {
    /// The aspect as a noun.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Status => "status",
            Self::Security => "security",
            Self::Answer => "answer",
            Self::MediaType => "media type",
            Self::Field => "field",
            Self::Required => "requiredness",
            Self::Type => "type",
            Self::Values => "values",
            Self::Value => "value",
            Self::Name => "name",
            Self::Nullable => "nullability",
            Self::OtherFields => "other fields",
            Self::Limit => "limit",
            Self::Style => "style",
            Self::Deprecated => "deprecation",
            Self::Access => "access",
            Self::Default => "default",
        }
    }
}

/// Who writes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The caller, in a parameter or a request body.
    Sent,
    /// The server, in an answer.
    Received,
}

/// How the right side differs from the left side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only the right side has the thing.
    Added {
        /// Whether the right side requires it.
        required: bool,
    },
    /// Only the left side has the thing.
    Removed,
    /// The right side allows less.
    Narrowed,
    /// The right side allows more.
    Widened,
    /// The right side allows something else.
    Replaced,
    /// The right side calls the same thing by another name.
    Renamed,
}

impl Change {
    /// The change for two sides where each may allow values that the other does not.
    pub(super) fn of(fewer: bool, more: bool) -> Self {
        match (fewer, more) {
            (true, false) => Self::Narrowed,
            (false, true) => Self::Widened,
            _ => Self::Replaced,
        }
    }
}
