//! Patterns for places, and for the descriptions of the two sides.
//!
//! `*` matches anything up to the next dot, `**` matches anything, and `{a,b}` matches `a` or `b`.

use anyhow::{Context, Result};
use regex::Regex;

#[derive(Debug)]
pub(crate) struct Pattern(Regex);

impl Pattern {
    /// A pattern for a place. `*` does not match a dot.
    pub(crate) fn place(text: &str) -> Result<Self> {
        Self::new(text, "[^.]*")
    }

    /// A pattern for a description. `*` matches anything.
    pub(crate) fn words(text: &str) -> Result<Self> {
        Self::new(text, ".*")
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    fn new(text: &str, star: &str) -> Result<Self> {
        let (mut regex, mut rest) = ("^".to_owned(), text);
        while let Some(character) = rest.chars().next() {
            let length = if let Some(choices) = choices(rest) {
                let choices: Vec<_> = choices.split(',').map(|choice| regex::escape(choice.trim())).collect();
                regex.push_str(&format!("(?:{})", choices.join("|")));
                rest.find('}').map_or(rest.len(), |end| end + 1)
            } else if rest.starts_with("**") {
                regex.push_str(".*");
                2
            } else if character == '*' {
                regex.push_str(star);
                1
            } else {
                regex.push_str(&regex::escape(&rest[..character.len_utf8()]));
                character.len_utf8()
            };
            rest = &rest[length..];
        }
        regex.push('$');
        Ok(Self(Regex::new(&regex).with_context(|| format!("pattern {text:?}"))?))
    }
}

/// The text inside of leading braces, if it is a list. Braces with one name are a path parameter.
fn choices(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('{')?;
    let inside = &inside[..inside.find('}')?];
    inside.contains(',').then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_pattern_star_does_not_match_a_dot() {
        let matches = |pattern: &str, text: &str| Pattern::place(pattern).unwrap().matches(text);
        assert!(matches("Room.*", "Room.title") && !matches("Room.*", "Room.logo.cover") && !matches("Room.*", "Room"));
        assert!(matches("Room.**", "Room.logo.cover") && matches("**", "anything, at all"));
        assert!(matches("*Envelope.count", "RoomEnvelope.count"));
        assert!(matches("Room.{id, title}", "Room.title") && !matches("Room.{id,title}", "Room.titles"));
        assert!(matches("GET /rooms/{id}, query type", "GET /rooms/{id}, query type"));
        assert!(matches("Room.tags[]", "Room.tags[]") && !matches("Room.tags[]", "Room.tags"));
        assert!(Pattern::words("optional *").unwrap().matches("optional object of a.b"));
    }
}
