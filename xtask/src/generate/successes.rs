//! The part of the spec that the client is generated from: the spec without the error answers.
//!
//! The generator accepts one type of error per operation, and an error that is described hides the
//! body of one that is not, such as the page of a proxy. The facade reads errors by hand.

use std::collections::BTreeSet;

use serde_json::Value;

/// Removes the error answers, and the components that only they use.
pub(super) fn without_errors(spec: &mut Value) {
    let items = spec["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for operation in items.filter_map(Value::as_object_mut).flat_map(|item| item.values_mut()) {
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            responses.retain(|status, _| status.starts_with('2'));
        }
    }
    let used = used(spec);
    let Some(components) = spec["components"].as_object_mut() else { return };
    for (kind, members) in components.iter_mut().filter(|(kind, _)| *kind != "securitySchemes") {
        if let Some(members) = members.as_object_mut() {
            members.retain(|name, _| used.contains(&format!("#/components/{kind}/{name}")));
        }
    }
}

/// The `$ref`s that can be reached from the operations.
fn used(spec: &Value) -> BTreeSet<String> {
    let (mut used, mut waiting) = (BTreeSet::new(), vec![&spec["paths"]]);
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(members) => waiting.extend(members.values()),
            Value::Array(elements) => waiting.extend(elements),
            _ => {}
        }
        if let Some(reference) = value.get("$ref").and_then(Value::as_str)
            && used.insert(reference.to_owned())
        {
            waiting.extend(spec.pointer(reference.trim_start_matches('#')));
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn errors_and_what_only_they_use_are_removed() {
        let answer = |name: &str| json!({ "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } } });
        let mut spec = json!({
            "paths": { "/rooms": { "get": { "responses": {
                "200": answer("Room"), "404": { "$ref": "#/components/responses/NotFound" },
            } } } },
            "components": {
                "securitySchemes": { "key": {} },
                "responses": { "NotFound": answer("Failure") },
                "schemas": { "Failure": {}, "Room": { "items": { "$ref": "#/components/schemas/Id" } }, "Id": {} },
            },
        });
        without_errors(&mut spec);
        let expected = json!({
            "paths": { "/rooms": { "get": { "responses": { "200": answer("Room") } } } },
            "components": {
                "securitySchemes": { "key": {} },
                "responses": {},
                "schemas": { "Room": { "items": { "$ref": "#/components/schemas/Id" } }, "Id": {} },
            },
        });
        assert_eq!(spec, expected);
    }
}
