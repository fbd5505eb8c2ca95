//! `allOf` taken apart: the plain schemas that together say what one schema says.

use serde_json::{Map, Value};

use super::limits;
use crate::document::{Document, Place};
use crate::error::Result;

/// More `$ref`s in a row than this are a circle.
const LONGEST_CHAIN: usize = 64;

/// One plain schema among those that apply together.
#[derive(Clone)]
pub(crate) struct Part<'a> {
    pub(crate) place: Place,
    pub(crate) keywords: &'a Map<String, Value>,
    /// Its `oneOf` or `anyOf` have been dealt with.
    pub(crate) chosen: bool,
}

/// What a schema is made of.
pub(crate) enum Parts<'a> {
    /// Nothing but a reference to a schema at another place.
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

    /// The same with references followed too.
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

/// What is written at this place, with `allOf` resolved and references left as they are.
fn collect<'a>(document: &'a Document, place: &Place, value: &'a Value, found: &mut Vec<Link<'a>>) -> Result<()> {
    let keywords = match value {
        Value::Object(keywords) => keywords,
        // In 3.1, `true` allows everything; `false` never stands where a caller could send or read something.
        Value::Bool(_) => return Ok(()),
        _ => return Err(document.wrong(place, "a schema must be a mapping")),
    };
    let reference = keywords.get("$ref").and_then(Value::as_str);
    if let Some(reference) = reference {
        let (target, value) = document.target(place, reference)?;
        found.push(Link::Reference(target, value));
    }
    // In 3.0 the neighbours of a `$ref` have no meaning.
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

/// Whether a keyword says anything about values: all others are prose, examples or notes.
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
