//! The forms of an error answer, from a portal or from a proxy in front of it
//! (docs/portal/errors.md#forms-of-an-error).

use std::collections::BTreeMap;
use std::time::Duration;

use futures::TryStreamExt;
use serde_json::Value;
use url::Url;

use super::{Error, ErrorKind, one_line};
use crate::platform::{TooLarge, annotation};
use crate::transport::{Credential, Limit, MaybeExecuted, Refusal, retry_after};

/// Errors of a portal are much shorter. A longer body is a web page.
const LONGEST_BODY: usize = 64 * 1024;

/// An answer that is not a success.
#[derive(Default)]
pub(super) struct Answer {
    status: u16,
    /// The address that was requested.
    url: Option<Url>,
    retry_after: Option<Duration>,
    limit: Option<Limit>,
    location: Option<String>,
    refusal: Option<Refusal>,
    credential: Option<Credential>,
    maybe_executed: Option<MaybeExecuted>,
    too_large: Option<TooLarge>,
    body: Vec<u8>,
}

impl Answer {
    /// Reads an answer, and as much of its body as arrives.
    pub(super) async fn read(response: reqwest::Response, operation: &str) -> Self {
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let retry_after = retry_after(response.headers());
        let location = header("location");
        let status = response.status().as_u16();
        let limit = (status == 429).then(|| Limit::of(response.headers(), operation));
        let (refusal, credential) = (annotation(&response), annotation(&response));
        let (maybe_executed, too_large) = (annotation(&response), annotation(&response));
        let url = Some(response.url().clone());
        let mut body = Vec::new();
        let mut stream = std::pin::pin!(response.bytes_stream());
        // The status counts even if the body breaks off.
        while let Ok(Some(chunk)) = stream.try_next().await {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_BODY {
                break;
            }
        }
        Self { status, url, retry_after, limit, location, refusal, credential, maybe_executed, too_large, body }
    }

    pub(super) fn into_error(self) -> Error {
        if let Some(TooLarge { max_size }) = self.too_large {
            return Error::new(ErrorKind::Decode, format!("the answer is larger than the limit of {max_size} bytes"))
                .advise("if you trust the portal, raise the limit with `PortalBuilder::max_answer_size`");
        }
        let redirect = self.redirect();
        let body: Option<Value> = serde_json::from_slice(&self.body).ok();
        let kind = ErrorKind::of_status(self.status);
        let credential = self.credential;
        // Credentials are removed before the text is cut, as half a credential would not be
        // recognized.
        let hide = |text: &str| {
            one_line(credential.as_ref().map_or_else(|| text.to_owned(), |credential| credential.hide(text)))
        };
        let mut error = Error::new(kind, kind.reason());
        error.0.status = Some(self.status);
        error.0.retry_after = self.retry_after;
        error.0.retryable = matches!(self.status, 429 | 502 | 503 | 504);
        error.0.nothing_was_done = self.maybe_executed.is_none()
            && (self.refusal.is_some() || is_before_execution(self.status, body.as_ref()));
        if let Some(delay) = self.retry_after {
            error = error.advise(format!("try again in {} s", delay.as_secs()));
        } else if let Some(advice) = self.limit.and_then(Limit::advice) {
            error = error.advise(advice);
        }
        match self.refusal {
            Some(Refusal::Scope { reason, sent }) => {
                error.0.reason = one_line(reason);
                error.0.status = error.0.status.filter(|_| sent);
                error.0.lacks_scope = true;
                error = error.advise("create a key with that scope, or add the scope to this key");
            }
            Some(Refusal::NoRuntime) => {
                error = Error::invalid("a call needs a Tokio runtime, and there is none here");
                error = error.advise("call it inside `#[tokio::main]` or a runtime's `block_on`");
            }
            Some(Refusal::Key) => {
                error.0.kind = ErrorKind::Unauthorized;
                error.0.reason = error.0.kind.reason().to_owned();
            }
            None => {}
        }
        if let Some(redirect) = redirect {
            let (reason, advice) = redirect.explain();
            error.0.reason = hide(&reason);
            return error.advise(hide(&advice));
        }
        if self.status == PROXY_CREDENTIALS {
            error.0.reason = "a proxy in front of the portal requires credentials".to_owned();
            error = error.advise("put the user and password in the proxy's address, or bypass the proxy with NO_PROXY");
        }
        let Some(body) = body else {
            if self.body.trim_ascii_start().starts_with(b"<") {
                error.0.message = Some("a web page instead of an API answer".to_owned());
            }
            return error;
        };
        // Errors of the portal's code are in `error`, those of its validation in `response`. For a
        // missing scope the problem is the whole body.
        let problem = if body["response"].is_object() { &body["response"] } else { &body };
        let text = |value: &Value| value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(hide);
        error.0.message = text(&body["error"]["message"]).or_else(|| text(&problem["title"]));
        error.0.details = details(&problem["errors"], hide);
        error
    }

    /// Where the answer redirects to, if it is a redirect.
    fn redirect(&self) -> Option<Redirect> {
        if !(300..400).contains(&self.status) {
            return None;
        }
        let resolve = |location: &String| match &self.url {
            Some(url) => url.join(location).ok(),
            None => Url::parse(location).ok(),
        };
        let Some(target) = self.location.as_ref().and_then(resolve).filter(Url::has_host) else {
            return Some(Redirect::Nowhere);
        };
        let is_same_host = self.url.as_ref().is_some_and(|url| url.host() == target.host());
        let loses_tls = self.url.as_ref().is_some_and(|url| url.scheme() == "https") && target.scheme() != "https";
        Some(if is_same_host && !loses_tls { Redirect::SameHost(target) } else { Redirect::Elsewhere(target) })
    }
}

/// Where a redirect leads. Anything between the caller and the portal can send one.
enum Redirect {
    /// Another address on the portal's host.
    SameHost(Url),
    /// Another host, or the same one without TLS.
    Elsewhere(Url),
    /// No address, or one that cannot be called.
    Nowhere,
}

impl Redirect {
    /// The reason and the advice.
    fn explain(&self) -> (String, String) {
        match self {
            Self::SameHost(target) => {
                ("the address redirects to another address".to_owned(), format!("use {}", portal_address(target)))
            }
            Self::Elsewhere(target) => (
                format!("the address redirects to another host, {}", target.origin().ascii_serialization()),
                "ask the portal's operator for its address; the redirect was not followed".to_owned(),
            ),
            Self::Nowhere => {
                ("the address redirects to an unusable address".to_owned(), "check the portal's address".to_owned())
            }
        }
    }
}

/// The portal's address within a redirect target: the part before `/api/`, without user and query.
/// A user, a query and an API path can each contain a credential.
fn portal_address(target: &Url) -> String {
    let path = target.path();
    let api = path.to_ascii_lowercase().find("/api/");
    let path = path[..api.unwrap_or(path.len())].trim_end_matches('/');
    format!("{}{path}", target.origin().ascii_serialization())
}

/// The status with which a proxy asks for its own credentials.
const PROXY_CREDENTIALS: u16 = 407;

/// Whether this answer proves that the call was not executed: the portal rejects calls in this way
/// before it executes them, or a proxy in front of it rejected the call instead of passing it on.
fn is_before_execution(status: u16, body: Option<&Value>) -> bool {
    // An error of the portal's own code, which may already have changed something.
    let is_failure_of_code = body.is_some_and(|body| body["error"].is_object());
    // The portal's model validation, and its check of a key's scopes.
    let is_problem = body.is_some_and(|body| body["title"].is_string() || body["response"]["title"].is_string());
    match status {
        401 | 429 => true,
        301 | 302 | 307 | 308 => true,
        405 | PROXY_CREDENTIALS | 411 | 413 | 414 | 415 | 421 | 431 => !is_failure_of_code,
        400 | 403 => is_problem,
        _ => false,
    }
}

fn details(errors: &Value, hide: impl Fn(&str) -> String) -> BTreeMap<String, Vec<String>> {
    let fields = errors.as_object().into_iter().flatten();
    let texts = |list: &Value| list.as_array().into_iter().flatten().filter_map(Value::as_str).map(&hide).collect();
    fields.map(|(field, list)| (hide(field), texts(list))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(status: u16, body: impl Into<Vec<u8>>) -> Error {
        Answer { status, body: body.into(), ..Answer::default() }.into_error()
    }

    /// The address of the request.
    fn acme() -> Option<Url> {
        "http://acme.com/api/2.0/files/rooms".parse().ok()
    }

    fn redirected(location: &str) -> Error {
        Answer { status: 302, url: acme(), location: Some(location.to_owned()), ..Answer::default() }.into_error()
    }

    #[test]
    fn the_message_of_an_error_object_is_kept() {
        let body = json!({"error": {"message": "Access denied", "type": null}, "status": 1, "statusCode": 403});
        let error = error(403, body.to_string());
        assert_eq!((error.kind(), error.message()), (ErrorKind::Forbidden, Some("Access denied")));
    }

    #[test]
    fn text_from_a_portal_does_not_control_a_terminal_or_break_a_line() {
        let evil = "boom\u{1b}[2J\u{1b}]0;owned\u{7}\nerror: FORGED\u{1b}[31m \u{202e}rtl\u{2066}x\u{9b}31m";
        let shown = "boom [2J ]0;owned  error: FORGED [31m  rtl x 31m";
        let answers = [
            json!({"error": {"message": evil}, "statusCode": 403}),
            json!({"response": {"title": evil, "errors": {evil: [evil, "x"]}}}),
            json!({"title": evil}),
        ];
        for answer in answers {
            let error = error(403, answer.to_string());
            assert_eq!(error.message(), Some(shown));
            assert!(error.details().iter().all(|(field, texts)| field == shown && texts == &[shown, "x"]));
            let (text, debug) = (error.to_string(), format!("{error:?}"));
            assert!(text.contains(shown) && !text.contains(evil), "{text:?}");
            assert!(!text.chars().chain(debug.chars()).any(docspace_api::is_unprintable), "{text:?} {debug:?}");
        }
    }

    #[test]
    fn long_text_from_a_portal_is_cut() {
        let long = "x".repeat(60_000);
        let answer = json!({"response": {"title": long, "errors": {&long: [long]}}});
        let text = error(400, answer.to_string()).to_string();
        assert!(text.len() < 2_000 && text.contains("x…"), "{}", text.len());
    }

    #[test]
    fn validation_errors_keep_every_field() {
        let problem =
            json!({"title": "One or more", "status": 400, "errors": {"Title": ["too long"], "": ["no body"]}});
        let error = error(400, json!({"response": problem, "status": 1, "statusCode": 400}).to_string());
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert_eq!(error.details()["Title"], ["too long"]);
        assert!(error.to_string().contains("body: no body"), "{error}");
    }

    #[test]
    fn the_status_line_wins_over_the_status_in_the_envelope() {
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
    fn a_web_page_of_a_proxy_keeps_its_status() {
        let error = error(502, "<html>Bad gateway</html>");
        assert_eq!((error.status(), error.kind()), (Some(502), ErrorKind::Server));
        assert!(error.is_retryable());
    }

    #[test]
    fn redirects_are_shown_without_their_query() {
        let location = Some("https://acme.com/login?token=hunter2".to_owned());
        let answer = Answer { status: 302, url: acme(), location, ..Answer::default() };
        let text = answer.into_error().to_string();
        assert!(text.contains("https://acme.com/login") && !text.contains("hunter2"), "{text}");
    }

    /// A path of the API can contain a link's key or the code of a second factor.
    #[test]
    fn redirects_are_shown_without_the_path_of_the_api() {
        for path in ["/api/2.0/files/share/hunter2", "/API/2.0/authentication/hunter2?x=y"] {
            let location = Some(format!("https://acme.com/docs{path}"));
            let text = Answer { status: 301, url: acme(), location, ..Answer::default() }.into_error().to_string();
            assert!(text.ends_with("use https://acme.com/docs"), "{text}");
        }
    }

    #[test]
    fn redirects_to_the_same_host_are_advised() {
        for (location, advised) in [
            ("https://ACME.com/api/2.0/files/rooms", "use https://acme.com"),
            ("https://ann:hunter2@acme.com:8443/docs/", "use https://acme.com:8443/docs"),
            ("/docs/api/2.0/files/rooms", "use http://acme.com/docs"),
            ("//acme.com/docs", "use http://acme.com/docs"),
        ] {
            assert_eq!(redirected(location).advice(), advised, "{location}");
        }
    }

    #[test]
    fn redirects_to_another_host_are_named_and_not_advised() {
        for (location, named) in [
            ("http://127.0.0.1:9/stolen?x=1", "http://127.0.0.1:9"),
            ("https://acme.com.evil.example/api/2.0/files", "https://acme.com.evil.example"),
            ("https://acme.com@evil.example/hunter2", "https://evil.example"),
            ("//evil.example", "http://evil.example"),
        ] {
            let error = redirected(location);
            assert!(error.to_string().contains(&format!("another host, {named} (302)")), "{error}");
            assert!(!error.advice().contains("use "), "{error}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn redirects_from_https_to_http_are_not_advised() {
        let url = "https://acme.com/api/2.0/files/rooms".parse().ok();
        let location = Some("http://acme.com/".to_owned());
        let error = Answer { status: 302, url, location, ..Answer::default() }.into_error();
        assert!(!error.advice().contains("use "), "{error}");
    }

    #[test]
    fn redirects_without_a_usable_address_advise_none() {
        for location in ["javascript:alert(1)", "mailto:ann@acme.com", "http://", "data:text/html,x"] {
            assert_eq!(redirected(location).advice(), "check the portal's address", "{location}");
        }
        let error = Answer { status: 302, url: acme(), ..Answer::default() }.into_error();
        assert_eq!(error.advice(), "check the portal's address");
    }

    /// An error that only the portal's own code produces can come from the middle of a call, for
    /// example when it changes several members.
    #[test]
    fn rejections_before_execution_prove_that_nothing_was_done() {
        let failure = json!({"error": {"message": "no"}, "status": 1, "statusCode": 400}).to_string();
        let problem = json!({"response": {"title": "One or more", "errors": {"Title": ["too long"]}}}).to_string();
        let bare = json!({"title": "Forbidden", "status": 403}).to_string();
        for (status, body, proves) in [
            (301, "", true),
            (302, "", true),
            (303, "", false),
            (307, "", true),
            (308, "<html>", true),
            (400, &*problem, true),
            (400, &*failure, false),
            (400, "", false),
            (401, "", true),
            (401, &*failure, true),
            (402, &*failure, false),
            (403, &*bare, true),
            (403, &*failure, false),
            (403, "<html>", false),
            (404, "", false),
            (405, "", true),
            (407, "<html>", true),
            (413, "<html>", true),
            (415, &*problem, true),
            (415, &*failure, false),
            (429, "", true),
            (500, &*failure, false),
            (502, "<html>", false),
            (503, "", false),
            (504, "", false),
        ] {
            assert_eq!(error(status, body).nothing_was_done(), proves, "{status} {body}");
            let answer = Answer { status, body: body.into(), maybe_executed: Some(MaybeExecuted), ..Answer::default() };
            assert!(!answer.into_error().nothing_was_done(), "an attempt before {status} may have been executed");
        }
    }

    #[test]
    fn an_answer_that_is_too_large_names_the_limit_and_the_method_that_raises_it() {
        let answer = Answer { status: 413, too_large: Some(TooLarge { max_size: 4096 }), ..Answer::default() };
        let error = answer.into_error();
        assert_eq!((error.kind(), error.status(), error.is_retryable()), (ErrorKind::Decode, None, false));
        assert!(error.to_string().contains("4096 bytes") && error.advice().contains("max_answer_size"), "{error}");
        assert!(!error.nothing_was_done());
    }

    #[test]
    fn credentials_in_an_answer_are_not_quoted() {
        for value in ["Bearer sk-hunter2hunter2", "hunter2+hunter2=="] {
            let secret = value.trim_start_matches("Bearer ");
            let body = json!({"response": {"title": format!("bad {secret}!"), "errors": {secret: [secret, "so"]}}});
            let credential = Some(Credential(value.parse().unwrap()));
            let location = Some(format!("https://acme.com/{secret}"));
            let answer = Answer { status: 400, credential: credential.clone(), ..Answer::default() };
            let rejected = Answer { body: body.to_string().into_bytes(), ..answer }.into_error();
            assert_eq!(
                (rejected.message(), &*rejected.details()["…"]),
                (Some("bad …!"), &["…".to_owned(), "so".to_owned()][..])
            );
            let led = Answer { status: 302, url: acme(), credential, location, ..Answer::default() }.into_error();
            assert!(!format!("{rejected} {rejected:?} {led} {led:?}").contains("hunter2"), "{rejected} {led}");
        }
    }

    #[test]
    fn limits_advise_how_long_to_wait() {
        for (limit, advice) in [
            (Limit::Sensitive(5), "15 minutes"),
            (Limit::InFlight(15), "15 such calls in flight"),
            (Limit::PerMinute(1500), "1500 calls a minute"),
            (Limit::Unknown, "wait and try again"),
        ] {
            let error = Answer { status: 429, limit: Some(limit), ..Answer::default() }.into_error();
            assert_eq!(error.kind(), ErrorKind::RateLimited);
            assert!(error.advice().contains(advice), "{error}");
        }
    }

    #[test]
    fn missing_scopes_have_a_status_only_if_the_portal_was_asked() {
        for (sent, status) in [(true, Some(403)), (false, None)] {
            let refusal = Some(Refusal::Scope { reason: "this needs files:write".to_owned(), sent });
            let error = Answer { status: 403, refusal, ..Answer::default() }.into_error();
            assert_eq!((error.kind(), error.status(), error.is_retryable()), (ErrorKind::Forbidden, status, false));
            assert!(error.to_string().contains("files:write") && error.advice().contains("add the scope"), "{error}");
        }
    }
}
