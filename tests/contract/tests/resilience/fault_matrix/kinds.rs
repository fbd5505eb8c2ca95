//! The ways in which a request fails, and how the call then ends.

use std::time::Duration;

use docspace::{Error, ErrorKind};
use docspace_mock::Fault;
use serde_json::{Value, json};

use super::calls::Call;

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

/// How a call ends that gets through to the portal in the end.
pub(crate) fn gets_through(call: &Call, sent: usize) -> End {
    End { kind: call.at_best, sent }
}

/// How a call ends that nothing helps.
pub(crate) fn in_vain(call: &Call, kind: ErrorKind) -> End {
    fails(kind, if call.repeats { ATTEMPTS } else { 1 })
}

/// How a call ends whose first attempt alone goes wrong.
pub(crate) fn once(call: &Call, kind: ErrorKind) -> End {
    if call.repeats { gets_through(call, 2) } else { fails(kind, 1) }
}

/// How a call ends whose first answer stops in the middle.
pub(crate) fn cut_once(call: &Call, kind: ErrorKind) -> End {
    uncut(call).or_else(|| found(call)).unwrap_or_else(|| once(call, kind))
}

/// How a call ends whose answers stop in the middle, although the portal did each time what was asked.
pub(crate) fn cut_always(call: &Call, kind: ErrorKind) -> End {
    let left = call.is_over_when_done.then(|| gets_through(call, 2));
    let gone = call.checks_what_it_removed.then(|| gets_through(call, ATTEMPTS));
    uncut(call).or(left).or(gone).or_else(|| found(call)).unwrap_or_else(|| in_vain(call, kind))
}

/// The result of a call that finds what it created although the answer was lost.
fn found(call: &Call) -> Option<End> {
    call.finds_what_it_made.then(|| succeeds(1))
}

/// A refusal is told by its status, and where there is no body nothing stops in the middle of it.
fn uncut(call: &Call) -> Option<End> {
    (call.has_no_body || call.at_best.is_some()).then(|| gets_through(call, 1))
}

/// How a call ends that gets an answer which cannot be read.
fn unreadable(call: &Call) -> End {
    fails(if call.has_no_body { ErrorKind::Unexpected } else { ErrorKind::Decode }, 1)
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
        Kind {
            name: $name,
            fault: || $fault.times(ALWAYS),
            end: |call| End { kind: (call.told_by != Some($name)).then_some(ErrorKind::$kind), sent: 1 },
            tells: $tells,
        }
    };
}

/// What happens twice and is over then, and lets the portal do nothing: even what creates is sent again.
macro_rules! bearable {
    ($name:literal, $fault:expr) => {
        Kind { name: $name, fault: || $fault.times(2), end: |call| gets_through(call, 3), tells: |_| true }
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

/// Faults after which it is not known whether the call was executed, although it was.
macro_rules! lost {
    ($name:literal, $fault:expr, $kind:ident) => {
        Kind {
            name: $name,
            fault: || $fault.executed(),
            end: |call| found(call).unwrap_or_else(|| once(call, ErrorKind::$kind)),
            tells: |error| !error.is_retryable(),
        }
    };
}

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
    bearable!("429 twice", Fault::status(429)),
    Kind {
        name: "429 for good",
        fault: || Fault::status(429).times(ALWAYS),
        end: |_| fails(ErrorKind::RateLimited, ATTEMPTS),
        tells: Error::is_retryable,
    },
    bearable!("429 come back at once", limited("0")),
    final_answer!("429 come back tomorrow", limited("86399"), RateLimited, |error| {
        error.retry_after() == Some(Duration::from_secs(86_399))
    }),
    final_answer!("429 of the day", named("10000").header("Retry-After", "86399"), RateLimited, |error| {
        error.retry_after() == Some(Duration::from_secs(86_399))
    }),
];

/// What is not said with a limit is what it counts and how long it lasts.
pub(crate) const NAMED_LIMITS: &[Kind] = &[
    bearable!("429 at once", named("15")),
    bearable!("429 in a minute", named("1500")),
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
pub(crate) const LOST: &[Kind] =
    &[lost!("503 executed", Fault::status(503), Server), lost!("reset executed", Fault::reset(), Transport)];

pub(crate) const ANSWERS: &[Kind] = &[
    Kind {
        name: "broken off",
        fault: Fault::truncate,
        end: |call| cut_once(call, ErrorKind::Transport),
        tells: |error| !error.is_retryable(),
    },
    Kind {
        name: "broken off for good",
        fault: || Fault::truncate().times(ALWAYS),
        end: |call| cut_always(call, ErrorKind::Transport),
        tells: |_| true,
    },
    Kind {
        name: "truncated JSON",
        fault: || good(r#"{"count":1,"respo"#).times(ALWAYS),
        end: unreadable,
        tells: |error| error.kind() == ErrorKind::Unexpected || error.to_string().contains("ends too early"),
    },
    Kind {
        name: "a web page",
        fault: || Fault::html(200).times(ALWAYS),
        end: unreadable,
        tells: |error| error.to_string().contains("web page"),
    },
    Kind {
        name: "no response",
        fault: || good(NO_RESPONSE).times(ALWAYS),
        end: |call| if call.has_no_body { unreadable(call) } else { End { kind: call.when_silent, sent: 1 } },
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
