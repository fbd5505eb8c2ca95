//! Parses JSON bodies. It keeps numbers as sent, repeated names, and the position of each value,
//! because the portal's error messages contain it (docs/portal/requests-and-answers.md#json-input).

use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A value and its position in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    /// The offset of the first byte.
    pub(crate) start: usize,
    /// The offset of the byte after the value.
    pub(crate) end: usize,
}

impl Node {
    /// The position in error messages: the end of a plain value, or the start of a list or an
    /// object.
    pub(crate) fn error_position(&self) -> usize {
        match self.value {
            Value::List(_) | Value::Object(_) => self.start + 1,
            _ => self.end,
        }
    }
}

/// A JSON value as it was sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// The text of the number, because the portal does not treat `1.0` as `1`.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// The error of a body that is not valid JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParseError {
    /// The JSON path of the error.
    pub(crate) path: String,
    pub(crate) message: String,
}

/// Maximum depth that the portal parses.
const MAX_DEPTH: usize = 64;

/// Parses a complete body.
pub(crate) fn parse(text: &str) -> Result<Node, ParseError> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        let path = if error.is_eof() { path_of_end(text) } else { "$".into() };
        ParseError { message: error_message(text, &error, &path), path }
    })?;
    node(raw, text.as_ptr() as usize, 1)
}

fn node(raw: &RawValue, origin: usize, depth: usize) -> Result<Node, ParseError> {
    if depth > MAX_DEPTH {
        let message =
            format!("The maximum configured depth of {MAX_DEPTH} has been exceeded. Cannot read next JSON array.");
        return Err(ParseError { path: "$".into(), message });
    }
    let text = raw.get();
    let start = text.as_ptr() as usize - origin;
    let unreadable = |error: serde_json::Error| ParseError { path: "$".into(), message: error.to_string() };
    let value = match text.as_bytes().first() {
        Some(b'n') => Value::Null,
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        Some(b'"') => Value::Text(serde_json::from_str(text).map_err(unreadable)?),
        Some(b'[') => {
            let items: Items<'_> = serde_json::from_str(text).map_err(unreadable)?;
            Value::List(items.0.into_iter().map(|item| node(item, origin, depth + 1)).collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let members: Members<'_> = serde_json::from_str(text).map_err(unreadable)?;
            let read = |(name, item)| Ok((name, node(item, origin, depth + 1)?));
            Value::Object(members.0.into_iter().map(read).collect::<Result<_, _>>()?)
        }
        _ => Value::Number(text.to_owned()),
    };
    Ok(Node { value, start, end: start + text.len() })
}

/// The path of an object that ends after the name of a member: that of the member.
fn path_of_end(text: &str) -> String {
    let name = text.trim_end().strip_suffix(':').and_then(|head| head.trim_end().strip_suffix('"'));
    let name = name.and_then(|head| head.rsplit_once('"')).filter(|(before, _)| !before.contains(['[', ':']));
    name.map_or_else(|| "$".into(), |(_, name)| format!("$.{name}"))
}

/// The portal's message for a syntax error. It is right only for the most common errors.
fn error_message(text: &str, error: &serde_json::Error, path: &str) -> String {
    let at =
        format!("Path: {path} | LineNumber: {} | BytePositionInLine: {}.", error.line().max(1) - 1, error.column());
    let tail = text.trim_end();
    if error.is_eof() {
        return format!(
            "Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed. {at}"
        );
    }
    if tail.contains(",}") || tail.contains(",]") {
        return format!(
            "The JSON object contains a trailing comma at the end which is not supported in this mode. Change the reader options. {at}"
        );
    }
    let column = error.column().saturating_sub(1);
    let before = tail.as_bytes().get(..column).unwrap_or_default().trim_ascii_end();
    if matches!(before.last(), Some(b'{' | b',')) && !tail.contains('[') {
        let wrong = text.as_bytes().get(column).map_or('?', |byte| *byte as char);
        return format!(
            "'{wrong}' is an invalid start of a property name. Expected a '\"'. Path: $ | LineNumber: 0 | BytePositionInLine: {column}."
        );
    }
    let wrong = text.as_bytes().get(error.column().saturating_sub(1)).map_or('?', |byte| *byte as char);
    format!("'{wrong}' is an invalid start of a value. {at}")
}

struct Items<'a>(Vec<&'a RawValue>);
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Items<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an array")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(item) = items.next_element()? {
                    all.push(item);
                }
                Ok(Items(all))
            }
        }
        deserializer.deserialize_seq(Reader)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
                let mut all = Vec::new();
                while let Some(member) = members.next_entry()? {
                    all.push(member);
                }
                Ok(Members(all))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_repeated_names_are_kept_as_sent() {
        let read = parse(r#"{"a": 1.0, "a": [null]}"#).expect("JSON");
        let Value::Object(members) = read.value else { panic!("an object") };
        assert_eq!(members[0].1.value, Value::Number("1.0".into()));
        assert_eq!((members[0].1.start, members[0].1.end), (6, 9));
        assert!(matches!(members[1].1.value, Value::List(_)));
    }

    #[test]
    fn malformed_and_too_deep_bodies_are_errors() {
        for text in ["", "{", "{\"a\":1,}", "{'a':1}", "{} {}", "{/**/}"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&format!("{}{}", "[".repeat(65), "]".repeat(65))).is_err());
        assert!(parse(&format!("{}{}", "[".repeat(60), "]".repeat(60))).is_ok());
    }
}
