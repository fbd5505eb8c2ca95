//! One thing that two APIs say differently.

use std::collections::{BTreeMap, BTreeSet};

/// All differences, each with the operations that it concerns (`GET /rooms`).
pub type Differences = BTreeMap<Difference, BTreeSet<String>>;

/// One difference between the left and the right API, such as the old and the new one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// A place in an operation (`GET /rooms, query type`), or a schema and the way into it (`Room.tags[]`).
    pub place: String,
    /// What about the place is different.
    pub aspect: Aspect,
    /// What the left API says, in a few words.
    pub left: String,
    /// What the right API says, in a few words.
    pub right: String,
    /// Who writes what is different.
    pub direction: Direction,
    /// How the right differs from the left.
    pub change: Change,
}

/// What about a place is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Whether there is an operation.
    Operation,
    /// Whether there is a parameter.
    Parameter,
    /// Whether there is a request body.
    Body,
    /// Whether a success has a body.
    Answer,
    /// The media type of a body or an answer.
    MediaType,
    /// Whether there is a field.
    Field,
    /// Whether a parameter, a body or a field is required.
    Required,
    /// The type with its format.
    Type,
    /// Whether there is an enum at all.
    Values,
    /// One value of an enum.
    Value,
    /// Whether `null` is allowed.
    Nullable,
    /// Whether fields without a name are allowed.
    OtherFields,
    /// `maxLength` and the like.
    Limit,
    /// How a list or an object is written in a parameter.
    Style,
    /// Whether it is deprecated.
    Deprecated,
}

impl Aspect {
    /// The aspect as a noun.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Answer => "answer",
            Self::MediaType => "media type",
            Self::Field => "field",
            Self::Required => "requiredness",
            Self::Type => "type",
            Self::Values => "values",
            Self::Value => "value",
            Self::Nullable => "nullability",
            Self::OtherFields => "other fields",
            Self::Limit => "limit",
            Self::Style => "style",
            Self::Deprecated => "deprecation",
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

/// How the right differs from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only the right has it.
    Added {
        /// Whether the right requires it.
        required: bool,
    },
    /// Only the left has it.
    Removed,
    /// The right allows less.
    Narrowed,
    /// The right allows more.
    Widened,
    /// The right allows something else.
    Replaced,
}

impl Change {
    /// For things that both allow, or one more than the other.
    pub(super) fn of(fewer: bool, more: bool) -> Self {
        match (fewer, more) {
            (true, false) => Self::Narrowed,
            (false, true) => Self::Widened,
            _ => Self::Replaced,
        }
    }
}
