//! The fields of printed records, and formatting their values.

use std::fmt::Write;

use docspace::api::is_unprintable;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::Value;

use super::table::{Cell, Column, Tone, heading};
use super::times;
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

/// A function that returns the value of a field of the record `R`. The type of the value determines
/// the JSON Schema of the field.
trait Getter<R>: Sync {
    fn value(&self, record: &R) -> Value;
    fn schema(&self, generator: &mut SchemaGenerator) -> Schema;
}

impl<R, T, F> Getter<R> for F
where
    T: Serialize + JsonSchema,
    F: Fn(&R) -> T + Sync,
{
    fn value(&self, record: &R) -> Value {
        // Only maps whose keys are not texts fail, and no field contains one.
        serde_json::to_value(self(record)).unwrap_or_default()
    }

    fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// One field of the record `R`.
pub(crate) struct Field<R: 'static> {
    /// The name of the field for `--json`.
    pub(crate) name: &'static str,
    /// The description of the field in the JSON Schema: one line, with the unit of a number.
    about: &'static str,
    /// Whether the field is a column of tables and lines.
    pub(crate) column: bool,
    /// Returns the value of the field.
    get: &'static dyn Getter<R>,
    /// Returns the value for a terminal, if it differs.
    show: Option<fn(&R) -> Value>,
    /// Returns the meaning of the value.
    tone: Option<fn(&R) -> Tone>,
    /// Returns whether the portal says that the time has passed.
    passed: Option<fn(&R) -> bool>,
    never_cut: bool,
    /// Whether tables leave the column out if it is empty in all rows.
    optional: bool,
    priority: u8,
}

/// The priority of columns that do not set one.
const PRIORITY: u8 = 50;

impl<R> Field<R> {
    /// The id by which commands find the record: the last column that a narrow table leaves out.
    pub(crate) const fn id<T, F>(about: &'static str, get: &'static F) -> Self
    where
        T: Serialize + JsonSchema,
        F: Fn(&R) -> T + Sync,
    {
        Self { tone: Some(|_| Tone::Id), ..Self::column("id", about, get) }.never_cut().priority(100)
    }

    /// A field that is a column of lists.
    pub(crate) const fn column<T, F>(name: &'static str, about: &'static str, get: &'static F) -> Self
    where
        T: Serialize + JsonSchema,
        F: Fn(&R) -> T + Sync,
    {
        Self { column: true, ..Self::detail(name, about, get) }
    }

    /// A field that is printed only for a single record, and in JSON on request.
    pub(crate) const fn detail<T, F>(name: &'static str, about: &'static str, get: &'static F) -> Self
    where
        T: Serialize + JsonSchema,
        F: Fn(&R) -> T + Sync,
    {
        Self {
            name,
            about,
            column: false,
            get,
            show: None,
            tone: None,
            passed: None,
            never_cut: false,
            optional: false,
            priority: PRIORITY,
        }
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

    /// Leaves the column out of tables in which it has no value.
    pub(crate) const fn optional(mut self) -> Self {
        self.optional = true;
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

    /// Sets whether the portal says that the time of the field has passed. If the clock of this
    /// computer says otherwise, lists show the day.
    pub(crate) const fn passed(mut self, passed: fn(&R) -> bool) -> Self {
        self.passed = Some(passed);
        self
    }

    /// Returns the value of the field.
    pub(crate) fn value(&self, record: &R) -> Value {
        self.get.value(record)
    }

    /// Returns the schema of the values.
    pub(super) fn schema(&self, generator: &mut SchemaGenerator) -> Schema {
        let mut schema = self.get.schema(generator);
        schema.insert("description".to_owned(), self.about.into());
        schema
    }

    /// Whether a table of these records shows the column: one that is optional needs a value.
    pub(super) fn is_filled_in(&self, records: &[R]) -> bool {
        !self.optional || records.iter().any(|record| !self.value(record).is_null())
    }

    pub(super) fn as_column(&self) -> Column {
        Column { name: self.name, never_cut: self.never_cut, priority: self.priority }
    }

    /// Returns the value for the card of a single record.
    pub(crate) fn cell(&self, record: &R) -> Cell {
        let value = self.show.map_or_else(|| self.value(record), |show| show(record));
        (for_people(&value), self.tone.map(|tone| tone(record)).unwrap_or_default())
    }

    /// Returns the value for a list, where times are relative to now.
    pub(super) fn cell_in_list(&self, record: &R) -> Cell {
        let (text, tone) = self.cell(record);
        match times::local_and_relative(&self.value(record)) {
            Some(time) => {
                let is_true = self.passed.is_none_or(|passed| passed(record) == time.has_passed);
                (text.replace(&time.local, if is_true { &time.relative } else { &time.day }), tone)
            }
            None => (text, tone),
        }
    }

    /// Returns the value as one cell of a line for scripts.
    pub(crate) fn script_cell(&self, record: &R) -> String {
        for_scripts(&self.value(record))
    }

    /// Returns the name in words, such as `used space` for `usedSpace`.
    pub(crate) fn heading(&self) -> String {
        heading(self.name).to_lowercase()
    }
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
        Value::String(text) => times::local(text).unwrap_or_else(|| plain(text)),
        Value::Array(values) => values.iter().map(for_people).collect::<Vec<_>>().join(", "),
        other => plain(&other.to_string()),
    }
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
    use serde_json::json;

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
        let zone = jiff::tz::TimeZone::system();
        let time = "2027-01-31T18:00:00Z".parse::<jiff::Timestamp>().unwrap().to_zoned(zone);
        let expected = time.strftime("%Y-%m-%d %H:%M %Z").to_string();
        assert_eq!(for_people(&json!("2027-01-31T18:00:00Z")), expected);
        assert_eq!(for_scripts(&json!("2027-01-31T18:00:00Z")), "2027-01-31T18:00:00Z");
    }

    #[test]
    fn relative_times_do_not_contradict_the_portal() {
        struct Expiry(i64, bool);
        impl Record for Expiry {
            const FIELDS: &'static [Field<Self>] = &[Field::<Self>::column("expires", "Expiry", &|expiry| {
                let time = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(expiry.0);
                time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
            })
            .passed(|expiry| expiry.1)];
        }
        let shown = |hours, has_passed| Expiry::FIELDS[0].cell_in_list(&Expiry(hours, has_passed)).0;
        assert_eq!(shown(72, false), "in 3 days");
        assert_eq!(shown(-72, true), "about 3 days ago");
        for (hours, has_passed) in [(72, true), (-72, false)] {
            let text = shown(hours, has_passed);
            assert!(text.starts_with("20") && text.len() == 10, "{text}");
        }
    }

    #[test]
    fn commas_in_the_values_of_a_list_are_escaped_for_scripts() {
        assert_eq!(for_scripts(&json!(["a,b", "c"])), "a\\,b,c");
        assert_eq!(for_scripts(&json!("a,b")), "a,b");
    }
}
