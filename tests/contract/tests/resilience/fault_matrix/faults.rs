//! The columns of the matrix: the ways in which a request or its answer fails, and how a call ends then.

use std::time::Duration;

use docspace::{Error, ErrorKind};
use docspace_mock::Fault;
use serde_json::{Value, json};

use super::calls::Call;
use super::ending::{
    ATTEMPTS, Ending, after_broken_answer, after_broken_answers, after_every_attempt_fails, after_first_attempt_fails,
    after_lost_answer, after_unreadable_answer, as_without_fault, fails,
};

/// One way to fail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FaultCase {
    /// The name in failures, and in [`Call::refusal_as_result`].
    pub(crate) name: &'static str,
    /// What the mock portal does to the request.
    pub(crate) fault: fn() -> Fault,
    /// How a call ends.
    pub(crate) expected: fn(&Call) -> Ending,
    /// Whether the error, if there is one, has what it must have besides its kind.
    pub(crate) check_error: fn(&Error) -> bool,
}

/// The answer of a portal that has nothing to say: a success without a `response`.
pub(crate) const NO_RESPONSE: &str = r#"{"count":0,"links":[],"status":0,"statusCode":200}"#;

/// More often than any call is sent.
const ALWAYS: usize = 1000;

/// The portal refuses the request, and would do so again: it is not sent again.
macro_rules! refused {
    ($name:literal, $fault:expr, $error:ident, $check_error:expr) => {
        FaultCase {
            name: $name,
            fault: || $fault.times(ALWAYS),
            expected: |call| Ending {
                error: (call.refusal_as_result != Some($name)).then_some(ErrorKind::$error),
                requests: 1,
            },
            check_error: $check_error,
        }
    };
}

/// The portal reports twice that it did nothing: every request is sent again, even one that creates something.
macro_rules! not_executed {
    ($name:literal, $fault:expr) => {
        FaultCase {
            name: $name,
            fault: || $fault.times(2),
            expected: |call| as_without_fault(call, 3),
            check_error: |_| true,
        }
    };
}

/// It is unknown whether the portal executed the request, each time that it is sent.
macro_rules! unknown_outcome {
    ($name:literal, $fault:expr, $error:ident) => {
        FaultCase {
            name: $name,
            fault: || $fault.times(ALWAYS),
            expected: |call| after_every_attempt_fails(call, ErrorKind::$error),
            check_error: |_| true,
        }
    };
}

/// It is unknown whether the portal executed the request, the first time that it is sent.
macro_rules! unknown_outcome_once {
    ($name:literal, $fault:expr, $error:ident) => {
        FaultCase {
            name: $name,
            fault: || $fault,
            expected: |call| after_first_attempt_fails(call, ErrorKind::$error),
            // A caller who repeats it might do it twice.
            check_error: |error| !error.is_retryable(),
        }
    };
}

/// The portal executed the request, but the first answer does not show it.
macro_rules! executed {
    ($name:literal, $fault:expr, $error:ident) => {
        FaultCase {
            name: $name,
            fault: || $fault.executed(),
            expected: |call| after_lost_answer(call, ErrorKind::$error),
            check_error: |error| !error.is_retryable(),
        }
    };
}

pub(crate) const REFUSALS: &[FaultCase] = &[
    refused!("401 empty", Fault::status(401), Unauthorized, |error| error.status() == Some(401)),
    refused!("403 empty", Fault::status(403), Forbidden, |error| error.status() == Some(403)),
    refused!("403 problem", problem(403, &scope()), Forbidden, |error| error.message() == Some("no scope")),
    refused!("404 empty", Fault::status(404), NotFound, |error| error.status() == Some(404)),
    refused!("404 JSON", error_json(404), NotFound, |error| error.message() == Some("told")),
    refused!("400 problem", problem(400, &validation()), Invalid, |error| error.details()["Title"] == ["bad"]),
    refused!("415 lying", problem(415, &lie()), Unexpected, |error| error.status() == Some(415)),
    refused!("500 JSON", error_json(500), Server, |error| error.message() == Some("told")),
];

pub(crate) const LIMITS: &[FaultCase] = &[
    not_executed!("429 twice", Fault::status(429)),
    FaultCase {
        name: "429 for good",
        fault: || Fault::status(429).times(ALWAYS),
        expected: |_| fails(ErrorKind::RateLimited, ATTEMPTS),
        check_error: Error::is_retryable,
    },
    not_executed!("429 come back at once", limited("0")),
    refused!("429 come back tomorrow", limited("86399"), RateLimited, |error| {
        error.retry_after() == Some(Duration::from_secs(86_399))
    }),
    refused!("429 of the day", named("10000").header("Retry-After", "86399"), RateLimited, |error| {
        error.retry_after() == Some(Duration::from_secs(86_399))
    }),
];

/// Limits that say how high they are, and not what they count or how long they last.
pub(crate) const NAMED_LIMITS: &[FaultCase] = &[
    not_executed!("429 at once", named("15")),
    not_executed!("429 in a minute", named("1500")),
    FaultCase {
        name: "429 sensitive",
        fault: || named("5").times(ALWAYS),
        expected: |call| fails(ErrorKind::RateLimited, if call.is_sensitive() { 1 } else { ATTEMPTS }),
        check_error: |error| error.is_retryable() && error.advice().contains(" such calls "),
    },
];

pub(crate) const UNKNOWN_OUTCOMES: &[FaultCase] = &[
    unknown_outcome!("502 HTML", Fault::html(502), Server),
    unknown_outcome!("503", Fault::status(503), Server),
    unknown_outcome!("reset for good", Fault::reset(), Transport),
    unknown_outcome_once!("503 once", Fault::status(503), Server),
    unknown_outcome_once!("reset once", Fault::reset(), Transport),
];

/// The portal executed the request, and the answer was lost.
pub(crate) const LOST_ANSWERS: &[FaultCase] =
    &[executed!("503 executed", Fault::status(503), Server), executed!("reset executed", Fault::reset(), Transport)];

pub(crate) const BROKEN_ANSWERS: &[FaultCase] = &[
    FaultCase {
        name: "broken off",
        fault: Fault::truncate,
        expected: |call| after_broken_answer(call, ErrorKind::Transport),
        check_error: |error| !error.is_retryable(),
    },
    FaultCase {
        name: "broken off for good",
        fault: || Fault::truncate().times(ALWAYS),
        expected: |call| after_broken_answers(call, ErrorKind::Transport),
        check_error: |_| true,
    },
    FaultCase {
        name: "truncated JSON",
        fault: || good(r#"{"count":1,"respo"#).times(ALWAYS),
        expected: after_unreadable_answer,
        check_error: |error| error.kind() == ErrorKind::Unexpected || error.to_string().contains("ends too early"),
    },
    FaultCase {
        name: "a web page",
        fault: || Fault::html(200).times(ALWAYS),
        expected: after_unreadable_answer,
        check_error: |error| error.to_string().contains("web page"),
    },
    FaultCase {
        name: "no response",
        fault: || good(NO_RESPONSE).times(ALWAYS),
        expected: |call| {
            if call.has_no_body {
                after_unreadable_answer(call)
            } else {
                Ending { error: call.error_without_response, requests: 1 }
            }
        },
        check_error: |_| true,
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
