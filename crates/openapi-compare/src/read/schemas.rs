//! Reads the schemas of a document into a normal form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::kinds::{implied, of_kind};
use super::limits;
use super::parts::{Part, Parts};
use super::unions;
use crate::api::{Field, Kind, Literal, Object, OtherFields, Scalar, Schema, Shape};
use crate::document::{Document, Place};
use crate::error::Result;

/// Maximum number of alternatives or parts. More come from `oneOf`s and `allOf`s in a circle.
const MOST: usize = 64;

/// Maximum depth of a schema. Only `allOf`s that merge with themselves are deeper.
const DEEPEST: usize = 140;

/// Maximum number of schemas. Only `oneOf`s that multiply each other give more.
const MOST_WORK: usize = 200_000;

/// Reads schemas, and remembers the schemas to which they refer.
pub(crate) struct Reader<'a> {
    document: &'a Document,
    names: BTreeMap<Place, String>,
    taken: BTreeSet<String>,
    waiting: Vec<(String, Place)>,
    depth: usize,
    work: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self { document, names: BTreeMap::new(), taken: BTreeSet::new(), waiting: Vec::new(), depth: 0, work: 0 }
    }

    /// The schemas to which others refer, directly or indirectly.
    pub(crate) fn referred(mut self) -> Result<BTreeMap<String, Schema>> {
        let mut schemas = BTreeMap::new();
        while let Some((name, place)) = self.waiting.pop() {
            let value = self.document.at(&place).unwrap_or(&Value::Null);
            schemas.insert(name, self.schema(&place, value)?);
        }
        for (place, name) in &self.names {
            let next = |schema: &Schema| match &schema.shape {
                Shape::Named(name) => schemas.get(name),
                _ => None,
            };
            // A longer chain of names is a circle.
            if std::iter::successors(schemas.get(name), |schema| next(schema)).nth(MOST).is_some() {
                return Err(self.document.wrong(place, "its $refs lead in a circle"));
            }
        }
        Ok(schemas)
    }

    pub(crate) fn schema(&mut self, place: &Place, value: &'a Value) -> Result<Schema> {
        let mut schema = match Parts::of(self.document, place, value)? {
            Parts::Reference(target) => Schema::of(Shape::Named(self.name(target))),
            Parts::Plain(parts) => self.together(&parts)?,
        };
        schema.nullable |= value["nullable"] == Value::Bool(true);
        schema.deprecated |= value["deprecated"] == Value::Bool(true);
        schema.read_only |= value["readOnly"] == Value::Bool(true);
        schema.write_only |= value["writeOnly"] == Value::Bool(true);
        schema.default = value.get("default").filter(|default| !default.is_null()).map(Literal::of);
        Ok(schema)
    }

    /// The last key of the place, with a number if another schema has the same name.
    fn name(&mut self, place: Place) -> String {
        if let Some(name) = self.names.get(&place) {
            return name.clone();
        }
        let word = place.keys().last().map_or("Document", String::as_str);
        let mut candidates =
            (1_usize..).map(|number| if number == 1 { word.to_owned() } else { format!("{word}{number}") });
        let name = candidates.find(|name| !self.taken.contains(name)).unwrap_or_default();
        self.taken.insert(name.clone());
        self.names.insert(place.clone(), name.clone());
        self.waiting.push((name.clone(), place));
        name
    }

    /// Merges the parts.
    fn together(&mut self, parts: &[Part<'a>]) -> Result<Schema> {
        if let Some(part) = parts.last().filter(|_| parts.len() > MOST || self.depth > DEEPEST) {
            return Err(self.document.wrong(&part.place, "its oneOfs and allOfs lead in a circle"));
        }
        self.work += 1;
        if let Some(part) = parts.last().filter(|_| self.work > MOST_WORK) {
            return Err(self.document.wrong(&part.place, "too many combinations of alternatives"));
        }
        self.depth += 1;
        let schema = self.choice_or_plain(parts);
        self.depth -= 1;
        schema
    }

    fn choice_or_plain(&mut self, parts: &[Part<'a>]) -> Result<Schema> {
        for (index, part) in parts.iter().enumerate().filter(|(_, part)| !part.chosen) {
            for keyword in ["oneOf", "anyOf"] {
                if let Some(branches) = part.keywords.get(keyword) {
                    return self.union(parts, index, &part.place.child(keyword), branches);
                }
            }
        }
        let mut schema = self.plain(parts)?;
        schema.nullable |=
            !parts.is_empty() && parts.iter().all(|part| part.keywords.get("nullable") == Some(&Value::Bool(true)));
        for part in parts {
            schema.limits.extend(limits::of(part.keywords));
        }
        Ok(schema)
    }

    /// Reads a choice: each branch, merged with the parts that apply to all branches.
    fn union(&mut self, parts: &[Part<'a>], index: usize, place: &Place, branches: &'a Value) -> Result<Schema> {
        let Some(branches) = branches.as_array() else {
            return Err(self.document.wrong(place, "must be a list of schemas"));
        };
        let only_choice = parts.len() == 1 && is_only_choice(&parts[0]);
        let mut alternatives = Vec::new();
        for (number, branch) in branches.iter().enumerate() {
            let place = place.child(number);
            alternatives.push(if only_choice {
                self.schema(&place, branch)?
            } else {
                let mut parts = parts.to_vec();
                parts[index].chosen = true;
                parts.extend(Parts::plain(self.document, &place, branch)?);
                self.together(&parts)?
            });
            if alternatives.len() > MOST {
                return Err(self.document.wrong(&place, "too many alternatives"));
            }
        }
        Ok(unions::of(alternatives))
    }

    /// Reads parts without a choice.
    fn plain(&mut self, parts: &[Part<'a>]) -> Result<Schema> {
        let values = |keyword: &str| {
            parts.iter().filter_map(|part| Some((part, part.keywords.get(keyword)?))).collect::<Vec<_>>()
        };
        let mut types: Vec<&str> = Vec::new();
        for (part, value) in values("type") {
            types = match value {
                Value::String(name) => vec![name.as_str()],
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                _ => return Err(self.document.wrong(&part.place.child("type"), "must be a name or a list of names")),
            };
            if let Some(unknown) =
                types.iter().find(|name| !matches!(**name, "object" | "array") && Kind::of_name(name).is_none())
            {
                return Err(self
                    .document
                    .wrong(&part.place.child("type"), format_args!("there is no type {unknown:?}")));
            }
        }
        let format = values("format").last().and_then(|(_, format)| format.as_str().map(str::to_owned));
        let listed = self.values(parts)?;
        if types.is_empty() {
            types = implied(parts, &listed);
        }
        let mut alternatives = Vec::new();
        for name in types {
            alternatives.push(Schema::of(match name {
                "object" => Shape::Object(self.object(parts)?),
                "array" => Shape::Array(Box::new(match values("items").last() {
                    Some((part, items)) => self.schema(&part.place.child("items"), items)?,
                    None => Schema::of(Shape::Any),
                })),
                // A format is for numbers or for texts. With several types, it belongs to the type
                // that fits.
                _ => match Kind::of_name(name) {
                    Some(kind) => Shape::Scalar(Scalar {
                        kind,
                        format: format.clone().filter(|_| kind != Kind::Null),
                        values: of_kind(kind, &listed),
                    }),
                    None => Shape::Any,
                },
            }));
        }
        let mut schema = match alternatives.len() {
            0 => Schema::of(Shape::Any),
            1 => alternatives.swap_remove(0),
            _ => unions::of(alternatives),
        };
        schema.nullable |= listed.keys().any(|value| *value == Literal::of(&Value::Null));
        Ok(schema)
    }

    /// The values of `enum` or `const`, with their names. The last of several enums wins. The name
    /// of a `const` is its title.
    fn values(&self, parts: &[Part<'a>]) -> Result<BTreeMap<Literal, Option<String>>> {
        let mut listed = BTreeMap::new();
        for part in parts {
            if let Some(value) = part.keywords.get("const") {
                let title = part.keywords.get("title").and_then(Value::as_str);
                listed = [(Literal::of(value), title.map(str::to_owned))].into();
            }
            let Some(values) = part.keywords.get("enum") else { continue };
            let Some(values) = values.as_array() else {
                return Err(self.document.wrong(&part.place.child("enum"), "must be a list of values"));
            };
            let names = part
                .keywords
                .get("x-enum-varnames")
                .and_then(Value::as_array)
                .filter(|names| names.len() == values.len());
            let name = |index: usize| names.and_then(|names| names[index].as_str()).map(str::to_owned);
            listed = values.iter().enumerate().map(|(index, value)| (Literal::of(value), name(index))).collect();
        }
        Ok(listed)
    }

    fn object(&mut self, parts: &[Part<'a>]) -> Result<Object> {
        let mut written: BTreeMap<&str, Vec<(Place, &'a Value)>> = BTreeMap::new();
        let mut object = Object::default();
        for part in parts {
            if let Some(properties) = part.keywords.get("properties") {
                let place = part.place.child("properties");
                let Some(properties) = properties.as_object() else {
                    return Err(self.document.wrong(&place, "must be a mapping"));
                };
                for (name, value) in properties {
                    written.entry(name).or_default().push((place.child(name), value));
                }
            }
            for keyword in ["additionalProperties", "unevaluatedProperties"] {
                match part.keywords.get(keyword) {
                    Some(Value::Bool(false)) => object.others = OtherFields::Closed,
                    Some(Value::Object(value)) if !value.is_empty() && object.others == OtherFields::Open => {
                        let values = self.schema(&part.place.child(keyword), &part.keywords[keyword])?;
                        object.others = OtherFields::Values(Box::new(values));
                    }
                    _ => {}
                }
            }
        }
        let required: BTreeSet<&str> = parts
            .iter()
            .filter_map(|part| part.keywords.get("required")?.as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (name, places) in written {
            let schema = match &places[..] {
                [(place, value)] => self.schema(place, value)?,
                several => self.repeated(several)?,
            };
            object.fields.insert(name.to_owned(), Field { required: required.contains(name), schema });
        }
        Ok(object)
    }

    /// Reads a property that several parts of an `allOf` describe.
    fn repeated(&mut self, places: &[(Place, &'a Value)]) -> Result<Schema> {
        let mut parts: Vec<Part<'a>> = Vec::new();
        for (place, value) in places {
            for part in Parts::plain(self.document, place, value)? {
                if !parts.iter().any(|known| known.place == part.place) {
                    parts.push(part);
                }
            }
        }
        // The parts agree, as in a schema that describes a property of its base in more detail.
        let [(place, value), others @ ..] = places else { return self.together(&parts) };
        match Parts::of(self.document, place, value)? {
            Parts::Reference(target) if others.iter().all(|(place, value)| self.refers_to(&target, place, value)) => {
                self.schema(place, value)
            }
            _ => self.together(&parts),
        }
    }

    fn refers_to(&self, target: &Place, place: &Place, value: &'a Value) -> bool {
        matches!(Parts::of(self.document, place, value), Ok(Parts::Reference(own)) if own == *target)
    }
}

/// Whether a part has only a `oneOf` or only an `anyOf`.
fn is_only_choice(part: &Part<'_>) -> bool {
    let keywords = part.keywords;
    let other = ["type", "format", "enum", "const", "properties", "items", "additionalProperties", "required"];
    keywords.contains_key("oneOf") != keywords.contains_key("anyOf")
        && !keywords.keys().any(|keyword| other.contains(&keyword.as_str()) || limits::is_limit(keyword))
}
