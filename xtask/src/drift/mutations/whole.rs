//! Changes of the whole document.

use serde_json::{Value, json};

use super::{ADDITION, BREAK, Mutation, NONE, REFUSED, every_operation, everywhere, replace};

/// Renames a schema and its references.
fn rename_schemas(document: &mut Value, rename: fn(&str) -> String) {
    let schemas = std::mem::take(document["components"]["schemas"].as_object_mut().unwrap());
    let schemas = schemas.into_iter().map(|(name, schema)| (rename(&name), schema));
    document["components"]["schemas"] = schemas.collect::<serde_json::Map<_, _>>().into();
    everywhere(document, &mut |members| {
        if let Some(Value::String(reference)) = members.get_mut("$ref") {
            let name = reference.rsplit('/').next().unwrap();
            *reference = format!("#/components/schemas/{}", rename(name));
        }
    });
}

/// Makes `change` of every envelope.
fn every_envelope(document: &mut Value, change: fn(&mut Value)) {
    for (name, schema) in document["components"]["schemas"].as_object_mut().unwrap() {
        if name.ends_with("Wrapper") && schema["properties"]["response"].is_object() {
            change(schema);
        }
    }
}

pub(super) const ALL: &[Mutation] = &[
    ("nothing", NONE, |_| {}),
    ("version", NONE, |d| d["info"]["version"] = "3.8.0".into()),
    ("version is a number", NONE, |d| d["info"]["version"] = json!(3.8)),
    ("another version of the API", BREAK, |d| replace(d, "\"/api/2.0/", "\"/api/3.0/")),
    ("start of the paths dropped", BREAK, |d| replace(d, "\"/api/2.0/", "\"/")),
    ("start of the paths in the server", NONE, |d| {
        replace(d, "\"/api/2.0/", "\"/");
        d["servers"] = json!([{"url": "https://example.com/api/2.0"}]);
    }),
    ("start of the paths in a variable", NONE, |d| {
        replace(d, "\"/api/2.0/", "\"/");
        d["servers"] = json!([{"url": "{base}/api/2.0", "variables": {"base": {"default": ""}}}]);
    }),
    ("server named", NONE, |d| d["servers"] = json!([{"url": "https://example.com/"}])),
    ("all schemas renamed", NONE, |d| rename_schemas(d, |name| format!("{name}Model"))),
    ("prose", NONE, |d| {
        everywhere(d, &mut |members| {
            if members.contains_key("type") && members["type"].is_string() || members.contains_key("responses") {
                members.insert("description".into(), "Words.".into());
                members.insert("example".into(), json!({"$ref": "nowhere"}));
            }
        });
    }),
    ("all numbers have 64 bits", BREAK, |d| replace(d, "\"int32\"", "\"int64\"")),
    ("null nowhere", BREAK, |d| everywhere(d, &mut |members| drop(members.remove("nullable")))),
    ("further fields everywhere", ADDITION, |d| {
        everywhere(d, &mut |members| {
            if members.get("additionalProperties") == Some(&Value::Bool(false)) {
                members.remove("additionalProperties");
            }
        });
    }),
    ("charset everywhere", NONE, |d| replace(d, "\"application/json\"", "\"application/json; charset=utf-8\"")),
    ("property of the envelope renamed", BREAK, |d| {
        every_envelope(d, |schema| super::rename(&mut schema["properties"], "response", "data"));
    }),
    ("answers without an envelope", BREAK, |d| {
        every_envelope(d, |schema| *schema = schema["properties"]["response"].clone());
    }),
    ("property names begin with capitals", BREAK, |d| {
        everywhere(d, &mut |members| {
            if let Some(Value::Object(properties)) = members.get_mut("properties") {
                let capital = |name: String| name[..1].to_uppercase() + &name[1..];
                *properties =
                    std::mem::take(properties).into_iter().map(|(name, value)| (capital(name), value)).collect();
            }
        });
    }),
    ("OpenAPI 3.1", NONE, |d| {
        d["openapi"] = "3.1.0".into();
        everywhere(d, &mut |members| {
            if members.remove("nullable") == Some(Value::Bool(true)) {
                let own = std::mem::take(members);
                members.insert("oneOf".into(), json!([own, {"type": "null"}]));
            }
        });
    }),
    ("OpenAPI 3.1 with lists of types", NONE, |d| {
        d["openapi"] = "3.1.0".into();
        everywhere(d, &mut |members| {
            if members.get("type").is_some_and(Value::is_string) && members.remove("nullable").is_some() {
                let kind = members["type"].clone();
                members.insert("type".into(), json!([kind, "null"]));
            } else if members.contains_key("nullable") {
                let own = std::mem::take(members);
                members.insert("oneOf".into(), json!([own, {"type": "null"}]));
            }
            members.remove("nullable");
        });
    }),
    ("OpenAPI 3.2", REFUSED, |d| d["openapi"] = "3.2.0".into()),
    ("version of OpenAPI is a number", REFUSED, |d| d["openapi"] = json!(3.0)),
    ("Swagger 2.0", REFUSED, |d| {
        super::remove(d, "openapi");
        d["swagger"] = "2.0".into();
    }),
    ("another product", REFUSED, |d| {
        let paths = d["paths"].as_object_mut().unwrap();
        let mut number = 0;
        paths.retain(|_, _| {
            number += 1;
            number % 3 == 0
        });
    }),
    ("no operations", REFUSED, |d| d["paths"] = json!({})),
    ("schema of an unknown type, unused", NONE, |d| {
        d["components"]["schemas"]["Unused"] = json!({"type": "file"});
    }),
    ("schema of an unknown type, in use", REFUSED, |d| super::schema(d, "EmployeeDto")["type"] = "file".into()),
    ("reference without a target", REFUSED, |d| {
        d["components"]["schemas"]["Unused"] = json!({"$ref": "#/components/schemas/Nowhere"});
    }),
    ("reference is a number", REFUSED, |d| super::schema(d, "FolderDtoInteger")["$ref"] = 5.into()),
    ("merge key", REFUSED, |d| super::schema(d, "FolderDtoInteger")["<<"] = json!({"type": "object"})),
    ("references in a circle", REFUSED, |d| {
        *super::schema(d, "EmployeeDto") = json!({"$ref": "#/components/schemas/EmployeeDto"});
    }),
    ("webhooks", NONE, |d| d["webhooks"] = json!({"done": {"post": {"responses": {"200": {}}}}})),
    ("errors of all operations", NONE, |d| {
        every_operation(d, |_, operation| operation["responses"]["429"] = json!({"description": "Too many."}));
    }),
];
