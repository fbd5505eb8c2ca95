//! The text of a document made into values: JSON or YAML. A text that is neither is refused in one line, quickly, whatever
//! its size or depth.

use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Result};

/// Deeper than any schema is written, and shallow enough for every parser's stack and patience.
const DEEPEST: usize = 500;

/// The values of the text, called `name` in messages.
pub(super) fn value(name: &str, text: &str) -> Result<Value> {
    if text.trim_start().starts_with(['{', '[']) {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            // YAML may begin so too; but what is too deep for one is too deep for the other.
            Err(error) if !is_yaml(name) || error.to_string().contains("recursion") => {
                return Err(Error::new(format!("{name}: {}", one_line(&error))));
            }
            Err(_) => {}
        }
    }
    if let Some(line) = deep_line(text) {
        return Err(Error::new(format!("{name}: line {line}: nested more than {DEEPEST} deep")));
    }
    // By way of YAML's own value, which refuses a key that is there twice.
    let yaml: serde_yaml::Value =
        serde_yaml::from_str(text).map_err(|error| Error::new(format!("{name}: {}", one_line(&error))))?;
    serde_json::to_value(yaml)
        .map_err(|error| Error::new(format!("{name}: not expressible as JSON: {}", one_line(&error))))
}

fn is_yaml(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml"))
}

fn one_line(error: &impl ToString) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line on which YAML is nested too deep, by a look at brackets and dashes.
///
/// The parser has a limit of its own, but applies it only after it has read everything, which for ten megabytes of
/// brackets takes minutes and gigabytes. Brackets in prose count too, but these are closed sooner or later.
fn deep_line(text: &str) -> Option<usize> {
    let (mut open, mut dashes, mut line, mut before, mut at_start) = (0_usize, 0, 1, '\n', true);
    for character in text.chars() {
        match character {
            '[' | '{' if matches!(before, ' ' | '\t' | '\n' | '[' | '{' | ',' | ':') => open += 1,
            ']' | '}' => open = open.saturating_sub(1),
            '-' | '?' if at_start => dashes += 1,
            '\n' => (line, dashes) = (line + 1, 0),
            _ => {}
        }
        at_start = character == '\n' || at_start && matches!(character, '-' | '?' | ' ');
        before = character;
        if open > DEEPEST || dashes > DEEPEST {
            return Some(line);
        }
    }
    None
}
