//! The columns of the matrix: the ways in which a request or its answer fails, and the expected
//! endings.

use std::time::Duration;

use docspace::{Error, ErrorKind};
use docspace_mock::Fault;
use serde_json::{Value, json};

use super::calls::Call;
use super::ending::{
    ATTEMPTS, Ending, after_broken_answer, after_broken_answers, after_every_attempt_fails, after_first_attempt_fails,
    after_lost_answer, after_unreadable_answer, as_without_fault, fails,
};

/// A fault, and the ending of a call with this fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FaultCase {
    /// The name in messages and in [`Call::refusal_as_result`].
    pub(crate) name: &'static str,
    /// What the mock portal does to the request.
    pub(crate) fault: fn() -> Fault,
    /// The expected ending of a call.
    pub(crate) expected: fn(&Call) -> Ending,
    /// Checks the error, if there is one, for more than its kind.
    pub(crate) check_error: fn(&Error) -> bool,
}

/// A successful answer without a `response`.
pub(crate) const NO_RESPONSE: &str = r#"{"count":0,"links":[],"status":0,"statusCode":200}"#;

/// More often than any request is sent.
const ALWAYS: usize = 1000;

/// The portal refuses the request, so the client does not retry it.
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

/// The portal reports twice that it did not execute the request. Every request is retried, even a
/// creation.
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

/// For every attempt, it is unknown whether the portal executed the request.
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

/// For the first attempt only, it is unknown whether the portal executed the request.
macro_rules! unknown_outcome_once {
    ($name:literal, $fault:expr, $error:ident) => {
        FaultCase {
            name: $name,
            fault: || $fault,
            expected: |call| after_first_attempt_fails(call, ErrorKind::$error),
            // If the caller repeats the call, the portal may execute it twice.
            check_error: |error| !error.is_retryable(),
        }
    };
}

/// The portal executes the request, but the first answer does not report it.
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
    refused!("403 problem", problem(403, &missing_scope()), Forbidden, |error| error.message() == Some("no scope")),
    refused!("404 empty", Fault::status(404), NotFound, |error| error.status() == Some(404)),
    refused!("404 JSON", error_json(404), NotFound, |error| error.message() == Some("from the portal")),
    refused!("400 problem", problem(400, &validation()), Invalid, |error| error.details()["Title"] == ["bad"]),
    refused!("415 in a success envelope", problem(415, &success_envelope()), Unexpected, |error| error.status()
        == Some(415)),
    refused!("500 JSON", error_json(500), Server, |error| error.message() == Some("from the portal")),
];

pub(crate) const LIMITS: &[FaultCase] = &[
    not_executed!("429 twice", Fault::status(429)),
    FaultCase {
        name: "429 always",
        fault: || Fault::status(429).times(ALWAYS),
        expected: |_| fails(ErrorKind::RateLimited, ATTEMPTS),
        check_error: Error::is_retryable,
    },
    not_executed!("429 with a short pause", retry_after("0")),
    refused!("429 with a pause of a day", retry_after("86399"), RateLimited, |error| {
        error.retry_after() == Some(Duration::from_secs(86_399))
    }),
    refused!("429 per day", limit("10000").header("Retry-After", "86399"), RateLimited, |error| {
        error.retry_after() == Some(Duration::from_secs(86_399))
    }),
];

/// Limits that report only their number, not what they count or how long they last.
pub(crate) const NAMED_LIMITS: &[FaultCase] = &[
    not_executed!("429 concurrent", limit("15")),
    not_executed!("429 per minute", limit("1500")),
    FaultCase {
        name: "429 sensitive",
        fault: || limit("5").times(ALWAYS),
        expected: |call| fails(ErrorKind::RateLimited, if call.is_sensitive() { 1 } else { ATTEMPTS }),
        check_error: |error| error.is_retryable() && error.advice().contains('5'),
    },
];

pub(crate) const UNKNOWN_OUTCOMES: &[FaultCase] = &[
    unknown_outcome!("502 HTML", Fault::html(502), Server),
    unknown_outcome!("503", Fault::status(503), Server),
    unknown_outcome!("reset always", Fault::reset(), Transport),
    unknown_outcome_once!("503 once", Fault::status(503), Server),
    unknown_outcome_once!("reset once", Fault::reset(), Transport),
];

/// The portal executes the request, and the answer is lost.
pub(crate) const LOST_ANSWERS: &[FaultCase] =
    &[executed!("503 executed", Fault::status(503), Server), executed!("reset executed", Fault::reset(), Transport)];

pub(crate) const BROKEN_ANSWERS: &[FaultCase] = &[
    FaultCase {
        name: "body breaks off",
        fault: Fault::truncate,
        expected: |call| after_broken_answer(call, ErrorKind::Transport),
        check_error: |error| !error.is_retryable(),
    },
    FaultCase {
        name: "body always breaks off",
        fault: || Fault::truncate().times(ALWAYS),
        expected: |call| after_broken_answers(call, ErrorKind::Transport),
        check_error: |_| true,
    },
    FaultCase {
        name: "truncated JSON",
        fault: || ok_json(r#"{"count":1,"respo"#).times(ALWAYS),
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
        fault: || ok_json(NO_RESPONSE).times(ALWAYS),
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

/// An answer 200 with this body.
pub(crate) fn ok_json(body: &str) -> Fault {
    Fault::status(200).header("Content-Type", "application/json; charset=utf-8").body(body)
}

/// A 429 that reports the number of the limit.
fn limit(number: &str) -> Fault {
    Fault::status(429).header("X-RateLimit-Limit", number).header("X-RateLimit-Remaining", "0")
}

fn retry_after(seconds: &str) -> Fault {
    Fault::status(429).header("Retry-After", seconds)
}

fn problem(status: u16, body: &Value) -> Fault {
    Fault::status(status).header("Content-Type", "application/problem+json; charset=utf-8").body(body.to_string())
}

fn missing_scope() -> Value {
    json!({"title": "no scope", "status": 403})
}

fn validation() -> Value {
    let problem = json!({"title": "wrong", "status": 400, "errors": {"Title": ["bad"]}});
    json!({"response": problem, "count": 1, "status": 1, "statusCode": 400})
}

/// The envelope claims a success.
fn success_envelope() -> Value {
    json!({"response": {"title": "Unsupported Media Type", "status": 415}, "count": 1, "status": 0, "statusCode": 200})
}

fn error_json(status: u16) -> Fault {
    let body =
        json!({"error": {"message": "from the portal", "type": "X", "hresult": 0}, "status": 1, "statusCode": status});
    Fault::status(status).header("Content-Type", "application/json; charset=utf-8").body(body.to_string())
}
