//! What differs between a computer and a browser: clocks, timers, and whether futures may move between threads.

#[cfg(not(target_arch = "wasm32"))]
mod platform {
    use std::time::{Duration, SystemTime};

    pub(crate) use futures::future::BoxFuture;
    pub(crate) use futures::stream::BoxStream;
    /// The tokio clock, so that tests can move it.
    pub(crate) use tokio::time::{Instant, sleep, timeout};

    /// The time since 1970.
    pub(crate) fn now() -> chrono::DateTime<chrono::Utc> {
        SystemTime::now().into()
    }

    /// The client that sends everything. Redirects are not followed: whoever answers with one is not the portal.
    pub(crate) fn http_client(idle: Duration) -> reqwest::Result<reqwest::Client> {
        reqwest::Client::builder()
            .user_agent(super::USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(15))
            .read_timeout(idle)
            .build()
    }

    /// Whether nothing could be sent at all.
    pub(crate) fn is_connect(error: &reqwest::Error) -> bool {
        error.is_connect()
    }

    /// What may move between threads.
    pub(crate) trait MaybeSend: Send {}
    impl<T: Send> MaybeSend for T {}
}

#[cfg(target_arch = "wasm32")]
mod platform {
    use std::time::Duration;

    pub(crate) use futures::future::LocalBoxFuture as BoxFuture;
    pub(crate) use futures::stream::LocalBoxStream as BoxStream;
    pub(crate) use wasmtimer::std::Instant;
    use wasmtimer::std::{SystemTime, UNIX_EPOCH};
    pub(crate) use wasmtimer::tokio::{sleep, timeout};

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

    /// A browser's page has one thread, so anything goes.
    pub(crate) trait MaybeSend {}
    impl<T> MaybeSend for T {}
}

pub(crate) use platform::{BoxFuture, BoxStream, Instant, MaybeSend, http_client, is_connect, now, sleep, timeout};

const USER_AGENT: &str = concat!("docspace-rs/", env!("CARGO_PKG_VERSION"));
