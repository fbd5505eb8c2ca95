//! What is told of calls to whoever listens, with the feature `tracing`. A path can hold a link's key and a body a
//! password, so neither is ever part of it, and of errors of the way only their kind.

use std::time::Duration;

use docspace_api::OperationInfo;
use reqwest::Response;

/// Waiting for the throttle is worth telling from here on.
#[cfg(feature = "tracing")]
const LONG: Duration = Duration::from_secs(1);

/// Runs a call in its own span. The path can contain a link's key, so the span names only the
/// operation.
#[cfg(feature = "tracing")]
pub(super) async fn call(
    operation: &OperationInfo,
    call: impl Future<Output = reqwest::Result<Response>>,
) -> reqwest::Result<Response> {
    use tracing::Instrument;
    use tracing::field::Empty;

    let span = tracing::info_span!("docspace", call = operation.operation_id, status = Empty, attempts = Empty);
    let outcome = call.instrument(span.clone()).await;
    if let Ok(response) = &outcome {
        span.record("status", response.status().as_u16());
    }
    outcome
}

/// Runs a call. Without the feature `tracing` there are no spans.
#[cfg(not(feature = "tracing"))]
pub(super) async fn call(
    _: &OperationInfo,
    call: impl Future<Output = reqwest::Result<Response>>,
) -> reqwest::Result<Response> {
    call.await
}

/// A call is about to be sent again.
pub(super) fn again(outcome: &reqwest::Result<Response>, pause: Duration) {
    #[cfg(feature = "tracing")]
    {
        let why = match outcome {
            Ok(response) => response.status().as_str().to_owned(),
            Err(error) if error.is_timeout() => "no answer in time".to_owned(),
            Err(error) if crate::platform::is_connect(error) => "not reached".to_owned(),
            Err(error) if error.is_decode() => "the answer broke off".to_owned(),
            Err(_) => "the connection broke".to_owned(),
        };
        tracing::info!(why, pause_ms = millis(pause), "the call is sent again");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (outcome, pause);
}

/// A call had to wait for others, so that the portal's limits are kept.
pub(super) fn held_back(waited: Duration) {
    #[cfg(feature = "tracing")]
    if waited > LONG {
        tracing::info!(waited_ms = millis(waited), "the call was held back by the throttle");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = waited;
}

/// How often a call was sent.
pub(super) fn sent(attempts: u32) {
    #[cfg(feature = "tracing")]
    tracing::Span::current().record("attempts", attempts);
    #[cfg(not(feature = "tracing"))]
    let _ = attempts;
}

#[cfg(feature = "tracing")]
fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
