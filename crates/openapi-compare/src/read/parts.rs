//! Splits a schema with `allOf` into the plain schemas that apply together.

use serde_json::{Map, Value};

use super::limits;
use crate::document::{Document, Place};
use crate::error::Result;

/// A longer chain of `$ref`s is a circle.
const LONGEST_CHAIN: usize = 64;

/// One plain schema among those that apply together.
#[derive(Clone)]
pub(crate) struct Part<'a> {
    pub(crate) place: Place,
    pub(crate) keywords: &'a Map<String, Value>,
    /// Whether its `oneOf` or `anyOf` is already handled.
    pub(crate) chosen: bool,
}

/// The parts of a schema.
pub(crate) enum Parts<'a> {
    /// Only a reference to a schema at another place.
    Reference(Place),
    Plain(Vec<Part<'a>>),
}

impl<'a> Parts<'a> {
    pub(crate) fn of(document: &'a Document, place: &Place, value: &'a Value) -> Result<Self> {
        let mut found = Vec::new();
        collect(document, place, value, &mut found)?;
        if let [Link::Reference(target, _)] = &found[..] {
            return Ok(Self::Reference(target.clone()));
        }
        let mut plain = Vec::new();
        for found in found {
            follow(document, found, &mut plain, 0)?;
        }
        Ok(Self::Plain(plain))
    }

    /// The plain schemas that apply together, with references followed.
    pub(crate) fn plain(document: &'a Document, place: &Place, value: &'a Value) -> Result<Vec<Part<'a>>> {
        let (mut found, mut plain) = (Vec::new(), Vec::new());
        collect(document, place, value, &mut found)?;
        for found in found {
            follow(document, found, &mut plain, 0)?;
        }
        Ok(plain)
    }
}

enum Link<'a> {
    Reference(Place, &'a Value),
    Plain(Part<'a>),
}

/// Collects the parts at this place. `allOf` is resolved, and references are kept.
fn collect<'a>(document: &'a Document, place: &Place, value: &'a Value, found: &mut Vec<Link<'a>>) -> Result<()> {
    let keywords = match value {
        Value::Object(keywords) => keywords,
        // In 3.1, `true` allows everything. `false` would allow nothing, so no caller sends or
        // reads such a value.
        Value::Bool(_) => return Ok(()),
        _ => return Err(document.wrong(place, "a schema must be a mapping")),
    };
    let reference = keywords.get("$ref").and_then(Value::as_str);
    if let Some(reference) = reference {
        let (target, value) = document.target(place, reference)?;
        found.push(Link::Reference(target, value));
    }
    // In 3.0 the siblings of a `$ref` are ignored.
    if reference.is_none() || document.is_31() {
        if keywords.keys().any(|keyword| is_structural(keyword)) {
            found.push(Link::Plain(Part { place: place.clone(), keywords, chosen: false }));
        }
        if let Some(all) = keywords.get("allOf") {
            let place = place.child("allOf");
            let Some(all) = all.as_array() else { return Err(document.wrong(&place, "`allOf` must be a list")) };
            for (index, part) in all.iter().enumerate() {
                collect(document, &place.child(index), part, found)?;
            }
        }
    }
    Ok(())
}

fn follow<'a>(document: &'a Document, found: Link<'a>, plain: &mut Vec<Part<'a>>, depth: usize) -> Result<()> {
    match found {
        Link::Plain(part) => plain.push(part),
        Link::Reference(place, value) => {
            if depth == LONGEST_CHAIN || plain.len() > 1000 {
                return Err(document.wrong(&place, "its $refs and allOfs lead in a circle"));
            }
            let mut inner = Vec::new();
            collect(document, &place, value, &mut inner)?;
            for found in inner {
                follow(document, found, plain, depth + 1)?;
            }
        }
    }
    Ok(())
}

/// Whether a keyword affects values. The other keywords are prose, examples or notes.
fn is_structural(keyword: &str) -> bool {
    const KEYWORDS: [&str; 11] = [
        "type",
        "format",
        "enum",
        "const",
        "properties",
        "required",
        "additionalProperties",
        "unevaluatedProperties",
        "items",
        "oneOf",
        "anyOf",
    ];
    KEYWORDS.contains(&keyword) || limits::is_limit(keyword)
}
