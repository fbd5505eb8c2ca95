//! How many calls may be under way, so that a portal need not refuse any.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::runtime::{Instant, sleep};

/// The limits of a portal, as measured (portal-facts 3). They count for a person, whatever key or program calls.
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
    reads: Semaphore,
    writes: Semaphore,
    per_minute: usize,
    lately: Mutex<VecDeque<Instant>>,
}

const WINDOW: Duration = Duration::from_secs(60);

impl From<Throttle> for Gate {
    fn from(limits: Throttle) -> Self {
        Self {
            reads: Semaphore::new(limits.reads.max(1)),
            writes: Semaphore::new(limits.writes.max(1)),
            per_minute: limits.per_minute.max(1),
            lately: Mutex::default(),
        }
    }
}

impl Gate {
    /// Waits until one more call is allowed; the call is over when the permit is dropped.
    pub(super) async fn enter(&self, read: bool) -> Option<SemaphorePermit<'_>> {
        let lane = if read { &self.reads } else { &self.writes };
        // The semaphores are never closed.
        let permit = lane.acquire().await.ok();
        while let Some(pause) = self.pause() {
            sleep(pause).await;
        }
        permit
    }

    /// Counts a call, or says how long to wait until one fits into the last minute.
    fn pause(&self) -> Option<Duration> {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while lately.front().is_some_and(|sent| now.duration_since(*sent) >= WINDOW) {
            lately.pop_front();
        }
        if let Some(oldest) = lately.front().filter(|_| lately.len() >= self.per_minute) {
            return Some(WINDOW.saturating_sub(now.duration_since(*oldest)));
        }
        lately.push_back(now);
        None
    }
}

#[cfg(test)]
mod tests {
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

    #[tokio::test]
    async fn reads_do_not_wait_for_writes() {
        let gate = Gate::from(Throttle { writes: 1, reads: 1, per_minute: 10 });
        let _writing = gate.enter(false).await;
        let _reading = gate.enter(true).await;
    }
}
