//! The values of the variables in a replay, and the mapping from recorded ids to ids of the mock.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::BASE;
use crate::recording::{self, Recording, Step, fill_text};

/// The variables so far.
#[derive(Debug)]
pub struct Variables {
    recorded_people: BTreeMap<String, String>,
    values: recording::Variables,
    /// Recorded values of captured variables, each with the mock's value.
    same: Vec<(Value, Value)>,
    /// The same for ids of files, which a portal numbers separately from folders and rooms.
    files: Vec<(Value, Value)>,
    /// The people of the answers so far whose ids were not captured.
    pub(super) people: People,
    /// The root folders that the recording shows, each as its first answer shows it.
    roots: BTreeMap<String, Value>,
}

/// Recorded ids of people, each with the mock's id of the same person.
#[derive(Clone, Debug, Default)]
pub(super) struct People(Vec<(String, String)>);

impl People {
    /// Pairs two ids. Returns false if one of them belongs to another person.
    pub(super) fn pair(&mut self, recorded: &str, got: &str) -> bool {
        match self.0.iter().find(|(first, second)| first == recorded || second == got) {
            Some(known) => known.0 == recorded && known.1 == got,
            None => {
                self.0.push((recorded.to_owned(), got.to_owned()));
                true
            }
        }
    }
}

impl Variables {
    pub fn new(recording: &Recording) -> Self {
        let values = recording::Variables::from([
            ("base".to_owned(), Value::from(BASE)),
            ("host".to_owned(), Value::from(BASE.trim_start_matches("http://"))),
        ]);
        Self {
            recorded_people: recording.people.clone(),
            values,
            same: Vec::new(),
            files: Vec::new(),
            people: People::default(),
            roots: roots(recording),
        }
    }

    /// Whether a recorded folder is a root folder that no call has changed since the recording
    /// began.
    pub(super) fn is_unchanged_root(&self, recorded: &Map<String, Value>) -> bool {
        is_root(recorded) && self.roots.get(&recorded["title"].to_string()) == recorded.get("updated")
    }

    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.values.insert(name.to_owned(), value.into());
    }

    /// Adds a person of the mock, who stands for the recorded person of the same name.
    pub fn person(&mut self, name: &str, id: &str) {
        self.set(name, id);
        if let Some(recorded) = self.recorded_people.get(name) {
            self.same.push((Value::from(recorded.as_str()), Value::from(id)));
        }
    }

    /// Sets the variables that no step captures: the addresses of receivers, ids as text, and dates
    /// relative to the start of the replay or to the step.
    pub fn seed(&mut self, recording: &Recording, start: DateTime<Utc>, now: DateTime<Utc>) {
        for (name, text) in moments(start, now) {
            if recording.captured.contains_key(name) {
                self.values.insert(name.to_owned(), text.into());
            }
        }
        let date = |value: &Value| value.as_str()?.parse::<DateTime<Utc>>().ok();
        let first = recording.captured.values().filter_map(date).min();
        for (name, recorded) in &recording.captured {
            if let (Some(at), Some(first)) = (date(recorded), first) {
                let text = (start + (at - first)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
                self.values.entry(name.clone()).or_insert_with(|| text.into());
            }
            let is_address = recorded.as_str().is_some_and(|text| text.contains("127.0.0.1:"));
            let is_receiver = is_address || name.starts_with("receiver") || name == "run";
            if is_receiver {
                self.values.entry(name.clone()).or_insert_with(|| recorded.clone());
            } else if let Some(number) = recorded.as_str().and_then(|text| text.parse::<i64>().ok())
                && !self.values.contains_key(name)
                && let Some(mapped) = self.mapped(&Value::from(number)).cloned()
            {
                self.values.insert(name.clone(), Value::from(recording::as_text(&mapped)));
            }
        }
    }

    /// Captures the variables of a step from its answer.
    pub fn save(&mut self, step: &Step, answer: &Value) {
        for (name, place) in &step.save {
            let pointer = format!("/{}", place.replace('.', "/"));
            let recorded = step.response.body.as_ref().and_then(|body| body.pointer(&pointer));
            let Some(value) = answer.pointer(&pointer) else { continue };
            self.values.insert(name.clone(), value.clone());
            if let Some(recorded) = recorded {
                let owner = pointer.rsplit_once('/').and_then(|(owner, _)| step.response.body.as_ref()?.pointer(owner));
                let is_file = step.answers_files() || owner.and_then(Value::as_object).is_some_and(is_file);
                let same = if is_file { &mut self.files } else { &mut self.same };
                // The id of an operation is the same in every answer, so the first capture stays.
                if recorded.as_str().is_some_and(is_guid) && same.iter().any(|(known, _)| known == recorded) {
                    continue;
                }
                same.retain(|(known, _)| known != recorded);
                same.push((recorded.clone(), value.clone()));
            }
        }
    }

    /// The recorded ids of the people.
    pub fn recorded_people(&self) -> Vec<&str> {
        self.recorded_people.values().map(String::as_str).collect()
    }

    /// The mock's value for a recorded one, if it was captured.
    pub fn mapped(&self, recorded: &Value) -> Option<&Value> {
        self.same.iter().find(|(known, _)| known == recorded).map(|(_, value)| value)
    }

    /// The mock's number for a recorded file, if it was captured.
    pub fn mapped_file(&self, recorded: &Value) -> Option<&Value> {
        self.files.iter().find(|(known, _)| known == recorded).map(|(_, value)| value)
    }

    /// A recorded text in which the placeholders and all captured texts are replaced.
    pub fn translated(&self, text: &str) -> String {
        let mut text = self.fill(text);
        for (recorded, value) in &self.same {
            if let (Value::String(recorded), Value::String(value)) = (recorded, value)
                && recorded.len() >= 32
            {
                text = text.replace(recorded.as_str(), value);
            }
        }
        text
    }

    /// Replaces each `${name}` in a text.
    pub fn fill(&self, text: &str) -> String {
        fill_text(text, &self.values)
    }

    /// Replaces each `${name}` at any depth.
    pub fn fill_value(&self, value: &Value) -> Value {
        recording::fill(value, &self.values)
    }

    /// The query as it is sent.
    pub fn query(&self, step: &Step) -> String {
        let encoded = |text: &str| encode(&self.fill(text));
        let written = |value: &Value| encoded(value.as_str().unwrap_or(&value.to_string()));
        let pairs =
            step.query_pairs().into_iter().map(|(name, value)| format!("{}={}", encoded(&name), written(&value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// How far `ago` and `ahead` are from the step that uses them.
const NEARBY: TimeDelta = TimeDelta::minutes(5);

/// The moments that a recorder sets, in their spellings: the start, and moments around a step.
fn moments(start: DateTime<Utc>, now: DateTime<Utc>) -> Vec<(&'static str, String)> {
    let bare = |at: DateTime<Utc>| at.format("%Y-%m-%dT%H:%M:%S").to_string();
    let shifted = |hours: i64| bare(start + TimeDelta::hours(hours));
    let t0 = bare(start);
    vec![
        ("t0", format!("{t0}Z")),
        ("t0_ms", format!("{t0}.123Z")),
        ("t0_7", format!("{t0}.1234567Z")),
        ("t0_2", format!("{t0}.12Z")),
        ("t0_plus3", format!("{}+03:00", shifted(3))),
        ("t0_minus5", format!("{}-05:00", shifted(-5))),
        ("t0_bare", t0),
        ("today", start.format("%Y-%m-%d").to_string()),
        ("ago", format!("{}Z", bare(now - NEARBY))),
        ("ago_bare", bare(now - NEARBY)),
        ("ahead", format!("{}Z", bare(now + NEARBY))),
    ]
}

/// The date of the last change of each root folder when the recording began.
fn roots(recording: &Recording) -> BTreeMap<String, Value> {
    fn collect(value: &Value, found: &mut BTreeMap<String, Value>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            Value::Object(members) => {
                if is_root(members) {
                    found.entry(members["title"].to_string()).or_insert_with(|| members["updated"].clone());
                }
                members.values().for_each(|member| collect(member, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    recording.steps.iter().filter_map(|step| step.response.body.as_ref()).for_each(|body| collect(body, &mut found));
    found
}

fn is_root(folder: &Map<String, Value>) -> bool {
    folder.get("parentId") == Some(&Value::from(0)) && folder.contains_key("title") && folder.contains_key("updated")
}

/// Percent-encodes a text in the same way as the client that made the recordings.
fn encode(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| {
            if keep(byte) {
                char::from(byte).to_string()
            } else if byte == b' ' {
                "+".into()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Whether an object is a file, or the answer about an upload, which has the id of the file.
pub(super) fn is_file(object: &Map<String, Value>) -> bool {
    object.get("fileEntryType").is_some_and(|kind| *kind == 2) || object.contains_key("uploaded")
}

/// Whether a text has the form of a guid.
pub(super) fn is_guid(text: &str) -> bool {
    text.len() == 36 && text.bytes().filter(|byte| *byte == b'-').count() == 4
}
