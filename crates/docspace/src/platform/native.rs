//! A native program: tokio, threads and proxies.

use std::panic::resume_unwind;
use std::time::{Duration, SystemTime};

use futures::FutureExt;
pub(crate) use futures::future::BoxFuture;
use futures::future::Either;
pub(crate) use futures::stream::BoxStream;
use reqwest::{Response, StatusCode};
// The tokio clock, so that tests can move it.
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::error::Elapsed;
pub(crate) use tokio::time::{Instant, sleep};
use url::Url;

use super::{TooLarge, proxy};

/// Runs work in its own task, so that it makes progress even while its caller is not polled.
/// Dropping the returned future cancels the work. The future panics if the runtime shuts down
/// before the work ends, which can happen when the future was moved to another runtime.
pub(crate) fn spawn<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> impl Future<Output = T> + Send {
    let work = super::with_current_span(work);
    // Without a runtime, its first call fails. The box keeps the returned future small.
    let Ok(runtime) = Handle::try_current() else { return Either::Left(Box::pin(work)) };
    let mut task = Task(runtime.spawn(work));
    Either::Right(async move {
        match (&mut task.0).await {
            Ok(outcome) => outcome,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                Err(_) => panic!("the runtime on which the call to the portal was started has been shut down"),
            },
        }
    })
}

/// A task that is canceled when this is dropped.
struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Whether this runs inside a Tokio runtime, which every call needs.
pub(crate) fn has_runtime() -> bool {
    Handle::try_current().is_ok()
}

/// Limits the time of some work. Without a runtime there is no limit, and the work fails at its
/// first call.
pub(crate) fn timeout<F: Future>(time: Duration, work: F) -> impl Future<Output = Result<F::Output, Elapsed>> {
    if has_runtime() { Either::Left(tokio::time::timeout(time, work)) } else { Either::Right(work.map(Ok)) }
}

/// The current time.
pub(crate) fn now() -> chrono::DateTime<chrono::Utc> {
    SystemTime::now().into()
}

/// The HTTP client, with its timeouts. It does not follow redirects, because a portal does not send
/// any.
pub(crate) fn http_client(idle: Duration, attempt: Duration) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .user_agent(super::USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(15))
        .read_timeout(idle)
        .timeout(attempt);
    if proxy::is_off() { builder.no_proxy() } else { builder }
}

/// Whether no connection could be made, so that nothing was sent.
pub(crate) fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

/// The host and port of the proxy through which an address is called.
pub(crate) fn proxy_of(url: &Url) -> Option<String> {
    proxy::of(url)
}

/// Reads the whole body of a successful answer, so that an answer that breaks off can be requested
/// again.
///
/// The body of an error answer stays unread, because its status counts even if the body is lost. A
/// successful answer of more than `max_size` bytes is replaced with an error answer that has the
/// annotation [`TooLarge`].
pub(crate) async fn buffer_body(mut answer: Response, max_size: usize) -> reqwest::Result<Response> {
    if !answer.status().is_success() {
        return Ok(answer);
    }
    let too_large = || answer_with(StatusCode::PAYLOAD_TOO_LARGE, TooLarge { max_size });
    let expected = answer.content_length().map_or(0, |size| usize::try_from(size).unwrap_or(usize::MAX));
    if expected > max_size {
        return Ok(too_large());
    }
    let mut whole = http::Response::new(());
    *whole.status_mut() = answer.status();
    *whole.version_mut() = answer.version();
    *whole.headers_mut() = std::mem::take(answer.headers_mut());
    *whole.extensions_mut() = std::mem::take(answer.extensions_mut());
    // A small answer arrives in one piece, which need not be copied.
    let mut body = answer.chunk().await?.unwrap_or_default();
    if body.len() > max_size {
        return Ok(too_large());
    }
    if let Some(mut next) = answer.chunk().await? {
        let mut pieces = Vec::with_capacity(expected.max(body.len() + next.len()));
        pieces.extend_from_slice(&body);
        loop {
            if next.len() > max_size - pieces.len() {
                return Ok(too_large());
            }
            pieces.extend_from_slice(&next);
            match answer.chunk().await? {
                Some(more) => next = more,
                None => break,
            }
        }
        body = pieces.into();
    }
    Ok(whole.map(|()| body).into())
}

/// Creates an answer on behalf of the portal, with an annotation.
pub(crate) fn synthetic_response(status: StatusCode, annotation: impl Annotation) -> Option<Response> {
    Some(answer_with(status, annotation))
}

fn answer_with(status: StatusCode, annotation: impl Annotation) -> Response {
    let mut answer = http::Response::new("");
    *answer.status_mut() = status;
    answer.extensions_mut().insert(annotation);
    answer.into()
}

/// Adds an annotation to an answer.
pub(crate) fn annotate(answer: &mut Response, annotation: impl Annotation) {
    answer.extensions_mut().insert(annotation);
}

/// The annotation of this type on an answer.
pub(crate) fn annotation<T: Annotation>(answer: &Response) -> Option<T> {
    answer.extensions().get().cloned()
}

/// A value that the transport can attach to an answer.
pub(crate) trait Annotation: Clone + Send + Sync + 'static {}
impl<T: Clone + Send + Sync + 'static> Annotation for T {}

/// A value that can move between threads, where the platform has threads.
pub(crate) trait MaybeSend: Send {}
impl<T: Send> MaybeSend for T {}
