//! How requests of a portal leave: with credentials, within its limits, and again where that is safe.

mod retry;
mod throttle;

use docspace_api::{OperationInfo, Transport};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Method, Request, Response};
pub use retry::RetryPolicy;
pub(crate) use retry::is_repeatable;
pub use throttle::Throttle;
use url::Origin;

use crate::runtime::{BoxFuture, is_connect, sleep};

/// The one [`Transport`] of this crate, shared by all clones of a portal.
#[derive(Debug)]
pub(crate) struct Stack {
    pub(crate) http: reqwest::Client,
    pub(crate) origin: Origin,
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) throttle: throttle::Gate,
    pub(crate) retry: RetryPolicy,
}

impl Stack {
    async fn send(&self, mut request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        // Nothing but the portal itself ever sees the credentials.
        if request.url().origin() == self.origin
            && let Some(authorization) = &self.authorization
        {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        let mut attempts = self.retry.attempts(operation.operation_id);
        // An outcome after which nobody knows whether the call was executed.
        let mut doubt = None;
        loop {
            let next = request.try_clone();
            let outcome = {
                let _permit = self.throttle.enter(request.method() == Method::GET).await;
                self.http.execute(request).await
            };
            match (attempts.pause_after(&outcome), next) {
                (Some(pause), Some(again)) => {
                    if leaves_doubt(&outcome) {
                        doubt = Some(outcome);
                    }
                    sleep(pause).await;
                    request = again;
                }
                // That nothing could be sent at last does not say that nothing arrived before.
                _ if leaves_doubt(&outcome) => return outcome,
                _ if outcome.is_ok() => return outcome,
                _ => return doubt.unwrap_or(outcome),
            }
        }
    }
}

/// Whether the call may have been executed although it did not succeed.
fn leaves_doubt(outcome: &reqwest::Result<Response>) -> bool {
    match outcome {
        Ok(response) => response.status().is_server_error(),
        Err(error) => !is_connect(error) && !error.is_builder(),
    }
}

impl Transport for Stack {
    #[cfg(not(feature = "tracing"))]
    fn execute(&self, request: Request, operation: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>> {
        let operation = OperationInfo { operation_id: operation.operation_id };
        Box::pin(async move { self.send(request, &operation).await })
    }

    #[cfg(feature = "tracing")]
    fn execute(&self, request: Request, operation: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>> {
        use tracing::Instrument;

        let operation = OperationInfo { operation_id: operation.operation_id };
        // The path can hold a link's key, so the operation alone is named.
        let span = tracing::info_span!("docspace", operation = operation.operation_id, status = tracing::field::Empty);
        let recorded = span.clone();
        let call = async move {
            let outcome = self.send(request, &operation).await;
            if let Ok(response) = &outcome {
                recorded.record("status", response.status().as_u16());
            }
            outcome
        };
        Box::pin(call.instrument(span))
    }
}
