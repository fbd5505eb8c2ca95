//! What differs between a native program and a browser: clocks, timers, tasks, and whether futures
//! can move between threads. Both modules have the same items, so the rest of the crate does not
//! depend on the platform.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
mod proxy;

use std::time::Duration;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::{
    BoxFuture, BoxStream, Instant, MaybeSend, annotate, annotation, buffer_body, has_runtime, http_client, is_connect,
    now, proxy_of, sleep, spawn, synthetic_response, timeout,
};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::{
    BoxFuture, BoxStream, Instant, MaybeSend, annotate, annotation, buffer_body, has_runtime, http_client, is_connect,
    now, proxy_of, sleep, spawn, synthetic_response, timeout,
};

/// Annotation of an answer that replaces a successful answer, which was too large to read.
#[derive(Clone)]
#[cfg_attr(target_arch = "wasm32", allow(dead_code, reason = "a browser limits the size of an answer itself"))]
pub(crate) struct TooLarge {
    pub(crate) max_size: usize,
}

/// Gives a task the span of the call it belongs to.
#[cfg(feature = "tracing")]
fn with_current_span<F: Future>(work: F) -> tracing::instrument::Instrumented<F> {
    tracing::Instrument::in_current_span(work)
}

/// Without the feature `tracing` there are no spans.
#[cfg(not(feature = "tracing"))]
fn with_current_span<F: Future>(work: F) -> F {
    work
}

/// The longest time that a browser's timer supports, in whole days. Longer times are cut to it.
pub(crate) const LONGEST: Duration = Duration::from_secs(24 * 86_400);

pub(crate) const USER_AGENT: &str = concat!("docspace-rs/", env!("CARGO_PKG_VERSION"));
