//! Reads the operations of a document into an `Api`.

mod kinds;
mod limits;
mod parts;
mod schemas;
mod security;
mod unions;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use self::schemas::Reader;
use crate::api::{Api, Body, Content, Operation, OperationKey, Parameter, Schema, Shape};
use crate::document::{Document, METHODS, Place};
use crate::error::Result;

impl Api {
    /// Reads all operations of a document.
    ///
    /// # Errors
    ///
    /// - The document does not have the form of OpenAPI.
    /// - A `$ref` has no target.
    /// - Schemas refer to each other in a circle that has no end.
    pub fn read(document: &Document) -> Result<Self> {
        Self::read_some(document, |_, _| true)
    }

    /// Reads the operations of a document for which `select` returns `true`.
    ///
    /// The arguments of `select` are the operation and its tags.
    ///
    /// # Errors
    ///
    /// The same as for [`read`](Self::read).
    pub fn read_some(document: &Document, select: impl Fn(&OperationKey, &BTreeSet<String>) -> bool) -> Result<Self> {
        document.check_references()?;
        let mut api = Self { version: word(&document.root()["info"]["version"]), ..Self::default() };
        let mut reader = Reader::new(document);
        let paths = Place::root().child("paths");
        for (written, item) in document.root()["paths"].as_object().into_iter().flatten() {
            let (place, item) = document.resolve(paths.child(written), item)?;
            let path = &document.full_path(written);
            for (method, value) in METHODS.iter().filter_map(|method| Some((*method, item.get(method)?))) {
                let key = OperationKey::new(method, path);
                let tags = value["tags"].as_array().into_iter().flatten().map(word).collect();
                if !select(&key, &tags) {
                    continue;
                }
                let place = place.child(method);
                if !value.is_object() {
                    return Err(document.wrong(&place, "an operation must be a mapping"));
                }
                let mut operation = Operation {
                    method: method.to_owned(),
                    path: path.clone(),
                    tags,
                    deprecated: value["deprecated"] == Value::Bool(true),
                    parameters: Vec::new(),
                    body: None,
                    answers: BTreeMap::new(),
                    security: security::of(document, value),
                };
                for (place, holder) in [(place.clone(), value), (place.outwards().nth(1).unwrap_or_default(), item)] {
                    parameters(document, &mut reader, &place, holder, &mut operation.parameters)?;
                }
                operation.parameters.sort_by_cached_key(|parameter| {
                    (path.find(&format!("{{{}}}", parameter.name)), parameter.location.clone(), parameter.name.clone())
                });
                operation.body = body(document, &mut reader, &place, value)?;
                operation.answers = answers(document, &mut reader, &place, value)?;
                if api.operations.insert(key, operation).is_some() {
                    return Err(document.wrong(&place, "this path and method occur twice"));
                }
            }
        }
        api.schemas = reader.referred()?;
        Ok(api)
    }
}

/// Adds the parameters of `holder`. A known parameter with the same name wins.
fn parameters<'a>(
    document: &'a Document,
    reader: &mut Reader<'a>,
    place: &Place,
    holder: &'a Value,
    known: &mut Vec<Parameter>,
) -> Result<()> {
    let place = place.child("parameters");
    let list = match &holder["parameters"] {
        Value::Null => return Ok(()),
        Value::Array(list) => list,
        _ => return Err(document.wrong(&place, "must be a list")),
    };
    for (index, value) in list.iter().enumerate() {
        let (place, value) = document.resolve(place.child(index), value)?;
        let (Some(name), Some(location)) = (value["name"].as_str(), value["in"].as_str()) else {
            return Err(document.wrong(&place, "a parameter must have `name` and `in`"));
        };
        if known.iter().any(|parameter| parameter.name == name && parameter.location == location) {
            continue;
        }
        let mut schema =
            match (value.get("schema"), value["content"].as_object().and_then(|content| content.iter().next())) {
                (Some(schema), _) => reader.schema(&place.child("schema"), schema)?,
                (None, Some((media_type, content))) => match content.get("schema") {
                    Some(schema) => reader.schema(&place.child("content").child(media_type).child("schema"), schema)?,
                    None => Schema::of(Shape::Any),
                },
                (None, None) => Schema::of(Shape::Any),
            };
        schema.deprecated |= value["deprecated"] == Value::Bool(true);
        known.push(Parameter {
            name: name.to_owned(),
            location: location.to_owned(),
            required: location == "path" || value["required"] == Value::Bool(true),
            style: style(location, value, &schema),
            schema,
        });
    }
    Ok(())
}

/// The style of a list or an object. `None` for other types.
///
/// The schema of a list is written in the parameter itself, so `$ref`s are not followed.
fn style(location: &str, parameter: &Value, schema: &Schema) -> Option<String> {
    if !matches!(schema.shape, Shape::Array(_) | Shape::Object(_)) {
        return None;
    }
    let usual = if matches!(location, "query" | "cookie") { "form" } else { "simple" };
    let style = parameter["style"].as_str().unwrap_or(usual);
    let repeated = parameter["explode"].as_bool().unwrap_or(style == "form");
    Some(if style == "form" && !repeated { "form, not repeated".to_owned() } else { style.to_owned() })
}

fn body<'a>(
    document: &'a Document,
    reader: &mut Reader<'a>,
    place: &Place,
    operation: &'a Value,
) -> Result<Option<Body>> {
    let Some(value) = operation.get("requestBody") else { return Ok(None) };
    let (place, value) = document.resolve(place.child("requestBody"), value)?;
    let required = value["required"] == Value::Bool(true);
    Ok(content(reader, &place, value)?.map(|content| Body { required, content }))
}

/// The bodies of the successes, by status code.
fn answers<'a>(
    document: &'a Document,
    reader: &mut Reader<'a>,
    place: &Place,
    operation: &'a Value,
) -> Result<BTreeMap<String, Option<Content>>> {
    let mut answers = BTreeMap::new();
    let responses = operation["responses"].as_object();
    for (code, value) in responses.into_iter().flatten() {
        if code.starts_with('2') || code == "default" {
            let (place, value) = document.resolve(place.child("responses").child(code), value)?;
            let code = if code == "default" { code.clone() } else { code.to_uppercase() };
            answers.insert(code, content(reader, &place, value)?);
        }
    }
    // Beside a code, `default` is an error.
    if answers.len() > 1 {
        answers.remove("default");
    }
    Ok(answers)
}

/// The JSON content if there is any, otherwise the first content.
fn content<'a>(reader: &mut Reader<'a>, place: &Place, holder: &'a Value) -> Result<Option<Content>> {
    let kinds = holder["content"].as_object().into_iter().flatten();
    let rank = |media_type: &str| (media_type != "application/json", !media_type.contains("json"));
    let Some((media_type, value)) = kinds.min_by_key(|(media_type, _)| (rank(media_type), *media_type)) else {
        return Ok(None);
    };
    let place = place.child("content").child(media_type).child("schema");
    let schema = match value.get("schema") {
        Some(schema) => reader.schema(&place, schema)?,
        None => Schema::of(Shape::Any),
    };
    // Parameters such as `charset` say how the text is written, and not what it holds.
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_lowercase();
    Ok(Some(Content { media_type, schema }))
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
