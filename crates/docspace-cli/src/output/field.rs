//! The fields of printed records, and formatting their values.

use std::fmt::Write;

use docspace::Timestamp;
use docspace::api::is_unprintable;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::table::{Cell, Column, Tone};
use crate::text::plain;

/// A printed record.
pub(crate) trait Record: Sized + 'static {
    /// The fields, in the order in which they are printed.
    const FIELDS: &'static [Field<Self>];

    /// Whether a field is a column of the tables and lines with this record. All records of one
    /// list must have the same columns.
    fn has_column(&self, field: &Field<Self>) -> bool {
        field.column
    }
}

/// One field of the record `R`.
pub(crate) struct Field<R> {
    /// The name of the field for `--json`.
    pub(crate) name: &'static str,
    /// Whether the field is a column of tables and lines.
    pub(crate) column: bool,
    /// Returns the value of the field.
    pub(crate) get: fn(&R) -> Value,
    /// Returns the value for a terminal, if it differs.
    show: Option<fn(&R) -> Value>,
    /// Returns the meaning of the value.
    tone: Option<fn(&R) -> Tone>,
    never_cut: bool,
    priority: u8,
}

/// The priority of columns that do not set one.
const PRIORITY: u8 = 50;

impl<R> Field<R> {
    /// The id by which commands find the record: the last column that a narrow table leaves out.
    pub(crate) const fn id(get: fn(&R) -> Value) -> Self {
        Self { tone: Some(|_| Tone::Id), ..Self::column("id", get) }.never_cut().priority(100)
    }

    /// A field that is a column of lists.
    pub(crate) const fn column(name: &'static str, get: fn(&R) -> Value) -> Self {
        Self { name, column: true, get, show: None, tone: None, never_cut: false, priority: PRIORITY }
    }

    /// A field that is printed only for a single record, and in JSON on request.
    pub(crate) const fn detail(name: &'static str, get: fn(&R) -> Value) -> Self {
        Self { name, column: false, get, show: None, tone: None, never_cut: false, priority: PRIORITY }
    }

    /// Prints the values whole in tables of any width, or leaves the column out. For ids,
    /// addresses, dates and other values that mean nothing when they are cut.
    pub(crate) const fn never_cut(mut self) -> Self {
        self.never_cut = true;
        self
    }

    /// Sets the priority, by default 50. In a narrow table, columns with a low priority make room
    /// for those with a higher one, and among several with the same one, the first stays.
    pub(crate) const fn priority(mut self, priority: u8) -> Self {
        self.priority = priority;
        self
    }

    /// Shows another value on a terminal than in a pipe and in JSON.
    pub(crate) const fn shown(mut self, show: fn(&R) -> Value) -> Self {
        self.show = Some(show);
        self
    }

    /// Sets the meaning of the values, and with it their colors.
    pub(crate) const fn tone(mut self, tone: fn(&R) -> Tone) -> Self {
        self.tone = Some(tone);
        self
    }

    pub(super) fn as_column(&self) -> Column {
        Column { name: self.name, never_cut: self.never_cut, priority: self.priority }
    }

    pub(super) fn cell(&self, record: &R) -> Cell {
        let value = self.show.unwrap_or(self.get)(record);
        (for_people(&value), self.tone.map(|tone| tone(record)).unwrap_or_default())
    }
}

/// Formats a time in UTC with whole seconds.
pub(crate) fn instant(time: Timestamp) -> Value {
    json!(time.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// Formats an optional time like [`instant`], and a missing or unset one as null.
pub(crate) fn optional_instant(time: Option<Timestamp>) -> Value {
    time.filter(|time| !time.is_unset()).map_or(Value::Null, instant)
}

/// Formats a value for a tab-separated line: on one line, without tabs.
pub(super) fn for_scripts(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => plain(text),
        // A comma in a value is escaped, so that it does not look like the end of the value.
        Value::Array(values) => {
            values.iter().map(|value| for_scripts(value).replace(',', "\\,")).collect::<Vec<_>>().join(",")
        }
        other => plain(&other.to_string()),
    }
}

/// Formats a value for a person.
pub(super) fn for_people(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => local_date(text).unwrap_or_else(|| plain(text)),
        Value::Array(values) => values.iter().map(for_people).collect::<Vec<_>>().join(", "),
        other => plain(&other.to_string()),
    }
}

/// Converts `2027-01-31T18:00:00Z` to the time zone of this computer, and names the zone. Returns
/// `None` for other texts.
fn local_date(text: &str) -> Option<String> {
    if text.len() != 20 {
        return None;
    }
    let time = text.parse::<jiff::Timestamp>().ok()?;
    Some(time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M %Z").to_string())
}

/// Formats a time for a person: in the time zone of this computer.
pub(crate) fn local_time(time: Timestamp) -> String {
    for_people(&instant(time))
}

/// Applies [`plain`] to all strings and field names in a value.
pub(super) fn plain_value(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(plain(&text)),
        Value::Array(values) => values.into_iter().map(plain_value).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (plain(&name), plain_value(value))).collect(),
        other => other,
    }
}

/// Escapes characters in JSON that control a terminal. The JSON keeps its meaning.
pub(super) fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        // Line breaks separate the values of pretty-printed JSON. Line breaks in strings are
        // already escaped.
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
    fn control_characters_are_replaced_in_values() {
        assert_eq!(for_people(&json!("a\u{1b}[2Jb\tc")), "a [2Jb c");
        assert_eq!(for_scripts(&json!(["a\tb", "c\n"])), "a b,c ");
    }

    #[test]
    fn bidirectional_and_line_separators_are_replaced_in_values() {
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
    fn dates_are_local_for_people_only() {
        let time = "2027-01-31T18:00:00Z".parse::<jiff::Timestamp>().unwrap().to_zoned(TimeZone::system());
        let expected = time.strftime("%Y-%m-%d %H:%M %Z").to_string();
        assert_eq!(for_people(&json!("2027-01-31T18:00:00Z")), expected);
        assert_eq!(for_scripts(&json!("2027-01-31T18:00:00Z")), "2027-01-31T18:00:00Z");
    }

    #[test]
    fn commas_in_the_values_of_a_list_are_escaped_for_scripts() {
        assert_eq!(for_scripts(&json!(["a,b", "c"])), "a\\,b,c");
        assert_eq!(for_scripts(&json!("a,b")), "a,b");
    }
}
