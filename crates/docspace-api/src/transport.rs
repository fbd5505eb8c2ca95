//! The trait that sends requests, where credentials, retries and tracing are added.

use std::fmt;
use std::sync::Arc;

#[cfg(not(target_arch = "wasm32"))]
use futures::future::BoxFuture;
// In a browser, futures cannot move between threads.
#[cfg(target_arch = "wasm32")]
use futures::future::LocalBoxFuture as BoxFuture;
use progenitor_client::ClientHooks;
pub use progenitor_client::OperationInfo;
use reqwest::{Request, Response};

use crate::Client;

/// Sends the requests of a [`Client`].
///
/// An implementation can add credentials, wait, retry or record. The caller receives the response
/// that it returns. It should not turn an error status into an error, because the body of the
/// response describes what went wrong. The `Debug` output of the client includes that of the
/// transport, so it must not contain secrets.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends one request.
    ///
    /// `operation` contains the operation id in snake case, such as `create_room`.
    fn execute(&self, request: Request, operation: &OperationInfo) -> BoxFuture<'_, reqwest::Result<Response>>;
}

/// A [`Transport`] that sends requests unchanged.
#[derive(Clone, Debug)]
pub struct Direct(reqwest::Client);

impl Direct {
    /// Creates a transport that sends requests with this HTTP client.
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
    async fn exec(&self, request: Request, operation: &OperationInfo) -> reqwest::Result<Response> {
        self.inner.execute(request, operation).await
    }
}
