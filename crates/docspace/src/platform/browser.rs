//! A browser: one thread, its own timers, and answers that a program cannot create or change.

use std::time::Duration;

use futures::FutureExt;
pub(crate) use futures::future::LocalBoxFuture as BoxFuture;
use futures::future::RemoteHandle;
pub(crate) use futures::stream::LocalBoxStream as BoxStream;
use reqwest::{Response, StatusCode};
use url::Url;
pub(crate) use wasmtimer::std::Instant;
use wasmtimer::std::{SystemTime, UNIX_EPOCH};
use wasmtimer::tokio::{Sleep, Timeout};

/// Sleeps. The time is cut to the longest that a timer supports, because a longer timer would
/// panic.
pub(crate) fn sleep(time: Duration) -> Sleep {
    wasmtimer::tokio::sleep(time.min(super::LONGEST))
}

pub(crate) fn timeout<F: Future>(time: Duration, work: F) -> Timeout<F> {
    wasmtimer::tokio::timeout(time.min(super::LONGEST), work)
}

/// Runs work in its own task, so that it makes progress even while its caller is not polled.
/// Dropping the handle cancels the work.
pub(crate) fn spawn<T: 'static>(work: impl Future<Output = T> + 'static) -> RemoteHandle<T> {
    let (task, handle) = super::with_current_span(work).remote_handle();
    wasm_bindgen_futures::spawn_local(task);
    handle
}

/// A browser always runs tasks.
pub(crate) fn has_runtime() -> bool {
    true
}

/// The current time.
pub(crate) fn now() -> chrono::DateTime<chrono::Utc> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (std::time::UNIX_EPOCH + since).into()
}

/// The HTTP client. The browser itself handles redirects, timeouts and connections.
pub(crate) fn http_client(_idle: Duration, _attempt: Duration) -> reqwest::ClientBuilder {
    reqwest::Client::builder().user_agent(super::USER_AGENT)
}

/// A browser does not report whether anything was sent.
pub(crate) fn is_connect(_error: &reqwest::Error) -> bool {
    false
}

/// The browser chooses proxies itself.
pub(crate) fn proxy_of(_url: &Url) -> Option<String> {
    None
}

/// Returns the answer unchanged, because a program cannot put it together again. The browser itself
/// limits its size.
pub(crate) async fn buffer_body(answer: Response, _max_size: usize) -> reqwest::Result<Response> {
    Ok(answer)
}

/// A program cannot create an answer in a browser.
pub(crate) fn synthetic_response<T>(_status: StatusCode, _annotation: T) -> Option<Response> {
    None
}

/// Answers have no annotations in a browser.
pub(crate) fn annotate<T>(_answer: &mut Response, _annotation: T) {}

/// Answers have no annotations in a browser.
pub(crate) fn annotation<T>(_answer: &Response) -> Option<T> {
    None
}

/// Every value qualifies, because a page in a browser has one thread.
pub(crate) trait MaybeSend {}
impl<T> MaybeSend for T {}
