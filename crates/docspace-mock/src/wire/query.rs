//! The query of a call (docs/portal/requests-and-answers.md#query-parameters).
//!
//! Names match in any case. Lists are repeated or indexed parameters. An empty number or enum is an
//! error.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::numbered::Numbered;
use crate::wire::date_text;
use crate::wire::failure::Failure;
use crate::wire::form::pascal_case;

/// The decoded query and its errors so far.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    errors: Vec<(String, Vec<String>)>,
}

/// A page of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) start: i64,
    /// Maximum number of items.
    pub(crate) count: i64,
}

impl Page {
    /// The items on this page. A negative start counts as 0.
    pub(crate) fn of<T>(self, items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        let skipped = usize::try_from(self.start).unwrap_or(0);
        items.into_iter().skip(skipped).take(usize::try_from(self.count).unwrap_or(100))
    }
}

impl Query {
    pub(crate) fn of(text: &str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes()).map(|(key, value)| (key.into_owned(), value.into_owned()));
        Self { pairs: pairs.collect(), errors: Vec::new() }
    }

    /// The first value of this name, even if it is empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    }

    /// All values of a parameter that is repeated or has indexes in brackets.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let indexed = |key: &str| {
            key.split_once('[').is_some_and(|(stem, index)| {
                stem.eq_ignore_ascii_case(name)
                    && index
                        .strip_suffix(']')
                        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
            })
        };
        let plain: Vec<String> = self
            .pairs
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
            .collect();
        if !plain.is_empty() {
            return plain;
        }
        self.pairs.iter().filter(|(key, _)| indexed(key)).map(|(_, value)| value.clone()).collect()
    }

    /// The names in `fields`, if it was sent. If `fields[]` was sent, only its values count. Only a
    /// single value is a list with commas, and blanks belong to the names
    /// (docs/portal/requests-and-answers.md#fields).
    pub(crate) fn fields(&self) -> Option<Vec<String>> {
        let of = |name: &str| -> Vec<&str> {
            let named = self.pairs.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
            named.map(|(_, value)| value.as_str()).collect()
        };
        let values = Some(of("fields[]")).filter(|values| !values.is_empty()).unwrap_or_else(|| of("fields"));
        match values.as_slice() {
            [] => None,
            [single] => Some(single.split(',').map(str::to_owned).collect()),
            several => Some(several.iter().map(|name| (*name).to_owned()).collect()),
        }
    }

    fn add_error(&mut self, name: &str, message: String) {
        self.errors.push((name.to_owned(), vec![message]));
    }

    fn not_valid(&mut self, name: &str, text: &str) {
        let message = match text.trim() {
            "" => format!("The value '{text}' is invalid."),
            _ => format!("The value '{text}' is not valid for {}.", pascal_case(name)),
        };
        self.add_error(name, message);
    }

    /// An integer, if it was sent.
    pub(crate) fn int(&mut self, name: &str) -> Option<i64> {
        let text = self.text(name)?;
        let read = text.trim().parse::<i32>().ok().map(i64::from);
        if read.is_none() {
            self.not_valid(name, &text);
        }
        read
    }

    /// An integer in a range, or `default` if it was not sent.
    pub(crate) fn ranged(&mut self, name: &str, default: i64, min: i64, max: i64) -> i64 {
        let value = self.int(name).unwrap_or(default);
        if !(min..=max).contains(&value) {
            self.add_error(name, format!("The field {} must be between {min} and {max}.", pascal_case(name)));
        }
        value
    }

    /// The requested page of a list: `count` and `startIndex`.
    pub(crate) fn page(&mut self) -> Page {
        let count = self.ranged("count", 100, 1, 100);
        Page { start: self.int("startIndex").unwrap_or(0), count }
    }

    /// A date, if it was sent.
    pub(crate) fn date(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let text = self.text(name)?;
        let read = date_text::read(&text);
        if read.is_none() {
            self.not_valid(name, &text);
        }
        read
    }

    /// A moment with a zone, as the audit trail takes it: `yyyy-MM-ddTHH:mm:ss` with no, three or
    /// seven digits of a second. An empty parameter counts as not sent.
    pub(crate) fn moment(&mut self, name: &str) -> Option<DateTime<Utc>> {
        let text = self.text(name).filter(|text| !text.is_empty())?;
        let read = date_text::read_moment(&text);
        if read.is_none() {
            self.add_error(name, "The input was not valid.".into());
        }
        read
    }

    /// A value of a list that the portal has by name or number.
    pub(crate) fn listed<T>(&mut self, name: &str, find: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let found = find(text.trim());
        if found.is_none() {
            self.not_valid(name, &text);
        }
        found
    }

    /// A parameter that counts as not sent if it is empty.
    pub(crate) fn filled<T>(&mut self, name: &str, read: impl FnOnce(&mut Self, &str) -> Option<T>) -> Option<T> {
        self.text(name).filter(|text| !text.is_empty()).and_then(|_| read(self, name))
    }

    /// True or false, if it was sent.
    pub(crate) fn boolean(&mut self, name: &str) -> Option<bool> {
        let text = self.text(name)?;
        match text.trim().to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.not_valid(name, &text);
                None
            }
        }
    }

    /// A guid, if it was sent.
    pub(crate) fn guid(&mut self, name: &str) -> Option<Uuid> {
        let text = self.text(name)?;
        let read = Uuid::try_parse(text.trim()).ok();
        if read.is_none() {
            self.not_valid(name, &text);
        }
        read
    }

    /// An enum: a name in any case, or a defined number.
    pub(crate) fn enumeration<T: Numbered>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name)?;
        self.enum_value(name, &text)
    }

    /// A list of enums. Errors about an unknown name do not name the parameter (recording
    /// people/find-and-filter).
    pub(crate) fn enumerations<T: Numbered>(&mut self, name: &str) -> Vec<T> {
        let texts = self.all(name);
        let before = self.errors.len();
        let values = texts.iter().filter_map(|text| self.enum_value(name, text)).collect();
        let named = format!(" is not valid for {}.", pascal_case(name));
        for message in self.errors[before..].iter_mut().flat_map(|(_, messages)| messages) {
            *message = message.replace(&named, " is not valid.");
        }
        values
    }

    /// An enum that may be empty, which counts as not sent.
    pub(crate) fn filled_enumeration<T: Numbered>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name).filter(|text| !text.is_empty())?;
        self.enum_value(name, &text)
    }

    /// A combination of flags. `all` is the combination of all flags.
    pub(crate) fn flags<T: Numbered>(&mut self, name: &str, all: i64) -> Option<T> {
        let text = self.text(name)?;
        if let Some(sum) = text.trim().parse::<i64>().ok().filter(|sum| *sum >= 0 && sum & !all == 0) {
            return Some(T::from_number(sum));
        }
        self.enum_value(name, &text)
    }

    /// Parses a value of an enum. `name` is the parameter in error messages.
    pub(crate) fn enum_value<T: Numbered>(&mut self, name: &str, text: &str) -> Option<T> {
        let typed = text.trim();
        let number = typed.parse::<i64>().ok();
        let read = T::NAMES
            .iter()
            .find(|(known, value)| known.eq_ignore_ascii_case(typed) || number == Some(value.number()))
            .map(|(_, value)| *value);
        if read.is_none() {
            // The portal has one message for undefined numbers and another one for unknown names.
            if number.is_some() || typed.is_empty() || typed.contains(',') {
                self.add_error(name, format!("The value '{text}' is invalid."));
            } else {
                self.not_valid(name, text);
            }
        }
        read
    }

    /// Fails if any parameter has an error. Call it after all parameters are read.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        if self.errors.is_empty() { Ok(()) } else { Err(Failure::Invalid(std::mem::take(&mut self.errors))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbered::numbered;

    numbered! {
        Kind {
            CUSTOM = 5 "CustomRoom",
            PUBLIC = 6 "PublicRoom",
        }
    }

    #[test]
    fn enums_are_read_by_name_or_number_and_lists_by_repetition_or_index() {
        let kinds = [Kind::CUSTOM, Kind::PUBLIC];
        assert_eq!(Query::of("type=5&TYPE=publicroom").enumerations::<Kind>("type"), kinds);
        assert_eq!(Query::of("type[0]=5&type[1]=6").enumerations::<Kind>("type"), kinds);
        assert!(Query::of("type[]=5").enumerations::<Kind>("type").is_empty());
        let mut comma = Query::of("type=5,6");
        comma.enumerations::<Kind>("type");
        assert!(comma.finish().is_err());
    }

    #[test]
    fn empty_and_out_of_range_numbers_are_errors() {
        for text in ["count=", "count=0", "count=101", "count=2.5"] {
            let mut query = Query::of(text);
            query.ranged("count", 100, 1, 100);
            assert!(query.finish().is_err(), "{text}");
        }
    }
}
