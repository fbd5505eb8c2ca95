//! Parses the text of a document, JSON or YAML, into values. Invalid text fails quickly and with a
//! one-line error, regardless of its size and depth.

use std::path::Path;

use serde_json::Value;

use super::unique::Unique;
use crate::error::{Error, Result};

/// Maximum depth of nesting. No real document is deeper, and all parsers can handle this depth.
const DEEPEST: usize = 500;

/// Parses the text. Messages call it `name`.
pub(super) fn value(name: &str, text: &str) -> Result<Value> {
    if text.trim_start().starts_with('<') {
        return Err(Error::new(format!("{name}: line 1: HTML or XML, not an OpenAPI document in YAML or JSON")));
    }
    if text.trim_start().starts_with(['{', '[']) {
        match serde_json::from_str(text) {
            Ok(Unique(value)) => return Ok(value),
            // YAML may begin like JSON. But text that is too deep for JSON is too deep for YAML.
            Err(error) if !is_yaml(name) || error.to_string().contains("recursion") => {
                return Err(Error::new(format!("{name}: {}", one_line(&error))));
            }
            Err(_) => {}
        }
    }
    if let Some(line) = deep_line(text) {
        return Err(Error::new(format!("{name}: line {line}: nested more than {DEEPEST} levels deep")));
    }
    // YAML's own value type rejects duplicate keys.
    let yaml: serde_yaml::Value =
        serde_yaml::from_str(text).map_err(|error| Error::new(format!("{name}: {}", one_line(&error))))?;
    serde_json::to_value(yaml)
        .map_err(|error| Error::new(format!("{name}: cannot be converted to JSON: {}", one_line(&error))))
}

fn is_yaml(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml"))
}

fn one_line(error: &impl ToString) -> String {
    error.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The line on which YAML is nested too deeply, estimated from brackets and dashes.
///
/// The parser applies its own limit only after it has read everything, which takes minutes and
/// gigabytes for ten megabytes of brackets. Brackets in prose count too, but they are closed again.
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
