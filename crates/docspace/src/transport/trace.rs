//! Spans and events of calls, with the feature `tracing`.
//!
//! A path or a query can contain a link's key, so they are recorded with masks, and only at the
//! level DEBUG. A body can contain a password, so it is not recorded. Of an error of the
//! connection, only the kind is recorded.

use std::time::Duration;

use docspace_api::OperationInfo;
#[cfg(feature = "tracing")]
use reqwest::Method;
use reqwest::{Request, Response};

/// Shorter waits for the throttle are not reported.
#[cfg(feature = "tracing")]
const LONG_WAIT: Duration = Duration::from_secs(1);

/// Runs a call in its own span.
#[cfg(feature = "tracing")]
pub(super) fn call<F: Future<Output = reqwest::Result<Response>>>(
    operation: &OperationInfo,
    call: F,
) -> impl Future<Output = reqwest::Result<Response>> + use<F> {
    use futures::FutureExt;
    use tracing::Instrument;
    use tracing::field::Empty;

    let span = tracing::info_span!("docspace", call = operation.operation_id, status = Empty, attempts = Empty);
    let record = span.clone();
    // An async block would hold the call twice.
    call.instrument(span).inspect(move |outcome| {
        if let Ok(response) = outcome {
            record.record("status", response.status().as_u16());
        }
    })
}

/// Runs a call. Without the feature `tracing` there are no spans.
#[cfg(not(feature = "tracing"))]
pub(super) fn call<F: Future<Output = reqwest::Result<Response>>>(_: &OperationInfo, call: F) -> F {
    call
}

/// A request that is being sent.
pub(super) struct Attempt {
    /// `None` if nothing receives the event. The box keeps the future of a call small.
    #[cfg(feature = "tracing")]
    request: Option<Box<(Method, String)>>,
}

impl Attempt {
    /// A request that is about to be sent.
    pub(super) fn new(request: &Request) -> Self {
        #[cfg(feature = "tracing")]
        return Self {
            request: tracing::enabled!(tracing::Level::DEBUG)
                .then(|| Box::new((request.method().clone(), super::masked::masked(request.url())))),
        };
        #[cfg(not(feature = "tracing"))]
        {
            let _ = request;
            Self {}
        }
    }

    /// Reports the outcome, and the time since the request was sent.
    pub(super) fn ended(self, attempt: u32, outcome: &reqwest::Result<Response>, time: Duration) {
        #[cfg(feature = "tracing")]
        if let Some(request) = self.request {
            let ((method, url), outcome) = (*request, described(outcome));
            tracing::debug!(%method, url, attempt, outcome, time_ms = millis(time), "the call was sent");
        }
        #[cfg(not(feature = "tracing"))]
        let _ = (attempt, outcome, time);
    }
}

/// Reports that a call is about to be sent again.
pub(super) fn retry(outcome: &reqwest::Result<Response>, pause: Duration) {
    #[cfg(feature = "tracing")]
    {
        tracing::info!(why = described(outcome), pause_ms = millis(pause), "the call is sent again");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (outcome, pause);
}

/// Reports that the throttle delayed a call.
pub(super) fn throttled(waited: Duration) {
    #[cfg(feature = "tracing")]
    if waited > LONG_WAIT {
        tracing::info!(waited_ms = millis(waited), "the throttle delayed the call");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = waited;
}

/// Records how often a call was sent.
pub(super) fn record_attempts(attempts: u32) {
    #[cfg(feature = "tracing")]
    tracing::Span::current().record("attempts", attempts);
    #[cfg(not(feature = "tracing"))]
    let _ = attempts;
}

/// Reports a pause before an operation of the portal is polled again.
pub(crate) fn poll_pause(pause: Duration) {
    #[cfg(feature = "tracing")]
    tracing::debug!(pause_ms = millis(pause), "the operation is polled again");
    #[cfg(not(feature = "tracing"))]
    let _ = pause;
}

/// The status of an answer, or the kind of failure.
#[cfg(feature = "tracing")]
fn described(outcome: &reqwest::Result<Response>) -> String {
    match outcome {
        Ok(response) => response.status().as_str().to_owned(),
        Err(error) if error.is_timeout() => "no answer in time".to_owned(),
        Err(error) if crate::platform::is_connect(error) => "not reached".to_owned(),
        Err(error) if error.is_decode() => "the answer broke off".to_owned(),
        Err(_) => "the connection broke".to_owned(),
    }
}

#[cfg(feature = "tracing")]
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
