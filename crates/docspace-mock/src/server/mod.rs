//! Serves the portal over HTTP on a free port, with faults and a log. It contains no portal rules.
//!
//! It uses hyper directly, because a fault must be able to close a connection without an answer.

mod body;
mod connections;
mod control;
pub(crate) mod faults;
pub(crate) mod log;
pub(crate) mod program;
mod receiver;
mod sender;
mod shared;
mod tls;
pub(crate) mod webhooks;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::portal::Portal;
use crate::portals::Portals;
use crate::state::people::{NewPerson, Role};
use faults::Faults;
use log::LoggedRequest;
use shared::Shared;
use tls::Tls;
use webhooks::Deliveries;

/// How far the default clock moves at each request. A client that polls sees operations finish
/// without waiting in real time.
const STEP: Duration = Duration::from_millis(50);

/// Configures and starts a [`MockPortal`].
#[derive(Debug)]
pub struct Builder {
    address: SocketAddr,
    clock: Clock,
    people: Vec<NewPerson>,
    state: Option<serde_json::Value>,
    zone: Option<String>,
    strict_webhooks: bool,
    trusted: Vec<Vec<u8>>,
}

impl Builder {
    /// Listens on this port instead of a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Listens on this address instead of 127.0.0.1.
    #[must_use]
    pub fn bind(mut self, ip: IpAddr) -> Self {
        self.address.set_ip(ip);
        self
    }

    /// Uses this clock.
    ///
    /// The default clock starts at the computer's time, because clients compare dates with it, and
    /// moves 50 ms at each request.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Adds a person. The owner always exists, under the name `owner`.
    #[must_use]
    pub fn person(self, name: &str, role: Role) -> Self {
        self.with_person(NewPerson::new(name, role))
    }

    /// Adds a person with the given names, e-mail address and password.
    #[must_use]
    pub fn with_person(mut self, person: NewPerson) -> Self {
        self.people.push(person);
        self
    }

    /// Starts with the state of a dumped portal (see [`Portal::dump`]).
    ///
    /// People that the builder adds are created unless the state already contains their names.
    #[must_use]
    pub fn state(mut self, state: serde_json::Value) -> Self {
        self.state = Some(state);
        self
    }

    /// Sets the portal's time zone: an offset such as `+05:30`, or a name such as `Europe/Berlin`.
    /// The default is UTC.
    #[must_use]
    pub fn time_zone(mut self, zone: &str) -> Self {
        self.zone = Some(zone.to_owned());
        self
    }

    /// Refuses the receivers of webhooks that a portal refuses by default: those in private
    /// networks and on the same computer.
    #[must_use]
    pub fn strict_webhooks(mut self) -> Self {
        self.strict_webhooks = true;
        self
    }

    /// Trusts this certificate of an `https:` receiver of webhooks, or of the authority that signed
    /// it, in addition to the authorities that this computer trusts. The bytes are in DER.
    #[must_use]
    pub fn trusted_certificate(mut self, der: impl Into<Vec<u8>>) -> Self {
        self.trusted.push(der.into());
        self
    }

    /// Starts the server. It stops when the [`MockPortal`] is dropped or shut down.
    ///
    /// # Errors
    /// - The error of the operating system: the server cannot listen on the address.
    /// - [`InvalidData`](io::ErrorKind::InvalidData): the state is not a dump of a portal.
    /// - [`InvalidInput`](io::ErrorKind::InvalidInput): the time zone is not an offset, a
    ///   name or `UTC`.
    pub async fn start(self) -> io::Result<MockPortal> {
        let listener = TcpListener::bind(self.address).await?;
        let address = listener.local_addr()?;
        let url = format!("http://{address}");
        let mut portal = Portal::with_clock(self.clock);
        portal.set_base_url(&url);
        if let Some(state) = self.state {
            portal.load(state).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        }
        if let Some(zone) = self.zone {
            portal.set_time_zone(&zone).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        }
        if self.strict_webhooks {
            portal.refuse_private_receivers();
        }
        for person in self.people {
            if portal.person_id(&person.name).is_none() {
                portal.add_person(person);
            }
        }
        let shared = Arc::new(Shared::new(portal, Tls::trusting(self.trusted)));
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(connections::run(listener, Arc::clone(&shared), stopped));
        Ok(MockPortal { address, url, shared, stop: Some(stop), task: Some(task) })
    }
}

/// A mock portal that listens for HTTP requests.
#[derive(Debug)]
pub struct MockPortal {
    address: SocketAddr,
    url: String,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
}

impl MockPortal {
    /// Returns a builder for a mock portal.
    pub fn builder() -> Builder {
        Builder {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            clock: Clock::stepping(STEP).starting(SystemTime::now()),
            people: Vec::new(),
            state: None,
            zone: None,
            strict_webhooks: false,
            trusted: Vec::new(),
        }
    }

    /// Returns the base URL of the portal: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Returns the socket address that the server listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the owner's API key, which has full access.
    pub fn owner_key(&self) -> String {
        self.key("owner")
    }

    /// Returns a person's API key, which has full access.
    ///
    /// # Panics
    /// If no person was added under this name.
    pub fn key(&self, name: &str) -> String {
        self.of_person(name, Portal::key)
    }

    /// Returns a session token of a person.
    ///
    /// # Panics
    /// If no person was added under this name, or the person's session has ended.
    pub fn token(&self, name: &str) -> String {
        self.of_person(name, Portal::token)
    }

    /// Returns a person's e-mail address, which is also the name to log in with.
    ///
    /// # Panics
    /// If no person was added under this name.
    pub fn email(&self, name: &str) -> String {
        self.of_person(name, Portal::email)
    }

    /// Returns a person's password.
    ///
    /// # Panics
    /// If no person was added under this name.
    pub fn password(&self, name: &str) -> String {
        self.of_person(name, Portal::password)
    }

    /// Returns a person's id.
    ///
    /// # Panics
    /// If no person was added under this name.
    pub fn person_id(&self, name: &str) -> String {
        self.of_person(name, |portal, name| portal.person_id(name).map(|id| id.to_string()))
    }

    fn of_person(&self, name: &str, read: impl FnOnce(&Portal, &str) -> Option<String>) -> String {
        self.portal(|portal| read(portal, name))
            .unwrap_or_else(|| panic!("the portal has no person named '{name}', or no session of that person"))
    }

    /// Moves the clocks of all portals ahead. Deliveries of webhooks that become due are sent.
    pub fn advance(&self, by: Duration) {
        self.shared.portals().advance(by);
        webhooks::start(&self.shared);
    }

    /// Gives a closure access to the portal.
    ///
    /// Requests wait until the closure returns.
    pub fn portal<T>(&self, access: impl FnOnce(&mut Portal) -> T) -> T {
        access(self.shared.portals().first())
    }

    /// Gives a closure access to all portals, including registered ones.
    ///
    /// Requests wait until the closure returns.
    pub fn portals<T>(&self, access: impl FnOnce(&mut Portals) -> T) -> T {
        access(&mut self.shared.portals())
    }

    /// Delays every answer by this long, in real time.
    pub fn set_latency(&self, latency: Duration) {
        self.shared.set_latency(latency);
    }

    /// Restores the state at the start, and removes the faults, the latency and the log.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// Returns the logged requests, in the order of their answers.
    ///
    /// The log keeps the latest 10,000 requests, and at most 64 MiB of them.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.shared.requests()
    }

    /// Empties the log of requests.
    pub fn clear_requests(&self) {
        self.shared.clear_requests();
    }

    /// Returns the deliveries of webhooks, to wait for them or to disturb them.
    pub fn webhooks(&self) -> Deliveries {
        Deliveries::new(&self.shared)
    }

    /// Returns the faults, to add new ones.
    pub fn faults(&self) -> Faults {
        self.shared.faults.clone()
    }

    /// Stops the server. Requests in progress get half a second to finish.
    pub async fn shutdown(mut self) {
        self.stop.take();
        if let Some(task) = self.task.take() {
            // The server has stopped in any case, even if its task panicked.
            let _ = task.await;
        }
    }
}
