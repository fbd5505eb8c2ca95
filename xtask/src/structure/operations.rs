//! The operations of a document that are in scope.

use std::path::Path;

use anyhow::{Result, ensure};
use serde_json::Value;

use super::model::{Body, Content, Key, Operation, Parameter, Schema, Shape, Structure};
use super::reader::Reader;
use super::scope::Scope;
use super::source::Source;
use crate::check::place::Place;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Structure {
    /// Of a file, with the name to use for it in messages.
    pub(crate) fn read(path: &Path, name: &str, scope: &Scope) -> Result<Self> {
        Self::of(&Source::read(path, name)?, scope)
    }

    pub(crate) fn of(source: &Source, scope: &Scope) -> Result<Self> {
        let mut structure = Self { version: word(&source.root["info"]["version"]), ..Self::default() };
        let mut reader = Reader::new(source);
        let paths = Place::root().child("paths");
        for (path, item) in source.root["paths"].as_object().into_iter().flatten() {
            let (place, item) = resolve(source, paths.child(path), item)?;
            for (method, value) in METHODS.iter().filter_map(|method| Some((*method, item.get(method)?))) {
                let key = Key::new(method, path);
                let tags = value["tags"].as_array().into_iter().flatten().map(word).collect();
                if !scope.holds(&key, &tags) {
                    continue;
                }
                let place = place.child(method);
                ensure!(value.is_object(), source.wrong(&place, "an operation must be a mapping"));
                let mut operation = Operation {
                    method: method.to_owned(),
                    path: path.clone(),
                    tags,
                    deprecated: value["deprecated"] == Value::Bool(true),
                    parameters: Vec::new(),
                    body: None,
                    answer: None,
                };
                for (place, holder) in [(place.clone(), value), (place.outwards().nth(1).unwrap_or_default(), item)] {
                    parameters(source, &mut reader, &place, holder, &mut operation.parameters)?;
                }
                operation.parameters.sort_by_cached_key(|parameter| {
                    (path.find(&format!("{{{}}}", parameter.name)), parameter.location.clone(), parameter.name.clone())
                });
                operation.body = body(source, &mut reader, &place, value)?;
                operation.answer = answer(source, &mut reader, &place, value)?;
                let earlier = structure.operations.insert(key, operation);
                ensure!(earlier.is_none(), source.wrong(&place, "the same path and method are there twice"));
            }
        }
        structure.schemas = reader.referred()?;
        Ok(structure)
    }
}

/// Adds the holder's parameters to those already known, which come first when they have the same name.
fn parameters<'a>(
    source: &'a Source,
    reader: &mut Reader<'a>,
    place: &Place,
    holder: &'a Value,
    known: &mut Vec<Parameter>,
) -> Result<()> {
    let place = place.child("parameters");
    let list = match &holder["parameters"] {
        Value::Null => return Ok(()),
        Value::Array(list) => list,
        _ => return Err(source.wrong(&place, "must be a list")),
    };
    for (index, value) in list.iter().enumerate() {
        let (place, value) = resolve(source, place.child(index), value)?;
        let (Some(name), Some(location)) = (value["name"].as_str(), value["in"].as_str()) else {
            return Err(source.wrong(&place, "a parameter must have `name` and `in`"));
        };
        if known.iter().any(|parameter| parameter.name == name && parameter.location == location) {
            continue;
        }
        let schema = match (value.get("schema"), value["content"].as_object().and_then(|content| content.iter().next()))
        {
            (Some(schema), _) => reader.schema(&place.child("schema"), schema)?,
            (None, Some((media_type, content))) => match content.get("schema") {
                Some(schema) => reader.schema(&place.child("content").child(media_type).child("schema"), schema)?,
                None => Schema::of(Shape::Any),
            },
            (None, None) => Schema::of(Shape::Any),
        };
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

/// How a list is written. Lists are written in the parameter itself, so no `$ref` has to be followed to know one.
fn style(location: &str, parameter: &Value, schema: &Schema) -> Option<String> {
    if !matches!(schema.shape, Shape::Array(_) | Shape::Object(_)) {
        return None;
    }
    let usual = if matches!(location, "query" | "cookie") { "form" } else { "simple" };
    let style = parameter["style"].as_str().unwrap_or(usual);
    let repeated = parameter["explode"].as_bool().unwrap_or(style == "form");
    Some(if style == "form" && !repeated { "form, not repeated".to_owned() } else { style.to_owned() })
}

fn body<'a>(source: &'a Source, reader: &mut Reader<'a>, place: &Place, operation: &'a Value) -> Result<Option<Body>> {
    let Some(value) = operation.get("requestBody") else { return Ok(None) };
    let (place, value) = resolve(source, place.child("requestBody"), value)?;
    let required = value["required"] == Value::Bool(true);
    Ok(content(reader, &place, value)?.map(|content| Body { required, content }))
}

/// The body of the first success.
fn answer<'a>(
    source: &'a Source,
    reader: &mut Reader<'a>,
    place: &Place,
    operation: &'a Value,
) -> Result<Option<Content>> {
    let responses = operation["responses"].as_object();
    let codes = responses.into_iter().flatten().filter(|(code, _)| code.starts_with('2') || *code == "default");
    // "default" sorts behind the digits.
    let Some((code, value)) = codes.min_by_key(|(code, _)| *code) else { return Ok(None) };
    let (place, value) = resolve(source, place.child("responses").child(code), value)?;
    content(reader, &place, value)
}

/// JSON if there is any, else the first kind of content.
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
    Ok(Some(Content { media_type: media_type.clone(), schema }))
}

/// The value itself or what it refers to.
fn resolve<'a>(source: &'a Source, place: Place, value: &'a Value) -> Result<(Place, &'a Value)> {
    let (mut place, mut value) = (place, value);
    for _ in 0..8 {
        match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => (place, value) = source.target(&place, reference)?,
            None => return Ok((place, value)),
        }
    }
    Err(source.wrong(&place, "its $refs lead in a circle"))
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
