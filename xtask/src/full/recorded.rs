//! The recorded answers, each with the operation of the spec that it belongs to.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::workspace::RECORDINGS;

/// Paths that are not those of `POST authentication/{code}`, although they look like it.
const OTHERS: [&str; 3] =
    ["/api/2.0/authentication/sendsms", "/api/2.0/authentication/setphone", "/api/2.0/authentication/confirm"];

/// All recorded answers. Those of the random walks are last, because their texts are random.
pub(super) struct Recordings {
    pub(super) answers: Vec<Answer>,
}

/// One recorded answer.
pub(super) struct Answer {
    /// The name of the recording, and the number of the step, from 1.
    pub(super) recording: String,
    pub(super) step: usize,
    /// The `operationId`, if the spec has the call.
    pub(super) operation: Option<String>,
    pub(super) status: u16,
    /// The media type without parameters.
    pub(super) media_type: Option<String>,
    pub(super) body: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    method: String,
    path: String,
    #[serde(default)]
    full_path: bool,
    response: Response,
}

#[derive(Deserialize)]
struct Response {
    status: u16,
    content_type: Option<String>,
    body: Option<Box<RawValue>>,
}

impl Recordings {
    pub(super) fn read(root: &Path, spec: &Value) -> Result<Self> {
        let calls = Call::all(spec);
        let folder = root.join(RECORDINGS);
        let mut answers = Vec::new();
        for name in names(&folder)? {
            let path = folder.join(format!("{name}.json"));
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            // A list contains observations, and no steps.
            if text.starts_with('[') {
                continue;
            }
            let file: File = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
            answers.extend(file.steps.into_iter().enumerate().map(|(index, step)| {
                let path = if step.full_path { step.path } else { format!("/api/2.0{}", step.path) };
                let media_type = step.response.content_type.as_deref().and_then(|all| all.split(';').next());
                Answer {
                    recording: name.clone(),
                    step: index + 1,
                    operation: operation(&calls, &step.method, &path).map(str::to_owned),
                    status: step.response.status,
                    media_type: media_type.map(str::to_owned),
                    body: step.response.body,
                }
            }));
        }
        answers.sort_by_key(|answer| answer.recording.starts_with("walks/"));
        Ok(Self { answers })
    }

    /// The answers of an operation.
    pub(super) fn of<'a>(&'a self, operation: &'a str) -> impl Iterator<Item = &'a Answer> {
        self.answers.iter().filter(move |answer| answer.operation.as_deref() == Some(operation))
    }
}

/// The receivers of webhooks in the recordings, and an address where none listens.
const RECEIVERS: [(&str, &str); 4] = [
    ("receiver", "https://hooks.example.com"),
    ("receiver_host", "hooks.example.com"),
    ("nobody", "https://hooks.example.com"),
    ("nobody_host", "203.0.113.7:443"),
];

impl Answer {
    /// The body in which `portal` is the address of the portal.
    pub(super) fn text(&self, portal: &str) -> Option<String> {
        let text = self.body.as_ref()?.get();
        let hosts = [("base", format!("https://{portal}")), ("host", portal.to_owned())];
        let receivers = RECEIVERS.map(|(name, value)| (name, value.to_owned()));
        let known = hosts.into_iter().chain(receivers);
        Some(known.fold(text.to_owned(), |text, (name, value)| text.replace(&format!("${{{name}}}"), &value)))
    }

    pub(super) fn json(&self, portal: &str) -> Option<Value> {
        serde_json::from_str(&self.text(portal)?).ok()
    }
}

/// The names of the recordings, such as `rooms/list`, in order.
fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let read = |path: &Path| path.read_dir().with_context(|| format!("cannot read {}", path.display()));
    for subject in read(folder)? {
        let subject = subject?.path();
        if !subject.is_dir() {
            continue;
        }
        for file in read(&subject)? {
            let file = file?.path();
            if file.extension().is_some_and(|extension| extension == "json") {
                let part = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                names.push(format!("{}/{}", part(&subject), part(&file)));
            }
        }
    }
    names.sort();
    Ok(names)
}

/// An operation of the spec, to find it by its path.
struct Call {
    id: String,
    method: String,
    segments: Vec<Segment>,
}

/// A segment of a path. Parameters accept only values of their type, so that `files/{folderId}`
/// does not match other paths below `files/`.
enum Segment {
    Literal(String),
    /// The id of a room, folder or file: a number, or a text such as `sbox-1-x`.
    Id,
    Uuid,
    Number(Vec<String>),
    Text,
}

impl Call {
    fn all(spec: &Value) -> Vec<Self> {
        let mut calls = Vec::new();
        for (path, item) in spec["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let Some(id) = operation["operationId"].as_str() else { continue };
                let schemas = |name: &str| {
                    let lists = [&operation["parameters"], &item["parameters"]];
                    let given = lists.into_iter().filter_map(Value::as_array).flatten();
                    given
                        .map(|parameter| target(spec, parameter))
                        .find(|parameter| parameter["name"] == name)
                        .map(|parameter| target(spec, &parameter["schema"]))
                };
                let segments = path.split('/').map(|segment| {
                    match segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) {
                        Some(name) => Segment::of(schemas(name).unwrap_or(&Value::Null)),
                        None => Segment::Literal(segment.to_owned()),
                    }
                });
                calls.push(Self { id: id.to_owned(), method: method.to_uppercase(), segments: segments.collect() });
            }
        }
        calls.sort_by_key(Self::has_parameters);
        calls
    }

    fn has_parameters(&self) -> bool {
        !self.segments.iter().all(|segment| matches!(segment, Segment::Literal(_)))
    }
}

impl Segment {
    fn of(schema: &Value) -> Self {
        let names = || schema["x-enum-varnames"].as_array().into_iter().flatten().filter_map(Value::as_str);
        match schema["type"].as_str() {
            Some("integer") => Self::Number(names().map(str::to_owned).collect()),
            Some("string") if schema["format"] == "uuid" => Self::Uuid,
            Some("string") => Self::Text,
            _ => Self::Id,
        }
    }

    fn accepts(&self, written: &str) -> bool {
        let is_variable = written.starts_with("${");
        let is_number = written.parse::<i32>().is_ok();
        match self {
            Self::Literal(literal) => literal.eq_ignore_ascii_case(written),
            Self::Id => is_variable || is_number || written.contains('-'),
            Self::Uuid => is_variable || (written.len() == 36 && written.split('-').count() == 5),
            Self::Number(names) => {
                is_variable || is_number || names.iter().any(|name| name.eq_ignore_ascii_case(written))
            }
            Self::Text => !written.is_empty(),
        }
    }
}

fn target<'a>(spec: &'a Value, value: &'a Value) -> &'a Value {
    let reference = value["$ref"].as_str();
    reference.and_then(|reference| spec.pointer(reference.trim_start_matches('#'))).unwrap_or(value)
}

fn operation<'a>(calls: &'a [Call], method: &str, path: &str) -> Option<&'a str> {
    let segments: Vec<&str> = path.strip_suffix('/').unwrap_or(path).split('/').collect();
    let is_match = |call: &&Call| {
        call.method == method
            && call.segments.len() == segments.len()
            && call.segments.iter().zip(&segments).all(|(segment, written)| segment.accepts(written))
    };
    let is_other = |call: &&Call| OTHERS.contains(&path) && call.has_parameters();
    calls.iter().find(is_match).filter(|call| !is_other(call)).map(|call| call.id.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_call_is_found_by_its_path() {
        let id = json!({ "name": "id", "in": "path", "schema": { "oneOf": [{ "type": "integer" }] } });
        let spec = json!({ "paths": {
            "/api/2.0/files/{id}": { "parameters": [id], "get": { "operationId": "listFolder" } },
            "/api/2.0/files/rooms": { "get": { "operationId": "listRooms" } },
        } });
        let calls = Call::all(&spec);
        let find = |path: &str| operation(&calls, "GET", path);
        assert_eq!(find("/api/2.0/files/ROOMS/"), Some("listRooms"));
        assert_eq!([find("/api/2.0/files/7"), find("/api/2.0/files/${room}")], [Some("listFolder"); 2]);
        assert_eq!([find("/api/2.0/files/settings"), operation(&calls, "PUT", "/api/2.0/files/7")], [None; 2]);
    }
}
