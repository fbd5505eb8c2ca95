//! What all connections share: the portals, the faults, the log, and the requests in flight.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::http::Request;
use crate::portal::Portal;
use crate::portals::Portals;
use crate::server::faults::Faults;
use crate::server::log::{Log, LoggedRequest};

/// What all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    portals: Mutex<Portals>,
    /// What a reset goes back to.
    start: Portals,
    /// Every answer is held back for so long.
    latency: Mutex<Duration>,
    requests: Mutex<Log>,
    pub(super) faults: Faults,
    /// Calls under way, by who asks and whether they only read.
    under_way: Mutex<HashMap<(String, bool), usize>>,
}

impl Shared {
    pub(super) fn new(portal: Portal) -> Self {
        let start = Portals::new(portal);
        Self {
            portals: Mutex::new(start.clone()),
            start,
            latency: Mutex::default(),
            requests: Mutex::default(),
            faults: Faults::default(),
            under_way: Mutex::default(),
        }
    }

    /// A test that panicked while it held the portal does not stop the others.
    pub(super) fn portals(&self) -> MutexGuard<'_, Portals> {
        self.portals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Back to the start: people and rooms as they were, no faults, an empty log.
    pub(super) fn reset(&self) {
        *self.portals() = self.start.clone();
        self.faults.clear();
        self.clear_requests();
        self.set_latency(Duration::ZERO);
    }

    pub(super) fn set_latency(&self, latency: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = latency;
    }

    pub(super) fn latency(&self) -> Duration {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn log(&self) -> MutexGuard<'_, Log> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call in; the guard counts it out again.
    pub(super) fn enter(&self, request: &Request) -> (usize, UnderWay<'_>) {
        let key = (self.portals().chosen(request).partition(request), request.method == "GET");
        let mut all = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(key.clone()).or_default();
        *count += 1;
        (*count - 1, UnderWay { shared: self, key })
    }

    pub(super) fn requests(&self) -> Vec<LoggedRequest> {
        self.log().all()
    }

    pub(super) fn clear_requests(&self) {
        self.log().clear();
    }
}

/// A call that is under way.
pub(super) struct UnderWay<'a> {
    shared: &'a Shared,
    key: (String, bool),
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut all = self.shared.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.key);
            }
        }
    }
}
