//! The types of the values of fields that the standard library does not have.

use std::borrow::Cow;
use std::fmt::Display;

use docspace::operations::{OperationStatus, OperationType};
use docspace::rooms::{FileId, FolderId};
use docspace::{Access, RoomId, RoomType, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::text::kebab;

/// The id of a room, template, folder or file: a number or, in third-party storage, a text.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Id {
    Number(i32),
    Text(String),
}

macro_rules! from_ids {
    ($($name:ident)+) => {
        $(impl From<&$name> for Id {
            fn from(id: &$name) -> Self {
                match id {
                    $name::Number(number) => Self::Number(*number),
                    $name::Text(text) => Self::Text(text.clone()),
                }
            }
        })+
    };
}

from_ids!(RoomId FolderId FileId);

/// A time in UTC with whole seconds, such as `2027-01-31T18:00:00Z`.
#[derive(Debug, Serialize)]
pub(crate) struct Instant(String);

impl JsonSchema for Instant {
    fn schema_name() -> Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "date-time"})
    }
}

/// Formats a time in UTC with whole seconds.
pub(crate) fn instant(time: Timestamp) -> Instant {
    Instant(time.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Formats an optional time like [`instant`], and a missing or unset one as null.
pub(crate) fn optional_instant(time: Option<Timestamp>) -> Option<Instant> {
    time.filter(|time| !time.is_unset()).map(instant)
}

/// A value of the API in the spelling of the command line, such as `virtual-data`. A value that
/// this version does not know is its number, as text.
#[derive(Debug)]
pub(crate) struct Name<T>(pub(crate) T);

/// A type of the API whose values have names.
pub(crate) trait Named: Display {
    /// The names of all values that this version knows.
    const NAMES: &'static [&'static str];
}

macro_rules! named {
    ($($name:ident)+) => {
        $(impl Named for $name {
            const NAMES: &'static [&'static str] = $name::NAMES;
        })+
    };
}

named!(Access OperationStatus OperationType RoomType);

impl<T: Named> Serialize for Name<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&kebab(&self.0.to_string()))
    }
}

impl<T: Named> JsonSchema for Name<T> {
    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }

    fn schema_id() -> Cow<'static, str> {
        std::any::type_name::<T>().into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let known = one_of(T::NAMES.iter().map(|name| kebab(name)));
        json_schema!({"anyOf": [known, {"type": "string", "pattern": "^-?[0-9]+$"}]})
    }
}

/// Returns the schema of a text that is one of these.
pub(crate) fn one_of<T: Serialize>(texts: impl IntoIterator<Item = T>) -> Schema {
    json_schema!({"type": "string", "enum": texts.into_iter().collect::<Vec<_>>()})
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_of_unknown_values_are_their_numbers() {
        assert_eq!(json!(Name(RoomType::VirtualData)), json!("virtual-data"));
        assert_eq!(json!(Name(RoomType::from(99))), json!("99"));
    }

    #[test]
    fn missing_and_unset_times_are_null() {
        let time = |text: &str| text.parse::<Timestamp>().expect("a time");
        assert_eq!(json!(optional_instant(Some(time("0001-01-01T00:00:00")))), json!(null));
        assert_eq!(json!(optional_instant(None)), json!(null));
        assert_eq!(json!(instant(time("2027-01-31T18:00:00.5Z"))), json!("2027-01-31T18:00:00Z"));
    }
}
