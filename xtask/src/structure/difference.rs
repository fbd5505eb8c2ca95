//! One thing that two structures say differently.

use std::collections::{BTreeMap, BTreeSet};

/// All differences, each with the operations that it concerns.
pub(crate) type Differences = BTreeMap<Difference, BTreeSet<String>>;

/// One difference, between "left" and "right": ours and theirs, or old and new.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Difference {
    /// An operation (`GET /files/rooms, query type`), or a schema and the way into it (`Room.tags[]`).
    pub(crate) place: String,
    pub(crate) aspect: Aspect,
    pub(crate) left: String,
    pub(crate) right: String,
    pub(crate) side: Side,
    pub(crate) turn: Turn,
}

/// What about the place is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Aspect {
    Operation,
    Parameter,
    Body,
    Answer,
    MediaType,
    Field,
    Required,
    Type,
    /// Whether there is an enum at all.
    Values,
    /// One value of an enum.
    Value,
    Nullable,
    /// Whether fields without a name are allowed.
    Rest,
    Limit,
    Style,
    Deprecated,
}

impl Aspect {
    pub(crate) fn name(self) -> &'static str {
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
            Self::Rest => "other fields",
            Self::Limit => "limit",
            Self::Style => "style",
            Self::Deprecated => "deprecation",
        }
    }
}

/// Who writes what is different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    /// The caller.
    Sent,
    /// The portal.
    Received,
}

/// From left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Turn {
    /// Only the right has it, and requires it or not.
    Came { required: bool },
    /// Only the left has it.
    Went,
    /// The right allows less.
    Narrower,
    /// The right allows more.
    Wider,
    /// Neither.
    Different,
}

impl Turn {
    /// For things that both allow, or one more than the other.
    pub(crate) fn of(fewer: bool, more: bool) -> Self {
        match (fewer, more) {
            (true, false) => Self::Narrower,
            (false, true) => Self::Wider,
            _ => Self::Different,
        }
    }
}
