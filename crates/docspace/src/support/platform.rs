//! What differs between a computer and a browser: clocks, timers, and whether futures may move between threads.

use std::time::Duration;

#[cfg(not(target_arch = "wasm32"))]
mod imp {
    use std::panic::{AssertUnwindSafe, resume_unwind};
    use std::time::{Duration, SystemTime};

    use futures::FutureExt;
    use futures::channel::oneshot::Canceled;
    pub(crate) use futures::future::BoxFuture;
    pub(crate) use futures::stream::BoxStream;
    use reqwest::{Response, StatusCode};
    use url::Url;

    use crate::error::TooLarge;
    use crate::transport::proxy;
    /// The tokio clock, so that tests can move it.
    pub(crate) use tokio::time::{Instant, sleep, timeout};

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
    pub(crate) async fn whole(mut answer: Response, max_size: usize) -> reqwest::Result<Response> {
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
    pub(crate) fn made_up(status: StatusCode, why: impl Note) -> Option<Response> {
        Some(answer_with(status, why))
    }

    fn answer_with(status: StatusCode, note: impl Note) -> Response {
        let mut answer = http::Response::new("");
        *answer.status_mut() = status;
        answer.extensions_mut().insert(note);
        answer.into()
    }

    /// Gives an answer a note on its way.
    pub(crate) fn attach(answer: &mut Response, note: impl Note) {
        answer.extensions_mut().insert(note);
    }

    /// A note that an answer was given.
    pub(crate) fn attached<T: Note>(answer: &Response) -> Option<T> {
        answer.extensions().get().cloned()
    }

    /// What an answer can carry from the transport to who reads it.
    pub(crate) trait Note: Clone + Send + Sync + 'static {}
    impl<T: Clone + Send + Sync + 'static> Note for T {}

    /// What may move between threads.
    pub(crate) trait MaybeSend: Send {}
    impl<T: Send> MaybeSend for T {}
}

#[cfg(target_arch = "wasm32")]
mod imp {
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

    /// A timer of wasmtimer panics where the end of it is beyond its clock.
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

    /// The time since 1970.
    pub(crate) fn now() -> chrono::DateTime<chrono::Utc> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        (std::time::UNIX_EPOCH + since).into()
    }

    /// Redirects, silence and connections are the browser's own business.
    pub(crate) fn http_client(_idle: Duration) -> reqwest::Result<reqwest::Client> {
        reqwest::Client::builder().user_agent(super::USER_AGENT).build()
    }

    /// A browser does not say whether anything was sent.
    pub(crate) fn is_connect(_error: &reqwest::Error) -> bool {
        false
    }

    /// The browser chooses proxies itself.
    pub(crate) fn proxy_of(_url: &Url) -> Option<String> {
        None
    }

    /// A browser's answer cannot be reassembled, so it is returned unchanged. The browser itself
    /// limits its size.
    pub(crate) async fn whole(answer: Response, _max_size: usize) -> reqwest::Result<Response> {
        Ok(answer)
    }

    /// Nor can one be made up.
    pub(crate) fn made_up<T>(_status: StatusCode, _why: T) -> Option<Response> {
        None
    }

    /// Nor does it carry notes.
    pub(crate) fn attach<T>(_answer: &mut Response, _note: T) {}

    /// So there are none.
    pub(crate) fn attached<T>(_answer: &Response) -> Option<T> {
        None
    }

    /// A browser's page has one thread, so anything goes.
    pub(crate) trait MaybeSend {}
    impl<T> MaybeSend for T {}
}

pub(crate) use imp::{
    BoxFuture, BoxStream, Instant, MaybeSend, attach, attached, http_client, is_connect, made_up, now, proxy_of, sleep,
    spawn, timeout, whole,
};

/// A task has no span of its own, so it inherits the span of the call it belongs to.
#[cfg(feature = "tracing")]
fn with_current_span<F: Future>(work: F) -> tracing::instrument::Instrumented<F> {
    tracing::Instrument::in_current_span(work)
}

/// Without the feature `tracing` there are no spans.
#[cfg(not(feature = "tracing"))]
fn with_current_span<F: Future>(work: F) -> F {
    work
}

/// The most that a browser's timer holds, in whole days. Nobody waits longer.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 86_400);

const USER_AGENT: &str = concat!("docspace-rs/", env!("CARGO_PKG_VERSION"));
