//! One step of a recording: a request and its answer.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use super::placeholder::as_text;

/// One request and its answer.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    /// Whose credentials were used: a role for its API key, a role with `_token` for its session
    /// token, or `anonymous`.
    #[serde(rename = "as")]
    pub caller: String,
    /// The method, in upper case.
    pub method: String,
    /// The path as it was written, below `/api/2.0` unless [`Step::full_path`] is set.
    pub path: String,
    /// Whether `path` is the whole path.
    #[serde(default)]
    pub full_path: bool,
    /// The query: an object or a list of pairs.
    #[serde(default)]
    pub query: Option<Value>,
    /// The headers other than the credentials.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body that was sent as JSON, which may be null.
    #[serde(default, deserialize_with = "sent")]
    pub body: Option<Value>,
    /// The body that was sent unchanged.
    #[serde(default)]
    pub raw: Option<RawBody>,
    /// The form with one file that was sent.
    #[serde(default)]
    pub multipart: Option<UploadForm>,
    /// The variables that this step sets, each with the path of its value in the answer, such as
    /// `response.id`.
    #[serde(default)]
    pub save: BTreeMap<String, String>,
    /// The time that passed before the step.
    #[serde(default)]
    pub after_seconds: Option<f64>,
    /// Set if the request was repeated until a condition held.
    #[serde(default)]
    pub poll: Option<Poll>,
    /// Whether the answer lists what the whole portal had, including the results of other
    /// scenarios.
    #[serde(default)]
    pub whole_portal: bool,
    /// A comment on the step.
    #[serde(default)]
    pub note: Option<String>,
    /// The answer.
    pub response: Answer,
}

/// Reads a value that is there, even if it is null.
fn sent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// A request body that is sent unchanged.
#[derive(Clone, Debug, Deserialize)]
pub struct RawBody {
    /// The Content-Type; `None` for a body without one.
    pub content_type: Option<String>,
    /// The body.
    pub text: String,
}

/// A form with one file.
#[derive(Clone, Debug, Deserialize)]
pub struct UploadForm {
    name: String,
    filename: String,
    content_type: String,
    #[serde(rename = "base64", deserialize_with = "decode")]
    content: Vec<u8>,
}

/// The condition that ends a poll, in words.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Poll {
    until: String,
}

/// The answer of a portal.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The Content-Type, if there was one.
    #[serde(default)]
    pub content_type: Option<String>,
    /// The headers that are compared.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body, if it was JSON.
    #[serde(default)]
    pub body: Option<Value>,
    /// The body, if it was not JSON.
    #[serde(default)]
    pub text: Option<String>,
}

impl Step {
    /// The whole path, with its placeholders.
    pub fn whole_path(&self) -> String {
        if self.full_path { self.path.clone() } else { format!("/api/2.0{}", self.path) }
    }

    /// Whether the answer depends on the configuration of the recorded portal, so that only its
    /// shape can be compared.
    pub fn shows_configuration(&self) -> bool {
        self.whole_portal && self.note.as_deref().is_some_and(|note| note.ends_with(": compare the shape"))
    }

    /// The names of the query parameters.
    pub fn query_names(&self) -> Vec<String> {
        self.query_pairs().into_iter().map(|(name, _)| name).collect()
    }

    /// The query parameters with their values.
    pub fn query_pairs(&self) -> Vec<(String, Value)> {
        match &self.query {
            Some(Value::Object(pairs)) => pairs.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            Some(Value::Array(pairs)) => pairs.iter().map(|pair| (as_text(&pair[0]), pair[1].clone())).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the answer is a list of files.
    pub fn answers_files(&self) -> bool {
        self.method == "POST" && ["/upload", "/text", "/html"].iter().any(|end| self.path.ends_with(end))
    }

    /// Whether both steps are answers to the same poll.
    pub fn polls_like(&self, other: &Self) -> bool {
        self.poll.is_some()
            && self.poll == other.poll
            && (&self.caller, &self.method, &self.path, &self.query)
                == (&other.caller, &other.method, &other.path, &other.query)
    }
}

const BOUNDARY: &str = "recorded-form";

impl UploadForm {
    /// The Content-Type of the form.
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
        [head.as_bytes(), &self.content, tail.as_bytes()].concat()
    }
}

fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    STANDARD.decode(String::deserialize(deserializer)?).map_err(de::Error::custom)
}

impl Poll {
    /// Whether this answer ends the poll; `None` if this function does not know the condition.
    pub fn is_over(&self, body: &Value) -> Option<bool> {
        let response = &body["response"];
        let finished = |record: &Value| record["finished"] == Value::Bool(true);
        match self.until.as_str() {
            "the operation is finished or no longer listed" => {
                Some(response.as_array().is_none_or(|records| records.iter().all(finished)))
            }
            "response.isCompleted is true, or there is no response" => {
                Some(response.is_null() || response["isCompleted"] == Value::Bool(true))
            }
            "no delete is listed as running" => {
                let running = |record: &Value| record["Operation"] == 2 && !finished(record);
                Some(!response.as_array().is_some_and(|records| records.iter().any(running)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::UploadForm;

    #[test]
    fn the_file_of_a_form_is_decoded_from_base64() {
        let form = json!({
            "name": "file", "filename": "a.png", "content_type": "image/png", "base64": "bm90IGEgcGljdHVyZQ==",
        });
        let form: UploadForm = serde_json::from_value(form).unwrap();
        let body = String::from_utf8(form.body()).unwrap();
        assert!(body.contains("\r\n\r\nnot a picture\r\n--recorded-form--\r\n"), "{body}");
    }
}
