//! The fields of what is printed, each with its name and where it comes from.

use std::fmt::Write;

use docspace::Timestamp;
use docspace::api::is_unprintable;
use serde_json::{Value, json};

use crate::text::plain;

/// Something that is printed.
pub(crate) trait Record: Sized + 'static {
    /// Its fields in the order in which they are shown.
    const FIELDS: &'static [Field<Self>];
}

/// One field of a kind of record.
pub(crate) struct Field<R> {
    /// As `--json` knows it.
    pub(crate) name: &'static str,
    /// Whether lists show it too, without being asked.
    pub(crate) column: bool,
    /// Its value.
    pub(crate) get: fn(&R) -> Value,
}

impl<R> Field<R> {
    /// A field that lists show.
    pub(crate) const fn column(name: &'static str, get: fn(&R) -> Value) -> Self {
        Self { name, column: true, get }
    }

    /// A field that is shown for a single record, and in JSON when it is asked for.
    pub(crate) const fn more(name: &'static str, get: fn(&R) -> Value) -> Self {
        Self { name, column: false, get }
    }
}

/// A date and time, in UTC and whole seconds.
pub(crate) fn instant(time: Timestamp) -> Value {
    json!(time.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// The same where there may be none.
pub(crate) fn day(time: Option<Timestamp>) -> Value {
    time.filter(|time| !time.is_unset()).map_or(Value::Null, instant)
}

/// A value in a line of a script's input: the same text in every run, without tabs.
pub(super) fn for_scripts(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => plain(text),
        Value::Array(values) => values.iter().map(for_scripts).collect::<Vec<_>>().join(","),
        other => plain(&other.to_string()),
    }
}

/// A value for a person.
pub(super) fn for_people(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => short_date(text).unwrap_or_else(|| plain(text)),
        Value::Array(values) => values.iter().map(for_people).collect::<Vec<_>>().join(", "),
        other => plain(&other.to_string()),
    }
}

/// `2027-01-31T18:00:00Z`, which no title looks like, as `2027-01-31 18:00`.
fn short_date(text: &str) -> Option<String> {
    if text.len() != 20 {
        return None;
    }
    let time = chrono::DateTime::parse_from_rfc3339(text).ok()?;
    Some(time.format("%Y-%m-%d %H:%M").to_string())
}

/// Applies [`plain`] to every text in a value.
pub(super) fn plain_value(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(plain(&text)),
        Value::Array(values) => values.into_iter().map(plain_value).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (plain(&name), plain_value(value))).collect(),
        other => other,
    }
}

/// Escapes characters in JSON that would control a terminal. The JSON keeps its meaning.
pub(super) fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        // Pretty-printed JSON has line breaks between values; those in texts are escaped already.
        if c == '\n' || !is_unprintable(c) {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_command_the_terminal() {
        assert_eq!(for_people(&json!("a\u{1b}[2Jb\tc")), "a [2Jb c");
        assert_eq!(for_scripts(&json!(["a\tb", "c\n"])), "a b,c ");
    }

    #[test]
    fn a_title_cannot_reorder_or_forge_lines() {
        let title = json!("a\u{202e}b\u{2028}c\u{9b}31m\u{7f}d\u{feff}");
        assert_eq!(for_people(&title), "a b c 31m d ");
        assert_eq!(for_scripts(&title), "a b c 31m d ");
        assert_eq!(for_people(&json!({"a\u{9b}": 1})), "{\"a \":1}");
        assert_eq!(plain_value(json!([{"a\u{9b}": ["b\nc", 1]}])), json!([{"a ": ["b c", 1]}]));
    }

    #[test]
    fn escaped_json_parses_to_the_same_value() {
        let value = json!({"t": "a\u{1b}\n\u{7f}\u{9b}\u{202e}\u{2028}\u{e0041}é監"});
        let text = escaped(&serde_json::to_string_pretty(&value).unwrap());
        assert!(text.contains("\\u007f\\u009b\\u202e\\u2028\\udb40\\udc41é監"), "{text}");
        assert!(text.chars().all(|c| c == '\n' || !is_unprintable(c)), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn dates_are_short_for_people_only() {
        assert_eq!(for_people(&json!("2027-01-31T18:00:00Z")), "2027-01-31 18:00");
        assert_eq!(for_scripts(&json!("2027-01-31T18:00:00Z")), "2027-01-31T18:00:00Z");
    }
}
