//! The fields of what is printed, each with its name and where it comes from.

use docspace::Timestamp;
use serde_json::{Value, json};

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
        other => other.to_string(),
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
        other => other.to_string(),
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

/// Text without anything that a terminal would obey or that would break a line: titles are other people's.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
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
    fn dates_are_short_for_people_only() {
        assert_eq!(for_people(&json!("2027-01-31T18:00:00Z")), "2027-01-31 18:00");
        assert_eq!(for_scripts(&json!("2027-01-31T18:00:00Z")), "2027-01-31T18:00:00Z");
    }
}
