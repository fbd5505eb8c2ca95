//! Single values in a body: numbers, booleans, enums, guids, dates.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::numbered::Numbered;
use crate::wire::date_text;
use crate::wire::form::{Form, pascal_case};
use crate::wire::json::Value;

impl Form {
    /// A 64-bit integer that may be null.
    pub(crate) fn number(&mut self, name: &str) -> Option<i64> {
        self.integer(name, "System.Nullable`1[System.Int64]", true, i64::MIN, i64::MAX)
    }

    /// A floating-point number that must not be null.
    pub(crate) fn double(&mut self, name: &str) -> Option<f64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Number(typed) | Value::Text(typed) => typed.parse::<f64>().ok().filter(|value| value.is_finite()),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.error_position(), "System.Double");
        }
        read
    }

    /// A 32-bit integer that must not be null.
    pub(crate) fn int(&mut self, name: &str) -> Option<i64> {
        self.integer(name, "System.Int32", false, i32::MIN.into(), i32::MAX.into())
    }

    /// A 32-bit integer that may be null.
    pub(crate) fn maybe_int(&mut self, name: &str) -> Option<i64> {
        self.integer(name, "System.Nullable`1[System.Int32]", true, i32::MIN.into(), i32::MAX.into())
    }

    /// A 32-bit integer in a range, or `default` if it was not sent.
    pub(crate) fn ranged(&mut self, name: &str, default: i64, min: i64, max: i64) -> i64 {
        let value = self.int(name).unwrap_or(default);
        if !(min..=max).contains(&value) {
            self.add_rule_error(name, format!("The field {} must be between {min} and {max}.", pascal_case(name)));
        }
        value
    }

    /// A 64-bit integer of flags, which must not be a string. `kind` is the name of its type.
    pub(crate) fn bits(&mut self, name: &str, kind: &str) -> Option<i64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Number(typed) => typed.parse().ok(),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.error_position(), kind);
        }
        read
    }

    fn integer(&mut self, name: &str, kind: &str, nullable: bool, min: i64, max: i64) -> Option<i64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Null if nullable => return None,
            Value::Number(typed) | Value::Text(typed) => typed.parse().ok().filter(|value| (min..=max).contains(value)),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.error_position(), kind);
        }
        read
    }

    /// True or false.
    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        self.boolean_value(name, "System.Boolean", false)
    }

    /// True, false or null.
    pub(crate) fn maybe_boolean(&mut self, name: &str) -> Option<bool> {
        self.boolean_value(name, "System.Nullable`1[System.Boolean]", true)
    }

    fn boolean_value(&mut self, name: &str, kind: &str, nullable: bool) -> Option<bool> {
        let node = self.find(name)?.clone();
        match node.value {
            Value::Bool(value) => Some(value),
            Value::Null if nullable => None,
            _ => {
                self.unreadable(self.path_to(name), node.error_position(), kind);
                None
            }
        }
    }

    /// An enum that must be an integer.
    pub(crate) fn plain_enum<T: Numbered>(&mut self, name: &str, kind: &str) -> Option<T> {
        self.enumeration(name, kind, |_| None)
    }

    /// An enum that may be an integer, a name in any case, or a string of digits. Spaces around a
    /// name are ignored.
    pub(crate) fn named_enum<T: Numbered>(&mut self, name: &str, kind: &str) -> Option<T> {
        self.enumeration(name, kind, |text| {
            let text = text.trim();
            let named = T::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(text));
            named.map(|(_, value)| *value).or_else(|| numeric(text))
        })
    }

    /// An enum that may be an integer. `spelled` reads it from a string.
    fn enumeration<T: Numbered>(
        &mut self,
        name: &str,
        kind: &str,
        spelled: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Number(typed) => numeric(typed),
            Value::Text(text) => spelled(text),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.error_position(), kind);
        }
        read
    }

    /// An enum for which the portal accepts every plain value. It may be any integer, an exact
    /// name, or a string of digits. Any other plain value becomes 0
    /// (docs/portal/links.md#spellings-of-access).
    pub(crate) fn lenient_enum<T: Numbered>(&mut self, name: &str, kind: &str) -> T {
        let zero = T::from_number(0);
        let Some(node) = self.find(name).cloned() else { return zero };
        match &node.value {
            Value::Number(typed) => numeric(typed).unwrap_or(zero),
            Value::Text(text) => {
                let named = T::NAMES.iter().find(|(known, _)| known == text);
                named.map(|(_, value)| *value).or_else(|| numeric(text)).unwrap_or(zero)
            }
            Value::List(_) | Value::Object(_) => {
                self.unreadable(self.path_to(name), node.error_position(), kind);
                zero
            }
            Value::Null | Value::Bool(_) => zero,
        }
    }

    /// A guid that must not be null.
    pub(crate) fn guid(&mut self, name: &str) -> Option<Uuid> {
        let node = self.find(name)?.clone();
        let read = guid_of(&node.value);
        if read.is_none() {
            self.unreadable(self.path_to(name), node.error_position(), "System.Guid");
        }
        read
    }

    /// A date. Without an offset it is in the portal's zone. Unreadable text counts as no date.
    pub(crate) fn date(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let node = self.find(name)?.clone();
        match &node.value {
            Value::Null => None,
            Value::Text(text) => date_text::read(text),
            _ => {
                self.unreadable(self.path_to(name), node.error_position(), "ASC.Api.Core.ApiDateTime");
                None
            }
        }
    }
}

/// Parses the digits of an enum's number.
fn numeric<T: Numbered>(text: &str) -> Option<T> {
    text.parse::<i32>().ok().map(|number| T::from_number(number.into()))
}

/// Reads a guid.
pub(super) fn guid_of(value: &Value) -> Option<Uuid> {
    match value {
        // The portal accepts only the form with hyphens.
        Value::Text(text) if text.len() == 36 => Uuid::try_parse(text).ok(),
        _ => None,
    }
}
