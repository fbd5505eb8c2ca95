//! `allOf` taken apart: the plain schemas that together say what one schema says.

use anyhow::{Result, bail};
use serde_json::{Map, Value};

use super::limits;
use super::source::Source;
use crate::check::place::Place;

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
    pub(crate) fn of(source: &'a Source, place: &Place, value: &'a Value) -> Result<Self> {
        let mut found = Vec::new();
        collect(source, place, value, &mut found)?;
        if let [Found::Reference(target, _)] = &found[..] {
            return Ok(Self::Reference(target.clone()));
        }
        let mut plain = Vec::new();
        for found in found {
            follow(source, found, &mut plain, 0)?;
        }
        Ok(Self::Plain(plain))
    }

    /// The same with references followed too.
    pub(crate) fn plain(source: &'a Source, place: &Place, value: &'a Value) -> Result<Vec<Part<'a>>> {
        let (mut found, mut plain) = (Vec::new(), Vec::new());
        collect(source, place, value, &mut found)?;
        for found in found {
            follow(source, found, &mut plain, 0)?;
        }
        Ok(plain)
    }
}

enum Found<'a> {
    Reference(Place, &'a Value),
    Plain(Part<'a>),
}

/// What is written at this place, with `allOf` resolved and references left as they are.
fn collect<'a>(source: &'a Source, place: &Place, value: &'a Value, found: &mut Vec<Found<'a>>) -> Result<()> {
    let keywords = match value {
        Value::Object(keywords) => keywords,
        // In 3.1, `true` allows everything; `false` never stands where a caller could send or read something.
        Value::Bool(_) => return Ok(()),
        _ => return Err(source.wrong(place, "a schema must be a mapping")),
    };
    let reference = keywords.get("$ref").and_then(Value::as_str);
    if let Some(reference) = reference {
        let (target, value) = source.target(place, reference)?;
        found.push(Found::Reference(target, value));
    }
    // In 3.0 the neighbours of a `$ref` have no meaning.
    if reference.is_none() || source.is_31() {
        if keywords.keys().any(|keyword| is_structural(keyword)) {
            found.push(Found::Plain(Part { place: place.clone(), keywords, chosen: false }));
        }
        if let Some(all) = keywords.get("allOf") {
            let place = place.child("allOf");
            let Some(all) = all.as_array() else { return Err(source.wrong(&place, "`allOf` must be a list")) };
            for (index, part) in all.iter().enumerate() {
                collect(source, &place.child(index), part, found)?;
            }
        }
    }
    Ok(())
}

fn follow<'a>(source: &'a Source, found: Found<'a>, plain: &mut Vec<Part<'a>>, depth: usize) -> Result<()> {
    match found {
        Found::Plain(part) => plain.push(part),
        Found::Reference(place, value) => {
            if depth == LONGEST_CHAIN || plain.len() > 1000 {
                bail!(source.wrong(&place, "its $refs and allOfs lead in a circle"));
            }
            let mut inner = Vec::new();
            collect(source, &place, value, &mut inner)?;
            for found in inner {
                follow(source, found, plain, depth + 1)?;
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
