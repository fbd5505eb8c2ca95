//! The log of requests that tests assert on.

use serde::Serialize;

/// A request that came in over HTTP, and what it got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoggedRequest {
    /// The verb.
    pub method: String,
    /// The path as typed.
    pub path: String,
    /// The query as typed, without the question mark.
    pub query: String,
    /// The headers, credentials included: they are the mock's own.
    pub headers: Vec<(String, String)>,
    /// The body, as text.
    pub body: String,
    /// The status that was sent; nothing if the connection was closed or left without an answer.
    pub status: Option<u16>,
}

impl LoggedRequest {
    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.body).ok()
    }
}
