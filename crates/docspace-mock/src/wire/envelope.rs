//! Turns the result of a handler into an answer
//! (docs/portal/requests-and-answers.md#the-success-envelope,
//! docs/portal/errors.md#forms-of-an-error).

use serde::Serialize;
use serde_json::{Value, json};

use crate::http::Response;
use crate::state::people::Language;
use crate::wire::failure::{Exception, Failure};

/// The result of a successful call, without the rest of its envelope.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    /// [`OPENING`] and the value as JSON. The envelope is completed in the same buffer, because a
    /// list may be large.
    start: Option<Vec<u8>>,
    count: i64,
    total: Option<i64>,
    cookies: Vec<String>,
    /// The portal streams the list of plain values. With `?fields=` it becomes an empty object.
    stream: bool,
    no_content: bool,
    created: bool,
}

/// The start of an envelope with a value.
const OPENING: &[u8] = br#"{"response":"#;

/// Writes the start of an envelope.
fn start(value: &impl Serialize) -> Vec<u8> {
    let mut start = Vec::with_capacity(1024);
    start.extend_from_slice(OPENING);
    serde_json::to_writer(&mut start, value).expect("answers are plain data with string keys");
    start
}

impl Reply {
    /// No value: `response` is left out, and `count` is 0.
    pub(crate) fn void() -> Self {
        Self::default()
    }

    /// One object or value, or a list that the portal streams: `count` is 1 for any length
    /// (docs/portal/requests-and-answers.md#counters).
    pub(crate) fn one(value: &impl Serialize) -> Self {
        Self { start: Some(start(value)), count: 1, ..Self::default() }
    }

    /// A list whose length is the `count`.
    pub(crate) fn list<T: Serialize>(items: &[T]) -> Self {
        Self { count: i64::try_from(items.len()).unwrap_or(i64::MAX), ..Self::one(&items) }
    }

    /// A list of plain values that the portal streams: `count` is 1.
    pub(crate) fn stream<T: Serialize>(items: &[T]) -> Self {
        Self { stream: true, ..Self::one(&items) }
    }

    /// An answer with status 204.
    pub(crate) fn no_content() -> Self {
        Self { no_content: true, ..Self::default() }
    }

    /// An answer with status 201.
    #[must_use]
    pub(crate) fn created(mut self) -> Self {
        self.created = true;
        self
    }

    /// One value, or no value.
    pub(crate) fn maybe(value: Option<&impl Serialize>) -> Self {
        value.map_or_else(Self::void, Self::one)
    }

    /// The value as JSON, or null without a value.
    pub(crate) fn value(&self) -> Value {
        let value = self.start.as_ref().and_then(|start| start.get(OPENING.len()..));
        value.and_then(|value| serde_json::from_slice(value).ok()).unwrap_or_default()
    }

    #[must_use]
    pub(crate) fn count(mut self, count: i64) -> Self {
        self.count = count;
        self
    }

    #[must_use]
    pub(crate) fn total(mut self, total: i64) -> Self {
        self.total = Some(total);
        self
    }

    #[must_use]
    pub(crate) fn cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }
}

/// The parts of a request that answers repeat.
#[derive(Debug)]
pub(crate) struct Address<'a> {
    pub(crate) href: &'a str,
    pub(crate) method: &'a str,
    pub(crate) trace: &'a str,
}

#[derive(Serialize)]
struct Envelope<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<T>,
    count: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<i64>,
    links: [Link<'a>; 1],
    status: u8,
    #[serde(rename = "statusCode")]
    status_code: u16,
}

#[derive(Serialize)]
struct Link<'a> {
    href: &'a str,
    action: &'a str,
}

const JSON: &str = "application/json; charset=utf-8";
const PROBLEM: &str = "application/problem+json; charset=utf-8";

/// The header of answers to calls that the mock does not model.
pub(crate) const NOT_MODELED: &str = "x-docspace-mock";

/// The answer to a successful call. `fields` are the names in the query that filter it.
pub(crate) fn success(reply: Reply, fields: Option<&[String]>, address: &Address<'_>) -> Response {
    if reply.no_content {
        return Response::empty(204);
    }
    let status = if reply.created { 201 } else { 200 };
    let envelope = Envelope {
        response: None::<()>,
        count: reply.count,
        total: reply.total,
        links: [Link { href: address.href, action: address.method }],
        status: 0,
        status_code: status,
    };
    let mut answer = Response::with_json(status, JSON, &envelope);
    let cut = |whole: Vec<u8>| match fields {
        Some(_) if reply.stream => start(&json!({})),
        Some(fields) => start(&filter(&whole[OPENING.len()..], fields)),
        None => whole,
    };
    if let Some(mut body) = reply.start.map(cut) {
        // The rest of the envelope follows the value: a comma replaces its opening brace.
        body.push(b',');
        body.extend_from_slice(&answer.body[1..]);
        answer.body = body;
    }
    for cookie in &reply.cookies {
        answer.set_header("set-cookie", cookie.as_str());
    }
    answer
}

/// The answer to a failed call, with messages in the language of the caller.
pub(crate) fn failure(failure: &Failure, language: Language, address: &Address<'_>) -> Response {
    match failure {
        Failure::Thrown(kind, message) | Failure::Unreadable(kind, message) => {
            thrown(*kind, &message.in_language(language))
        }
        Failure::Invalid(fields) => {
            let errors: serde_json::Map<String, Value> =
                fields.iter().map(|(name, messages)| (name.clone(), json!(messages))).collect();
            let problem = json!({
                "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
                "title": "One or more validation errors occurred.",
                "status": 400,
                "errors": errors,
                "traceId": address.trace,
            });
            wrapped_problem(400, problem, 1, 400, address)
        }
        Failure::UnsupportedMediaType => {
            let problem = json!({
                "type": "https://tools.ietf.org/html/rfc9110#section-15.5.16",
                "title": "Unsupported Media Type",
                "status": 415,
                "traceId": address.trace,
            });
            // The envelope of a portal reports success here
            // (docs/portal/errors.md#unsupported-content-type).
            wrapped_problem(415, problem, 0, 200, address)
        }
        Failure::Forbidden => {
            let problem = json!({
                "type": "https://tools.ietf.org/html/rfc9110#section-15.5.4",
                "title": "Forbidden",
                "status": 403,
                "traceId": address.trace,
            });
            Response::with_json(403, PROBLEM, &problem)
        }
        Failure::Empty(status) => Response::empty(*status),
        // The pipeline asks for the outcome instead of an answer.
        Failure::Probe(_) => Response::empty(500),
        Failure::NotAllowed(verbs) => {
            let mut answer = Response::empty(405);
            answer.set_header("allow", verbs.join(", "));
            answer
        }
        Failure::NotModeled(call) => {
            let message = format!(
                "docspace-mock does not model {call}. A portal has this call. Use a portal, or call only what \
                 the mock models."
            );
            let body = json!({"error": {"message": message}, "status": 1, "statusCode": 501});
            let mut answer = Response::with_json(501, JSON, &body);
            answer.set_header(NOT_MODELED, "not-modeled");
            answer
        }
        Failure::TooMany(headers) => {
            let mut answer = Response::empty(429);
            for (name, value) in headers {
                answer.set_header(name, value.as_str());
            }
            answer
        }
    }
}

fn thrown(kind: Exception, message: &str) -> Response {
    let (status, name, number) = kind.details();
    let stack = name.map(|_| "   at ASC.Api.Mock.Handle()");
    let body = json!({
        "error": {"message": message, "type": name, "stack": stack, "hresult": number},
        "status": 1,
        "statusCode": status,
    });
    let mut answer = Response::with_json(status, JSON, &body);
    answer.set_header("cache-control", "no-cache,no-store");
    answer.set_header("pragma", "no-cache");
    answer.set_header("expires", "-1");
    answer
}

fn wrapped_problem(status: u16, problem: Value, flag: u8, reported_status: u16, address: &Address<'_>) -> Response {
    let envelope = Envelope {
        response: Some(problem),
        count: 1,
        total: None,
        links: [Link { href: address.href, action: address.method }],
        status: flag,
        status_code: reported_status,
    };
    Response::with_json(status, PROBLEM, &envelope)
}

/// Applies `?fields=`: keeps the named fields of an object, or of each object in a list. Lists of
/// plain values do not change (docs/portal/requests-and-answers.md#fields).
fn filter(response: &[u8], fields: &[String]) -> Value {
    let names: Vec<&str> = fields.iter().map(String::as_str).collect();
    keep(serde_json::from_slice(response).unwrap_or_default(), &names)
}

fn keep(value: Value, names: &[&str]) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(|item| keep(item, names)).collect()),
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .filter_map(|(key, inner)| {
                    // The filter uses the names of the portal's code, which differ from the JSON
                    // here.
                    let key = if key == "Operation" { "operationType".to_owned() } else { key };
                    let below: Vec<&str> =
                        names.iter().filter_map(|name| name.strip_prefix(key.as_str())?.strip_prefix('.')).collect();
                    if names.contains(&key.as_str()) {
                        Some((key, inner))
                    } else if below.is_empty() {
                        None
                    } else {
                        let kept = keep(inner, &below);
                        Some((key, kept))
                    }
                })
                .collect(),
        ),
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Address<'_> = Address { href: "http://portal/api/2.0/x", method: "GET", trace: "00-0-0-00" };

    fn text(answer: &Response) -> String {
        String::from_utf8(answer.body.clone()).expect("text")
    }

    #[test]
    fn envelope_has_the_order_of_the_portal_and_no_response_if_void() {
        let answer = success(Reply::one(&true), None, &HERE);
        let links = r#""links":[{"href":"http://portal/api/2.0/x","action":"GET"}],"status":0,"statusCode":200}"#;
        assert_eq!(text(&answer), format!(r#"{{"response":true,"count":1,{links}"#));
        assert_eq!(text(&success(Reply::void(), None, &HERE)), format!(r#"{{"count":0,{links}"#));
    }

    #[test]
    fn envelope_of_a_415_reports_success() {
        let answer = failure(&Failure::UnsupportedMediaType, Language::English, &HERE);
        let body = answer.json().expect("JSON");
        assert_eq!((answer.status, body["statusCode"].as_i64(), body["status"].as_i64()), (415, Some(200), Some(0)));
    }

    #[test]
    fn fields_filter_objects_but_not_plain_lists() {
        let cut = |fields: &str| {
            let fields: Vec<String> = fields.split(',').map(str::to_owned).collect();
            success(Reply::one(&json!({"a": 1, "b": [{"c": 1, "d": 2}], "t": ["x"]})), Some(&fields), &HERE)
        };
        assert_eq!(cut("b.c,t").json().expect("JSON")["response"], json!({"b": [{"c": 1}], "t": ["x"]}));
        assert_eq!(cut("").json().expect("JSON")["response"], json!({}));
    }
}
