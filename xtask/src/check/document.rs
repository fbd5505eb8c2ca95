//! The spec as the rules see it: plain values with places, `$ref`s followed on demand.
//!
//! Plain values rather than typed ones, because most rules are about what a typed reader would refuse or drop.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail, ensure};
use serde_json::Value;

use super::lines::Lines;
use super::place::Place;

/// A value and where it is; after following a `$ref`, where the target is.
pub(crate) type Found<'a> = (Place, &'a Value);

/// A YAML (or JSON) document that claims to be OpenAPI 3.0.
pub(crate) struct Document {
    pub(crate) name: String,
    root: Value,
    lines: Lines,
}

impl Document {
    pub(crate) fn read(path: &Path, name: &str) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| format!("cannot read {name}"))?;
        let text = String::from_utf8(bytes).map_err(|error| anyhow!("{name}: not UTF-8: {}", error.utf8_error()))?;
        Self::parse(name, &text)
    }

    /// Fails, in one line, on what no rule could say anything about.
    pub(crate) fn parse(name: &str, text: &str) -> Result<Self> {
        if let Some(line) = deep_line(text) {
            bail!("{name}:{line}: brackets nested more than {DEEPEST} deep");
        }
        // By way of YAML's own value: it refuses a key that is there twice, which JSON's would silently merge.
        let yaml: serde_yaml::Value = serde_yaml::from_str(text).map_err(|error| anyhow!("{name}: {error}"))?;
        let root = serde_json::to_value(yaml).map_err(|error| anyhow!("{name}: not expressible as JSON: {error}"))?;
        ensure!(root.is_object(), "{name}:1: not an OpenAPI document: no mapping at the top");
        let lines = Lines::of(text);
        let at = |key: &str| lines.line(&Place::root().child(key)).unwrap_or(1);
        match (root.get("openapi"), root.get("swagger")) {
            (Some(Value::String(version)), _) if version.starts_with("3.0.") => {}
            (Some(version), _) => {
                bail!("{name}:{}: openapi is {version}, the generator reads 3.0.x only", at("openapi"))
            }
            (None, Some(version)) => {
                bail!("{name}:{}: Swagger {version}, the generator reads 3.0.x only", at("swagger"))
            }
            (None, None) => bail!("{name}:1: not an OpenAPI document: no `openapi` at the top"),
        }
        for key in ["info", "paths"] {
            ensure!(root[key].is_object(), "{name}:{}: not an OpenAPI document: no mapping `{key}`", at(key));
        }
        Ok(Self { name: name.to_owned(), root, lines })
    }

    pub(crate) fn root(&self) -> &Value {
        &self.root
    }

    pub(crate) fn line(&self, place: &Place) -> Option<usize> {
        self.lines.line(place)
    }

    /// The place in words, with the names of parameters and tags for their numbers.
    pub(crate) fn words(&self, place: &Place) -> String {
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

    pub(crate) fn at(&self, place: &Place) -> Option<&Value> {
        self.root.pointer(&place.pointer())
    }

    /// The value itself or, if it is a `$ref`, what it leads to; `None` if that leads nowhere or in a circle.
    pub(crate) fn resolve<'a>(&'a self, place: Place, value: &'a Value) -> Option<Found<'a>> {
        let (mut place, mut value) = (place, value);
        // A longer chain than this is a circle: no document of ours aliases an alias of an alias.
        for _ in 0..8 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                return Some((place, value));
            };
            place = Place::of_ref(reference)?;
            value = self.at(&place)?;
        }
        None
    }

    /// The components of one kind: `schemas`, `parameters`, `responses`, `requestBodies`.
    pub(crate) fn components(&self, kind: &str) -> Vec<Found<'_>> {
        children(&Place::root().child("components").child(kind), &self.root["components"][kind])
    }

    /// The components of one kind with their names.
    pub(crate) fn named(&self, kind: &str) -> impl Iterator<Item = (&str, Found<'_>)> {
        let place = Place::root().child("components").child(kind);
        let members = self.root["components"][kind].as_object();
        members.into_iter().flatten().map(move |(name, value)| (name.as_str(), (place.child(name), value)))
    }
}

/// Brackets within brackets that no spec of a person needs.
const DEEPEST: usize = 1000;

/// The line on which brackets are nested too deep. The parser has a limit of its own, but takes minutes to find that out,
/// as its time grows with the square of the depth. Brackets in prose count too, which does no harm at this depth.
fn deep_line(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, line) in text.lines().enumerate() {
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return Some(index + 1);
            }
        }
    }
    None
}

/// The members of a mapping or the elements of a sequence; nothing of a scalar.
pub(crate) fn children<'a>(place: &Place, value: &'a Value) -> Vec<Found<'a>> {
    match value {
        Value::Object(members) => members.iter().map(|(key, value)| (place.child(key), value)).collect(),
        Value::Array(elements) => elements.iter().enumerate().map(|(i, value)| (place.child(i), value)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        let error = Document::parse("x.yaml", text).err().expect("this must be refused");
        let message = format!("{error:#}");
        assert!(message.starts_with("x.yaml") && !message.contains('\n'), "{message}");
        message
    }

    #[test]
    fn what_is_no_spec_gets_one_line() {
        assert!(refusal("").contains("no mapping at the top"));
        assert!(refusal("a: [1, 2").contains("line"));
        assert!(refusal("just words").contains("no mapping at the top"));
        assert!(refusal("title: x").contains("no `openapi`"));
        assert!(refusal("swagger: '2.0'").contains("Swagger \"2.0\""));
        assert!(refusal("info: {}\nopenapi: 3.1.0").starts_with("x.yaml:2: openapi is \"3.1.0\""));
        assert!(refusal("openapi: 3.0.3").contains("no mapping `info`"));
        assert!(refusal("openapi: 3.0.3\ninfo: {}\npaths: []").starts_with("x.yaml:3: "));
        assert!(refusal("openapi: 3.0.3\nopenapi: 3.0.3").contains("duplicate"));
        assert!(refusal("---\na: 1\n---\nb: 2\n").contains("more than one document"));
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        assert!(refusal(&"[".repeat(100_000)).contains("nested more than"));
        assert!(refusal(&"{a: \n".repeat(100_000)).starts_with("x.yaml:1001: "));
        assert!(refusal(&"- ".repeat(10_000)).contains("recursion"));
    }

    #[test]
    fn a_circle_of_refs_leads_nowhere() {
        let text = "openapi: 3.0.3\ninfo: {}\npaths: {}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/A'}}}";
        let document = Document::parse("x.yaml", text).unwrap();
        let (place, value) = document.components("schemas").remove(0);
        assert!(document.resolve(place, value).is_none());
    }
}
