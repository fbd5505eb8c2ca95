//! The query of a call, read as the portal reads it: names in any case, lists by repetition or index,
//! an empty value where a number or an enum is expected is an error (portal-facts 1.3, 9).

use uuid::Uuid;

use crate::numbered::Numbered;
use crate::wire::failure::Failure;
use crate::wire::form::pascal;

/// The decoded query and what was found wrong with it.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    faults: Vec<(String, Vec<String>)>,
}

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) start: i64,
    /// The most items.
    pub(crate) count: i64,
}

impl Page {
    /// The items on this page; a list starts with its first item even if the start is negative.
    pub(crate) fn of<T>(self, items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        let skipped = usize::try_from(self.start).unwrap_or(0);
        items.into_iter().skip(skipped).take(usize::try_from(self.count).unwrap_or(100))
    }
}

impl Query {
    pub(crate) fn of(text: &str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes()).map(|(key, value)| (key.into_owned(), value.into_owned()));
        Self { pairs: pairs.collect(), faults: Vec::new() }
    }

    /// The first value of this name, even an empty one.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    }

    /// All values: the name repeated, or with an index in brackets.
    fn all(&self, name: &str) -> Vec<String> {
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

    fn fault(&mut self, name: &str, message: String) {
        self.faults.push((name.to_owned(), vec![message]));
    }

    fn not_valid(&mut self, name: &str, text: &str) {
        let message = match text.trim() {
            "" => format!("The value '{text}' is invalid."),
            _ => format!("The value '{text}' is not valid for {}.", pascal(name)),
        };
        self.fault(name, message);
    }

    /// A whole number, if sent.
    pub(crate) fn int(&mut self, name: &str) -> Option<i64> {
        let text = self.text(name)?;
        let read = text.trim().parse::<i32>().ok().map(i64::from);
        if read.is_none() {
            self.not_valid(name, &text);
        }
        read
    }

    /// A whole number between the two, `default` if not sent.
    pub(crate) fn ranged(&mut self, name: &str, default: i64, least: i64, most: i64) -> i64 {
        let value = self.int(name).unwrap_or(default);
        if !(least..=most).contains(&value) {
            self.fault(name, format!("The field {} must be between {least} and {most}.", pascal(name)));
        }
        value
    }

    /// Which part of a list is asked for: `count` and `startIndex`.
    pub(crate) fn page(&mut self) -> Page {
        let count = self.ranged("count", 100, 1, 100);
        Page { start: self.int("startIndex").unwrap_or(0), count }
    }

    /// True or false, false if not sent.
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

    /// A guid, if sent.
    pub(crate) fn guid(&mut self, name: &str) -> Option<Uuid> {
        let text = self.text(name)?;
        let read = Uuid::try_parse(text.trim()).ok();
        if read.is_none() {
            self.not_valid(name, &text);
        }
        read
    }

    /// An enum: a name in any case or a number that is one of the values.
    pub(crate) fn enumeration<T: Numbered>(&mut self, name: &str) -> Option<T> {
        let text = self.text(name)?;
        self.one_of(name, &text)
    }

    /// A repeated enum.
    pub(crate) fn enumerations<T: Numbered>(&mut self, name: &str) -> Vec<T> {
        let texts = self.all(name);
        texts.iter().filter_map(|text| self.one_of(name, text)).collect()
    }

    /// A sum of flags, at most `all` of them.
    pub(crate) fn flags<T: Numbered>(&mut self, name: &str, all: i64) -> Option<T> {
        let text = self.text(name)?;
        if let Some(sum) = text.trim().parse::<i64>().ok().filter(|sum| *sum >= 0 && sum & !all == 0) {
            return Some(T::from_number(sum));
        }
        self.one_of(name, &text)
    }

    /// One of the values of an enum, from a text that stands for the parameter.
    pub(crate) fn one_of<T: Numbered>(&mut self, name: &str, text: &str) -> Option<T> {
        let typed = text.trim();
        let number = typed.parse::<i64>().ok();
        let read = T::NAMES
            .iter()
            .find(|(known, value)| known.eq_ignore_ascii_case(typed) || number == Some(value.number()))
            .map(|(_, value)| *value);
        if read.is_none() {
            // What could be a number, or several, is no value; a word is none of the names.
            if number.is_some() || typed.is_empty() || typed.contains(',') {
                self.fault(name, format!("The value '{text}' is invalid."));
            } else {
                self.not_valid(name, text);
            }
        }
        read
    }

    /// All parameters are taken: complains if any was wrong.
    pub(crate) fn done(&mut self) -> Result<(), Failure> {
        if self.faults.is_empty() { Ok(()) } else { Err(Failure::Invalid(std::mem::take(&mut self.faults))) }
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
        assert!(comma.done().is_err());
    }

    #[test]
    fn empty_and_out_of_range_numbers_are_errors() {
        for text in ["count=", "count=0", "count=101", "count=2.5"] {
            let mut query = Query::of(text);
            query.ranged("count", 100, 1, 100);
            assert!(query.done().is_err(), "{text}");
        }
    }
}
