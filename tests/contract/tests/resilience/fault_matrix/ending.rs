//! The expected ending of a call with a fault, derived from the properties of the call.

use docspace::ErrorKind;

use super::calls::Call;

/// The result of a call, and the number of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ending {
    /// The error; `None` if the call succeeds.
    pub(crate) error: Option<ErrorKind>,
    /// The number of times that the failing request is sent.
    pub(crate) requests: usize,
}

/// Maximum number of times that a request is sent.
pub(crate) const ATTEMPTS: usize = 5;

pub(crate) fn fails(error: ErrorKind, requests: usize) -> Ending {
    Ending { error: Some(error), requests }
}

pub(crate) fn succeeds(requests: usize) -> Ending {
    Ending { error: None, requests }
}

/// The call ends as it would without the fault.
pub(crate) fn as_without_fault(call: &Call, requests: usize) -> Ending {
    Ending { error: call.error_without_fault, requests }
}

/// The fault affects every attempt, and it is unknown whether the portal executed the request.
pub(crate) fn after_every_attempt_fails(call: &Call, error: ErrorKind) -> Ending {
    fails(error, if call.is_retried { ATTEMPTS } else { 1 })
}

/// The fault affects only the first attempt, and it is unknown whether the portal executed the
/// request.
pub(crate) fn after_first_attempt_fails(call: &Call, error: ErrorKind) -> Ending {
    if call.is_retried { as_without_fault(call, 2) } else { fails(error, 1) }
}

/// The portal executes the request, and the first answer is lost completely.
pub(crate) fn after_lost_answer(call: &Call, error: ErrorKind) -> Ending {
    found(call).unwrap_or_else(|| after_first_attempt_fails(call, error))
}

/// The portal executes the request, and the first answer breaks off in the middle.
pub(crate) fn after_broken_answer(call: &Call, error: ErrorKind) -> Ending {
    without_body(call).or_else(|| found(call)).unwrap_or_else(|| after_first_attempt_fails(call, error))
}

/// The portal executes the request, and every answer breaks off in the middle.
pub(crate) fn after_broken_answers(call: &Call, error: ErrorKind) -> Ending {
    let refused = call.removes_own_access.then(|| as_without_fault(call, 2));
    let verified = call.verifies_removal.then(|| as_without_fault(call, ATTEMPTS));
    let known = without_body(call).or(refused).or(verified).or_else(|| found(call));
    known.unwrap_or_else(|| after_every_attempt_fails(call, error))
}

/// The answer is complete, but is not a valid answer to this request.
pub(crate) fn after_unreadable_answer(call: &Call) -> Ending {
    fails(if call.has_no_body { ErrorKind::Unexpected } else { ErrorKind::Decode }, 1)
}

/// The ending of a call that finds what it created after the answer was lost.
fn found(call: &Call) -> Option<Ending> {
    call.finds_lost_creation.then(|| succeeds(1))
}

/// The ending of a call whose answer cannot break off: it has no body, or its status alone is an
/// error.
fn without_body(call: &Call) -> Option<Ending> {
    (call.has_no_body || call.error_without_fault.is_some()).then(|| as_without_fault(call, 1))
}
