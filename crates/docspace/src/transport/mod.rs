//! How requests of a portal leave: with credentials, within its limits, and again where that is safe.

mod limit;
mod retry;
mod scopes;
mod throttle;
mod trace;

use std::sync::Arc;
use std::time::Duration;

use docspace_api::{OperationInfo, Transport};
pub(crate) use limit::{Limit, retry_after};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request, Response, StatusCode};
use retry::Attempts;
pub use retry::RetryPolicy;
pub(crate) use retry::is_repeatable;
use scopes::Need;
pub(crate) use scopes::Scopes;
pub use throttle::Throttle;
use url::Origin;

use crate::error::{Credential, Refusal};
use crate::runtime::{BoxFuture, Instant, attach, is_connect, made_up, sleep, spawn, whole};

/// The one [`Transport`] of this crate, shared by all clones of a portal.
#[derive(Debug)]
pub(crate) struct Stack {
    /// Sends a request as it is.
    pub(crate) wire: Arc<dyn Transport>,
    pub(crate) origin: Origin,
    pub(crate) authorization: Option<HeaderValue>,
    /// Only a key has scopes.
    pub(crate) scopes: Option<Scopes>,
    pub(crate) throttle: Arc<throttle::Gate>,
    pub(crate) retry: RetryPolicy,
    pub(crate) attempt_timeout: Duration,
}

impl Stack {
    async fn send(&self, mut request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        let mut checked = None;
        // Nothing but the portal itself ever sees the credentials.
        if request.url().origin() == self.origin
            && let Some(authorization) = &self.authorization
        {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
            checked = self.scopes.as_ref().zip(Need::of(&request));
        }
        if let Some((scopes, need)) = checked
            && let Some(reason) = scopes.against(self, need).await?
            && let Some(refused) = made_up(StatusCode::FORBIDDEN, Refusal::Scope { reason, sent: false })
        {
            return Ok(refused);
        }
        request.timeout_mut().get_or_insert(self.attempt_timeout);
        let mut outcome = self.repeat(request, operation).await;
        if let Ok(answer) = &mut outcome
            && !answer.status().is_success()
        {
            if let Some(authorization) = &self.authorization {
                attach(answer, Credential(authorization.clone()));
            }
            if let Some((scopes, need)) = checked.filter(|_| answer.status() == StatusCode::FORBIDDEN)
                && let Some(refusal) = scopes.behind(self, need, is_bare_problem(answer)).await
            {
                attach(answer, refusal);
            }
        }
        outcome
    }

    async fn repeat(&self, mut request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        let read = request.method() == Method::GET;
        let mut attempts = self.retry.attempts(operation.operation_id);
        // An outcome after which nobody knows whether the call was executed.
        let mut doubt = None;
        loop {
            let next = request.try_clone();
            let outcome = self.attempt(request, operation, &mut attempts).await;
            let refused = outcome.as_ref().ok().filter(|answer| answer.status() == StatusCode::TOO_MANY_REQUESTS);
            let limit = refused.map(|answer| Limit::of(answer.headers(), operation.operation_id));
            if let Some(limit) = limit {
                self.throttle.adapt(limit, read);
            }
            let pause = attempts.pause_after(&outcome, limit);
            trace::sent(attempts.made());
            match (pause, next) {
                (Some(pause), Some(again)) => {
                    trace::again(&outcome, pause);
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

    /// Sends a request once. It runs in a task of its own: while it waits for a permit or holds one, other calls depend
    /// on its progress, and its caller may not be polled.
    async fn attempt(
        &self,
        request: Request,
        operation: &OperationInfo,
        attempts: &mut Attempts<'_>,
    ) -> reqwest::Result<Response> {
        let (throttle, wire) = (Arc::clone(&self.throttle), Arc::clone(&self.wire));
        let operation = OperationInfo { operation_id: operation.operation_id };
        let attempt = spawn(async move {
            let asked = Instant::now();
            let _permit = throttle.enter(request.method() == Method::GET).await;
            trace::held_back(asked.elapsed());
            let sent = Instant::now();
            let outcome = match wire.execute(request, &operation).await {
                Ok(answer) => whole(answer).await,
                Err(error) => Err(error),
            };
            (sent, outcome)
        });
        let (sent, outcome) = attempt.await;
        attempts.began_at(sent);
        outcome
    }
}

/// Whether it is what a portal answers before it looks at a call (portal-facts 1.5 d).
fn is_bare_problem(answer: &Response) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/problem+json"))
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
        use tracing::field::Empty;

        let operation = OperationInfo { operation_id: operation.operation_id };
        // The path can hold a link's key, so the operation alone is named.
        let span =
            tracing::info_span!("docspace", operation = operation.operation_id, status = Empty, attempts = Empty);
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
