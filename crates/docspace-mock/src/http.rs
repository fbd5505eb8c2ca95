//! Requests and answers as the pure core sees them: plain values, no sockets. The HTTP server and the
//! replayer of recordings translate to and from these.
//!
//! ```
//! use docspace_mock::{Portal, Request};
//! let mut portal = Portal::new();
//! let answer = portal.handle(&Request::new("GET", "/api/2.0/capabilities"));
//! assert_eq!(answer.status, 200);
//! ```

use serde::Serialize;

/// What a client sent.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The verb, as sent.
    pub method: String,
    /// The path as typed, still percent-encoded, without the query.
    pub path: String,
    /// The query as typed, without the question mark.
    pub query: String,
    /// Header names (any case) and values, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The body's bytes; empty when there was none.
    pub body: Vec<u8>,
    /// The address the call came from, used by throttles.
    pub remote: String,
}

impl Request {
    /// A request without query, headers and body; `path` may carry a query after a question mark.
    pub fn new(method: &str, path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Self { method: method.into(), path: path.into(), query: query.into(), ..Self::default() }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends `value` as a JSON body.
    #[must_use]
    pub fn json(mut self, value: &serde_json::Value) -> Self {
        self.body = value.to_string().into_bytes();
        self.header("Content-Type", "application/json")
    }

    /// The first header of this name, whatever its case.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A cookie sent with the request, still encoded.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case("cookie"))
            .flat_map(|(_, value)| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// What the portal answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// Header names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer without body or headers.
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// An answer with this value as JSON.
    pub(crate) fn with_json(status: u16, content_type: &str, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("answers are plain data with string keys");
        let mut answer = Self { status, body, ..Self::default() };
        answer.set_header("content-type", content_type);
        answer
    }

    /// Sets a header; a `Set-Cookie` is added beside earlier ones, any other replaces them.
    pub(crate) fn set_header(&mut self, name: &str, value: impl Into<String>) {
        if name != "set-cookie" {
            self.headers.retain(|(key, _)| key != name);
        }
        self.headers.push((name.to_owned(), value.into()));
    }

    /// The first header of this name, whatever its case.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}
