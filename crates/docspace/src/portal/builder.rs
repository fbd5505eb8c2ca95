//! How to reach a portal: its address, the credentials, the limits and the timeouts.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use docspace_api::{Client, Secret};

use super::client::{Connection, Http};
use super::credentials::Credentials;
use super::{Inner, Portal, address};
use crate::error::{Error, Result};
use crate::transport::{HttpTransport, RetryPolicy, Scopes, Sender, Throttle};
use crate::waiting::WaitPolicy;

/// The variable that holds the portal's address.
const URL_VARIABLE: &str = "DOCSPACE_URL";
/// The variable that holds the API key.
const KEY_VARIABLE: &str = "DOCSPACE_API_KEY";
/// The variable that allows sending credentials over plain HTTP.
const ALLOW_HTTP_VARIABLE: &str = "DOCSPACE_ALLOW_HTTP";

/// The default limit on the size of an answer, in bytes.
const MAX_ANSWER_SIZE: usize = 64 * 1024 * 1024;

impl Portal {
    /// Starts building a portal at this address, such as `https://acme.onlyoffice.com`.
    pub fn builder(url: impl Into<String>) -> PortalBuilder {
        PortalBuilder {
            url: url.into().into(),
            credentials: None,
            allow_http: false,
            http: Http::default(),
            max_answer_size: MAX_ANSWER_SIZE,
            retry: RetryPolicy::default(),
            throttle: Throttle::default(),
            wait: WaitPolicy::default(),
        }
    }

    /// Builds a portal from the environment variables `DOCSPACE_URL` and `DOCSPACE_API_KEY`.
    ///
    /// If `DOCSPACE_ALLOW_HTTP` is `1` or `true`, the address may use plain HTTP, as with
    /// [`PortalBuilder::allow_http`]. Nothing is sent.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a variable is missing or malformed, or the address
    ///   uses plain HTTP to another computer and `DOCSPACE_ALLOW_HTTP` is not set.
    pub fn from_env() -> Result<Self> {
        let read = |name: &str| {
            let value = std::env::var(name).ok().filter(|value| !value.trim().is_empty());
            value.ok_or_else(|| Error::invalid(format!("{name} is not set")).advise(format!("set {name}")))
        };
        let mut builder = Self::builder(read(URL_VARIABLE)?).api_key(read(KEY_VARIABLE)?);
        builder.allow_http = std::env::var(ALLOW_HTTP_VARIABLE).is_ok_and(|value| is_enabled(&value));
        builder.build()
    }
}

/// Sets how to reach a portal. Returned by [`Portal::builder`].
///
/// ```
/// use std::time::Duration;
///
/// use docspace::Portal;
///
/// # doc_examples::with_mock(async |mock, _| {
/// # let (address, key) = (&mock.url(), mock.owner_key());
/// let five_minutes = Duration::from_secs(300);
/// let portal = Portal::builder(address).api_key(key).attempt_timeout(five_minutes).build()?;
/// println!("{} rooms", portal.rooms().list().total().await?);
///
/// let anonymous = Portal::builder(address).anonymous().build()?;
/// assert!(anonymous.rooms().list().all().await.is_err_and(|error| error.is_unauthorized()));
/// # Ok(())
/// # });
/// ```
///
/// The defaults:
///
/// | Setting | Default |
/// |---|---|
/// | [`idle_timeout`](Self::idle_timeout) | 60 seconds |
/// | [`attempt_timeout`](Self::attempt_timeout) | 120 seconds |
/// | [`max_answer_size`](Self::max_answer_size) | 64 MiB |
/// | [`retry`](Self::retry) | up to 5 attempts within 60 seconds, see [`RetryPolicy`] |
/// | [`throttle`](Self::throttle) | 50 reads and 15 writes at the same time, 1500 calls a minute, see [`Throttle`] |
/// | [`wait_policy`](Self::wait_policy) | 10 minutes to start an operation, 10 minutes to wait for it, see [`WaitPolicy`] |
///
/// Connecting may take up to 15 seconds. This limit cannot be changed.
#[derive(Clone)]
#[must_use = "nothing is built before `build` is called"]
pub struct PortalBuilder {
    /// The unchecked text, which may contain a password or be a key in the wrong place.
    url: Secret,
    credentials: Option<Credentials>,
    allow_http: bool,
    pub(super) http: Http,
    max_answer_size: usize,
    retry: RetryPolicy,
    throttle: Throttle,
    wait: WaitPolicy,
}

impl PortalBuilder {
    /// Uses an API key, `sk-…`. It acts as the person who created it, within its scopes.
    pub fn api_key(mut self, key: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::ApiKey(key.into()));
        self
    }

    /// Uses a session token, such as the one that [`Portal::token`] returns.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.credentials = Some(Credentials::Token(token.into()));
        self
    }

    /// Allows sending credentials over plain HTTP.
    ///
    /// Without this, the client accepts credentials for an `http://` address only if it is an
    /// address of this computer (`localhost`, a name below it, `127.0.0.0/8` or `::1`) and no proxy
    /// is used for it. With any other address, everyone on the path could read the credentials, and
    /// a redirect to `https://` would come too late. Allow it only on a network that you trust,
    /// such as a network between two containers.
    ///
    /// ```
    /// use docspace::Portal;
    ///
    /// let builder = Portal::builder("http://docspace.internal").api_key("sk-0123");
    /// assert!(builder.clone().build().is_err());
    /// assert!(builder.allow_http().build().is_ok());
    /// ```
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// Uses no credentials, like a visitor without an account.
    pub fn anonymous(mut self) -> Self {
        self.credentials = Some(Credentials::Anonymous);
        self
    }

    /// How long a connection may be silent before an attempt at a call fails; 60 seconds by
    /// default.
    ///
    /// In a browser this has no effect.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.http.idle_timeout = timeout;
        self
    }

    /// How long one attempt at a call may take, from sending the request until the whole answer has
    /// arrived; 120 seconds by default.
    ///
    /// An attempt that takes longer fails with [`Timeout`](crate::ErrorKind::Timeout). If the call
    /// is safe to repeat, the client tries again within the limits of [`retry`](Self::retry).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.http.attempt_timeout = timeout;
        self
    }

    /// Maximum size of the answer to a call, in bytes; 64 MiB by default.
    ///
    /// A portal's own answers have a few MiB at most. When an answer exceeds this size, the client
    /// stops reading, and the call fails with [`Decode`](crate::ErrorKind::Decode) without a retry.
    /// A server therefore cannot exhaust the program's memory.
    ///
    /// In a browser this has no effect, because the browser limits memory itself.
    pub fn max_answer_size(mut self, bytes: usize) -> Self {
        self.max_answer_size = bytes;
        self
    }

    /// When and how often a call is repeated; by default, up to 5 attempts within 60 seconds.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Maximum number of calls in flight and per minute; by default 50 reads and 15 other calls in
    /// flight, and 1500 calls a minute.
    pub fn throttle(mut self, limits: Throttle) -> Self {
        self.throttle = limits;
        self
    }

    /// How to wait for operations; for up to 10 minutes by default. A single operation can have its
    /// own [deadline](crate::Operation::deadline).
    pub fn wait_policy(mut self, policy: WaitPolicy) -> Self {
        self.wait = policy;
        self
    }

    /// Checks that the address is valid and that credentials may be sent to it. Nothing is sent.
    ///
    /// Use it before asking a person for credentials.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the address is malformed, or it uses plain HTTP to
    ///   another computer without [`allow_http`](Self::allow_http).
    pub fn check_address(&self) -> Result<()> {
        address::check_secrecy(&address::parse(self.url.expose())?, self.allow_http, self.http.has_proxy())
    }

    /// Builds the portal. Nothing is sent.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the address is malformed, or the credentials are
    ///   missing or malformed, or the user agent, a root certificate or the proxy is malformed.
    /// - [`Invalid`](crate::ErrorKind::Invalid): there are credentials, and the address uses plain
    ///   HTTP to another computer without [`allow_http`](Self::allow_http).
    /// - [`Transport`](crate::ErrorKind::Transport): the HTTP client cannot be set up.
    pub fn build(self) -> Result<Portal> {
        let url = address::parse(self.url.expose())?;
        let credentials = self.credentials.clone().ok_or_else(|| {
            Error::invalid("there are no credentials")
                .advise("call `api_key`, `token` or `anonymous`, or sign in with `sign_in`")
        })?;
        if !matches!(credentials, Credentials::Anonymous) {
            self.check_address()?;
        }
        let Connection { client, wire, timeout } = self.http.set_up(&url)?;
        let limiter = Arc::new(self.throttle.into());
        let sender = Sender {
            wire,
            origin: url.origin(),
            authorization: credentials.header()?,
            limiter: Arc::clone(&limiter),
            retry: self.retry,
            attempt_timeout: timeout,
            max_answer_size: self.max_answer_size,
        };
        // In a browser, the client cannot create an answer, so it cannot reject a call for a
        // missing scope.
        let scopes = (credentials.is_key() && cfg!(not(target_arch = "wasm32"))).then(|| Scopes::new(&url));
        let transport = HttpTransport { sender: Arc::new(sender), scopes };
        let base = url.as_str().trim_end_matches('/');
        let client = Client::new_with_client(base, client, Arc::new(transport));
        let inner = Inner {
            url,
            credentials,
            allow_http: self.allow_http,
            has_proxy: self.http.has_proxy(),
            client,
            limiter,
            wait: self.wait,
            state: Mutex::default(),
            caller: OnceLock::new(),
        };
        Ok(Portal(Arc::new(inner)))
    }
}

impl fmt::Debug for PortalBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address is not shown, because it may be a credential in the wrong place.
        let credentials = self.credentials.as_ref().map_or("None", Credentials::kind);
        f.debug_struct("PortalBuilder").field("credentials", &format_args!("{credentials}")).finish_non_exhaustive()
    }
}

/// Whether the value of an environment variable turns a setting on.
fn is_enabled(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "1" | "true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_1_and_true_enable_a_setting() {
        for yes in ["1", "true", "TRUE", " 1 "] {
            assert!(is_enabled(yes), "{yes}");
        }
        for no in ["", "0", "false", "no", "2", "http"] {
            assert!(!is_enabled(no), "{no}");
        }
    }

    #[test]
    fn portals_without_credentials_are_not_built() {
        let error = Portal::builder("https://acme.com").build().unwrap_err();
        assert!(error.to_string().contains("no credentials"), "{error}");
    }

    #[test]
    fn debug_output_does_not_contain_the_key() {
        let portal = Portal::builder("https://acme.com").api_key("sk-hunter2").build().unwrap();
        assert!(!format!("{portal:?}").contains("hunter2"), "{portal:?}");
    }
}
