//! Writes an API as an OpenAPI document.

mod json;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

pub use self::json::pretty_json;
use crate::api::{Api, Content, Literal, Object, Operation, OtherFields, Parameter, Schema, Shape};

impl Api {
    /// Writes the API as OpenAPI 3.0 in JSON.
    ///
    /// Equal APIs give equal texts, and reading a text gives an equal API. The text contains only
    /// what is compared, so it lacks titles and descriptions that OpenAPI requires.
    pub fn to_openapi(&self) -> String {
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
        pretty_json(&document)
    }
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
    let answer = |answer: &Option<Content>| match answer {
        Some(answer) => json!({"content": content(answer)}),
        None => json!({}),
    };
    let answers: BTreeMap<_, _> = operation.answers.iter().map(|(code, content)| (code, answer(content))).collect();
    value.insert("responses".into(), json!(answers));
    if !operation.security.is_empty() {
        value.insert("security".into(), operation.security.iter().map(|way| self::way(way)).collect());
    }
    value.into()
}

/// One way to authenticate. The words of a scheme are its name.
fn way(words: &str) -> Value {
    let schemes = words.split(" and ").filter(|words| *words != "nothing");
    schemes.map(|words| (words.to_owned(), json!([]))).collect::<Map<_, _>>().into()
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
            let is_plain = Schema::of(schema.shape.clone()) == *schema;
            if is_plain {
                return reference;
            }
            // In 3.0 a `$ref` must not have siblings.
            value.insert("allOf".into(), json!([reference]));
        }
        Shape::Scalar(scalar) => {
            value.insert("type".into(), scalar.kind.name().into());
            if let Some(format) = &scalar.format {
                value.insert("format".into(), format.as_str().into());
            }
            if !scalar.values.is_empty() {
                value.insert("enum".into(), scalar.values.keys().map(Literal::value).collect());
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
    for (flag, set) in [
        ("nullable", schema.nullable),
        ("deprecated", schema.deprecated),
        ("readOnly", schema.read_only),
        ("writeOnly", schema.write_only),
    ] {
        if set {
            value.insert(flag.into(), true.into());
        }
    }
    if let Some(default) = &schema.default {
        value.insert("default".into(), default.value());
    }
    for (keyword, limit) in &schema.limits {
        match keyword.strip_prefix("exclusive") {
            // The form of 3.0.
            Some(limited) => {
                value.insert(limited.to_lowercase(), limit.value());
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
    match &object.others {
        OtherFields::Open => {}
        OtherFields::Closed => {
            value.insert("additionalProperties".into(), false.into());
        }
        OtherFields::Values(values) => {
            value.insert("additionalProperties".into(), schema(values));
        }
    }
}
