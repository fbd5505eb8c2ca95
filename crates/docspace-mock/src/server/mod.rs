//! The portal behind HTTP: a server on a free port, with faults and a log. Thin: it only translates.
//!
//! It sits directly on hyper, because a fault must be able to close a connection without an answer.

mod body;
mod connections;
mod control;
pub(crate) mod faults;
pub(crate) mod log;
pub(crate) mod program;
mod shared;

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

/// How far the default clock moves at every request: a client that polls sees operations finish without sleeping.
const STEP: Duration = Duration::from_millis(50);

/// What the mock portal shall be like.
#[derive(Debug)]
pub struct Builder {
    address: SocketAddr,
    clock: Clock,
    people: Vec<NewPerson>,
    state: Option<serde_json::Value>,
    zone: Option<String>,
}

impl Builder {
    /// A fixed port instead of a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.address.set_port(port);
        self
    }

    /// Another address to listen on than 127.0.0.1.
    #[must_use]
    pub fn bind(mut self, ip: IpAddr) -> Self {
        self.address.set_ip(ip);
        self
    }

    /// Where time comes from. By default it starts at the computer's time, since that is what a client compares dates with,
    /// and moves 50 ms at every request.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Adds somebody; the owner is always there, as `owner`.
    #[must_use]
    pub fn person(self, name: &str, role: Role) -> Self {
        self.with_person(NewPerson::new(name, role))
    }

    /// Adds somebody with names, address and password of one's own choice.
    #[must_use]
    pub fn with_person(mut self, person: NewPerson) -> Self {
        self.people.push(person);
        self
    }

    /// Starts as the portal that was dumped (see [`Portal::dump`]); people asked for are added.
    #[must_use]
    pub fn state(mut self, state: serde_json::Value) -> Self {
        self.state = Some(state);
        self
    }

    /// The portal's time zone, as an offset such as `+05:30`; UTC if not said.
    #[must_use]
    pub fn time_zone(mut self, zone: &str) -> Self {
        self.zone = Some(zone.to_owned());
        self
    }

    /// Starts the server. It stops when the portal is dropped or shut down.
    ///
    /// # Errors
    /// If the address cannot be listened on, or the state or the time zone is none.
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
        for person in self.people {
            if portal.person_id(&person.name).is_none() {
                portal.add_person(person);
            }
        }
        let shared = Arc::new(Shared::new(portal));
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(connections::run(listener, Arc::clone(&shared), stopped));
        Ok(MockPortal { address, url, shared, stop: Some(stop), task: Some(task) })
    }
}

/// A mock portal that listens.
#[derive(Debug)]
pub struct MockPortal {
    address: SocketAddr,
    url: String,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
}

impl MockPortal {
    /// Describes a mock portal to be started.
    pub fn builder() -> Builder {
        Builder {
            address: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            clock: Clock::stepping(STEP).starting(SystemTime::now()),
            people: Vec::new(),
            state: None,
            zone: None,
        }
    }

    /// The portal's address, as a client is told it: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The socket that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The owner's API key, with full access.
    pub fn owner_key(&self) -> String {
        self.key("owner")
    }

    /// Somebody's API key, with full access; they are called by the name they were added under.
    ///
    /// # Panics
    /// If nobody was added under this name.
    pub fn key(&self, name: &str) -> String {
        self.of(name, Portal::key)
    }

    /// A session token of somebody's.
    ///
    /// # Panics
    /// If nobody was added under this name, or their session has ended.
    pub fn token(&self, name: &str) -> String {
        self.of(name, Portal::token)
    }

    /// Somebody's e-mail address, which is the name to log in with.
    ///
    /// # Panics
    /// If nobody was added under this name.
    pub fn email(&self, name: &str) -> String {
        self.of(name, Portal::email)
    }

    /// Somebody's password.
    ///
    /// # Panics
    /// If nobody was added under this name.
    pub fn password(&self, name: &str) -> String {
        self.of(name, Portal::password)
    }

    /// Somebody's id.
    ///
    /// # Panics
    /// If nobody was added under this name.
    pub fn person_id(&self, name: &str) -> String {
        self.of(name, |portal, name| portal.person_id(name).map(|id| id.to_string()))
    }

    fn of(&self, name: &str, read: impl FnOnce(&Portal, &str) -> Option<String>) -> String {
        self.portal(|portal| read(portal, name)).unwrap_or_else(|| panic!("nobody is called {name} on this portal"))
    }

    /// Moves the portal's clock ahead.
    pub fn advance(&self, by: Duration) {
        self.shared.portals().advance(by);
    }

    /// Reaches into the portal itself.
    pub fn portal<T>(&self, work: impl FnOnce(&mut Portal) -> T) -> T {
        work(self.shared.portals().first())
    }

    /// Reaches into all portals, the registered ones too.
    pub fn portals<T>(&self, work: impl FnOnce(&mut Portals) -> T) -> T {
        work(&mut self.shared.portals())
    }

    /// Holds every answer back for so long, in real time.
    pub fn set_latency(&self, latency: Duration) {
        self.shared.set_latency(latency);
    }

    /// Back to the start: people and rooms as they were, no faults, an empty log.
    pub fn reset(&self) {
        self.shared.reset();
    }

    /// The requests so far, in the order of their answers; the last ten thousand, or 64 MiB of them.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.shared.requests()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.shared.clear_requests();
    }

    /// The faults waiting for their calls.
    pub fn faults(&self) -> Faults {
        self.shared.faults.clone()
    }

    /// Stops: answers what is being handled, then closes.
    pub async fn shutdown(mut self) {
        self.stop.take();
        if let Some(task) = self.task.take() {
            // The task only ends by itself; whether it was cancelled is of no interest here.
            let _ = task.await;
        }
    }
}
