//! The ways in which a request fails, and how the call then ends.

use std::time::Duration;

use docspace::{Error, ErrorKind};
use docspace_mock::Fault;
use serde_json::{Value, json};

use crate::calls::Call;

/// How a call ends: with an error of this kind or well, and after how many requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) kind: Option<ErrorKind>,
    pub(crate) sent: usize,
}

/// As often as a call is sent at most.
const ATTEMPTS: usize = 5;

pub(crate) fn fails(kind: ErrorKind, sent: usize) -> End {
    End { kind: Some(kind), sent }
}

pub(crate) fn succeeds(sent: usize) -> End {
    End { kind: None, sent }
}

/// How a call ends that nothing helps.
pub(crate) fn in_vain(call: &Call, kind: ErrorKind) -> End {
    fails(kind, if call.repeats { ATTEMPTS } else { 1 })
}

/// How a call ends whose first attempt alone goes wrong.
pub(crate) fn once(call: &Call, kind: ErrorKind) -> End {
    if call.repeats { succeeds(2) } else { fails(kind, 1) }
}

/// One way to fail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) fault: fn() -> Fault,
    /// How the call ends, by what is known of it.
    pub(crate) end: fn(&Call) -> End,
    /// What the error must tell besides its kind.
    pub(crate) tells: fn(&Error) -> bool,
}

/// What a portal answers that has nothing to say.
pub(crate) const NO_RESPONSE: &str = r#"{"count":0,"links":[],"status":0,"statusCode":200}"#;

const ALWAYS: usize = 1000;

/// What no repetition can help: the answer stands.
macro_rules! final_answer {
    ($name:literal, $fault:expr, $kind:ident, $tells:expr) => {
        Kind { name: $name, fault: || $fault.times(ALWAYS), end: |_| fails(ErrorKind::$kind, 1), tells: $tells }
    };
}

/// What leaves open whether the call was executed, for good.
macro_rules! doubtful {
    ($name:literal, $fault:expr, $kind:ident) => {
        Kind {
            name: $name,
            fault: || $fault.times(ALWAYS),
            end: |call| in_vain(call, ErrorKind::$kind),
            tells: |_| true,
        }
    };
}

/// What leaves open whether the call was executed, and is over when it is sent again.
macro_rules! passing {
    ($name:literal, $fault:expr, $kind:ident) => {
        Kind {
            name: $name,
            fault: || $fault,
            end: |call| once(call, ErrorKind::$kind),
            // Whoever repeats it by hand would do it twice.
            tells: |error| !error.is_retryable(),
        }
    };
}

/// The portal's own answer.
pub(crate) const NOTHING: Kind =
    Kind { name: "nothing", fault: || Fault::slow(Duration::ZERO), end: |_| succeeds(1), tells: |_| true };

pub(crate) const REFUSALS: &[Kind] = &[
    final_answer!("401 empty", Fault::status(401), Unauthorized, |error| error.status() == Some(401)),
    final_answer!("403 empty", Fault::status(403), Forbidden, |error| error.status() == Some(403)),
    final_answer!("403 problem", problem(403, &scope()), Forbidden, |error| error.message() == Some("no scope")),
    final_answer!("404 empty", Fault::status(404), NotFound, |error| error.status() == Some(404)),
    final_answer!("404 JSON", error_json(404), NotFound, |error| error.message() == Some("told")),
    final_answer!("400 problem", problem(400, &validation()), Invalid, |error| error.details()["Title"] == ["bad"]),
    final_answer!("415 lying", problem(415, &lie()), Unexpected, |error| error.status() == Some(415)),
    final_answer!("500 JSON", error_json(500), Server, |error| error.message() == Some("told")),
];

pub(crate) const LIMITS: &[Kind] = &[
    // The portal did nothing, so even what creates is sent again.
    Kind { name: "429 twice", fault: || Fault::status(429).times(2), end: |_| succeeds(3), tells: |_| true },
    Kind {
        name: "429 for good",
        fault: || Fault::status(429).times(ALWAYS),
        end: |_| fails(ErrorKind::RateLimited, ATTEMPTS),
        tells: Error::is_retryable,
    },
    Kind { name: "429 come back at once", fault: || limited("0").times(2), end: |_| succeeds(3), tells: |_| true },
    final_answer!("429 come back tomorrow", limited("86399"), RateLimited, |error| {
        error.retry_after() == Some(Duration::from_secs(86_399))
    }),
];

/// What is not said with a limit is what it counts and how long it lasts.
pub(crate) const NAMED_LIMITS: &[Kind] = &[
    Kind { name: "429 at once", fault: || named("15").times(2), end: |_| succeeds(3), tells: |_| true },
    Kind { name: "429 in a minute", fault: || named("1500").times(2), end: |_| succeeds(3), tells: |_| true },
    Kind {
        name: "429 sensitive",
        fault: || named("5").times(ALWAYS),
        end: |call| fails(ErrorKind::RateLimited, if call.is_sensitive() { 1 } else { ATTEMPTS }),
        tells: |error| error.is_retryable() && error.advice().contains(" such calls "),
    },
];

pub(crate) const DOUBTS: &[Kind] = &[
    doubtful!("502 HTML", Fault::html(502), Server),
    doubtful!("503", Fault::status(503), Server),
    doubtful!("reset for good", Fault::reset(), Transport),
    passing!("503 once", Fault::status(503), Server),
    passing!("reset once", Fault::reset(), Transport),
];

/// The portal did it, and nobody heard.
pub(crate) const LOST: &[Kind] = &[
    passing!("503 executed", Fault::status(503).executed(), Server),
    passing!("reset executed", Fault::reset().executed(), Transport),
];

pub(crate) const ANSWERS: &[Kind] = &[
    passing!("broken off", Fault::truncate(), Transport),
    doubtful!("broken off for good", Fault::truncate(), Transport),
    final_answer!("truncated JSON", good(r#"{"count":1,"respo"#), Decode, |error| {
        error.to_string().contains("ends too early")
    }),
    final_answer!("a web page", Fault::html(200), Decode, |error| error.to_string().contains("web page")),
    Kind {
        name: "no response",
        fault: || good(NO_RESPONSE).times(ALWAYS),
        end: |call| match call.name {
            // Without links there is not the one that is meant.
            "links.update: look" | "links.get" => fails(ErrorKind::NotFound, 1),
            // It says no more than this when it is done; whether it is is looked at.
            "links.revoke" | "links.revoke primary" | "template.set_public" | "room.change_owner" => {
                fails(ErrorKind::Operation, 1)
            }
            _ if call.may_be_empty => succeeds(1),
            _ => fails(ErrorKind::Decode, 1),
        },
        tells: |_| true,
    },
];

/// A good answer with this body.
pub(crate) fn good(body: &str) -> Fault {
    Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(body)
}

/// A 429 that says how high the limit is.
fn named(limit: &str) -> Fault {
    Fault::status(429).header("X-RateLimit-Limit", limit).header("X-RateLimit-Remaining", "0")
}

fn limited(seconds: &str) -> Fault {
    Fault::status(429).header("Retry-After", seconds)
}

fn problem(status: u16, body: &Value) -> Fault {
    Fault::status(status).header("Content-Type", "application/problem+json; charset=utf-8").body(body.to_string())
}

fn scope() -> Value {
    json!({"title": "no scope", "status": 403})
}

fn validation() -> Value {
    let problem = json!({"title": "wrong", "status": 400, "errors": {"Title": ["bad"]}});
    json!({"response": problem, "count": 1, "status": 1, "statusCode": 400})
}

/// The envelope claims a success.
fn lie() -> Value {
    json!({"response": {"title": "Unsupported Media Type", "status": 415}, "count": 1, "status": 0, "statusCode": 200})
}

fn error_json(status: u16) -> Fault {
    let body = json!({"error": {"message": "told", "type": "X", "hresult": 0}, "status": 1, "statusCode": status});
    Fault::status(status).header("Content-Type", "application/json; charset=utf-8").body(body.to_string())
}
