//! The shapes in which a portal, or something before it, says no (portal-facts 1.5).

use std::collections::BTreeMap;
use std::time::Duration;

use futures::TryStreamExt;
use serde_json::Value;

use super::{Error, ErrorKind};

/// No error of a portal is near this long; what is longer is a web page.
const LONGEST_BODY: usize = 64 * 1024;

/// An answer that is no success.
pub(super) struct Answer {
    status: u16,
    retry_after: Option<Duration>,
    location: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    /// Reads the body, as far as it can be had.
    pub(super) async fn read(response: reqwest::Response) -> Self {
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let retry_after = header("retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
        let location = header("location");
        let status = response.status().as_u16();
        let mut body = Vec::new();
        let mut stream = std::pin::pin!(response.bytes_stream());
        // The status is worth more than the body: one that breaks off is read as far as it came.
        while let Ok(Some(chunk)) = stream.try_next().await {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_BODY {
                break;
            }
        }
        Self { status, retry_after, location, body }
    }

    pub(super) fn into_error(self) -> Error {
        let kind = ErrorKind::of_status(self.status);
        let mut error = Error::new(kind, kind.reason());
        error.0.status = Some(self.status);
        error.0.retry_after = self.retry_after;
        error.0.retryable = matches!(self.status, 429 | 502 | 503 | 504);
        if let Some(delay) = self.retry_after {
            error = error.advise(format!("try again in {} s", delay.as_secs()));
        }
        if (300..400).contains(&self.status) {
            error.0.reason = "the address leads elsewhere".to_owned();
            let target = self.location.as_deref().map(origin_and_path).unwrap_or("the right address");
            return error.advise(format!("use {target}"));
        }
        let Ok(body) = serde_json::from_slice::<Value>(&self.body) else {
            if self.body.trim_ascii_start().starts_with(b"<") {
                error.0.message = Some("a web page instead of an answer of the API".to_owned());
            }
            return error;
        };
        // Failures of the portal's code are under `error`; its validation sits in `response`; a key without the scope is
        // answered with the bare problem.
        let problem = if body["response"].is_object() { &body["response"] } else { &body };
        let text = |value: &Value| value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        error.0.message = text(&body["error"]["message"]).or_else(|| text(&problem["title"]));
        error.0.details = details(&problem["errors"]);
        error
    }
}

fn details(errors: &Value) -> BTreeMap<String, Vec<String>> {
    let fields = errors.as_object().into_iter().flatten();
    let texts =
        |list: &Value| list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    fields.map(|(field, list)| (field.clone(), texts(list))).collect()
}

/// A redirect's query can carry a credential.
fn origin_and_path(location: &str) -> &str {
    location.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(status: u16, body: impl Into<Vec<u8>>) -> Error {
        Answer { status, retry_after: None, location: None, body: body.into() }.into_error()
    }

    #[test]
    fn the_message_of_the_portals_code_is_told() {
        let body = json!({"error": {"message": "Access denied", "type": null}, "status": 1, "statusCode": 403});
        let error = error(403, body.to_string());
        assert_eq!((error.kind(), error.message()), (ErrorKind::Forbidden, Some("Access denied")));
    }

    #[test]
    fn validation_keeps_every_field() {
        let problem =
            json!({"title": "One or more", "status": 400, "errors": {"Title": ["too long"], "": ["no body"]}});
        let error = error(400, json!({"response": problem, "status": 1, "statusCode": 400}).to_string());
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert_eq!(error.details()["Title"], ["too long"]);
        assert!(error.to_string().contains("body: no body"), "{error}");
    }

    #[test]
    fn the_status_line_wins_over_a_lying_envelope() {
        let problem = json!({"title": "Unsupported Media Type", "status": 415});
        let error = error(415, json!({"response": problem, "status": 0, "statusCode": 200}).to_string());
        assert_eq!((error.status(), error.kind()), (Some(415), ErrorKind::Unexpected));
    }

    #[test]
    fn a_bare_problem_and_an_empty_body_are_understood() {
        let bare = error(403, json!({"title": "Forbidden", "status": 403}).to_string());
        assert_eq!(bare.message(), Some("Forbidden"));
        assert_eq!((error(401, "").kind(), error(401, "").message()), (ErrorKind::Unauthorized, None));
    }

    #[test]
    fn a_proxys_page_keeps_its_status() {
        let error = error(502, "<html>Bad gateway</html>");
        assert_eq!((error.status(), error.kind()), (Some(502), ErrorKind::Server));
        assert!(error.is_retryable());
    }

    #[test]
    fn a_redirect_is_told_without_its_query() {
        let location = Some("https://acme.com/login?token=hunter2".to_owned());
        let answer = Answer { status: 302, retry_after: None, location, body: Vec::new() };
        let text = answer.into_error().to_string();
        assert!(text.contains("https://acme.com/login") && !text.contains("hunter2"), "{text}");
    }
}
