//! Requests and answers of the pure core: plain values without sockets. The HTTP server and the
//! replay of recordings convert to and from them.
//!
//! ```
//! use docspace_mock::{Portal, Request};
//! let mut portal = Portal::new();
//! let answer = portal.handle(&Request::new("GET", "/api/2.0/capabilities"));
//! assert_eq!(answer.status, 200);
//! ```

use serde::Serialize;

/// A request of a client.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The HTTP verb, as sent.
    pub method: String,
    /// The path as sent, still percent-encoded, without the query.
    pub path: String,
    /// The query as sent, without the question mark.
    pub query: String,
    /// Header names in any case, and their values, in the order sent.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body; empty if the request has no body.
    pub body: Vec<u8>,
    /// The address of the client. Limits and blocked logins use it.
    pub remote: String,
}

impl Request {
    /// Creates a request without headers and body. `path` may contain a query after a question
    /// mark.
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

    /// Sets a JSON body and its content type.
    #[must_use]
    pub fn json(mut self, value: &serde_json::Value) -> Self {
        self.body = value.to_string().into_bytes();
        self.header("Content-Type", "application/json")
    }

    /// Returns the first header of this name. Letter case does not matter.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A cookie of the request, still encoded.
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

/// An answer of the portal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status code.
    pub status: u16,
    /// Header names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
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

    /// Sets a header and replaces earlier ones of this name, except that cookies are added.
    pub(crate) fn set_header(&mut self, name: &str, value: impl Into<String>) {
        if name != "set-cookie" {
            self.headers.retain(|(key, _)| key != name);
        }
        self.headers.push((name.to_owned(), value.into()));
    }

    /// Returns the first header of this name. Letter case does not matter.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns the body as JSON, or `None` if it is not JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }
}
