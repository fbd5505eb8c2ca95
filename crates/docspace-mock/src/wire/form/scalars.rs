//! Single values of a body: numbers, truths, enums, guids, dates.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::numbered::Numbered;
use crate::wire::dates;
use crate::wire::form::{Form, pascal};
use crate::wire::json::Value;
use crate::zone::Zone;

impl Form {
    /// A whole number that may be null; also accepted as a string.
    pub(crate) fn number(&mut self, name: &str) -> Option<i64> {
        self.whole(name, "System.Nullable`1[System.Int64]", true, i64::MIN, i64::MAX)
    }

    /// A number with or without a fraction, not null.
    pub(crate) fn double(&mut self, name: &str) -> Option<f64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Number(typed) | Value::Text(typed) => typed.parse::<f64>().ok().filter(|value| value.is_finite()),
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.place(), "System.Double");
        }
        read
    }

    /// A 32-bit number that must not be null.
    pub(crate) fn int(&mut self, name: &str) -> Option<i64> {
        self.whole(name, "System.Int32", false, i32::MIN.into(), i32::MAX.into())
    }

    /// A 32-bit number that may be null.
    pub(crate) fn maybe_int(&mut self, name: &str) -> Option<i64> {
        self.whole(name, "System.Nullable`1[System.Int32]", true, i32::MIN.into(), i32::MAX.into())
    }

    /// Like [`Form::int`], with the annotation "range"; an absent member counts as `default`.
    pub(crate) fn ranged(&mut self, name: &str, default: i64, least: i64, most: i64) -> i64 {
        let value = self.int(name).unwrap_or(default);
        if !(least..=most).contains(&value) {
            self.rule(name, format!("The field {} must be between {least} and {most}.", pascal(name)));
        }
        value
    }

    fn whole(&mut self, name: &str, kind: &str, nullable: bool, least: i64, most: i64) -> Option<i64> {
        let node = self.find(name)?.clone();
        let read = match &node.value {
            Value::Null if nullable => return None,
            Value::Number(typed) | Value::Text(typed) => {
                typed.parse().ok().filter(|value| (least..=most).contains(value))
            }
            _ => None,
        };
        if read.is_none() {
            self.unreadable(self.path_to(name), node.place(), kind);
        }
        read
    }

    /// True or false and nothing else.
    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        self.truth(name, "System.Boolean", false)
    }

    /// True, false or null.
    pub(crate) fn maybe_boolean(&mut self, name: &str) -> Option<bool> {
        self.truth(name, "System.Nullable`1[System.Boolean]", true)
    }

    fn truth(&mut self, name: &str, kind: &str, nullable: bool) -> Option<bool> {
        let node = self.find(name)?.clone();
        match node.value {
            Value::Bool(value) => Some(value),
            Value::Null if nullable => None,
            _ => {
                self.unreadable(self.path_to(name), node.place(), kind);
                None
            }
        }
    }

    /// An enum that the portal reads only from a whole number.
    pub(crate) fn plain_enum<T: Numbered>(&mut self, name: &str, kind: &str) -> Option<T> {
        self.enumeration(name, kind, |_| None)
    }

    /// An enum that is also read from its names in any case, with blanks around, or from a numeric string.
    pub(crate) fn named_enum<T: Numbered>(&mut self, name: &str, kind: &str) -> Option<T> {
        self.enumeration(name, kind, |text| {
            let text = text.trim();
            let named = T::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(text));
            named.map(|(_, value)| *value).or_else(|| numeric(text))
        })
    }

    /// An enum as a whole number; `spelled` reads it from a string.
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
            self.unreadable(self.path_to(name), node.place(), kind);
        }
        read
    }

    /// An enum whose converter never refuses a plain value: a whole number is taken as it is, a name in its
    /// exact spelling or a number in a string; any other plain value silently becomes 0 (portal-facts 1.3,
    /// [R links/access-spelling]).
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
                self.unreadable(self.path_to(name), node.place(), kind);
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
            self.unreadable(self.path_to(name), node.place(), "System.Guid");
        }
        read
    }

    /// A date as a string, in the portal's zone if it names no offset; what cannot be read is no date.
    pub(crate) fn date(&mut self, name: &str, zone: Zone) -> Option<DateTime<Utc>> {
        let node = self.find(name)?.clone();
        match &node.value {
            Value::Null => None,
            Value::Text(text) => dates::read(text, zone),
            _ => {
                self.unreadable(self.path_to(name), node.place(), "ASC.Api.Core.ApiDateTime");
                None
            }
        }
    }
}

/// A value of an enum from its digits.
fn numeric<T: Numbered>(text: &str) -> Option<T> {
    text.parse::<i32>().ok().map(|number| T::from_number(number.into()))
}

/// A guid as the portal reads it.
pub(super) fn guid_of(value: &Value) -> Option<Uuid> {
    match value {
        // Only the form with hyphens is read; braces and bare digits are not.
        Value::Text(text) if text.len() == 36 => Uuid::try_parse(text).ok(),
        _ => None,
    }
}
