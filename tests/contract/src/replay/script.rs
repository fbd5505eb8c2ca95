//! A recording as the replayer needs it: everything that was sent, and everything that came back.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// One scenario.
#[derive(Clone, Debug, Deserialize)]
pub struct Script {
    /// Folder and name, such as `rooms/lifecycle-custom`.
    pub scenario: String,
    /// The ids of the people when it was recorded.
    #[serde(default)]
    pub people: BTreeMap<String, String>,
    /// The exchanges in order; none where something was only described.
    #[serde(default)]
    pub steps: Vec<Step>,
}

/// One exchange.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    /// Whose credentials: a role, a role with `_token`, or `anonymous`.
    #[serde(rename = "as")]
    pub caller: String,
    /// The verb.
    pub method: String,
    /// The path, below `/api/2.0` unless [`Step::full_path`] is set.
    pub path: String,
    /// Whether the path is whole.
    #[serde(default)]
    pub full_path: bool,
    /// An object or a list of pairs.
    #[serde(default)]
    pub query: Option<Value>,
    /// Headers besides the credentials.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Sent as JSON.
    #[serde(default)]
    pub body: Option<Value>,
    /// Sent as it is.
    #[serde(default)]
    pub raw: Option<Raw>,
    /// A form with one file.
    #[serde(default)]
    pub multipart: Option<File>,
    /// Variable, and where its value stands in the answer.
    #[serde(default)]
    pub save: BTreeMap<String, String>,
    /// Time that passed before the step.
    #[serde(default)]
    pub after_seconds: Option<f64>,
    /// Asked again and again.
    #[serde(default)]
    pub poll: Option<Poll>,
    /// The answer lists whatever the portal had.
    #[serde(default)]
    pub whole_portal: bool,
    /// What came back.
    pub response: Answer,
}

/// A body that is sent as it is.
#[derive(Clone, Debug, Deserialize)]
pub struct Raw {
    /// Nothing for a body without a type.
    pub content_type: Option<String>,
    /// The body.
    pub text: String,
}

/// A file in a form.
#[derive(Clone, Debug, Deserialize)]
pub struct File {
    name: String,
    filename: String,
    content_type: String,
    base64: String,
}

/// What ends a poll.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Poll {
    until: String,
}

/// What came back.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The Content-Type, if there was one.
    #[serde(default)]
    pub content_type: Option<String>,
    /// The headers that matter.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// A JSON body.
    #[serde(default)]
    pub body: Option<Value>,
    /// Any other body.
    #[serde(default)]
    pub text: Option<String>,
}

const BOUNDARY: &str = "recorded-form";

impl File {
    /// The form's type.
    pub fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={BOUNDARY}")
    }

    /// The form with its one file.
    pub fn body(&self) -> Vec<u8> {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
            self.name, self.filename, self.content_type
        );
        let tail = format!("\r\n--{BOUNDARY}--\r\n");
        let content = decode(&self.base64);
        [head.as_bytes(), &content, tail.as_bytes()].concat()
    }
}

/// Base64 as the recordings write it; what is no letter of it ends the text.
fn decode(text: &str) -> Vec<u8> {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sixes = text.bytes().map_while(|byte| letters.iter().position(|letter| *letter == byte));
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for six in sixes {
        bits = (bits << 6 | u32::try_from(six).unwrap_or_default()) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    bytes
}

impl Poll {
    /// Whether this answer ends the poll; nothing for a condition that the replayer does not know.
    pub fn is_over(&self, body: &Value) -> Option<bool> {
        let response = &body["response"];
        let finished = |one: &Value| one["finished"] == Value::Bool(true);
        match self.until.as_str() {
            "the operation is finished or no longer listed" => {
                Some(response.as_array().is_none_or(|all| all.iter().all(finished)))
            }
            "response.isCompleted is true, or there is no response" => {
                Some(response.is_null() || response["isCompleted"] == Value::Bool(true))
            }
            "no delete is listed as running" => {
                let running = |one: &Value| one["Operation"] == 2 && !finished(one);
                Some(!response.as_array().is_some_and(|all| all.iter().any(running)))
            }
            _ => None,
        }
    }
}

impl Step {
    /// Whether the ids in the answer are those of files.
    pub fn answers_files(&self) -> bool {
        self.method == "POST" && self.path.ends_with("/upload")
    }

    /// Whether this is another answer to the same poll.
    pub fn polls_like(&self, other: &Self) -> bool {
        self.poll.is_some()
            && self.poll == other.poll
            && (&self.caller, &self.method, &self.path, &self.query)
                == (&other.caller, &other.method, &other.path, &other.query)
    }
}

/// The recording of this name.
///
/// # Panics
/// If it cannot be read; a test can do nothing without it.
pub fn read(name: &str) -> Script {
    let file = crate::recording::folder().join(format!("{name}.json"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The names of all recordings.
pub fn names() -> Vec<String> {
    crate::recording::all().into_iter().map(|recording| recording.scenario).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        assert_eq!(decode("bm90IGEgcGljdHVyZQ=="), b"not a picture");
    }
}
