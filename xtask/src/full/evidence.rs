//! Compares the error answers of the spec with the recordings.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::Value;

use super::operations;
use super::recorded::{Answer, Recordings};
use super::schemas::validator;

/// Errors that no recording shows, with the reason to describe them.
const UNRECORDED: [(&str, &str, &str); 3] = [
    ("copyEntries", "404", "docs/portal/folders-and-files.md: the target does not exist"),
    ("createRoom", "402", "docs/portal/rooms.md: too many rooms"),
    ("moveEntries", "404", "docs/portal/folders-and-files.md: the target does not exist"),
];

/// Errors that depend on what a call does, so a recording must show them. The others depend on the
/// credentials, on the form of the request and on the state of the portal.
const SPECIFIC: [&str; 2] = ["402", "404"];

/// One line for each recorded error that the spec describes otherwise or not at all, and for each
/// described error without a recording.
pub(super) fn faults(spec: &Value, recordings: &Recordings) -> Vec<String> {
    let mut faults = Vec::new();
    let mut validators = BTreeMap::new();
    for operation in operations(spec) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let mut seen = BTreeSet::new();
        for answer in recordings.of(id).filter(|answer| answer.status >= 400) {
            let status = answer.status.to_string();
            if let Some(fault) = fault(spec, &operation["responses"][&status], answer, &mut validators) {
                faults.push(format!("{id}, {status}: {fault} (recording {}, step {})", answer.recording, answer.step));
            }
            seen.insert(status);
        }
        for status in SPECIFIC.iter().filter(|status| operation["responses"][status].is_object()) {
            let is_excused = UNRECORDED.iter().any(|(name, code, _)| *name == id && code == status);
            if seen.contains(*status) == is_excused {
                let what = if is_excused { "is recorded; correct UNRECORDED" } else { "is in no recording" };
                faults.push(format!("{id}, {status}: {what}"));
            }
        }
    }
    faults
}

/// What is wrong about the description of a recorded error.
fn fault(
    spec: &Value,
    response: &Value,
    answer: &Answer,
    validators: &mut BTreeMap<String, Validator>,
) -> Option<String> {
    let Some(reference) = response["$ref"].as_str() else { return Some("is not described".to_owned()) };
    let described = spec.pointer(reference.trim_start_matches('#'))?;
    let Some(media_type) = &answer.media_type else {
        let may_be_empty =
            described["description"].as_str().is_some_and(|description| description.contains("body is empty"));
        return (!may_be_empty).then(|| "the recorded body is empty".to_owned());
    };
    let content = &described["content"][media_type];
    if content.is_null() {
        return Some(format!("{media_type} is not described"));
    }
    // Few errors are described, so few validators serve all answers.
    let key = format!("{reference} {media_type}");
    if !validators.contains_key(&key) {
        validators.insert(key.clone(), validator(spec, &content["schema"]).ok()?);
    }
    let body = answer.json("")?;
    let error = validators.get(&key)?.validate(&body).err()?;
    Some(format!("at {:?}: {error}", error.instance_path().as_str()))
}
