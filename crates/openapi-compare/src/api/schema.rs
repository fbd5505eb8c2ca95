//! Schemas in a normal form. Everything is sorted, so that equal schemas are written in the same
//! way.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// The values that a schema allows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Schema {
    pub(crate) shape: Shape,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    /// Whether it occurs only in answers.
    pub(crate) read_only: bool,
    /// Whether it occurs only in requests.
    pub(crate) write_only: bool,
    /// The value that the server takes if a request has none.
    pub(crate) default: Option<Literal>,
    /// Limits such as `maxLength`, by keyword.
    pub(crate) limits: BTreeMap<String, Literal>,
}

impl Schema {
    pub(crate) fn of(shape: Shape) -> Self {
        Self {
            shape,
            nullable: false,
            deprecated: false,
            read_only: false,
            write_only: false,
            default: None,
            limits: BTreeMap::new(),
        }
    }
}

/// The type of a value, with what belongs to that type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// Any value.
    Any,
    /// Another schema of the same API, by name.
    Named(String),
    Scalar(Scalar),
    Array(Box<Schema>),
    Object(Object),
    /// A `oneOf` or an `anyOf`, with at least two alternatives.
    OneOf(Vec<Schema>),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scalar {
    pub(crate) kind: Kind,
    pub(crate) format: Option<String>,
    /// The values of an enum, with their names. Empty if the scalar is not an enum.
    pub(crate) values: BTreeMap<Literal, Option<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Boolean,
    Integer,
    Number,
    String,
    /// Only `null`. As an alternative to other types, `null` is a flag instead.
    Null,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Null => "null",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        [Self::Boolean, Self::Integer, Self::Number, Self::String, Self::Null]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Object {
    pub(crate) fields: BTreeMap<String, Field>,
    pub(crate) others: OtherFields,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Field {
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

/// The fields without a declared name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OtherFields {
    #[default]
    Open,
    Closed,
    /// Fields with values of this schema, as in a map.
    Values(Box<Schema>),
}

/// A value of an enum or of a limit. Numbers sort before texts, small values before large ones.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Literal {
    Integer(i64),
    /// Any other value, as JSON.
    Other(String),
    Text(String),
}

impl Literal {
    pub(crate) fn of(value: &Value) -> Self {
        match (value.as_i64(), value) {
            (Some(number), _) => Self::Integer(number),
            (None, Value::String(text)) => Self::Text(text.clone()),
            (None, other) => Self::Other(other.to_string()),
        }
    }

    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Integer(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            // The text was written from a value, so it can be parsed.
            Self::Other(json) => serde_json::from_str(json).unwrap_or(Value::Null),
        }
    }

    /// The number, to compare limits. `None` for a pattern or a flag.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Other(json) => json.parse().ok(),
            Self::Text(_) => None,
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => write!(f, "{number}"),
            Self::Other(text) | Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_ordered_by_value() {
        let mut literals: Vec<_> =
            [10.into(), "b".into(), 9.into(), Value::from(1.5), "a".into()].iter().map(Literal::of).collect();
        literals.sort();
        assert_eq!(literals.iter().map(ToString::to_string).collect::<Vec<_>>(), ["9", "10", "1.5", "a", "b"]);
        assert!(literals.iter().all(|literal| Literal::of(&literal.value()) == *literal));
    }
}
