//! A document as it comes: JSON or YAML, OpenAPI 3.0 or 3.1. What is neither is refused in one line, quickly, whatever
//! its size or depth.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::Value;

use crate::check::place::Place;

/// Deeper than any schema is written, and shallow enough for every parser's stack and patience.
const DEEPEST: usize = 500;

/// A document that is OpenAPI at the top and whose `$ref`s all lead somewhere.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) root: Value,
}

impl Source {
    pub(crate) fn read(path: &Path, name: &str) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("{name}: cannot be read"))?;
        let text = String::from_utf8(bytes).map_err(|error| anyhow!("{name}: not UTF-8: {}", error.utf8_error()))?;
        Self::parse(name, &text)
    }

    pub(crate) fn parse(name: &str, text: &str) -> Result<Self> {
        let text = text.trim_start_matches('\u{feff}');
        ensure!(!text.trim().is_empty(), "{name}: the file is empty");
        let source = Self { name: name.to_owned(), root: value(name, text)? };
        source.is_openapi()?;
        source.check_references()?;
        Ok(source)
    }

    /// Whether `$ref` may have neighbours and `null` is a type.
    pub(crate) fn is_31(&self) -> bool {
        self.root["openapi"].as_str().is_some_and(|version| version.starts_with("3.1"))
    }

    pub(crate) fn at(&self, place: &Place) -> Option<&Value> {
        self.root.pointer(&place.pointer())
    }

    /// The error for something that is wrong at a place.
    pub(crate) fn wrong(&self, place: &Place, what: impl std::fmt::Display) -> anyhow::Error {
        anyhow!(
            "{}: {place} ({}): {what}",
            self.name,
            if *place == Place::root() { "/".to_owned() } else { place.pointer() }
        )
    }

    /// What a `$ref` at this place leads to, one step.
    pub(crate) fn target(&self, place: &Place, reference: &str) -> Result<(Place, &Value)> {
        let missing = || self.wrong(place, format_args!("$ref {reference:?} leads nowhere"));
        // As part of an address, it may be written with percent signs.
        let reference = percent_encoding::percent_decode_str(reference).decode_utf8_lossy();
        let target = Place::of_ref(&reference).ok_or_else(missing)?;
        if let Some(value) = self.at(&target) {
            return Ok((target, value));
        }
        // A schema may have definitions of its own, and mean these.
        let own = target.keys().first().filter(|key| *key == "$defs").and_then(|_| {
            place.outwards().find_map(|around| {
                let own = target.keys().iter().fold(around, |place, key| place.child(key));
                self.at(&own).map(|value| (own.clone(), value))
            })
        });
        own.ok_or_else(missing)
    }

    fn is_openapi(&self) -> Result<()> {
        let Self { name, root } = self;
        ensure!(root.is_object(), "{name}: line 1: not an OpenAPI document, there is no mapping at the top");
        match (&root["openapi"], &root["swagger"]) {
            (Value::String(version), _) if version.starts_with("3.0") || version.starts_with("3.1") => {}
            (Value::Null, Value::Null) => bail!("{name}: /openapi: not an OpenAPI document, there is no `openapi`"),
            (Value::Null, version) => {
                bail!("{name}: /swagger: Swagger {version} is not supported, only OpenAPI 3.0 and 3.1")
            }
            (version, _) => bail!("{name}: /openapi: OpenAPI {version} is not supported, only 3.0 and 3.1"),
        }
        ensure!(root["info"].is_object(), "{name}: /info: not an OpenAPI document, there is no mapping `info`");
        ensure!(root["paths"].is_object(), "{name}: /paths: not an OpenAPI document, there is no mapping `paths`");
        Ok(())
    }

    /// All of them, not only those in scope: a document with a wrong one is damaged, and nobody knows how far.
    fn check_references(&self) -> Result<()> {
        let mut waiting = vec![(Place::root(), &self.root)];
        while let Some((place, value)) = waiting.pop() {
            match value {
                Value::Object(members) => {
                    if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                        self.target(&place, reference)?;
                    }
                    let is_data = |key: &str| {
                        matches!(key, "example" | "examples" | "default" | "enum" | "const") || key.starts_with("x-")
                    };
                    // In the order of the document, so that the first wrong one is named.
                    waiting.extend(
                        members
                            .iter()
                            .rev()
                            .filter(|(key, _)| !is_data(key))
                            .map(|(key, value)| (place.child(key), value)),
                    );
                }
                Value::Array(elements) => {
                    waiting.extend(elements.iter().enumerate().rev().map(|(index, value)| (place.child(index), value)));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn value(name: &str, text: &str) -> Result<Value> {
    if text.trim_start().starts_with(['{', '[']) {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            // YAML may begin so too; but what is too deep for one is too deep for the other.
            Err(error) if !is_yaml(name) || error.to_string().contains("recursion") => {
                bail!("{name}: {}", one_line(&error))
            }
            Err(_) => {}
        }
    }
    if let Some(line) = deep_line(text) {
        bail!("{name}: line {line}: nested more than {DEEPEST} deep");
    }
    // By way of YAML's own value, which refuses a key that is there twice.
    let yaml: serde_yaml::Value =
        serde_yaml::from_str(text).map_err(|error| anyhow!("{name}: {}", one_line(&error)))?;
    serde_json::to_value(yaml).map_err(|error| anyhow!("{name}: not expressible as JSON: {}", one_line(&error)))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, text: &str) -> String {
        let started = std::time::Instant::now();
        let message = format!("{:#}", Source::parse(name, text).err().expect("this must be refused"));
        assert!(message.starts_with(name) && !message.contains('\n'), "{message}");
        assert!(started.elapsed().as_secs() < 5, "{message}");
        message
    }

    #[test]
    fn what_is_no_openapi_gets_one_line_with_a_place() {
        for (text, expected) in [
            ("", "empty"),
            (" \n", "empty"),
            ("just words", "line 1"),
            ("a: [1, 2", "line 2"),
            ("a: b: c", "line 1"),
            ("a: 1\na: 2", "duplicate"),
            ("title: x", "/openapi"),
            ("{\"openapi\": \"3.0.3\",", "line 2"),
            ("swagger: '2.0'\npaths: {}", "/swagger: Swagger \"2.0\""),
            ("openapi: 4.0.0", "/openapi"),
            ("openapi: 3", "/openapi"),
            ("openapi: 3.0.3\npaths: {}", "/info"),
            ("openapi: 3.0.3\ninfo: {}\npaths: []", "/paths"),
        ] {
            let message = refusal("x.yaml", text);
            assert!(message.contains(expected), "{text:?} gives {message}");
        }
        assert!(refusal("x.json", "{\"openapi\": ").contains("line 1 column"));
    }

    #[test]
    fn a_wrong_reference_is_named_with_its_place() {
        let head = "openapi: 3.1.0\ninfo: {}\n";
        let message = refusal(
            "x.yaml",
            &format!("{head}paths: {{/a: {{get: {{x: 1, parameters: [{{$ref: '#/components/parameters/no'}}]}}}}}}"),
        );
        assert!(message.contains("GET /a, parameter 0") && message.contains("#/components/parameters/no"), "{message}");
        assert!(refusal("x.yaml", &format!("{head}paths: {{/a: {{$ref: 'other.yaml#/a'}}}}")).contains("other.yaml"));
        // Data is not followed, whatever it holds.
        let data = format!("{head}paths: {{}}\ncomponents: {{schemas: {{A: {{example: {{$ref: nowhere}}}}}}}}");
        assert!(Source::parse("x.yaml", &data).is_ok());
    }

    #[test]
    fn references_may_be_encoded_or_mean_a_schema_s_own_definitions() {
        let text = "openapi: 3.1.0\ninfo: {}\npaths: {}\ncomponents: {schemas: {A: {$defs: {B: {type: string}}, items: {$ref: '#/$defs/B'}}}}";
        let source = Source::parse("x.yaml", text).unwrap();
        let place = Place::of_ref("#/components/schemas/A/items").unwrap();
        assert_eq!(source.target(&place, "#/components/schemas/%41").unwrap().0.pointer(), "/components/schemas/A");
        assert_eq!(source.target(&place, "#/$defs/B").unwrap().0.pointer(), "/components/schemas/A/$defs/B");
    }

    #[test]
    fn ten_megabytes_of_nesting_are_refused_at_once() {
        let size = 10_000_000;
        for unit in ["[", "[\n", "{a: ", "- ", "a: [", "{\"a\":"] {
            refusal("x.yaml", &unit.repeat(size / unit.len()));
        }
        refusal("x.yaml", &format!("openapi: {}", "[".repeat(size)));
        refusal("x.json", &format!("{{\"openapi\": {}{}}}", "[".repeat(size / 2), "]".repeat(size / 2)));
    }

    #[test]
    fn brackets_in_prose_are_no_nesting() {
        let text =
            format!("openapi: 3.0.3\ninfo: {{description: '{}'}}\npaths: {{}}", "see [x](y) or a[i] ".repeat(10_000));
        assert!(Source::parse("x.yaml", &text).is_ok());
    }
}
