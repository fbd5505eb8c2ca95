//! An OpenAPI document as plain values with places. `$ref`s are followed on demand.
//!
//! The values are untyped because a typed parser rejects or loses much of what documents contain.

mod lines;
mod place;
mod text;
mod unique;

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use self::lines::Lines;
pub use self::place::{METHODS, Place};
use crate::api::OperationKey;
use crate::error::{Error, Result};

/// A value and its place. After following a `$ref`, it is the place of the target.
pub type Located<'a> = (Place, &'a Value);

/// The versions of OpenAPI that a document may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Versions {
    /// Only 3.0.x.
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
    /// The start of the paths here, and what replaces it.
    moved: Option<(String, String)>,
    /// Computed on first use, because only messages need line numbers.
    lines: OnceLock<Lines>,
}

impl Document {
    /// Reads a file. Messages call it `name`.
    ///
    /// # Errors
    ///
    /// - The file cannot be read.
    /// - [`parse`](Self::parse) fails for its text.
    pub fn read(path: &Path, name: &str, versions: Versions) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| Error::unreadable(name, error))?;
        if bytes.starts_with(&[0xff, 0xfe])
            || bytes.starts_with(&[0xfe, 0xff])
            || bytes.iter().take(4).any(|byte| *byte == 0)
        {
            return Err(Error::new(format!("{name}: line 1: UTF-16, or not a text; save the file as UTF-8")));
        }
        let text = String::from_utf8(bytes)
            .map_err(|error| Error::new(format!("{name}: not UTF-8: {}", error.utf8_error())))?;
        Self::parse(name, text, versions)
    }

    /// Reads a text. Messages call it `name`.
    ///
    /// # Errors
    ///
    /// - The text is neither JSON nor YAML.
    /// - The text is nested too deeply.
    /// - The document is not OpenAPI of one of these versions.
    /// - A `$ref` has no target.
    pub fn parse(name: &str, text: impl Into<String>, versions: Versions) -> Result<Self> {
        let text: String = text.into();
        let plain = text.trim_start_matches('\u{feff}');
        if plain.trim().is_empty() {
            return Err(Error::new(format!("{name}: the file is empty")));
        }
        let root = text::value(name, plain)?;
        Self { text, ..Self::unchecked(name, root) }.checked(versions)
    }

    /// A document that was parsed elsewhere. Its places have no line numbers.
    ///
    /// # Errors
    ///
    /// The document is not OpenAPI of one of these versions.
    pub fn of(name: &str, root: Value, versions: Versions) -> Result<Self> {
        Self::unchecked(name, root).checked(versions)
    }

    fn unchecked(name: &str, root: Value) -> Self {
        Self { name: name.to_owned(), text: String::new(), root, moved: None, lines: OnceLock::new() }
    }

    fn checked(self, versions: Versions) -> Result<Self> {
        self.check_top(versions)?;
        Ok(self)
    }

    /// The name of the document in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole document.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// All operations.
    pub fn operations(&self) -> Vec<OperationKey> {
        let paths = self.root["paths"].as_object().into_iter().flatten();
        let items = paths.filter_map(|(path, item)| Some((path, self.resolve(Place::root(), item).ok()?.1)));
        items
            .flat_map(|(path, item)| {
                let methods = METHODS.into_iter().filter(|method| item.get(method).is_some());
                methods.map(|method| OperationKey::new(method, &self.full_path(path)))
            })
            .collect()
    }

    /// Reads the paths that begin with `from` as if they began with `to`.
    pub fn move_paths(&mut self, from: &str, to: &str) {
        self.moved = Some((from.to_owned(), to.to_owned()));
    }

    /// A path of this document with the path of its server.
    pub(crate) fn full_path(&self, path: &str) -> String {
        let base = self.base_path();
        let has_base = base.is_empty() || path.strip_prefix(&base).is_some_and(|rest| rest.starts_with('/'));
        let full = if has_base { path.to_owned() } else { format!("{base}{path}") };
        match &self.moved {
            Some((from, to)) if full.get(..from.len()).is_some_and(|start| start.eq_ignore_ascii_case(from)) => {
                format!("{to}{}", &full[from.len()..])
            }
            _ => full,
        }
    }

    /// The path of the first server, without a slash at its end.
    fn base_path(&self) -> String {
        let server = &self.root["servers"][0];
        let mut url = server["url"].as_str().unwrap_or_default().to_owned();
        for (name, variable) in server["variables"].as_object().into_iter().flatten() {
            url = url.replace(&format!("{{{name}}}"), variable["default"].as_str().unwrap_or_default());
        }
        let after_host = match url.split_once("://") {
            Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
            None => url.trim_start_matches('/'),
        };
        let path = after_host.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        if path.is_empty() || path.contains('{') { String::new() } else { format!("/{path}") }
    }

    /// The value at a place.
    pub fn at(&self, place: &Place) -> Option<&Value> {
        self.root.pointer(&place.pointer())
    }

    /// The line of a place, or of the nearest enclosing place in the text.
    pub fn line(&self, place: &Place) -> Option<usize> {
        self.lines.get_or_init(|| Lines::of(&self.text)).line(place)
    }

    /// A description of the place, with the names of parameters and tags instead of their indexes.
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

    /// The value itself, or the target if it is a `$ref`.
    ///
    /// # Errors
    ///
    /// The `$ref` has no target, leads to another document, or leads in a circle.
    pub fn resolve<'a>(&'a self, place: Place, value: &'a Value) -> Result<Located<'a>> {
        let (mut place, mut value) = (place, value);
        // A longer chain is a circle.
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

    /// Whether the document is OpenAPI 3.1, where `$ref` may have siblings and `null` is a type.
    pub(crate) fn is_31(&self) -> bool {
        self.root["openapi"].as_str().is_some_and(|version| version.starts_with("3.1"))
    }

    /// The error for a fault at a place.
    pub(crate) fn wrong(&self, place: &Place, what: impl std::fmt::Display) -> Error {
        let pointer = if *place == Place::root() { "/".to_owned() } else { place.pointer() };
        Error::new(format!("{}: {place} ({pointer}): {what}", self.name))
    }

    /// The target of a `$ref` at this place, which may be another `$ref`.
    pub(crate) fn target(&self, place: &Place, reference: &str) -> Result<Located<'_>> {
        let missing = || self.wrong(place, format_args!("$ref {reference:?} has no target in this document"));
        // A `$ref` is a URI, so it may be percent-encoded.
        let reference = percent_encoding::percent_decode_str(reference).decode_utf8_lossy();
        let target = Place::of_ref(&reference).ok_or_else(missing)?;
        if let Some(value) = self.at(&target) {
            return Ok((target, value));
        }
        // The `$ref` may mean the definitions of the enclosing schema.
        let own = target.keys().first().filter(|key| *key == "$defs").and_then(|_| {
            place.outwards().find_map(|around| {
                let own = target.keys().iter().fold(around, |place, key| place.child(key));
                self.at(&own).map(|value| (own.clone(), value))
            })
        });
        own.ok_or_else(missing)
    }

    /// Follows every `$ref`, including those that no operation uses: a `$ref` without a target
    /// means that the document is damaged.
    pub(crate) fn check_references(&self) -> Result<()> {
        let mut waiting = vec![(Place::root(), &self.root)];
        while let Some((place, value)) = waiting.pop() {
            match value.get("$ref") {
                Some(Value::String(reference)) => drop(self.target(&place, reference)?),
                // A field may have this name.
                Some(_) if place.keys().last().is_none_or(|key| key != "properties") => {
                    return Err(self.wrong(&place, "the `$ref` must be a text"));
                }
                _ => {}
            }
            if value.get("<<").is_some() {
                return Err(self.wrong(&place, "merge keys (`<<`) are not supported; write the entries out"));
            }
            let mut inside = children(&place, value);
            if value.is_object() {
                inside.retain(|(place, _)| !place.keys().last().is_some_and(|key| is_data(key)));
            }
            // Follow the order of the document, so that the first fault is reported.
            waiting.extend(inside.into_iter().rev());
        }
        Ok(())
    }

    fn check_top(&self, versions: Versions) -> Result<()> {
        let Self { name, root, .. } = self;
        if !root.is_object() {
            return Err(Error::new(format!("{name}: line 1: not an OpenAPI document: the top is not a mapping")));
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
                return at("openapi", "not an OpenAPI document: `openapi` is missing".to_owned());
            }
            (Value::Null, version) => {
                return at("swagger", format!("Swagger {version} is not supported; use OpenAPI {supported}"));
            }
            (Value::Number(version), _) => {
                return at(
                    "openapi",
                    format!("the version must be a text such as \"3.0.3\", not the number {version}"),
                );
            }
            (version, _) => return at("openapi", format!("OpenAPI {version} is not supported; use {supported}")),
        }
        for key in ["info", "paths"] {
            if !root[key].is_object() {
                return at(key, format!("not an OpenAPI document: there is no mapping `{key}`"));
            }
        }
        Ok(())
    }
}

/// The members of a mapping or the elements of a sequence. Empty for a scalar.
pub fn children<'a>(place: &Place, value: &'a Value) -> Vec<Located<'a>> {
    match value {
        Value::Object(members) => members.iter().map(|(key, value)| (place.child(key), value)).collect(),
        Value::Array(elements) => elements.iter().enumerate().map(|(i, value)| (place.child(i), value)).collect(),
        _ => Vec::new(),
    }
}

/// Whether a key holds data instead of a description. `$ref`s in data are not followed.
fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const") || key.starts_with("x-")
}

#[cfg(test)]
mod tests;
