//! The examples: recorded answers, chosen by rule and never edited.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

use super::operations;
use super::recorded::{Answer, Recordings};
use super::schemas::validator;

/// Operations whose success is in no recording.
const UNRECORDED: [(&str, &str); 3] = [
    ("authenticateWithCode", "the recorded portal has no second factor"),
    ("createThirdPartyRoom", "the recorded portal has no third-party storage"),
    ("startExternalDbSync", "the recorded portal has no external database"),
];

/// The longest example of a success, as JSON without blanks.
const LONGEST: usize = 3000;

/// The number of examples for each form of an error.
const ERRORS: usize = 3;

/// Adds examples to the answers of the operations and to the shared error answers.
pub(super) fn add(document: &mut Value, spec: &Json, recordings: &Recordings) -> Result<()> {
    let portal = spec["servers"][0]["variables"]["portal"]["default"].as_str().unwrap_or_default();
    let paths = document.get_mut("paths").and_then(Value::as_mapping_mut).into_iter().flatten();
    for (_, operation) in paths.filter_map(|(_, item)| item.as_mapping_mut()).flatten() {
        let Some(id) = operation.get("operationId").and_then(Value::as_str).map(str::to_owned) else { continue };
        let responses = operation.get_mut("responses").and_then(Value::as_mapping_mut).into_iter().flatten();
        for (status, response) in responses {
            let status = status.as_str().and_then(|status| status.parse::<u16>().ok()).filter(|code| *code < 300);
            for (_, media_type) in contents(response) {
                let schema: Json = serde_json::to_value(&media_type["schema"])?;
                let candidates = recordings.of(&id).filter(|answer| Some(answer.status) == status);
                if let Some(best) = success(spec, &schema, candidates, portal) {
                    media_type.insert("examples".into(), shown(&[best], portal)?);
                }
            }
        }
    }
    let responses = document.get_mut("components").and_then(|components| components.get_mut("responses"));
    for (name, response) in responses.and_then(Value::as_mapping_mut).into_iter().flatten() {
        let reference = format!("#/components/responses/{}", name.as_str().unwrap_or_default());
        let users = users(spec, &reference);
        for (media_type, content) in contents(response) {
            let schema: Json = serde_json::to_value(&content["schema"])?;
            let chosen = errors(spec, &schema, recordings, &users, &media_type, portal);
            content.insert("examples".into(), shown(&chosen, portal)?);
        }
    }
    Ok(())
}

/// The media types of a response.
fn contents(response: &mut Value) -> Vec<(String, &mut Mapping)> {
    let content = response.get_mut("content").and_then(Value::as_mapping_mut).into_iter().flatten();
    content.filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value.as_mapping_mut()?))).collect()
}

/// The operations and statuses whose answer is this shared one.
fn users(spec: &Json, reference: &str) -> BTreeSet<(String, u16)> {
    let mut users = BTreeSet::new();
    for operation in operations(spec) {
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            if let (true, Some(id), Ok(status)) =
                (response["$ref"] == reference, operation["operationId"].as_str(), status.parse())
            {
                users.insert((id.to_owned(), status));
            }
        }
    }
    users
}

/// The answer that shows the most properties; of several, the shortest.
fn success<'a>(
    spec: &Json,
    schema: &Json,
    candidates: impl Iterator<Item = &'a Answer>,
    portal: &str,
) -> Option<&'a Answer> {
    let validator = validator(spec, schema).ok()?;
    let mut best: Option<((usize, isize), &Answer)> = None;
    for answer in candidates {
        let Some(body) = answer.json(portal) else { continue };
        let length = body.to_string().len();
        let rank = (if length > LONGEST { 0 } else { properties(&body) }, -length.cast_signed());
        if best.is_none_or(|(other, _)| rank > other) && validator.is_valid(&body) {
            best = Some((rank, answer));
        }
    }
    best.map(|(_, answer)| answer)
}

/// The number of different properties in the value, at all depths.
fn properties(value: &Json) -> usize {
    fn collect(value: &Json, path: &str, found: &mut BTreeSet<String>) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let path = format!("{path}.{name}");
            collect(value, &path, found);
            found.insert(path);
        }
        for value in value.as_array().into_iter().flatten() {
            collect(value, &format!("{path}[]"), found);
        }
    }
    let mut found = BTreeSet::new();
    collect(value, "", &mut found);
    found.len()
}

/// The answers with the reasons that most operations give. If no operation of the spec has given
/// such an answer, other calls have.
fn errors<'a>(
    spec: &Json,
    schema: &Json,
    recordings: &'a Recordings,
    users: &BTreeSet<(String, u16)>,
    media_type: &str,
    portal: &str,
) -> Vec<&'a Answer> {
    let Ok(validator) = validator(spec, schema) else { return Vec::new() };
    let statuses: BTreeSet<u16> = users.iter().map(|(_, status)| *status).collect();
    let of = |is_other: bool| {
        let mut reasons: BTreeMap<String, (BTreeSet<&str>, &Answer)> = BTreeMap::new();
        for answer in &recordings.answers {
            let operation = answer.operation.as_deref().unwrap_or_default();
            let is_user = users.contains(&(operation.to_owned(), answer.status));
            let is_form = answer.media_type.as_deref() == Some(media_type) && statuses.contains(&answer.status);
            // Its messages are not in English.
            if !is_form || !(is_other || is_user) || answer.recording == "wire/language" {
                continue;
            }
            let Some(body) = answer.json(portal).filter(|body| validator.is_valid(body)) else { continue };
            reasons.entry(reason(&body)).or_insert_with(|| (BTreeSet::new(), answer)).0.insert(operation);
        }
        let mut reasons: Vec<_> = reasons.into_values().collect();
        reasons.sort_by_key(|(operations, _)| std::cmp::Reverse(operations.len()));
        reasons.truncate(ERRORS);
        reasons.into_iter().map(|(_, answer)| answer).collect::<Vec<_>>()
    };
    Some(of(false)).filter(|found| !found.is_empty()).unwrap_or_else(|| of(true))
}

/// What an error is about: its message, or the wrong fields.
fn reason(body: &Json) -> String {
    let fields = body["response"]["errors"].as_object();
    match (body["error"]["message"].as_str(), fields) {
        (Some(message), _) => message.to_owned(),
        (None, Some(fields)) => fields.keys().map(String::as_str).collect::<Vec<_>>().join(", "),
        (None, None) => body["title"].as_str().or(body["response"]["title"].as_str()).unwrap_or_default().to_owned(),
    }
}

/// The answers as `examples`.
fn shown(answers: &[&Answer], portal: &str) -> Result<Value> {
    let mut all = Mapping::new();
    for answer in answers {
        let mut example = Mapping::new();
        let place = format!("recording {}, step {}", answer.recording, answer.step);
        example.insert("summary".into(), place.into());
        // Not from `json`, which sorts the properties.
        example.insert("value".into(), serde_json::from_str(&answer.text(portal).unwrap_or_default())?);
        let name = format!("{}-{}", answer.recording.replace(['/', '@'], "-"), answer.step);
        all.insert(name.into(), example.into());
    }
    Ok(all.into())
}

/// Checks the examples of the finished document. Returns their number, and one line for each fault.
pub(super) fn faults(document: &Json) -> (usize, Vec<String>) {
    let (mut count, mut faults) = (0, Vec::new());
    for operation in operations(document) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let responses = operation["responses"].as_object().into_iter().flatten();
        let mut held = 0;
        for (_, response) in responses {
            held += examined(document, id, response, &mut faults);
        }
        let unrecorded = UNRECORDED.iter().find(|(name, _)| *name == id);
        let is_empty = operation["responses"]["204"].is_object();
        match (held, unrecorded) {
            (0, None) if !is_empty => {
                faults.push(format!("{id}: no recording has a valid success, so it has no example"))
            }
            (1.., Some((_, why))) => faults.push(format!("{id}: has an example, although {why}; correct UNRECORDED")),
            _ => {}
        }
        count += held;
    }
    for (name, response) in document["components"]["responses"].as_object().into_iter().flatten() {
        let held = examined(document, name, response, &mut faults);
        for (media_type, content) in response["content"].as_object().into_iter().flatten() {
            if content["examples"].as_object().is_none_or(serde_json::Map::is_empty) {
                faults.push(format!("response {name}: no recording has such an answer as {media_type}"));
            }
        }
        count += held;
    }
    (count, faults)
}

/// Checks the examples of a response, and returns their number.
fn examined(document: &Json, owner: &str, response: &Json, faults: &mut Vec<String>) -> usize {
    let mut count = 0;
    for (_, content) in response["content"].as_object().into_iter().flatten() {
        let validator = match validator(document, &content["schema"]) {
            Ok(validator) => validator,
            Err(error) => {
                faults.push(format!("{owner}: the schema cannot be read: {error}"));
                continue;
            }
        };
        for (name, example) in content["examples"].as_object().into_iter().flatten() {
            count += 1;
            if let Err(error) = validator.validate(&example["value"]) {
                faults.push(format!("{owner}, example {name}: at {:?}: {error}", error.instance_path().as_str()));
            }
            let text = example["value"].to_string();
            if has_secret(&text) {
                faults.push(format!("{owner}, example {name}: contains a key or an unknown placeholder"));
            }
        }
    }
    count
}

/// Whether the text has an API key, or a placeholder of a value that is secret or is missing.
/// Recordings replace the digits of a key by zeros, except the last four, which a portal shows.
fn has_secret(text: &str) -> bool {
    let is_key = |after: &str| {
        let digits = after.chars().take_while(char::is_ascii_hexdigit).count();
        digits > 4 && after[..digits - 4].contains(|digit| digit != '0')
    };
    text.split("sk-").skip(1).any(is_key) || text.contains("${")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn properties_are_counted_once() {
        assert_eq!(properties(&json!({ "rooms": [{ "id": 1 }, { "id": 2, "title": "x" }], "count": 2 })), 4);
        assert_eq!(properties(&json!([1])), 0);
    }

    #[test]
    fn keys_and_placeholders_are_secrets() {
        assert!(has_secret(&format!("sk-{}1{}", "0".repeat(32), "0".repeat(31))));
        assert!(has_secret("${link}"));
        assert!(!has_secret(&format!("sk-{}1f2e sk-***1f2e <token>", "0".repeat(60))));
    }

    #[test]
    fn reasons_are_messages_or_fields() {
        assert_eq!(reason(&json!({ "error": { "message": "Access denied" } })), "Access denied");
        assert_eq!(reason(&json!({ "response": { "title": "t", "errors": { "$": [], "Title": [] } } })), "$, Title");
        assert_eq!(reason(&json!({ "title": "Forbidden" })), "Forbidden");
    }

    #[test]
    fn invalid_examples_are_faults() {
        let example = |value: Json| json!({ "examples": { "x": { "value": value } }, "schema": { "type": "object" } });
        let of = |value: Json| json!({ "operationId": "a", "responses": { "200": { "content": { "application/json": example(value) } } } });
        let document = json!({ "paths": { "/a": { "get": of(json!({})) }, "/b": { "get": of(json!(1)) } } });
        let (count, faults) = faults(&document);
        assert_eq!((count, faults.len()), (2, 1), "{faults:?}");
        assert!(faults[0].starts_with("a, example x: at \"\""), "{faults:?}");
    }
}
