//! Reads single values.

use std::str::FromStr;

use marked_yaml::{Node, Span};

use super::reader::{Reader, described, is_null, similar};
use crate::rules;

/// Reads values of one key.
impl Reader {
    /// Reads text that is neither blank nor longer than this, in UTF-16 units as a portal counts.
    pub(super) fn text(&mut self, node: &Node, key: &str, longest: usize) -> Option<String> {
        self.text_of(node, &format!("`{key}`"), &format!("write `{key}: …` with text"), longest)
    }

    /// Reads a text of a list.
    pub(super) fn entry(&mut self, node: &Node, key: &str, longest: usize) -> Option<String> {
        self.text_of(node, &format!("an entry of `{key}`"), "write `- ` and text after it", longest)
    }

    /// Reads text. The advice is for a value that is not text, or blank.
    pub(super) fn text_of(&mut self, node: &Node, what: &str, advice: &str, longest: usize) -> Option<String> {
        let Some(scalar) = node.as_scalar().filter(|_| !is_null(node)) else {
            self.wrong(node.span(), format!("{what} must be text, not {}", described(node)), advice);
            return None;
        };
        self.bounded(node.span(), scalar.as_str(), what, advice, longest)
    }

    /// Checks the length of a text, and trims it. The advice is for a blank one.
    pub(super) fn bounded(
        &mut self,
        span: &Span,
        text: &str,
        what: &str,
        advice: &str,
        longest: usize,
    ) -> Option<String> {
        let text = text.trim();
        let length = text.encode_utf16().count();
        if text.is_empty() {
            self.wrong(span, format!("{what} is empty"), advice);
        } else if length > longest {
            self.wrong(span, format!("{what} has {length} characters"), format!("use at most {longest}"));
        } else {
            return Some(text.to_owned());
        }
        None
    }

    /// Reads `true` or `false`.
    pub(super) fn boolean(&mut self, node: &Node, key: &str) -> Option<bool> {
        let value = node.as_scalar().and_then(|scalar| scalar.as_bool());
        if value.is_none() {
            let message = format!("`{key}` must be true or false, not {}", described(node));
            self.wrong(node.span(), message, "write `true` or `false` without quotes");
        }
        value
    }

    /// Reads a whole number between two others.
    pub(super) fn number(&mut self, node: &Node, key: &str, least: i32, most: i32) -> Option<i32> {
        let number = node.as_scalar().and_then(|scalar| scalar.as_i128());
        let fits = number.filter(|number| (i128::from(least)..=i128::from(most)).contains(number));
        if fits.is_none() {
            let message = match number {
                Some(number) => format!("`{key}` is {number}"),
                None => format!("`{key}` must be a whole number, not {}", described(node)),
            };
            self.wrong(node.span(), message, format!("use a whole number from {least} to {most}"));
        }
        fits.and_then(|number| number.try_into().ok())
    }

    /// Reads one of some words.
    pub(super) fn word<T>(
        &mut self,
        node: &Node,
        key: &str,
        words: &[&str],
        of_word: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let written = node.as_scalar().map(|scalar| scalar.as_str());
        let found = written.and_then(of_word);
        if found.is_none() {
            let advice = match written.and_then(|written| similar(written, words)) {
                Some(similar) => format!("write `{similar}`"),
                None => rules::one_of(words),
            };
            let message = format!("{} is not a value of `{key}`", described(node));
            self.wrong(node.span(), message, advice);
        }
        found
    }

    /// Reads a value with a form of its own, whose error says what is wrong and what to write.
    pub(super) fn formed<T: FromStr<Err = String>>(&mut self, node: &Node, key: &str) -> Option<T> {
        let parts = |error: &str| {
            let (message, advice) = error.split_once(": ").unwrap_or((error, "write another value"));
            (message.to_owned(), advice.to_owned())
        };
        // What to write is the same for a value without text and for a wrong one.
        let advice = "".parse::<T>().err().map_or_else(String::new, |error| parts(&error).1);
        let text = self.text_of(node, &format!("`{key}`"), &advice, usize::MAX)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let (message, advice) = parts(&error);
                self.wrong(node.span(), message, advice);
                None
            }
        }
    }

    /// Reads a value, or `None` for `null`. The outer `None` means that the value is wrong.
    pub(super) fn nullable<T>(
        &mut self,
        node: &Node,
        read: impl FnOnce(&mut Self, &Node) -> Option<T>,
    ) -> Option<Option<T>> {
        if is_null(node) { Some(None) } else { read(self, node).map(Some) }
    }
}
