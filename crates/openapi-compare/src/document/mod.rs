//! A document that is OpenAPI at the top, as plain values with places. `$ref`s are followed on demand.
//!
//! Plain values rather than typed ones, because a typed reader refuses or drops much of what documents hold.

mod lines;
mod place;
mod text;

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use self::lines::Lines;
pub use self::place::{METHODS, Place};
use crate::error::{Error, Result};

/// A value and where it is; after following a `$ref`, where the target is.
pub type Located<'a> = (Place, &'a Value);

/// The versions of OpenAPI that a document may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versions {
    /// 3.0.x alone.
    V3_0,
    /// 3.0 and 3.1.
    V3_0And3_1,
}

/// An OpenAPI document in YAML or JSON.
#[derive(Debug)]
pub struct Document {
    name: String,
    text: String,
    root: Value,
    /// Found when they are first asked for: only messages need them.
    lines: OnceLock<Lines>,
}

impl Document {
    /// Reads a file. Messages call it `name`.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or [`parse`](Self::parse) refuses its text.
    pub fn read(path: &Path, name: &str, versions: Versions) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| Error::unreadable(name, error))?;
        let text = String::from_utf8(bytes)
            .map_err(|error| Error::new(format!("{name}: not UTF-8: {}", error.utf8_error())))?;
        Self::parse(name, text, versions)
    }

    /// Reads a text. Messages call it `name`.
    ///
    /// # Errors
    ///
    /// The text is neither JSON nor YAML, it is nested too deep, or it is not OpenAPI of one of these versions.
    pub fn parse(name: &str, text: impl Into<String>, versions: Versions) -> Result<Self> {
        let text: String = text.into();
        let plain = text.trim_start_matches('\u{feff}');
        if plain.trim().is_empty() {
            return Err(Error::new(format!("{name}: the file is empty")));
        }
        let root = text::value(name, plain)?;
        let document = Self { name: name.to_owned(), text, root, lines: OnceLock::new() };
        document.check_top(versions)?;
        Ok(document)
    }

    /// What messages call the document.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole document.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The value at a place.
    pub fn at(&self, place: &Place) -> Option<&Value> {
        self.root.pointer(&place.pointer())
    }

    /// The line of a place, or of the nearest one around it that is in the text.
    pub fn line(&self, place: &Place) -> Option<usize> {
        self.lines.get_or_init(|| Lines::of(&self.text)).line(place)
    }

    /// The place in words, with the names of parameters and tags for their numbers.
    pub fn words(&self, place: &Place) -> String {
        let mut named = Place::root();
        let mut value = &self.root;
        for key in place.keys() {
            let elements = value.as_array();
            value = match elements {
                Some(elements) => key.parse::<usize>().ok().and_then(|index| elements.get(index)),
                None => value.get(key),
            }
            .unwrap_or(&Value::Null);
            named = named.child(value["name"].as_str().filter(|_| elements.is_some()).unwrap_or(key));
        }
        named.to_string()
    }

    /// The value itself or, if it is a `$ref`, what it leads to.
    ///
    /// # Errors
    ///
    /// The `$ref` leads nowhere, out of the document, or in a circle.
    pub fn resolve<'a>(&'a self, place: Place, value: &'a Value) -> Result<Located<'a>> {
        let (mut place, mut value) = (place, value);
        // A longer chain than this is a circle: nobody aliases an alias of an alias.
        for _ in 0..8 {
            match value.get("$ref").and_then(Value::as_str) {
                Some(reference) => (place, value) = self.target(&place, reference)?,
                None => return Ok((place, value)),
            }
        }
        Err(self.wrong(&place, "its $refs lead in a circle"))
    }

    /// The components of one kind: `schemas`, `parameters`, `responses`, `requestBodies`.
    pub fn components(&self, kind: &str) -> Vec<Located<'_>> {
        children(&Place::root().child("components").child(kind), &self.root["components"][kind])
    }

    /// The components of one kind with their names.
    pub fn named(&self, kind: &str) -> impl Iterator<Item = (&str, Located<'_>)> {
        let place = Place::root().child("components").child(kind);
        let members = self.root["components"][kind].as_object();
        members.into_iter().flatten().map(move |(name, value)| (name.as_str(), (place.child(name), value)))
    }

    /// Whether `$ref` may have neighbors and `null` is a type.
    pub(crate) fn is_31(&self) -> bool {
        self.root["openapi"].as_str().is_some_and(|version| version.starts_with("3.1"))
    }

    /// The error for something that is wrong at a place.
    pub(crate) fn wrong(&self, place: &Place, what: impl std::fmt::Display) -> Error {
        let pointer = if *place == Place::root() { "/".to_owned() } else { place.pointer() };
        Error::new(format!("{}: {place} ({pointer}): {what}", self.name))
    }

    /// What a `$ref` at this place leads to, one step.
    pub(crate) fn target(&self, place: &Place, reference: &str) -> Result<Located<'_>> {
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

    /// Follows every `$ref`, also those that no operation leads to: a document with a wrong one is damaged, and it is
    /// not known how far.
    pub(crate) fn check_references(&self) -> Result<()> {
        let mut waiting = vec![(Place::root(), &self.root)];
        while let Some((place, value)) = waiting.pop() {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                self.target(&place, reference)?;
            }
            let mut inside = children(&place, value);
            if value.is_object() {
                inside.retain(|(place, _)| !place.keys().last().is_some_and(|key| is_data(key)));
            }
            // In the order of the document, so that the first wrong one is named.
            waiting.extend(inside.into_iter().rev());
        }
        Ok(())
    }

    fn check_top(&self, versions: Versions) -> Result<()> {
        let Self { name, root, .. } = self;
        if !root.is_object() {
            return Err(Error::new(format!("{name}: line 1: not an OpenAPI document, there is no mapping at the top")));
        }
        let at = |key: &str, what: String| {
            let line = self.line(&Place::root().child(key)).map(|line| format!(":{line}")).unwrap_or_default();
            Err(Error::new(format!("{name}{line}: /{key}: {what}")))
        };
        let supported = match versions {
            Versions::V3_0 => "3.0.x",
            Versions::V3_0And3_1 => "3.0 and 3.1",
        };
        let is_supported = |version: &str| match versions {
            Versions::V3_0 => version.starts_with("3.0."),
            Versions::V3_0And3_1 => version.starts_with("3.0") || version.starts_with("3.1"),
        };
        match (&root["openapi"], &root["swagger"]) {
            (Value::String(version), _) if is_supported(version) => {}
            (Value::Null, Value::Null) => {
                return at("openapi", "not an OpenAPI document, there is no `openapi`".to_owned());
            }
            (Value::Null, version) => {
                return at("swagger", format!("Swagger {version} is not supported, only OpenAPI {supported}"));
            }
            (version, _) => return at("openapi", format!("OpenAPI {version} is not supported, only {supported}")),
        }
        for key in ["info", "paths"] {
            if !root[key].is_object() {
                return at(key, format!("not an OpenAPI document, there is no mapping `{key}`"));
            }
        }
        Ok(())
    }
}

/// The members of a mapping or the elements of a sequence; nothing of a scalar.
pub fn children<'a>(place: &Place, value: &'a Value) -> Vec<Located<'a>> {
    match value {
        Value::Object(members) => members.iter().map(|(key, value)| (place.child(key), value)).collect(),
        Value::Array(elements) => elements.iter().enumerate().map(|(i, value)| (place.child(i), value)).collect(),
        _ => Vec::new(),
    }
}

/// Whether a key holds data and not parts of the description. `$ref`s in data are not followed.
fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const") || key.starts_with("x-")
}

#[cfg(test)]
mod tests;
