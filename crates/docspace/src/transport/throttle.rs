//! How many calls may be under way, so that a portal need not refuse any.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::limit::Limit;
use crate::runtime::{Instant, sleep};

/// How many calls go out, so that a portal need not refuse any; the rest waits. The defaults are a portal's own limits, as
/// measured (portal-facts 3), which count for a person, whatever key or program calls.
///
/// ```
/// use docspace::{Portal, Throttle};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let (address, key) = (mock.url(), mock.owner_key());
/// let gentle = Throttle { reads: 10, writes: 3, per_minute: 300 }; // leaves the rest to other programs
/// let portal = Portal::builder(address).api_key(key).throttle(gentle).build()?;
/// assert_eq!(portal.rooms().list().total().await?, 0);
/// # Ok(())
/// # }
/// ```
///
/// A portal that refuses a call and names a lower limit is believed: from then on fewer calls go out.
#[derive(Clone, Debug)]
pub struct Throttle {
    /// Reads at once.
    pub reads: usize,
    /// Other calls at once.
    pub writes: usize,
    /// Calls in any minute.
    pub per_minute: usize,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { reads: 50, writes: 15, per_minute: 1500 }
    }
}

/// The limits at work.
#[derive(Debug)]
pub(crate) struct Gate {
    reads: Lane,
    writes: Lane,
    per_minute: AtomicUsize,
    lately: Mutex<VecDeque<Instant>>,
}

/// Calls of one kind.
#[derive(Debug)]
struct Lane {
    places: Semaphore,
    size: Mutex<Size>,
}

#[derive(Debug)]
struct Size {
    places: usize,
    /// Places that are taken and will not be given again.
    surplus: usize,
}

/// The right to have one call under way, until it is dropped.
#[derive(Debug)]
pub(super) struct Place<'g> {
    lane: &'g Lane,
    permit: Option<SemaphorePermit<'g>>,
}

const WINDOW: Duration = Duration::from_secs(60);

impl From<Throttle> for Gate {
    fn from(limits: Throttle) -> Self {
        Self {
            reads: Lane::new(limits.reads),
            writes: Lane::new(limits.writes),
            per_minute: limits.per_minute.max(1).into(),
            lately: Mutex::default(),
        }
    }
}

impl Gate {
    /// Waits until one more call is allowed; the call is over when its place is dropped.
    pub(super) async fn enter(&self, read: bool) -> Place<'_> {
        let lane = self.lane(read);
        // The semaphores are never closed.
        let place = Place { lane, permit: lane.places.acquire().await.ok() };
        while let Some(pause) = self.pause() {
            sleep(pause).await;
        }
        place
    }

    /// Keeps to a limit that the portal told of when it refused a call, where that is lower than the one in force.
    pub(super) fn adapt(&self, limit: Limit, read: bool) {
        match limit {
            Limit::AtOnce(most) => self.lane(read).narrow(most.max(1)),
            Limit::PerMinute(most) => {
                self.per_minute.fetch_min(most, Ordering::Relaxed);
            }
            Limit::Sensitive(_) | Limit::Daily(_) | Limit::Untold => {}
        }
    }

    fn lane(&self, read: bool) -> &Lane {
        if read { &self.reads } else { &self.writes }
    }

    /// Counts a call, or says how long to wait until one fits into the last minute.
    fn pause(&self) -> Option<Duration> {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while lately.front().is_some_and(|sent| now.duration_since(*sent) >= WINDOW) {
            lately.pop_front();
        }
        let most = self.per_minute.load(Ordering::Relaxed);
        if lately.len() >= most {
            // The first that has to leave the minute so that one more fits in.
            let last = lately[lately.len() - most];
            return Some(WINDOW.saturating_sub(now.duration_since(last)));
        }
        lately.push_back(now);
        None
    }
}

impl Lane {
    fn new(places: usize) -> Self {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        Self { places: Semaphore::new(places), size: Mutex::new(Size { places, surplus: 0 }) }
    }

    fn narrow(&self, most: usize) {
        let mut size = self.size();
        if let Some(cut) = size.places.checked_sub(most) {
            size.surplus += cut - self.places.forget_permits(cut);
            size.places = most;
        }
    }

    fn size(&self) -> MutexGuard<'_, Size> {
        self.size.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut size = self.lane.size();
        if size.surplus > 0
            && let Some(permit) = self.permit.take()
        {
            size.surplus -= 1;
            permit.forget();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_minute_holds_only_so_many_calls() {
        let gate = Gate::from(Throttle { per_minute: 3, ..Throttle::default() });
        let start = Instant::now();
        for _ in 0..4 {
            drop(gate.enter(true).await);
        }
        assert_eq!(start.elapsed(), WINDOW);
    }

    /// Who wants no limit says so with the largest number, and who wants none to go out still gets one after the other.
    #[tokio::test]
    async fn any_number_will_do() {
        for number in [0, usize::MAX] {
            let gate = Gate::from(Throttle { reads: number, writes: number, per_minute: number });
            drop(gate.enter(true).await);
            gate.adapt(Limit::AtOnce(0), false);
            drop(gate.enter(false).now_or_never());
        }
    }

    #[tokio::test]
    async fn reads_do_not_wait_for_writes() {
        let gate = Gate::from(Throttle { writes: 1, reads: 1, per_minute: 10 });
        let _writing = gate.enter(false).await;
        let _reading = gate.enter(true).await;
    }

    #[tokio::test]
    async fn a_lower_limit_at_once_counts_from_now_on_and_for_its_kind_only() {
        let gate = Gate::from(Throttle { reads: 4, writes: 4, per_minute: 100 });
        let mut under_way = vec![gate.enter(true).await, gate.enter(true).await, gate.enter(true).await];
        gate.adapt(Limit::AtOnce(2), true);
        // Neither asking for more nor the same again changes it.
        gate.adapt(Limit::AtOnce(3), true);
        gate.adapt(Limit::AtOnce(2), true);
        under_way.pop();
        assert!(gate.enter(true).now_or_never().is_none(), "two are under way");
        under_way.pop();
        let again = gate.enter(true).now_or_never();
        assert!(again.is_some(), "one is under way");
        let writes: Vec<_> = (0..4).filter_map(|_| gate.enter(false).now_or_never()).collect();
        assert_eq!(writes.len(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lower_limit_in_a_minute_counts_what_was_sent_before() {
        let gate = Gate::from(Throttle::default());
        let start = Instant::now();
        for _ in 0..5 {
            drop(gate.enter(true).await);
            sleep(Duration::from_secs(1)).await;
        }
        gate.adapt(Limit::PerMinute(3), false);
        drop(gate.enter(true).await);
        // The third of five has to be a minute ago.
        assert_eq!(start.elapsed(), Duration::from_secs(62));
    }
}
