//! The state that all connections share: portals, faults, the log, and the requests in flight.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::http::{Request, Response};
use crate::pipeline::Admission;
use crate::portal::Portal;
use crate::portals::Portals;
use crate::server::faults::Faults;
use crate::server::log::{Log, LoggedRequest};
use crate::server::receiver;
use crate::server::sender::Sender;
use crate::server::tls::Tls;
use crate::wire::envelope::NOT_MODELED;

/// The state that all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    portals: Mutex<Portals>,
    /// The state that a reset restores.
    start: Portals,
    /// The delay of every answer.
    latency: Mutex<Duration>,
    requests: Mutex<Log>,
    pub(super) faults: Faults,
    pub(super) sender: Sender,
    pub(super) tls: Tls,
    /// The calls that were reported as not modeled, if they are reported.
    reported: Mutex<Option<BTreeSet<String>>>,
    /// Number of requests in flight, by caller and by whether they are reads.
    in_flight: Mutex<HashMap<(String, bool), usize>>,
}

impl Shared {
    pub(super) fn new(portal: Portal, tls: Tls) -> Self {
        let start = Portals::new(portal);
        Self {
            portals: Mutex::new(start.clone()),
            start,
            latency: Mutex::default(),
            requests: Mutex::default(),
            faults: Faults::default(),
            sender: Sender::default(),
            tls,
            reported: Mutex::default(),
            in_flight: Mutex::default(),
        }
    }

    /// Locks the portals. A test that panicked with the lock does not stop other tests.
    pub(super) fn portals(&self) -> MutexGuard<'_, Portals> {
        self.portals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reports calls that the mock does not model on standard error from now on.
    pub(super) fn report_not_modeled(&self) {
        *self.reported.lock().unwrap_or_else(PoisonError::into_inner) = Some(BTreeSet::new());
    }

    /// The message about a call that the mock does not model, if calls are reported and this one
    /// was not reported before.
    pub(super) fn not_modeled(&self, request: &Request, answer: &Response) -> Option<String> {
        answer.header_value(NOT_MODELED)?;
        let call = format!("{} {}", request.method, request.path);
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = reported.as_mut()?.insert(call.clone());
        is_new.then(|| format!("docspace-mock does not model {call} and answered 501"))
    }

    /// Restores the state at the start, and removes the faults, the latency and the log.
    pub(super) fn reset(&self) {
        *self.portals() = self.start.clone();
        self.faults.clear();
        self.sender.reset();
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

    /// Admits a request, and counts it as in flight until the guard is dropped.
    pub(super) fn admit(&self, request: &Request) -> (Admission, InFlight<'_>) {
        let admission = self.portals().admit(request);
        let key = (admission.partition.clone(), request.method == "GET");
        let mut all = self.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        let count = all.entry(key.clone()).or_default();
        *count += 1;
        (Admission { in_flight: *count - 1, ..admission }, InFlight { shared: self, key })
    }

    /// Executes a request. If the call checks the address of a webhook, its receiver is asked.
    pub(super) async fn execute(&self, request: &Request, admission: &Admission) -> Response {
        let executed = self.portals().execute(request, admission, None);
        let probe = match executed {
            Ok(answer) => return answer,
            Err(probe) => probe,
        };
        let outcome = receiver::send(&probe, &self.tls).await;
        let executed = self.portals().execute(request, admission, Some(&outcome));
        executed.unwrap_or_else(|_| Response::empty(500))
    }

    pub(super) fn requests(&self) -> Vec<LoggedRequest> {
        self.log().all()
    }

    pub(super) fn clear_requests(&self) {
        self.log().clear();
    }
}

/// Counts a request as in flight until it is dropped.
pub(super) struct InFlight<'a> {
    shared: &'a Shared,
    key: (String, bool),
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        let mut all = self.shared.in_flight.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.key);
            }
        }
    }
}
