//! How requests leave: the one place where credentials, retries and tracing enter.

use std::fmt;
use std::sync::Arc;

#[cfg(not(target_arch = "wasm32"))]
use futures::future::BoxFuture;
// In a browser, what is under way belongs to one thread.
#[cfg(target_arch = "wasm32")]
use futures::future::LocalBoxFuture as BoxFuture;
use progenitor_client::ClientHooks;
pub use progenitor_client::OperationInfo;
use reqwest::{Request, Response};

use crate::Client;

/// Sends the requests of a [`Client`].
///
/// An implementation may add credentials, wait, repeat or record. What it returns is what the caller gets; it should
/// not turn an error status into an error, since the body of such an answer says what went wrong. Its `Debug` is part of
/// the client's, so it must show no secret.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends one request. `operation` names what it is for, in snake case, such as `create_room`.
    fn execute(&self, request: Request, operation: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>>;
}

/// The plainest [`Transport`]: the request goes out as it is.
#[derive(Clone, Debug)]
pub struct Direct(reqwest::Client);

impl Direct {
    /// Sends with this HTTP client.
    pub fn new(http: reqwest::Client) -> Self {
        Self(http)
    }
}

impl Transport for Direct {
    fn execute(&self, request: Request, _: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>> {
        Box::pin(self.0.execute(request))
    }
}

impl ClientHooks<Arc<dyn Transport>> for Client {
    async fn exec(&self, mut request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        // The generator adds the document's version to every request; a portal knows no such header.
        request.headers_mut().remove("api-version");
        self.inner.execute(request, operation).await
    }
}
