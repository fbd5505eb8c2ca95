//! Calls written by hand, as a person following a guide would: no client checks or completes them.

use reqwest::{Client, Method};
use serde_json::Value;

/// Sends calls to one portal with one API key, or without credentials.
#[derive(Clone, Debug)]
pub struct Raw {
    http: Client,
    url: String,
    key: Option<String>,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub enum Body {
    /// No body and no Content-Type.
    Absent,
    /// No body, with the Content-Type of JSON.
    Empty,
    /// This text, with the Content-Type of JSON.
    Text(&'static str),
    /// A JSON value.
    Json(Value),
}

impl From<Value> for Body {
    fn from(value: Value) -> Self {
        Self::Json(value)
    }
}

impl Raw {
    /// Calls the portal at this address with this API key, or anonymously.
    ///
    /// # Panics
    ///
    /// Panics if the HTTP client cannot be built.
    pub fn new(url: &str, key: Option<&str>) -> Self {
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("an HTTP client");
        Self { http, url: url.trim_end_matches('/').to_owned(), key: key.map(str::to_owned) }
    }

    /// The same portal, called anonymously.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Self { key: None, ..self.clone() }
    }

    /// Sends a call. A path is below `/api/2.0/` unless it starts with a slash.
    ///
    /// # Panics
    ///
    /// Panics if the portal does not answer, or if the body of the answer is not valid JSON.
    pub async fn send(&self, method: &str, path: &str, body: impl Into<Body>) -> Reply {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/api/2.0/{path}") };
        let method: Method = method.parse().expect("a method");
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.url));
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        request = match body.into() {
            Body::Absent => request,
            Body::Empty => request.header("Content-Type", "application/json"),
            Body::Text(text) => request.header("Content-Type", "application/json").body(text),
            Body::Json(value) => request.json(&value),
        };
        let call = format!("{method} {path}");
        let answer = request.send().await.unwrap_or_else(|error| panic!("{call}: {error}"));
        Reply::read(call, answer).await
    }

    /// Sends a GET without a body.
    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, Body::Absent).await
    }
}

/// The answer to a call.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The call that was answered, for messages.
    pub call: String,
    /// The HTTP status.
    pub status: u16,
    /// The header `Allow`: the methods that the path accepts, in a 405.
    pub allow: Option<String>,
    /// The Content-Type.
    pub content_type: Option<String>,
    /// The body, if there is one.
    pub body: Option<Value>,
}

impl Reply {
    async fn read(call: String, answer: reqwest::Response) -> Self {
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().expect("a header").to_owned());
        let (allow, content_type) = (header("allow"), header("content-type"));
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap_or_else(|error| panic!("{call}: {error}"));
        let parse = || serde_json::from_str(&text).unwrap_or_else(|error| panic!("{call}: {error} in {text}"));
        Self { status, allow, content_type, body: (!text.is_empty()).then(parse), call }
    }

    /// The `response` of a success; `None` if the envelope has none.
    ///
    /// # Panics
    ///
    /// Panics if the call failed.
    #[track_caller]
    pub fn ok(&self) -> Option<&Value> {
        self.expect(200, Some("application/json; charset=utf-8"));
        let body = self.body.as_ref().unwrap_or_else(|| panic!("{self:?} has no body"));
        assert_eq!((&body["status"], &body["statusCode"]), (&0.into(), &200.into()), "{self:?}");
        body.get("response")
    }

    /// The `response` of a success.
    ///
    /// # Panics
    ///
    /// Panics if the call failed, or if the envelope has no `response`.
    #[track_caller]
    pub fn response(&self) -> &Value {
        self.ok().unwrap_or_else(|| panic!("{self:?} has no `response`"))
    }

    /// Asserts that the answer is this status without a body: no route matches, or the call needs
    /// credentials.
    ///
    /// # Panics
    ///
    /// Panics if the answer is different.
    #[track_caller]
    pub fn assert_empty(&self, status: u16) {
        self.expect(status, None);
        assert_eq!(self.body, None, "{self:?}");
    }

    /// Asserts that the path accepts only these other methods.
    ///
    /// # Panics
    ///
    /// Panics if the answer is different.
    #[track_caller]
    pub fn assert_allows_only(&self, methods: &str) {
        self.assert_empty(405);
        assert_eq!(self.allow.as_deref(), Some(methods), "{self:?}");
    }

    /// Asserts that the portal refused the call with a message under `error`.
    ///
    /// # Panics
    ///
    /// Panics if the answer is different.
    #[track_caller]
    pub fn assert_error(&self, status: u16) {
        self.expect(status, Some("application/json; charset=utf-8"));
        let body = self.body.as_ref().unwrap_or_else(|| panic!("{self:?} has no body"));
        assert!(body["error"]["message"].is_string(), "{self:?}");
        assert_eq!((&body["status"], &body["statusCode"]), (&1.into(), &status.into()), "{self:?}");
    }

    /// Asserts that validation rejected the request because of exactly these fields.
    ///
    /// # Panics
    ///
    /// Panics if the answer is different.
    #[track_caller]
    pub fn assert_invalid(&self, fields: &[&str]) {
        self.expect(400, Some("application/problem+json; charset=utf-8"));
        let errors = self.body.as_ref().and_then(|body| body["response"]["errors"].as_object());
        let mut found: Vec<&str> = errors.into_iter().flatten().map(|(field, _)| field.as_str()).collect();
        let mut fields = fields.to_vec();
        found.sort_unstable();
        fields.sort_unstable();
        assert_eq!(found, fields, "{self:?}");
    }

    /// Asserts that the portal rejected the request for its missing body and Content-Type. The
    /// envelope of this answer claims a success.
    ///
    /// # Panics
    ///
    /// Panics if the answer is different.
    #[track_caller]
    pub fn assert_unsupported(&self) {
        self.expect(415, Some("application/problem+json; charset=utf-8"));
        let body = self.body.as_ref().unwrap_or_else(|| panic!("{self:?} has no body"));
        assert_eq!(body["response"]["status"], 415, "{self:?}");
        assert_eq!((&body["status"], &body["statusCode"]), (&0.into(), &200.into()), "{self:?}");
    }

    #[track_caller]
    fn expect(&self, status: u16, content_type: Option<&str>) {
        assert_eq!((self.status, self.content_type.as_deref()), (status, content_type), "{self:?}");
    }
}
