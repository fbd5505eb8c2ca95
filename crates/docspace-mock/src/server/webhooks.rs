//! Sends the deliveries of webhooks, and lets tests wait for them.

use std::sync::Arc;
use std::time::Duration;

use crate::outgoing::{Outcome, Outgoing};
use crate::portals::Portals;
use crate::server::receiver;
use crate::server::shared::Shared;

/// A delivery, and the portal that it belongs to.
type Due = (Option<String>, Outgoing);

/// Starts to send all deliveries that are due, unless they are held.
pub(super) fn start(shared: &Arc<Shared>) {
    let sender = &shared.sender;
    let Some(runtime) = sender.runtime.as_ref().filter(|_| !sender.plan().held) else { return };
    for due in take(&mut shared.portals()) {
        sender.in_flight.send_modify(|count| *count += 1);
        let shared = Arc::clone(shared);
        runtime.spawn(async move {
            deliver(&shared, due).await;
            // The next deliveries start before this one ends, so that a test that waits for all
            // deliveries does not stop in between.
            start(&shared);
            shared.sender.in_flight.send_modify(|count| *count -= 1);
        });
    }
}

fn take(portals: &mut Portals) -> Vec<Due> {
    let mut due: Vec<Due> = portals.first().take_deliveries().into_iter().map(|delivery| (None, delivery)).collect();
    for name in portals.names() {
        let more = portals.named(&name).map(|portal| portal.take_deliveries()).unwrap_or_default();
        due.extend(more.into_iter().map(|delivery| (Some(name.clone()), delivery)));
    }
    due
}

/// Sends one delivery and stores what came of it.
async fn deliver(shared: &Shared, (portal, delivery): Due) {
    let Some(id) = delivery.delivery else { return };
    let outcome = receiver::send(&delivery, &shared.tls).await;
    let twice = {
        let mut plan = shared.sender.plan();
        let twice = plan.duplicates > 0;
        plan.duplicates = plan.duplicates.saturating_sub(1);
        twice
    };
    if twice {
        // Only the answer to the first request counts.
        receiver::send(&delivery, &shared.tls).await;
    }
    finish(&mut shared.portals(), portal, id, outcome);
}

fn finish(portals: &mut Portals, portal: Option<String>, delivery: i64, outcome: Outcome) {
    let portal = match portal {
        Some(name) => portals.named(&name),
        None => Some(portals.first()),
    };
    if let Some(portal) = portal {
        portal.finish_delivery(delivery, outcome);
    }
}

/// The deliveries of webhooks of a [`MockPortal`](crate::MockPortal).
///
/// The mock sends a delivery when its clock says that it is due. A first try is due at once, and a
/// retry after a pause, so a test that waits for retries advances the clock.
///
/// ```
/// # #[tokio::main]
/// # async fn main() -> std::io::Result<()> {
/// let mock = docspace_mock::MockPortal::builder().start().await?;
/// // Create a webhook and a room.
/// mock.webhooks().sent().await;
/// // The receiver has the event.
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Deliveries {
    shared: Arc<Shared>,
}

impl Deliveries {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared) }
    }

    /// Waits until all deliveries that are due by now have been sent and answered.
    pub async fn sent(&self) {
        let mut in_flight = self.shared.sender.in_flight.subscribe();
        loop {
            start(&self.shared);
            if *in_flight.borrow_and_update() == 0 {
                return;
            }
            if in_flight.changed().await.is_err() {
                return;
            }
        }
    }

    /// Advances the clock from retry to retry, until no delivery waits.
    pub async fn all_sent(&self) {
        loop {
            self.sent().await;
            let Some(pause) = self.pause() else { return };
            self.shared.portals().advance(pause);
        }
    }

    /// The time until the next delivery of any portal is due.
    fn pause(&self) -> Option<Duration> {
        let mut portals = self.shared.portals();
        let first = portals.first().time_to_next_delivery();
        let names = portals.names();
        let registered = names.iter().filter_map(|name| portals.named(name)?.time_to_next_delivery()).min();
        first.into_iter().chain(registered).min()
    }

    /// Returns how many deliveries of the first portal wait or have no outcome yet.
    pub fn waiting(&self) -> usize {
        self.shared.portals().first().waiting_deliveries()
    }

    /// Holds all deliveries until [`release`](Self::release) or
    /// [`release_reversed`](Self::release_reversed) sends them.
    pub fn hold(&self) {
        self.shared.sender.plan().held = true;
    }

    /// Sends the deliveries that were held, and waits until they have been answered.
    pub async fn release(&self) {
        self.shared.sender.plan().held = false;
        self.sent().await;
    }

    /// Sends the deliveries that were held one after another, the latest event first, as a portal
    /// may do.
    ///
    /// Only deliveries of one batch, which has at most ten, change their order.
    pub async fn release_reversed(&self) {
        loop {
            let mut due = take(&mut self.shared.portals());
            if due.is_empty() {
                break;
            }
            due.sort_by_key(|(_, delivery)| std::cmp::Reverse(delivery.delivery));
            for delivery in due {
                deliver(&self.shared, delivery).await;
            }
        }
        self.release().await;
    }

    /// Sends each of the next deliveries twice, as a portal does if it loses an answer.
    pub fn duplicate(&self, deliveries: usize) {
        self.shared.sender.plan().duplicates = deliveries;
    }
}
