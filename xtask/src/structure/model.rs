//! The parts of a structure. Everything is sorted, so that equal structures are written alike.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

/// A document, as far as it is in scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Structure {
    /// `info.version`, to name the document in reports.
    pub(crate) version: String,
    pub(crate) operations: BTreeMap<Key, Operation>,
    /// Those that the operations lead to, by the names that the document happens to give them.
    pub(crate) schemas: BTreeMap<String, Schema>,
}

/// What tells operations apart: the path without regard to case and to its parameters' names, and the method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    path: String,
    method: String,
}

impl Key {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        let segments =
            path.trim_end_matches('/').split('/').map(|segment| match (segment.find('{'), segment.rfind('}')) {
                (Some(start), Some(end)) if start < end => {
                    format!("{}{{}}{}", segment[..start].to_lowercase(), segment[end + 1..].to_lowercase())
                }
                _ => segment.to_lowercase(),
            });
        Self { path: segments.collect::<Vec<_>>().join("/"), method: method.to_lowercase() }
    }

    /// Of an operation as it is shown, `GET /files/rooms`.
    pub(crate) fn of(operation: &str) -> Self {
        let (method, path) = operation.split_once(' ').unwrap_or_default();
        Self::new(method, path)
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) method: String,
    /// As the document writes it.
    pub(crate) path: String,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) deprecated: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// What a success answers with, if it has a body at all.
    pub(crate) answer: Option<Content>,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.to_uppercase(), self.path)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// `path`, `query`, `header` or `cookie`.
    pub(crate) location: String,
    pub(crate) name: String,
    pub(crate) required: bool,
    /// How a list or an object is written; scalars are written in one way only.
    pub(crate) style: Option<String>,
    pub(crate) schema: Schema,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) content: Content,
}

#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) media_type: String,
    pub(crate) schema: Schema,
}

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

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shape {
    /// Nothing is said.
    Any,
    /// Another schema of the same structure, by name.
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
    pub(crate) rest: Rest,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Field {
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

/// Fields beyond those that have names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rest {
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
    fn keys_ignore_case_and_parameter_names() {
        let key = Key::new("GET", "/api/2.0/Files/rooms/{id}/Links/");
        assert_eq!(key, Key::new("get", "/API/2.0/files/rooms/{roomId}/links"));
        assert_ne!(key, Key::new("put", "/api/2.0/files/rooms/{id}/links"));
        assert_eq!(Key::new("get", "/a/{X}.JSON").path(), "/a/{}.json");
        assert_eq!(Key::of("GET /a/{X}").to_string(), "GET /a/{}");
    }

    #[test]
    fn literals_are_in_the_order_of_their_values() {
        let mut literals: Vec<_> =
            [10.into(), "b".into(), 9.into(), Value::from(1.5), "a".into()].iter().map(Literal::of).collect();
        literals.sort();
        assert_eq!(literals.iter().map(ToString::to_string).collect::<Vec<_>>(), ["9", "10", "1.5", "a", "b"]);
        assert!(literals.iter().all(|literal| Literal::of(&literal.value()) == *literal));
    }
}
