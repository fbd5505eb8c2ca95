//! A published document with one change at a time, and the exit code that the change deserves.

mod enums;
mod fields;
mod operations;
mod parameters;
mod whole;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use openapi_compare::{Api, Document, Versions};
use serde_json::{Map, Value, json};

use super::Drift;
use crate::documents::{ours, reduced};
use crate::workspace::root;

/// The name of a change, the exit code, and the change.
type Mutation = (&'static str, u8, fn(&mut Value));

/// Nothing changed for us.
const NONE: u8 = 0;
/// The document is refused.
const REFUSED: u8 = 1;
/// Callers keep working.
const ADDITION: u8 = 4;
/// Callers may fail.
const BREAK: u8 = 5;

fn published() -> Value {
    let path = root().join("crates/openapi-compare/tests/published/3.7.0.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn read(document: Value, ours: &Api, old: Option<&Api>) -> anyhow::Result<Drift> {
    let document = Document::of("changed.json", document, Versions::V3_0And3_1)?;
    let published = reduced(document, ours, old, false)?;
    let mut drift = Drift::between(old.unwrap_or(ours), &published.api);
    drift.moved_to = published.moved_to;
    Ok(drift)
}

#[test]
fn every_change_has_its_exit_code() {
    let (ours, original) = (ours(&root()).unwrap(), published());
    let old = Api::read(&Document::of("old.json", original.clone(), Versions::V3_0And3_1).unwrap()).unwrap();
    let all: Vec<Mutation> = [operations::ALL, parameters::ALL, enums::ALL, fields::ALL, whole::ALL]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    assert!(all.len() > 120, "{}", all.len());
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((name, expected, mutate)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut changed = original.clone();
                    mutate(&mut changed);
                    let drift = read(changed, &ours, Some(&old));
                    let code = drift.as_ref().map_or(REFUSED, Drift::exit_code);
                    if code != *expected {
                        let words = drift.map_or_else(|error| format!("{error:#}"), |drift| drift.markdown());
                        wrong.lock().unwrap().push(format!("{name}: {code} instead of {expected}\n{words}"));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One change in one place does not change what is said about other places.
#[test]
fn change_has_no_false_consequences() {
    let (ours, original) = (ours(&root()).unwrap(), published());
    let old = Api::read(&Document::of("old.json", original.clone(), Versions::V3_0And3_1).unwrap()).unwrap();
    let entries = crate::deviations::Deviations::read(&root()).unwrap();
    let all: Vec<_> = [operations::ALL, parameters::ALL, fields::ALL, whole::ALL].into_iter().flatten().collect();
    for (name, agreed, most_unexplained) in [
        ("body removed", 0, 1),
        ("operation removed", 0, 1),
        ("received field removed", 0, 2),
        ("received field renamed", 0, 4),
        ("property of the envelope renamed", 0, 75),
        ("id may be text", 0, 0),
        ("received field moved to the entries", 0, 1),
        ("limit of a sent text dropped", 1, 0),
    ] {
        let (.., mutate) = all.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("no {name}"));
        let mut changed = original.clone();
        mutate(&mut changed);
        let document = Document::of("changed.json", changed, Versions::V3_0And3_1).unwrap();
        let new = reduced(document, &ours, Some(&old), false).unwrap().api;
        let mut drift = Drift::between(&old, &new);
        drift.explain(&ours, &old, &new, &entries);
        assert_eq!(drift.agreed.len(), agreed, "{name}: {:#?}", drift.agreed);
        assert!(drift.unexplained.len() <= most_unexplained, "{name}: {:#?}", drift.unexplained);
    }
}

#[test]
fn one_cause_is_one_line() {
    let (ours, original) = (ours(&root()).unwrap(), published());
    let old = Api::read(&Document::of("old.json", original.clone(), Versions::V3_0And3_1).unwrap()).unwrap();
    for (name, most) in [
        ("all numbers have 64 bits", 2),
        ("null nowhere", 2),
        ("further fields everywhere", 2),
        ("property of the envelope renamed", 2),
        ("received field removed", 1),
    ] {
        let all = whole::ALL.iter().chain(fields::ALL);
        let (.., mutate) = all.into_iter().find(|(known, ..)| *known == name).unwrap();
        let mut changed = original.clone();
        mutate(&mut changed);
        let text = read(changed, &ours, Some(&old)).unwrap().markdown();
        assert!(text.matches("\n- ").count() <= most, "{name}:\n{text}");
    }
    // The same change in requests and in answers.
    let (.., mutate) = enums::ALL.iter().find(|(known, ..)| *known == "value added").unwrap();
    let mut changed = original.clone();
    mutate(&mut changed);
    let text = read(changed, &ours, Some(&old)).unwrap().markdown();
    assert!(
        text.contains("## Changes that do not break callers, in requests and answers (1)\n\n- `RoomType`"),
        "{text}"
    );
    assert_eq!(text.matches("\n- ").count(), 1, "{text}");
    let mut moved = original.clone();
    replace(&mut moved, "\"/api/2.0/", "\"/api/3.0/");
    let text = read(moved, &ours, Some(&old)).unwrap().markdown();
    assert_eq!(text, "# From 3.7.0 to 3.7.0\n\nAll paths begin with `/api/3.0` now.\n");
}

/// The operation with this method and path.
fn operation<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    let (method, path) = name.split_once(' ').unwrap();
    let found = &mut document["paths"][path][method.to_lowercase()];
    assert!(found.is_object(), "there is no {name}");
    found
}

/// The value at a JSON pointer, which must exist.
fn at<'a>(value: &'a mut Value, pointer: &str) -> &'a mut Value {
    value.pointer_mut(pointer).unwrap_or_else(|| panic!("there is no {pointer}"))
}

fn schema<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    at(document, &format!("/components/schemas/{name}"))
}

/// The property of a schema, as `Schema.property`.
fn property<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    let (name, property) = name.split_once('.').unwrap();
    at(schema(document, name), &format!("/properties/{property}"))
}

fn parameter<'a>(operation: &'a mut Value, name: &str) -> &'a mut Value {
    let list = operation["parameters"].as_array_mut().unwrap();
    list.iter_mut().find(|parameter| parameter["name"] == name).unwrap()
}

fn remove(value: &mut Value, key: &str) -> Value {
    value.as_object_mut().unwrap().remove(key).unwrap_or_else(|| panic!("there is no {key}"))
}

fn rename(value: &mut Value, from: &str, to: &str) {
    value[to] = remove(value, from);
}

/// Calls `change` for every mapping in the value, the inner ones first.
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

/// Replaces a text wherever it occurs in the document.
fn replace(document: &mut Value, from: &str, to: &str) {
    *document = serde_json::from_str(&document.to_string().replace(from, to)).unwrap();
}

fn every_operation(document: &mut Value, change: fn(&str, &mut Value)) {
    for item in document["paths"].as_object_mut().unwrap().values_mut() {
        for (method, operation) in item.as_object_mut().unwrap() {
            change(method, operation);
        }
    }
}

fn answer(schema: Value) -> Value {
    json!({"200": {"content": {"application/json": {"schema": schema}}}})
}
