//! The state of the sender of webhooks: what is in flight, and what tests ask for.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::watch;

/// The sender of all portals.
#[derive(Debug)]
pub(super) struct Sender {
    /// `None` if no runtime was running when the mock was started.
    pub(super) runtime: Option<Handle>,
    plan: Mutex<Plan>,
    /// Number of deliveries that were sent and have no outcome yet.
    pub(super) in_flight: watch::Sender<usize>,
}

/// What tests ask for.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Deliveries wait until a test sends them.
    pub(super) held: bool,
    /// How many of the next deliveries are sent twice.
    pub(super) duplicates: usize,
}

impl Default for Sender {
    fn default() -> Self {
        Self { runtime: Handle::try_current().ok(), plan: Mutex::default(), in_flight: watch::Sender::new(0) }
    }
}

impl Sender {
    pub(super) fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn reset(&self) {
        *self.plan() = Plan::default();
    }
}
