//! A structure written down: in the form of OpenAPI, so that one reader does for the published documents and for ours.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::model::{Content, Object, Operation, Parameter, Rest, Schema, Shape, Structure};

/// What fits into this many columns is written on one line.
const WIDTH: usize = 120;

impl Structure {
    /// Sorted and with nothing but structure, so that equal structures give equal texts.
    pub(crate) fn text(&self) -> String {
        let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
        for operation in self.operations.values() {
            paths.entry(&operation.path).or_default().insert(operation.method.clone(), self::operation(operation));
        }
        let schemas: BTreeMap<_, _> = self.schemas.iter().map(|(name, schema)| (name, self::schema(schema))).collect();
        let document = json!({
            "openapi": "3.0.3",
            "info": {"version": self.version},
            "paths": paths,
            "components": {"schemas": schemas},
        });
        json_text(&document)
    }
}

/// JSON for people and for comparing: keys in order, and what is short on one line.
pub(crate) fn json_text(value: &Value) -> String {
    let mut text = String::new();
    pretty(value, 0, 0, &mut text);
    text.push('\n');
    text
}

fn operation(operation: &Operation) -> Value {
    let mut value = Map::new();
    if !operation.tags.is_empty() {
        value.insert("tags".into(), json!(operation.tags));
    }
    if operation.deprecated {
        value.insert("deprecated".into(), true.into());
    }
    if !operation.parameters.is_empty() {
        value.insert("parameters".into(), operation.parameters.iter().map(parameter).collect());
    }
    if let Some(body) = &operation.body {
        value.insert("requestBody".into(), json!({"required": body.required, "content": content(&body.content)}));
    }
    let answer = operation.answer.as_ref().map_or_else(|| json!({}), |answer| json!({"content": content(answer)}));
    value.insert("responses".into(), json!({"200": answer}));
    value.into()
}

fn parameter(parameter: &Parameter) -> Value {
    let mut value = Map::new();
    value.insert("in".into(), parameter.location.as_str().into());
    value.insert("name".into(), parameter.name.as_str().into());
    if parameter.required {
        value.insert("required".into(), true.into());
    }
    if let Some(style) = &parameter.style {
        let (style, not_repeated) = style.split_once(',').map_or((style.as_str(), false), |(style, _)| (style, true));
        value.insert("style".into(), style.into());
        if not_repeated {
            value.insert("explode".into(), false.into());
        }
    }
    value.insert("schema".into(), schema(&parameter.schema));
    value.into()
}

fn content(content: &Content) -> Value {
    json!({&content.media_type: {"schema": schema(&content.schema)}})
}

fn schema(schema: &Schema) -> Value {
    let mut value = Map::new();
    match &schema.shape {
        Shape::Any => {}
        Shape::Named(name) => {
            let reference =
                json!({"$ref": format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"))});
            if !schema.nullable && !schema.deprecated {
                return reference;
            }
            // A `$ref` may have no neighbours.
            value.insert("allOf".into(), json!([reference]));
        }
        Shape::Scalar(scalar) => {
            value.insert("type".into(), scalar.kind.name().into());
            if let Some(format) = &scalar.format {
                value.insert("format".into(), format.as_str().into());
            }
            if !scalar.values.is_empty() {
                value.insert("enum".into(), scalar.values.keys().map(super::model::Literal::value).collect());
                let names: Option<Vec<_>> = scalar.values.values().map(Option::as_deref).collect();
                if let Some(names) = names {
                    value.insert("x-enum-varnames".into(), json!(names));
                }
            }
        }
        Shape::Array(items) => {
            value.insert("type".into(), "array".into());
            value.insert("items".into(), self::schema(items));
        }
        Shape::Object(object) => self::object(object, &mut value),
        Shape::OneOf(alternatives) => {
            value.insert("oneOf".into(), alternatives.iter().map(self::schema).collect());
        }
    }
    for (flag, set) in [("nullable", schema.nullable), ("deprecated", schema.deprecated)] {
        if set {
            value.insert(flag.into(), true.into());
        }
    }
    for (keyword, limit) in &schema.limits {
        match keyword.strip_prefix("exclusive") {
            // As 3.0 writes it.
            Some(neighbour) => {
                value.insert(neighbour.to_lowercase(), limit.value());
                value.insert(keyword.clone(), true.into());
            }
            None => {
                value.insert(keyword.clone(), limit.value());
            }
        }
    }
    value.into()
}

fn object(object: &Object, value: &mut Map<String, Value>) {
    value.insert("type".into(), "object".into());
    let required: Vec<_> = object.fields.iter().filter(|(_, field)| field.required).map(|(name, _)| name).collect();
    if !required.is_empty() {
        value.insert("required".into(), json!(required));
    }
    if !object.fields.is_empty() {
        let properties: BTreeMap<_, _> =
            object.fields.iter().map(|(name, field)| (name, schema(&field.schema))).collect();
        value.insert("properties".into(), json!(properties));
    }
    match &object.rest {
        Rest::Open => {}
        Rest::Closed => {
            value.insert("additionalProperties".into(), false.into());
        }
        Rest::Values(values) => {
            value.insert("additionalProperties".into(), schema(values));
        }
    }
}

fn pretty(value: &Value, indent: usize, column: usize, text: &mut String) {
    let line = compact(value);
    if column + line.len() <= WIDTH || !(value.is_array() || value.is_object()) {
        text.push_str(&line);
        return;
    }
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    text.push(open);
    for (index, (key, value)) in members(value).into_iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        let label = key.map_or_else(String::new, |key| format!("{}: ", Value::from(key)));
        let start = format!("{}{label}", "  ".repeat(indent + 1));
        text.push_str(&start);
        // One column for the comma.
        pretty(value, indent + 1, start.len() + 1, text);
    }
    text.push('\n');
    text.push_str(&"  ".repeat(indent));
    text.push(close);
}

fn compact(value: &Value) -> String {
    if !value.is_array() && !value.is_object() {
        return value.to_string();
    }
    let inside: Vec<_> = members(value)
        .into_iter()
        .map(|(key, value)| {
            key.map_or_else(|| compact(value), |key| format!("{}: {}", Value::from(key), compact(value)))
        })
        .collect();
    if value.is_array() { format!("[{}]", inside.join(", ")) } else { format!("{{{}}}", inside.join(", ")) }
}

/// The members of a mapping, in the order of their keys whatever serde_json was built to do, or those of a list.
fn members(value: &Value) -> Vec<(Option<&str>, &Value)> {
    match value {
        Value::Object(map) => {
            let mut members: Vec<_> = map.iter().map(|(key, value)| (Some(key.as_str()), value)).collect();
            members.sort_by_key(|(key, _)| *key);
            members
        }
        Value::Array(elements) => elements.iter().map(|value| (None, value)).collect(),
        _ => Vec::new(),
    }
}
