//! Tests that documents with the same meaning have no differences.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{Api, Document, Names, OperationKey, Versions, compare};

/// Pseudo-random choices that depend only on the seed.
struct Dice(u64);

impl Dice {
    fn roll(&self, what: impl Hash, sides: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.0, what).hash(&mut hasher);
        hasher.finish() % sides
    }
}

fn published() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/published/3.7.0.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Applies a change to every mapping in a value, innermost first.
fn everywhere(value: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(|value| everywhere(value, change));
            change(members);
        }
        Value::Array(elements) => elements.iter_mut().for_each(|value| everywhere(value, change)),
        _ => {}
    }
}

const START: &str = "#/components/schemas/";

fn referred(members: &Map<String, Value>) -> Option<String> {
    members.get("$ref")?.as_str()?.strip_prefix(START).map(str::to_owned)
}

fn schemas(document: &mut Value) -> &mut Map<String, Value> {
    document["components"]["schemas"].as_object_mut().unwrap()
}

fn rename_schemas(document: &mut Value, dice: &Dice) {
    let new_name = |name: &str| format!("S{}{name}", dice.roll(name, 1000));
    everywhere(document, &mut |members| {
        if let Some(name) = referred(members) {
            members.insert("$ref".into(), format!("{START}{}", new_name(&name)).into());
        }
    });
    let renamed = std::mem::take(schemas(document)).into_iter().map(|(name, value)| (new_name(&name), value));
    *schemas(document) = renamed.collect();
}

/// Replaces some references with the schemas themselves. Recursive schemas stay references.
fn inline_schemas(document: &mut Value, dice: &Dice) {
    let all = schemas(document).clone();
    let mut used: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, schema) in &all {
        let names = used.entry(name).or_default();
        everywhere(&mut schema.clone(), &mut |members| names.extend(referred(members)));
    }
    let contains_itself = |name: &str| {
        let (mut seen, mut waiting) = (Vec::new(), used[name].clone());
        while let Some(next) = waiting.pop() {
            if !seen.contains(&next) {
                waiting.extend(used[next.as_str()].clone());
                seen.push(next);
            }
        }
        seen.iter().any(|next| next == name)
    };
    let mut place = 0;
    everywhere(document, &mut |members| {
        place += 1;
        if let Some(name) = referred(members).filter(|name| dice.roll(place, 2) == 0 && !contains_itself(name)) {
            *members = all[&name].as_object().unwrap().clone();
        }
    });
}

/// Changes the case of paths, the names of their parameters, and the ids and tags of operations.
fn rename_operations(document: &mut Value, dice: &Dice) {
    let paths = std::mem::take(document["paths"].as_object_mut().unwrap());
    for (path, mut item) in paths {
        let other = |name: &str| format!("{name}{}", dice.roll(name, 10));
        let segments =
            path.split('/').map(|segment| match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) => format!("{{{}}}", other(name)),
                None if dice.roll(segment, 2) == 0 => segment.to_uppercase(),
                None => segment.to_owned(),
            });
        let new_path = segments.collect::<Vec<_>>().join("/");
        everywhere(&mut item, &mut |members| {
            if members.get("in") == Some(&json!("path"))
                && path.contains(&format!("{{{}}}", members["name"].as_str().unwrap_or_default()))
            {
                members.insert("name".into(), other(members["name"].as_str().unwrap()).into());
            }
            if members.contains_key("responses") {
                members.insert("operationId".into(), format!("op{}", dice.roll(&path, 1000)).into());
                members.insert("tags".into(), json!(["Something else"]));
                members.insert("summary".into(), "Words.".into());
            }
        });
        document["paths"][new_path] = item;
    }
}

/// Rewrites the document in OpenAPI 3.1.
fn to_openapi_3_1(document: &mut Value, dice: &Dice) {
    document["openapi"] = "3.1.0".into();
    let mut place = 0;
    everywhere(document, &mut |members| {
        place += 1;
        if members.get("nullable") == Some(&Value::Bool(true)) {
            members.remove("nullable");
            match members.get("type").cloned() {
                Some(kind) if dice.roll(place, 2) == 0 && kind.is_string() => {
                    members.insert("type".into(), json!([kind, "null"]));
                    if let Some(values) = members.get_mut("enum").and_then(Value::as_array_mut) {
                        values.push(Value::Null);
                    }
                    members.remove("x-enum-varnames");
                }
                _ => {
                    *members =
                        json!({"oneOf": [std::mem::take(members), {"type": "null"}]}).as_object().unwrap().clone()
                }
            }
        }
        if let Some([only]) = members.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
            let only = only.clone();
            members.remove("enum");
            members.insert("const".into(), only);
        }
        for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if members.get(flag) == Some(&Value::Bool(true))
                && let Some(value) = members.remove(limit)
            {
                members.insert(flag.into(), value);
            }
        }
        if members.contains_key("type") && members["type"].is_string() {
            members.insert("examples".into(), json!(["something"]));
        }
    });
}

fn parse(document: &Value) -> crate::Result<Document> {
    Document::parse("test.json", document.to_string(), Versions::V3_0And3_1)
}

fn read(document: &Value) -> Api {
    Api::read(&parse(document).unwrap()).unwrap()
}

/// Reads the operations that the other API has too.
fn read_common(document: &Value, other: &Api) -> Api {
    let select = |key: &OperationKey, _: &BTreeSet<String>| other.contains(key);
    Api::read_some(&parse(document).unwrap(), select).unwrap()
}

/// Rewrites the document without a change of meaning.
fn rewritten(mut document: Value, seed: u64, steps: &[u8]) -> Value {
    for (index, step) in steps.iter().enumerate() {
        let dice = Dice(seed.wrapping_add(index as u64));
        match step {
            0 => rename_schemas(&mut document, &dice),
            1 => inline_schemas(&mut document, &dice),
            2 => rename_operations(&mut document, &dice),
            _ => to_openapi_3_1(&mut document, &dice),
        }
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn rewritten_document_has_no_differences(seed: u64, steps in proptest::collection::vec(0_u8..4, 1..5)) {
        let original = read(&published());
        let other = read_common(&rewritten(published(), seed, &steps), &original);
        for names in [Names::Left, Names::Right] {
            prop_assert_eq!(compare(&original, &other, names).into_keys().next(), None);
        }
    }

    #[test]
    fn change_is_found_in_a_rewritten_document(seed: u64, steps in proptest::collection::vec(0_u8..4, 1..5)) {
        let original = read(&published());
        let mut changed = published();
        changed["components"]["schemas"]["FolderDtoInteger"]["properties"].as_object_mut().unwrap().remove("inRoom");
        let other = read_common(&rewritten(changed, seed, &steps), &original);
        let places: Vec<_> = compare(&original, &other, Names::Left).into_keys().map(|found| found.place).collect();
        prop_assert_eq!(places, ["FolderDtoInteger.inRoom"]);
    }

    /// A document with an odd value somewhere is read, or rejected with a one-line error. It never
    /// causes a panic.
    #[test]
    fn odd_documents_do_not_panic(seed: u64, odd in 0_usize..14) {
        let odds = [
            json!(null), json!(true), json!(0), json!(""), json!([]), json!({}), json!([[]]), json!({"$ref": 1}), json!("null"),
            json!({"$ref": "#/components/schemas/FolderDtoInteger"}), json!({"$ref": "#/paths"}), json!({"$ref": "#/"}),
            json!([{"$ref": "#/components/schemas/EmployeeDto"}, null]), json!({"allOf": [{"oneOf": []}], "type": ["null"]}),
        ];
        let (dice, mut count, mut document) = (Dice(seed), 0_u64, published());
        everywhere(&mut document, &mut |members| {
            for (name, value) in members.iter_mut() {
                count += 1;
                if dice.roll(count, 2000) == 0 && name != "paths" {
                    *value = odds[odd].clone();
                }
            }
        });
        match parse(&document).and_then(|document| Api::read(&document)) {
            Ok(api) => drop(compare(&api, &read(&published()), Names::Left)),
            Err(error) => prop_assert_eq!(error.to_string().lines().count(), 1),
        }
    }
}
