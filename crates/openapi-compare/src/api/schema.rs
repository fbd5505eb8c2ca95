//! Schemas in one form, however a document writes them. Everything is sorted, so that equal schemas are written alike.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// What a schema says about values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Schema {
    pub(crate) shape: Shape,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    /// `maxLength` and the like, by keyword.
    pub(crate) limits: BTreeMap<String, Literal>,
}

impl Schema {
    pub(crate) fn of(shape: Shape) -> Self {
        Self { shape, nullable: false, deprecated: false, limits: BTreeMap::new() }
    }
}

/// What kind of value it is, with what belongs to the kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// Nothing is said.
    Any,
    /// Another schema of the same API, by name.
    Named(String),
    Scalar(Scalar),
    Array(Box<Schema>),
    Object(Object),
    /// `oneOf` and `anyOf` alike, at least two alternatives.
    OneOf(Vec<Schema>),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Scalar {
    pub(crate) kind: Kind,
    pub(crate) format: Option<String>,
    /// The values of an enum with the names given to them; empty if it is none.
    pub(crate) values: BTreeMap<Literal, Option<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Boolean,
    Integer,
    Number,
    String,
    /// Only `null`, which is not written as an alternative to something else.
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

/// Fields beyond those that have names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OtherFields {
    #[default]
    Open,
    Closed,
    /// A map's values.
    Values(Box<Schema>),
}

/// A value of an enum or a limit, with an order: numbers before texts, small before large.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Literal {
    Integer(i64),
    /// Anything that is neither, as JSON.
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
            // It was written by us from a value, so it reads back.
            Self::Other(json) => serde_json::from_str(json).unwrap_or(Value::Null),
        }
    }

    /// For comparing limits; `None` for a pattern or a flag.
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
    fn literals_are_in_the_order_of_their_values() {
        let mut literals: Vec<_> =
            [10.into(), "b".into(), 9.into(), Value::from(1.5), "a".into()].iter().map(Literal::of).collect();
        literals.sort();
        assert_eq!(literals.iter().map(ToString::to_string).collect::<Vec<_>>(), ["9", "10", "1.5", "a", "b"]);
        assert!(literals.iter().all(|literal| Literal::of(&literal.value()) == *literal));
    }
}
