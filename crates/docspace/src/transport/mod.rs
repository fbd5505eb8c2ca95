//! How calls are sent: with credentials, within the portal's limits, and again if that is safe.
//!
//! Set a [`Throttle`] and a [`RetryPolicy`] with
//! [`PortalBuilder::throttle`](crate::PortalBuilder::throttle) and
//! [`PortalBuilder::retry`](crate::PortalBuilder::retry).

mod limit;
#[cfg(feature = "tracing")]
mod masked;
mod notes;
mod retry;
mod scopes;
mod throttle;
mod trace;

use std::sync::Arc;
use std::time::Duration;

use docspace_api::{OperationInfo, Transport};
pub(crate) use limit::{Limit, retry_after};
pub(crate) use notes::{CallName, Credential, MaybeExecuted, Refusal};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request, Response, StatusCode};
pub use retry::RetryPolicy;
pub(crate) use retry::is_known_repeatable;
use scopes::RequiredScope;
pub(crate) use scopes::Scopes;
pub(crate) use throttle::Limiter;
pub use throttle::Throttle;
pub(crate) use trace::poll_pause;
use url::{Origin, Url};

use crate::platform::{
    BoxFuture, Instant, annotate, buffer_body, has_runtime, is_connect, sleep, spawn, synthetic_response,
};

/// The [`Transport`] of a portal, shared by all its clones.
#[derive(Debug)]
pub(crate) struct HttpTransport {
    pub(crate) sender: Arc<Sender>,
    /// `None` without an API key, because only keys have scopes.
    pub(crate) scopes: Option<Scopes>,
}

/// Sends the calls of a client under a name of their own, which decides whether they are repeated.
#[derive(Debug)]
pub(crate) struct Renamed {
    pub(crate) inner: Arc<dyn Transport>,
    pub(crate) name: &'static str,
}

impl Transport for Renamed {
    fn execute(&self, request: Request, _: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>> {
        Box::pin(async move { self.inner.execute(request, &OperationInfo { operation_id: self.name }).await })
    }
}

/// Sends calls with credentials and within the portal's limits, and repeats them if that is safe.
#[derive(Debug)]
pub(crate) struct Sender {
    pub(crate) wire: Wire,
    pub(crate) origin: Origin,
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) limiter: Arc<Limiter>,
    pub(crate) retry: RetryPolicy,
    /// The timeout of a request that has none, unless the HTTP client applies one.
    pub(crate) attempt_timeout: Option<Duration>,
    /// Maximum size of a successful answer, in bytes.
    pub(crate) max_answer_size: usize,
}

/// What sends a request unchanged.
#[derive(Clone, Debug)]
pub(crate) enum Wire {
    /// Needs no box for the future of a request.
    Client(reqwest::Client),
    Transport(Arc<dyn Transport>),
}

impl Wire {
    async fn execute(&self, request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        match self {
            Self::Client(client) => client.execute(request).await,
            Self::Transport(transport) => transport.execute(request, operation).await,
        }
    }
}

impl HttpTransport {
    async fn send(&self, request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        let scopes = self.scopes.as_ref().filter(|_| self.sender.is_portal(request.url()));
        let checked = scopes.zip(RequiredScope::of(&request));
        if let Some((scopes, required)) = checked
            && let Some(reason) = scopes.missing_scope(&self.sender, required).await?
            && let Some(rejection) = synthetic_response(StatusCode::FORBIDDEN, Refusal::Scope { reason, sent: false })
        {
            return Ok(rejection);
        }
        let mut outcome = self.sender.send(request, operation).await;
        if let Ok(answer) = &mut outcome
            && answer.status() == StatusCode::FORBIDDEN
            && let Some((scopes, required)) = checked
            && let Some(refusal) = scopes.explain_forbidden(&self.sender, required, is_bare_problem(answer)).await
        {
            annotate(answer, refusal);
        }
        outcome
    }
}

impl Sender {
    /// Whether an address is one of the portal.
    fn is_portal(&self, url: &Url) -> bool {
        // `Url::origin` allocates.
        match &self.origin {
            Origin::Tuple(scheme, host, port) => {
                url.scheme() == scheme
                    && url.host().is_some_and(|other| other == *host)
                    && url.port_or_known_default() == Some(*port)
            }
            Origin::Opaque(_) => false,
        }
    }

    async fn send(&self, mut request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        // The credentials are sent only to the portal itself.
        if self.is_portal(request.url())
            && let Some(authorization) = &self.authorization
        {
            request.headers_mut().insert(AUTHORIZATION, authorization.clone());
        }
        if let Some(timeout) = self.attempt_timeout {
            request.timeout_mut().get_or_insert(timeout);
        }
        let mut outcome = self.repeat(request, operation).await;
        if let Ok(answer) = &mut outcome
            && !answer.status().is_success()
            && let Some(authorization) = &self.authorization
        {
            annotate(answer, Credential(authorization.clone()));
        }
        outcome
    }

    async fn repeat(&self, mut request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        let read = request.method() == Method::GET;
        let mut attempts = self.retry.begin(retry::is_repeatable(request.method(), operation.operation_id));
        // The outcome of an attempt that the portal may have executed.
        let mut uncertain = None;
        loop {
            let next = copy(&request);
            let traced = trace::Attempt::new(&request);
            let (sent, outcome) = self.attempt(request, operation).await;
            attempts.began_at(sent);
            let rejected = outcome.as_ref().ok().filter(|answer| answer.status() == StatusCode::TOO_MANY_REQUESTS);
            let limit = rejected.map(|answer| Limit::of(answer.headers(), operation.operation_id));
            if let Some(limit) = limit {
                self.limiter.adapt(limit, read, sent);
            }
            let pause = attempts.pause_after(&outcome, limit);
            trace::record_attempts(attempts.made());
            traced.ended(attempts.made(), &outcome, sent.elapsed());
            match (pause, next) {
                (Some(pause), Some(again)) => {
                    trace::retry(&outcome, pause);
                    if may_have_executed(&outcome) {
                        uncertain = Some(outcome);
                    }
                    sleep(pause).await;
                    request = again;
                }
                _ if may_have_executed(&outcome) => return outcome,
                // If the last attempt certainly had no effect, an earlier attempt may still have
                // been executed.
                _ => match (outcome, uncertain) {
                    (Err(_), Some(uncertain)) => return uncertain,
                    (Ok(mut answer), Some(_)) => {
                        annotate(&mut answer, MaybeExecuted);
                        return Ok(answer);
                    }
                    (outcome, None) => return outcome,
                },
            }
        }
    }

    /// Sends a request once, and returns the time at which it was sent. It runs in its own task:
    /// other calls depend on its progress while it waits for a permit or holds one, and its caller
    /// may not be polled.
    fn attempt(
        &self,
        request: Request,
        operation: &OperationInfo,
    ) -> impl Future<Output = (Instant, reqwest::Result<Response>)> + use<> {
        let (limiter, wire, max_size) = (Arc::clone(&self.limiter), self.wire.clone(), self.max_answer_size);
        let operation = OperationInfo { operation_id: operation.operation_id };
        spawn(async move {
            let asked = Instant::now();
            let _permit = limiter.acquire(request.method() == Method::GET).await;
            trace::throttled(asked.elapsed());
            let sent = Instant::now();
            let outcome = match wire.execute(request, &operation).await {
                Ok(answer) => buffer_body(answer, max_size).await,
                Err(error) => Err(error),
            };
            (sent, outcome)
        })
    }
}

/// A request to send if this one fails. `None` if its body is a stream.
fn copy(request: &Request) -> Option<Request> {
    if request.body().is_some() {
        return request.try_clone();
    }
    // `try_clone` makes a map for the timeout, even without one.
    let mut copy = Request::new(request.method().clone(), request.url().clone());
    *copy.headers_mut() = request.headers().clone();
    *copy.version_mut() = request.version();
    if let Some(timeout) = request.timeout() {
        *copy.timeout_mut() = Some(*timeout);
    }
    Some(copy)
}

/// Whether the portal rejected the call before executing it (docs/portal/errors.md#bare-problem).
fn is_bare_problem(answer: &Response) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/problem+json"))
}

/// Whether the call may have been executed although it did not succeed.
fn may_have_executed(outcome: &reqwest::Result<Response>) -> bool {
    match outcome {
        Ok(response) => response.status().is_server_error(),
        Err(error) => !is_connect(error) && !error.is_builder(),
    }
}

impl Transport for HttpTransport {
    fn execute(&self, request: Request, operation: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>> {
        let operation = OperationInfo { operation_id: operation.operation_id };
        Box::pin(async move {
            if !has_runtime()
                && let Some(rejection) = synthetic_response(StatusCode::INTERNAL_SERVER_ERROR, Refusal::NoRuntime)
            {
                return Ok(rejection);
            }
            let mut outcome = trace::call(&operation, self.send(request, &operation)).await;
            if let Ok(answer) = &mut outcome
                && !answer.status().is_success()
            {
                annotate(answer, CallName(operation.operation_id));
            }
            outcome
        })
    }
}
