//! Properties with a description of their own, as other generators understand them.
//!
//! OpenAPI 3.0 ignores a description beside a `$ref`, so our spec puts the `$ref` into an `allOf`.
//! Some generators then show the description of the target only. So the target is written out if
//! generators make no type of it: a text, a number, or a choice of other types.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

const SCHEMAS: &str = "#/components/schemas/";

/// Writes out the targets, and removes those that nothing else uses.
pub(super) fn inline(document: &mut Value) {
    let schemas = document.get("components").and_then(|components| components.get("schemas"));
    let Some(schemas) = schemas.and_then(Value::as_mapping).cloned() else { return };
    inline_within(document, &schemas);
    let mut used = BTreeSet::new();
    collect_references(document, &mut used);
    if let Some(Value::Mapping(schemas)) = document.get_mut("components").and_then(|all| all.get_mut("schemas")) {
        schemas.retain(|name, _| name.as_str().is_some_and(|name| used.contains(name)));
    }
}

fn inline_within(value: &mut Value, schemas: &Mapping) {
    match value {
        Value::Mapping(members) => {
            if let Some(target) = target(members, schemas) {
                members.remove("allOf");
                for (key, value) in target {
                    if !members.contains_key(key) {
                        members.insert(key.clone(), value.clone());
                    }
                }
            }
            members.values_mut().for_each(|value| inline_within(value, schemas));
        }
        Value::Sequence(elements) => elements.iter_mut().for_each(|value| inline_within(value, schemas)),
        _ => {}
    }
}

/// The names of all schemas that a `$ref` leads to.
fn collect_references(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Mapping(members) => {
            let reference = members.get("$ref").and_then(Value::as_str);
            names.extend(reference.and_then(|reference| reference.strip_prefix(SCHEMAS)).map(str::to_owned));
            members.values().for_each(|value| collect_references(value, names));
        }
        Value::Sequence(elements) => elements.iter().for_each(|value| collect_references(value, names)),
        _ => {}
    }
}

/// The target of the only `$ref`, if generators make no type of it.
fn target<'s>(members: &Mapping, schemas: &'s Mapping) -> Option<&'s Mapping> {
    let parts = members.get("allOf")?.as_sequence()?;
    let ([only], true) = (parts.as_slice(), members.contains_key("description")) else { return None };
    let name = only.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)?;
    let target = schemas.get(name)?.as_mapping()?;
    let is_object = target.contains_key("allOf") || target.get("type").is_some_and(|kind| kind == "object");
    let is_type = is_object || target.contains_key("enum");
    (!is_type && !members.contains_key("properties")).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_targets_without_a_type_are_written_out() {
        let document = |schemas: &str, properties: &str| -> Value {
            let kept = "Kind: {type: string, enum: [a]}, Room: {type: object}";
            let text = format!("components: {{schemas: {{{schemas}{kept}, Link: {{properties: {{{properties}}}}}}}}}");
            serde_yaml::from_str(&format!("paths: [{{$ref: '#/components/schemas/Link'}}]\n{text}")).unwrap()
        };
        let reference = |name: &str| format!("description: own, allOf: [{{$ref: '#/components/schemas/{name}'}}]");
        let others = format!("b: {{{}}}, c: {{{}}}", reference("Room"), reference("Kind"));
        let id = "Id: {description: an id, type: string, format: uuid}, ";
        let mut given = document(id, &format!("a: {{{}}}, {others}", reference("Id")));
        inline(&mut given);
        assert_eq!(given, document("", &format!("a: {{description: own, type: string, format: uuid}}, {others}")));
    }
}
