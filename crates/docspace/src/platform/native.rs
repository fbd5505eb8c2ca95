//! A computer: tokio, threads and proxies.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::time::{Duration, SystemTime};

use futures::FutureExt;
use futures::channel::oneshot::Canceled;
pub(crate) use futures::future::BoxFuture;
pub(crate) use futures::stream::BoxStream;
use reqwest::{Response, StatusCode};
/// The tokio clock, so that tests can move it.
pub(crate) use tokio::time::{Instant, sleep, timeout};
use url::Url;

use super::{TooLarge, proxy};

/// Runs work in its own task, so that it makes progress even while its caller is not polled.
/// Dropping the future that this returns cancels the work. It panics if the runtime shuts down
/// before the work ends, as when it is moved to another runtime.
pub(crate) fn spawn<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> impl Future<Output = T> + Send {
    let (task, handle) = super::with_current_span(work).remote_handle();
    tokio::spawn(task);
    AssertUnwindSafe(handle).catch_unwind().map(|ended| match ended {
        Ok(outcome) => outcome,
        Err(panic) if panic.is::<Canceled>() => {
            panic!("the runtime on which a call to the portal was begun has been shut down")
        }
        Err(panic) => resume_unwind(panic),
    })
}

/// The time since 1970.
pub(crate) fn now() -> chrono::DateTime<chrono::Utc> {
    SystemTime::now().into()
}

/// The client that sends everything. Redirects are not followed: whoever answers with one is not the portal.
pub(crate) fn http_client(idle: Duration) -> reqwest::Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(super::USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(15))
        .read_timeout(idle);
    let builder = if proxy::is_off() { builder.no_proxy() } else { builder };
    builder.build()
}

/// Whether nothing could be sent at all.
pub(crate) fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// The host and port of the proxy through which an address is called.
pub(crate) fn proxy_of(url: &Url) -> Option<String> {
    proxy::of(url)
}

/// Reads all of a successful answer, so that an answer that breaks off can still be requested
/// again. An error answer keeps its body unread: its status is what matters, even if the rest
/// is lost. A successful answer of more than `max_size` bytes is replaced with an error answer
/// with the note [`TooLarge`].
pub(crate) async fn buffer_body(mut answer: Response, max_size: usize) -> reqwest::Result<Response> {
    if !answer.status().is_success() {
        return Ok(answer);
    }
    let too_large = || answer_with(StatusCode::PAYLOAD_TOO_LARGE, TooLarge { max_size });
    if answer.content_length().is_some_and(|size| usize::try_from(size).map_or(true, |size| size > max_size)) {
        return Ok(too_large());
    }
    let mut whole = http::Response::new(());
    *whole.status_mut() = answer.status();
    *whole.version_mut() = answer.version();
    *whole.headers_mut() = std::mem::take(answer.headers_mut());
    *whole.extensions_mut() = std::mem::take(answer.extensions_mut());
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if chunk.len() > max_size - body.len() {
            return Ok(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(whole.map(|()| body).into())
}

/// An answer that no portal gave.
pub(crate) fn synthetic_response(status: StatusCode, why: impl Annotation) -> Option<Response> {
    Some(answer_with(status, why))
}

fn answer_with(status: StatusCode, note: impl Annotation) -> Response {
    let mut answer = http::Response::new("");
    *answer.status_mut() = status;
    answer.extensions_mut().insert(note);
    answer.into()
}

/// Gives an answer a note on its way.
pub(crate) fn annotate(answer: &mut Response, note: impl Annotation) {
    answer.extensions_mut().insert(note);
}

/// A note that an answer was given.
pub(crate) fn annotation<T: Annotation>(answer: &Response) -> Option<T> {
    answer.extensions().get().cloned()
}

/// What an answer can carry from the transport to who reads it.
pub(crate) trait Annotation: Clone + Send + Sync + 'static {}
impl<T: Clone + Send + Sync + 'static> Annotation for T {}

/// What may move between threads.
pub(crate) trait MaybeSend: Send {}
impl<T: Send> MaybeSend for T {}
