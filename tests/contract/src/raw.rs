//! Calls as somebody writes them who follows a guide by hand: no client of ours checks or completes them.

use reqwest::{Client, Method};
use serde_json::Value;

/// Sends calls to one portal for one person.
#[derive(Clone, Debug)]
pub struct Raw {
    http: Client,
    url: String,
    key: Option<String>,
}

/// What goes out as the body.
#[derive(Clone, Debug)]
pub enum Body {
    /// Nothing, and no word about its type.
    Absent,
    /// Nothing, called JSON.
    Empty,
    /// This text, called JSON.
    Text(&'static str),
    /// JSON.
    Json(Value),
}

impl From<Value> for Body {
    fn from(value: Value) -> Self {
        Self::Json(value)
    }
}

impl Raw {
    /// Calls the portal at this address with this API key, or as nobody.
    ///
    /// # Panics
    ///
    /// When the HTTP client cannot be set up.
    pub fn new(url: &str, key: Option<&str>) -> Self {
        let http = Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("an HTTP client");
        Self { http, url: url.trim_end_matches('/').to_owned(), key: key.map(str::to_owned) }
    }

    /// The same portal, called by nobody.
    #[must_use]
    pub fn anonymous(&self) -> Self {
        Self { key: None, ..self.clone() }
    }

    /// Sends a call. A path is below `/api/2.0/` unless it starts with a slash.
    ///
    /// # Panics
    ///
    /// When no answer comes, or one that calls itself JSON and is not.
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

    /// Reads.
    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, Body::Absent).await
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The call that it answers.
    pub call: String,
    /// The HTTP status.
    pub status: u16,
    /// The verbs that would do, of a 405.
    pub allow: Option<String>,
    /// What the body is called.
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

    /// What is inside the envelope of a success, `None` where the portal has nothing to say.
    ///
    /// # Panics
    ///
    /// When it is no success.
    #[track_caller]
    pub fn ok(&self) -> Option<&Value> {
        self.expect(200, Some("application/json; charset=utf-8"));
        let body = self.body.as_ref().unwrap_or_else(|| panic!("{self:?} has no body"));
        assert_eq!((&body["status"], &body["statusCode"]), (&0.into(), &200.into()), "{self:?}");
        body.get("response")
    }

    /// What is inside the envelope of a success that has something to say.
    ///
    /// # Panics
    ///
    /// When it is no success, or says nothing.
    #[track_caller]
    pub fn response(&self) -> &Value {
        self.ok().unwrap_or_else(|| panic!("{self:?} has no `response`"))
    }

    /// Holds when nothing but this status came: no route fits, or there are no credentials.
    ///
    /// # Panics
    ///
    /// When it does not hold.
    #[track_caller]
    pub fn is_bare(&self, status: u16) {
        self.expect(status, None);
        assert_eq!(self.body, None, "{self:?}");
    }

    /// Holds when the path takes other verbs only, these ones.
    ///
    /// # Panics
    ///
    /// When it does not hold.
    #[track_caller]
    pub fn allows_only(&self, verbs: &str) {
        self.is_bare(405);
        assert_eq!(self.allow.as_deref(), Some(verbs), "{self:?}");
    }

    /// Holds when the portal's code refused: the message is under `error`.
    ///
    /// # Panics
    ///
    /// When it does not hold.
    #[track_caller]
    pub fn is_error(&self, status: u16) {
        self.expect(status, Some("application/json; charset=utf-8"));
        let body = self.body.as_ref().unwrap_or_else(|| panic!("{self:?} has no body"));
        assert!(body["error"]["message"].is_string(), "{self:?}");
        assert_eq!((&body["status"], &body["statusCode"]), (&1.into(), &status.into()), "{self:?}");
    }

    /// Holds when the form of the request was refused for these fields and no others.
    ///
    /// # Panics
    ///
    /// When it does not hold.
    #[track_caller]
    pub fn is_invalid(&self, fields: &[&str]) {
        self.expect(400, Some("application/problem+json; charset=utf-8"));
        let errors = self.body.as_ref().and_then(|body| body["response"]["errors"].as_object());
        let mut found: Vec<&str> = errors.into_iter().flatten().map(|(field, _)| field.as_str()).collect();
        let mut fields = fields.to_vec();
        found.sort_unstable();
        fields.sort_unstable();
        assert_eq!(found, fields, "{self:?}");
    }

    /// Holds when a body was missing of which nobody said that it is JSON. The envelope of this answer claims a success.
    ///
    /// # Panics
    ///
    /// When it does not hold.
    #[track_caller]
    pub fn is_unsupported(&self) {
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
