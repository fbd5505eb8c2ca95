//! JSON Schemas made from the spec with every object closed, so that undescribed properties are
//! invalid.

use contract::spec::members;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// A validator for values of a schema of the spec.
///
/// `nullable` is left out: a portal never answers null, and treats null in a request as absent.
pub(crate) fn validator(document: &Value, schema: &Value) -> Validator {
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let definitions: Map<String, Value> =
        schemas.map(|(name, schema)| (name.clone(), closed(document, schema))).collect();
    let mut root = closed(document, schema);
    root["$defs"] = Value::Object(definitions);
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&root)
        .unwrap_or_else(|error| panic!("the spec cannot be converted into a JSON Schema: {error}"))
}

fn closed(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return json!({ "$ref": reference.replace("#/components/schemas/", "#/$defs/") });
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return match parts.as_slice() {
            // An `allOf` with one part only adds a description to a reference.
            [one] if schema["properties"].is_null() => closed(document, one),
            _ => closed(document, &merged(document, schema)),
        };
    }
    let mut result = Map::new();
    for (key, value) in schema.as_object().into_iter().flatten() {
        match key.as_str() {
            "type" | "enum" | "required" => drop(result.insert(key.clone(), value.clone())),
            // The format of dates is checked by the generated type, which knows the date that
            // stands for no date.
            "format" if value == "uuid" => drop(result.insert(key.clone(), value.clone())),
            "items" => drop(result.insert(key.clone(), closed(document, value))),
            "additionalProperties" if value.is_object() => drop(result.insert(key.clone(), closed(document, value))),
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                let properties: Map<String, Value> =
                    properties.map(|(name, property)| (name.clone(), closed(document, property))).collect();
                result.insert(key.clone(), properties.into());
                result.entry("additionalProperties").or_insert(json!(false));
            }
            "oneOf" | "anyOf" => {
                let branches: Vec<Value> =
                    value.as_array().into_iter().flatten().map(|branch| closed(document, branch)).collect();
                result.insert(key.clone(), branches.into());
            }
            _ => {}
        }
    }
    Value::Object(result)
}

/// One object schema with the properties of all schemas in `allOf`.
fn merged(document: &Value, schema: &Value) -> Value {
    let (properties, required) = members(document, schema);
    json!({ "type": "object", "properties": properties, "required": required })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    fn passes(schema: &Value, value: &Value) -> bool {
        let base = json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "integer" } } });
        let document = json!({ "components": { "schemas": { "Base": base } } });
        super::validator(&document, schema).is_valid(value)
    }

    #[test]
    fn undescribed_properties_are_invalid() {
        let base = json!({ "$ref": "#/components/schemas/Base" });
        assert!(passes(&base, &json!({ "a": 1 })));
        assert!(!passes(&base, &json!({ "a": 1, "b": 2 })));
        assert!(!passes(&base, &json!({})));
    }

    #[test]
    fn all_of_schemas_are_closed_as_one_object() {
        let more = json!({ "type": "object", "properties": { "b": { "type": "string" } } });
        let both = json!({ "allOf": [{ "$ref": "#/components/schemas/Base" }, more] });
        assert!(passes(&both, &json!({ "a": 1, "b": "x" })));
        assert!(!passes(&both, &json!({ "a": 1, "c": "x" })));
    }

    #[test]
    fn maps_accept_any_property_name() {
        let map = json!({ "type": "object", "additionalProperties": { "type": "integer" } });
        assert!(passes(&map, &json!({ "x": 1 })) && !passes(&map, &json!({ "x": "1" })));
    }
}
