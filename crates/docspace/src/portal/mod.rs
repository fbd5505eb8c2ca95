//! A portal: its address, its credentials and the caller.
//!
//! Everything else starts from a [`Portal`].

// rustdoc lists the methods of `Portal` in the order of these modules.
mod address;
mod builder;
mod client;
mod connection;
mod credentials;

mod info;
mod me;
mod raw;
mod sign_in;

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

pub use builder::PortalBuilder;
pub use docspace_api::types::Capabilities;
use docspace_api::types::PersonId;
use docspace_api::{Client, ClientInfo, Secret};
use http::Extensions;
use url::Url;

use self::credentials::Credentials;
use crate::error::Result;
use crate::transport::{Limiter, Renamed};
use crate::waiting::WaitPolicy;

/// A DocSpace portal and the credentials to use it with.
///
/// ```
/// use docspace::Portal;
///
/// # doc_examples::with_mock(async |mock, _| {
/// # let (address, key) = (mock.url(), mock.owner_key());
/// let portal = Portal::builder(address).api_key(key).build()?; // nothing is sent yet
/// assert!(portal.is_signed_in().await?, "the key works");
/// println!("{} has {} rooms", portal.url(), portal.rooms().list().total().await?);
/// # Ok(())
/// # });
/// ```
///
/// Cloning is cheap. All clones share the connections, the limits and the count of operations in
/// flight, so a program needs only one portal and its clones. On these pages, the *caller* is the
/// person that the credentials belong to.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

struct Inner {
    url: Url,
    credentials: Credentials,
    allow_http: bool,
    has_proxy: bool,
    client: Client,
    limiter: Arc<Limiter>,
    wait: WaitPolicy,
    state: Mutex<Extensions>,
    /// The caller's id, once it has been read.
    caller: OnceLock<PersonId>,
}

impl Portal {
    /// Returns the portal's address.
    pub fn url(&self) -> &Url {
        &self.0.url
    }

    /// Returns the session token, if the portal was built with one or signed in with a password.
    pub fn token(&self) -> Option<&Secret> {
        match &self.0.credentials {
            Credentials::Token(token) => Some(token),
            Credentials::ApiKey(_) | Credentials::Anonymous => None,
        }
    }

    /// Returns how long a call that is made now would wait for the limit of calls in a minute, see
    /// [`Throttle`](crate::transport::Throttle). `None` if it would not wait. It is for progress
    /// displays of long work.
    ///
    /// ```
    /// use docspace::Portal;
    /// use docspace::transport::Throttle;
    ///
    /// # doc_examples::with_mock(async |mock, _| {
    /// # let (address, key) = (mock.url(), mock.owner_key());
    /// let slow = Throttle::default().per_minute(1);
    /// let portal = Portal::builder(address).api_key(key).throttle(slow).build()?;
    /// assert_eq!(portal.throttled_for(), None);
    /// portal.rooms().list().total().await?;
    /// assert!(portal.throttled_for().is_some_and(|pause| pause.as_secs() >= 50));
    /// # Ok(())
    /// # });
    /// ```
    pub fn throttled_for(&self) -> Option<Duration> {
        self.0.limiter.pause_in_minute()
    }

    /// Returns the generated client, for calls that have no method here. It uses this portal's
    /// credentials, limits and retries.
    ///
    /// ```
    /// use docspace::api::ClientRoomsExt;
    ///
    /// # doc_examples::with_portal(async |portal| {
    /// match portal.api().list_rooms().count(5).send().await {
    ///     Ok(answer) => println!("{:?}", answer.into_inner().response),
    ///     Err(error) => eprintln!("{error}"),
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub fn api(&self) -> &Client {
        &self.0.client
    }

    /// The generated client, whose calls go by this name. It is for forms of a call that are safe
    /// to repeat while others are not.
    pub(crate) fn api_named(&self, name: &'static str) -> Client {
        let api = self.api();
        let transport = Renamed { inner: Arc::clone(api.inner()), name };
        Client::new_with_client(api.baseurl(), api.client().clone(), Arc::new(transport))
    }

    /// Checks that a password may be sent to the portal. Building a portal without credentials does
    /// not check this.
    pub(crate) fn check_secrecy(&self) -> Result<()> {
        address::check_secrecy(&self.0.url, self.0.allow_http, self.0.has_proxy)
    }

    pub(crate) fn wait_policy(&self) -> &WaitPolicy {
        &self.0.wait
    }

    /// The state of type `T` that a module keeps for this portal, shared by all clones. It starts
    /// as the default of its type.
    pub(crate) fn state<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(state.get_or_insert_default())
    }

    /// The caller's id, if it has been read.
    pub(crate) fn caller(&self) -> &OnceLock<PersonId> {
        &self.0.caller
    }
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = format_args!("{}", self.0.credentials.kind());
        f.debug_struct("Portal").field("url", &self.0.url.as_str()).field("credentials", &credentials).finish()
    }
}
