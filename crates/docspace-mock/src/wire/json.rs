//! JSON bodies as the portal's reader sees them: every number as typed, repeated names kept, and the
//! place of every value, because error messages tell it (portal-facts 1.3).

use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A value and where its text ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    /// Offset of the value's first byte.
    pub(crate) start: usize,
    /// Offset of the byte after the value.
    pub(crate) end: usize,
}

impl Node {
    /// The place that complaints tell: the end of a plain value, the opening of a list or an object.
    pub(crate) fn place(&self) -> usize {
        match self.value {
            Value::List(_) | Value::Object(_) => self.start + 1,
            _ => self.end,
        }
    }
}

/// What was sent, not yet understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// As typed: `1.0` is not `1` for the portal.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// A body that is no JSON: what is wrong and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) message: String,
}

/// The portal's reader stops at this depth.
const DEEPEST: usize = 64;

/// Reads a whole body.
pub(crate) fn parse(text: &str) -> Result<Node, Broken> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| Broken { message: complaint(text, &error) })?;
    node(raw, text.as_ptr() as usize, 1)
}

fn node(raw: &RawValue, origin: usize, depth: usize) -> Result<Node, Broken> {
    if depth > DEEPEST {
        let message =
            format!("The maximum configured depth of {DEEPEST} has been exceeded. Cannot read next JSON array.");
        return Err(Broken { message });
    }
    let text = raw.get();
    let start = text.as_ptr() as usize - origin;
    let unreadable = |error: serde_json::Error| Broken { message: error.to_string() };
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

/// The portal's words for the commonest mistakes; the rest in the parser's own.
fn complaint(text: &str, error: &serde_json::Error) -> String {
    let at = format!("Path: $ | LineNumber: {} | BytePositionInLine: {}.", error.line().max(1) - 1, error.column());
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
    fn numbers_stay_as_typed_and_repeated_names_stay() {
        let read = parse(r#"{"a": 1.0, "a": [null]}"#).expect("JSON");
        let Value::Object(members) = read.value else { panic!("an object") };
        assert_eq!(members[0].1.value, Value::Number("1.0".into()));
        assert_eq!((members[0].1.start, members[0].1.end), (6, 9));
        assert!(matches!(members[1].1.value, Value::List(_)));
    }

    #[test]
    fn broken_and_bottomless_bodies_are_errors() {
        for text in ["", "{", "{\"a\":1,}", "{'a':1}", "{} {}", "{/**/}"] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&format!("{}{}", "[".repeat(65), "]".repeat(65))).is_err());
        assert!(parse(&format!("{}{}", "[".repeat(60), "]".repeat(60))).is_ok());
    }
}
