//! The recordings of a real portal, as the tests read them. Their format is told in tests/recordings/README.md.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

/// What a portal answered in one scenario, step by step.
#[derive(Clone, Debug, Deserialize)]
pub struct Recording {
    /// Folder and name, such as `rooms/lifecycle-custom`.
    pub scenario: String,
    /// What each variable stood for when it was recorded.
    #[serde(default)]
    pub captured: BTreeMap<String, Value>,
    /// The ids of the people, by role.
    #[serde(default)]
    pub people: BTreeMap<String, String>,
    /// The exchanges in order. Recordings that only describe something have none.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// One request and its answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    /// Whose credentials were used.
    #[serde(rename = "as")]
    pub caller: String,
    /// The method, in capitals.
    pub method: String,
    /// The path as it was written, below `/api/2.0` unless [`Step::full_path`] is set.
    pub path: String,
    /// Whether `path` is the whole path.
    #[serde(default)]
    pub full_path: bool,
    /// The query, an object or a list of pairs.
    #[serde(default)]
    pub query: Option<Value>,
    /// The body that was sent as JSON, if there was one.
    #[serde(default)]
    pub body: Option<Value>,
    /// What came back.
    pub response: Answer,
}

/// What a portal answered.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, if there was one and it was JSON.
    #[serde(default)]
    pub body: Option<Value>,
}

impl Step {
    /// The names in the query.
    pub fn query_names(&self) -> Vec<String> {
        self.query_pairs().into_iter().map(|(name, _)| name).collect()
    }

    /// The query, name by name; a list stands for its name repeated.
    pub fn query_pairs(&self) -> Vec<(String, Value)> {
        let pairs: Vec<(String, Value)> = match &self.query {
            Some(Value::Object(pairs)) => pairs.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            Some(Value::Array(pairs)) => pairs
                .iter()
                .filter_map(|pair| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.clone())))
                .collect(),
            _ => Vec::new(),
        };
        let repeated = |(name, value): (String, Value)| match value {
            Value::Array(values) => values.into_iter().map(|value| (name.clone(), value)).collect(),
            value => vec![(name, value)],
        };
        pairs.into_iter().flat_map(repeated).collect()
    }
}

impl Recording {
    /// The whole path of a step, with the variables as they were when it was recorded.
    pub fn path_of(&self, step: &Step) -> String {
        self.filled_text(&if step.full_path { step.path.clone() } else { format!("/api/2.0{}", step.path) })
    }

    /// A part of a request, with the variables as they were when it was recorded.
    pub fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let whole = text.strip_prefix("${").and_then(|text| text.strip_suffix('}'));
                let captured = whole.and_then(|name| self.captured.get(name));
                captured.cloned().unwrap_or_else(|| self.filled_text(text).into())
            }
            Value::Array(values) => values.iter().map(|value| self.filled(value)).collect(),
            Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), self.filled(value))).collect(),
            other => other.clone(),
        }
    }

    fn filled_text(&self, text: &str) -> String {
        let captured = self.captured.iter().map(|(name, value)| (name.clone(), plain(value)));
        let people = self.people.iter().flat_map(|(name, id)| {
            // A person's id is captured under the role and, in requests, asked for as `role_id`.
            [(name.clone(), id.clone()), (format!("{name}_id"), id.clone())]
        });
        captured
            .chain(people)
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("${{{name}}}"), &value))
    }
}

/// A captured value as it stands in a path.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The folder of the recordings.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../recordings")
}

/// All recordings, in the order of their names.
///
/// # Panics
///
/// When one cannot be read; a test can do nothing without it.
pub fn all() -> Vec<Recording> {
    let mut files = Vec::new();
    collect(&folder(), &mut files);
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry of the recordings' folder").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
}

fn read(file: &Path) -> Recording {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
