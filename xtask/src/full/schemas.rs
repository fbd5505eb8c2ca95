//! Validators for the schemas of an OpenAPI 3.0 document.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::enums::OPEN;

/// A validator for values of the schema. The schemas of the document are its components.
pub(super) fn validator(document: &Value, schema: &Value) -> Result<Validator, String> {
    let mut root = converted(schema);
    root["components"] = json!({ "schemas": converted_members(&document["components"]["schemas"]) });
    jsonschema::draft202012::options().should_validate_formats(true).build(&root).map_err(|error| error.to_string())
}

/// The schema as JSON Schema, which has no `nullable`. An open enum accepts all values of its type.
fn converted(schema: &Value) -> Value {
    let Some(members) = schema.as_object() else { return schema.clone() };
    let mut result = Map::new();
    for (key, value) in members {
        let value = match key.as_str() {
            "enum" if members.get(OPEN).is_some() => continue,
            "type" if members.get("nullable") == Some(&true.into()) => json!([value, "null"]),
            "properties" => converted_members(value),
            "items" | "additionalProperties" => converted(value),
            "allOf" | "anyOf" | "oneOf" => value.as_array().into_iter().flatten().map(converted).collect(),
            "$ref" | "type" | "format" | "enum" | "required" => value.clone(),
            _ => continue,
        };
        result.insert(key.clone(), value);
    }
    Value::Object(result)
}

fn converted_members(members: &Value) -> Value {
    members.as_object().into_iter().flatten().map(|(name, schema)| (name.clone(), converted(schema))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nullable_and_open_enums_accept_more() {
        let schemas = json!({
            "Kind": { "type": "integer", "enum": [1], "x-extensible-enum": true },
            "Order": { "type": "string", "enum": ["a"] },
            "Name": { "type": "string", "nullable": true },
        });
        let document = json!({ "components": { "schemas": schemas } });
        let accepts = |name: &str, value: Value| {
            let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
            validator(&document, &schema).unwrap().is_valid(&value)
        };
        assert!(accepts("Kind", json!(9)) && !accepts("Kind", json!("9")));
        assert!(accepts("Order", json!("a")) && !accepts("Order", json!("b")));
        assert!(accepts("Name", json!(null)) && !accepts("Name", json!(1)));
    }
}
