//! Limits on the calls in flight and per minute, so that the portal does not reject any.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::Notify;

use super::limit::Limit;
use crate::platform::{Instant, sleep};

/// Maximum number of calls in flight and per minute. Further calls wait.
///
/// The defaults are a portal's own limits, which it counts per person, for all keys and programs of
/// that person together (docs/portal/limits.md#the-limits).
///
/// ```
/// use docspace::Portal;
/// use docspace::transport::Throttle;
///
/// # doc_examples::with_mock(async |mock, _| {
/// # let (address, key) = (mock.url(), mock.owner_key());
/// // Leaves most of the limits to the person's other programs.
/// let low = Throttle::default().reads(10).writes(3).per_minute(300);
/// let portal = Portal::builder(address).api_key(key).throttle(low).build()?;
/// assert_eq!(portal.rooms().list().total().await?, 0);
/// # Ok(())
/// # });
/// ```
///
/// If the portal rejects a call and reports a lower limit, the client lowers its own limit. A limit
/// below 5 calls in flight can have another meaning, so the client first lowers its limit to 5, and
/// goes below 5 only when the portal rejects one of these calls as well. After each minute without
/// a rejection, the limit rises by a quarter, up to the number given here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[must_use = "limits have no effect before they are given to `PortalBuilder::throttle`"]
pub struct Throttle {
    /// Maximum number of reads in flight; 50 by default.
    pub reads: usize,
    /// Maximum number of other calls in flight; 15 by default.
    pub writes: usize,
    /// Maximum number of calls in any minute; 1500 by default.
    pub per_minute: usize,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { reads: 50, writes: 15, per_minute: 1500 }
    }
}

impl Throttle {
    /// Sets the maximum number of reads in flight.
    pub fn reads(mut self, most: usize) -> Self {
        self.reads = most;
        self
    }

    /// Sets the maximum number of other calls in flight.
    pub fn writes(mut self, most: usize) -> Self {
        self.writes = most;
        self
    }

    /// Sets the maximum number of calls in any minute. `usize::MAX` means no limit.
    pub fn per_minute(mut self, most: usize) -> Self {
        self.per_minute = most;
        self
    }
}

/// Applies the limits.
#[derive(Debug)]
pub(crate) struct Limiter {
    reads: Pool,
    writes: Pool,
    minute: Mutex<Minute>,
}

/// The permits for reads, or for other calls.
#[derive(Debug)]
struct Pool {
    state: Mutex<PoolState>,
    released: Notify,
}

#[derive(Debug)]
struct PoolState {
    limit: AdaptiveLimit,
    in_flight: usize,
}

/// Permission to have one call in flight, until it is dropped.
#[derive(Debug)]
pub(super) struct Permit<'p> {
    pool: &'p Pool,
}

/// The calls of the past minute.
#[derive(Debug)]
struct Minute {
    limit: AdaptiveLimit,
    sent: VecDeque<Instant>,
}

/// A limit that the portal may lower. It rises again while the portal does not reject calls because
/// of it.
#[derive(Debug)]
struct AdaptiveLimit {
    configured: usize,
    in_force: usize,
    /// When the portal last lowered it.
    lowered: Option<Instant>,
    /// When the portal last rejected a call because of this limit, or when the limit last rose;
    /// `None` if it has the configured value.
    settled: Option<Instant>,
}

const WINDOW: Duration = Duration::from_secs(60);
/// Few portals allow fewer calls in flight than this. A lower number may be a limit on something
/// else, or the limit of a proxy.
const LEAST_BELIEVED: usize = 5;

impl From<Throttle> for Limiter {
    fn from(limits: Throttle) -> Self {
        let minute = Minute { limit: AdaptiveLimit::new(limits.per_minute), sent: VecDeque::new() };
        Self { reads: Pool::new(limits.reads), writes: Pool::new(limits.writes), minute: Mutex::new(minute) }
    }
}

impl Limiter {
    /// Waits until one more call is allowed. The call ends when its permit is dropped.
    pub(super) async fn acquire(&self, read: bool) -> Permit<'_> {
        let permit = self.pool(read).acquire().await;
        while let Some(pause) = self.pause() {
            sleep(pause).await;
        }
        permit
    }

    /// Applies the limit that the portal reported when it rejected a call, if it is lower than the
    /// limit in force. `sent` is when the call was sent.
    pub(super) fn adapt(&self, limit: Limit, read: bool, sent: Instant) {
        match limit {
            Limit::InFlight(most) => {
                let limit = &mut self.pool(read).state().limit;
                let least = if limit.was_lowest(sent) { 1 } else { LEAST_BELIEVED };
                limit.lower(most.max(least));
            }
            Limit::PerMinute(most) => self.minute().limit.lower(most),
            Limit::Sensitive(_) | Limit::Daily(_) | Limit::Unknown => {}
        }
    }

    /// Returns how long to wait until one more call fits into the past minute. Counts nothing.
    pub(crate) fn pause_in_minute(&self) -> Option<Duration> {
        self.minute().remaining(Instant::now())
    }

    fn pool(&self, read: bool) -> &Pool {
        if read { &self.reads } else { &self.writes }
    }

    /// Counts a call, or returns how long to wait until one more call fits into the past minute.
    fn pause(&self) -> Option<Duration> {
        self.minute().pause()
    }

    fn minute(&self) -> MutexGuard<'_, Minute> {
        self.minute.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pool {
    fn new(limit: usize) -> Self {
        let state = PoolState { limit: AdaptiveLimit::new(limit), in_flight: 0 };
        Self { state: Mutex::new(state), released: Notify::new() }
    }

    /// Waits for a permit.
    ///
    /// A released permit is not handed to the call that has waited longest, because that call may
    /// not be polled any more. Instead, all waiting calls are woken, and the first to check takes
    /// the permit.
    async fn acquire(&self) -> Permit<'_> {
        loop {
            // A permit released between the check and the wait must wake this call, too.
            let mut released = pin!(self.released.notified());
            released.as_mut().enable();
            if let Some(permit) = self.try_acquire() {
                return permit;
            }
            released.await;
        }
    }

    fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut state = self.state();
        if state.in_flight >= state.limit.current() {
            return None;
        }
        state.in_flight += 1;
        Some(Permit { pool: self })
    }

    fn state(&self) -> MutexGuard<'_, PoolState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.pool.state().in_flight -= 1;
        self.pool.released.notify_waiters();
    }
}

impl Minute {
    fn pause(&mut self) -> Option<Duration> {
        let now = Instant::now();
        let remaining = self.remaining(now);
        if remaining.is_none() {
            self.sent.push_back(now);
        }
        remaining
    }

    fn remaining(&mut self, now: Instant) -> Option<Duration> {
        while self.sent.front().is_some_and(|sent| now.duration_since(*sent) >= WINDOW) {
            self.sent.pop_front();
        }
        let most = self.limit.current();
        // When this call is a minute old, one more call is allowed.
        let last = self.sent.len().checked_sub(most).map(|last| self.sent[last])?;
        Some(WINDOW.saturating_sub(now.duration_since(last)))
    }
}

impl AdaptiveLimit {
    fn new(configured: usize) -> Self {
        let configured = configured.max(1);
        Self { configured, in_force: configured, lowered: None, settled: None }
    }

    /// The limit in force now. It rises by a quarter with each minute without a rejection: fast
    /// enough to recover from a limit that was reported by mistake, and slow enough that a portal
    /// with a real limit rejects only a few calls a minute.
    fn current(&mut self) -> usize {
        while let Some(settled) = self.settled.filter(|settled| settled.elapsed() >= WINDOW) {
            self.in_force = self.in_force.saturating_add((self.in_force / 4).max(1)).min(self.configured);
            self.settled = (self.in_force < self.configured).then(|| settled + WINDOW);
        }
        self.in_force
    }

    /// Applies a limit that the portal reported when it rejected a call.
    fn lower(&mut self, reported: usize) {
        let now = Instant::now();
        if reported < self.current() {
            self.in_force = reported;
            self.lowered = Some(now);
        }
        self.settled = Some(now);
    }

    /// Whether a call was sent after the limit had been lowered to [`LEAST_BELIEVED`], the lowest
    /// limit that a first rejection can set.
    fn was_lowest(&mut self, sent: Instant) -> bool {
        self.current() <= LEAST_BELIEVED && self.lowered.is_some_and(|lowered| sent >= lowered)
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    /// How many more reads may be sent now.
    fn free_reads(limiter: &Limiter) -> usize {
        let mut permits = Vec::new();
        while let Some(permit) = limiter.reads.try_acquire() {
            permits.push(permit);
        }
        permits.len()
    }

    #[tokio::test(start_paused = true)]
    async fn calls_beyond_the_limit_wait_for_the_next_minute() {
        let limiter = Limiter::from(Throttle::default().per_minute(3));
        let start = Instant::now();
        for _ in 0..4 {
            drop(limiter.acquire(true).await);
        }
        assert_eq!(start.elapsed(), WINDOW);
    }

    /// The largest number means no limit. With a limit of zero, one call is still sent after
    /// another.
    #[tokio::test]
    async fn limits_of_zero_and_of_the_largest_number_are_accepted() {
        for number in [0, usize::MAX] {
            let limiter = Limiter::from(Throttle::default().reads(number).writes(number).per_minute(number));
            drop(limiter.acquire(true).await);
            limiter.adapt(Limit::InFlight(0), false, Instant::now());
            drop(limiter.acquire(false).now_or_never());
        }
    }

    #[tokio::test]
    async fn reads_do_not_wait_for_writes() {
        let limiter = Limiter::from(Throttle::default().writes(1).reads(1).per_minute(10));
        let _writing = limiter.acquire(false).await;
        let _reading = limiter.acquire(true).await;
    }

    #[tokio::test]
    async fn a_reported_limit_applies_only_to_reads_or_only_to_writes() {
        let limiter = Limiter::from(Throttle::default().reads(8).writes(8).per_minute(100));
        let mut in_flight: Vec<_> = (0..7).filter_map(|_| limiter.acquire(true).now_or_never()).collect();
        limiter.adapt(Limit::InFlight(6), true, Instant::now());
        // Neither a higher limit nor the same limit again changes it.
        limiter.adapt(Limit::InFlight(7), true, Instant::now());
        limiter.adapt(Limit::InFlight(6), true, Instant::now());
        in_flight.pop();
        assert!(limiter.acquire(true).now_or_never().is_none(), "six are in flight");
        in_flight.pop();
        let again = limiter.acquire(true).now_or_never();
        assert!(again.is_some(), "five are in flight");
        let writes: Vec<_> = (0..8).filter_map(|_| limiter.acquire(false).now_or_never()).collect();
        assert_eq!(writes.len(), 8);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reported_limit_per_minute_counts_earlier_calls() {
        let limiter = Limiter::from(Throttle::default());
        let start = Instant::now();
        for _ in 0..5 {
            drop(limiter.acquire(true).await);
            sleep(Duration::from_secs(1)).await;
        }
        limiter.adapt(Limit::PerMinute(3), false, Instant::now());
        drop(limiter.acquire(true).await);
        // The third of five calls must be a minute old.
        assert_eq!(start.elapsed(), Duration::from_secs(62));
    }

    #[tokio::test]
    async fn a_first_limit_below_five_lowers_the_limit_to_five() {
        for reported in [0, 1, 4, 5] {
            let limiter = Limiter::from(Throttle::default());
            limiter.adapt(Limit::InFlight(reported), true, Instant::now());
            assert_eq!(free_reads(&limiter), 5, "{reported} was reported");
        }
        let strict = Limiter::from(Throttle::default().reads(2));
        strict.adapt(Limit::InFlight(1), true, Instant::now());
        assert_eq!(free_reads(&strict), 2, "the caller's limit always applies");
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_below_five_applies_when_one_of_five_calls_is_rejected() {
        let limiter = Limiter::from(Throttle::default());
        let mut limits = Vec::new();
        for _ in 0..3 {
            let sent = Instant::now();
            tokio::time::advance(Duration::from_millis(20)).await;
            // Calls that were sent together are rejected together.
            for _ in 0..4 {
                limiter.adapt(Limit::InFlight(3), true, sent);
            }
            limits.push(free_reads(&limiter));
        }
        assert_eq!(limits, [5, 3, 3]);
        tokio::time::advance(3 * WINDOW).await;
        assert_eq!(free_reads(&limiter), 6);
        limiter.adapt(Limit::InFlight(1), true, Instant::now());
        assert_eq!(free_reads(&limiter), 5, "a rejection with more than five in flight does not confirm it");
    }

    #[tokio::test(start_paused = true)]
    async fn a_reported_limit_rises_step_by_step_without_rejections() {
        let limiter = Limiter::from(Throttle::default());
        limiter.adapt(Limit::InFlight(5), true, Instant::now());
        let mut limits = Vec::new();
        for _ in 0..15 {
            limits.push(free_reads(&limiter));
            tokio::time::advance(WINDOW).await;
        }
        assert_eq!(limits, [5, 6, 7, 8, 10, 12, 15, 18, 22, 27, 33, 41, 50, 50, 50]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reported_limit_stays_while_calls_are_rejected() {
        let limiter = Limiter::from(Throttle::default());
        for _ in 0..10 {
            limiter.adapt(Limit::InFlight(5), true, Instant::now());
            limiter.adapt(Limit::InFlight(5), false, Instant::now());
            tokio::time::advance(WINDOW - Duration::from_secs(1)).await;
            assert_eq!(free_reads(&limiter), 5);
        }
        // A rejected write does not affect reads.
        limiter.adapt(Limit::InFlight(5), false, Instant::now());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(free_reads(&limiter), 6);
        assert_eq!(limiter.writes.state().limit.current(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn a_reported_limit_per_minute_rises_without_rejections() {
        let limiter = Limiter::from(Throttle::default());
        limiter.adapt(Limit::PerMinute(200), true, Instant::now());
        assert_eq!(limiter.minute().limit.current(), 200);
        tokio::time::advance(WINDOW).await;
        assert_eq!(limiter.minute().limit.current(), 250);
        tokio::time::advance(20 * WINDOW).await;
        assert_eq!(limiter.minute().limit.current(), 1500);
    }

    /// Tokio's own semaphore would hand the permit to the first waiter, even if it is not polled.
    #[tokio::test]
    async fn a_permit_is_not_handed_to_a_call_that_is_not_polled() {
        let limiter = Limiter::from(Throttle::default().reads(1));
        let in_flight = limiter.acquire(true).await;
        let mut stalled = Box::pin(limiter.acquire(true));
        assert!(stalled.as_mut().now_or_never().is_none());
        let mut waiting = Box::pin(limiter.acquire(true));
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(in_flight);
        let permit = waiting.now_or_never().expect("a permit, because the earlier call is not polled");
        drop(permit);
        assert!(stalled.now_or_never().is_some(), "the earlier call gets a permit when it is polled again");
    }

    #[tokio::test]
    async fn a_waiting_call_that_is_dropped_takes_no_permit() {
        let limiter = Limiter::from(Throttle::default().reads(1));
        let in_flight = limiter.acquire(true).await;
        let mut waiting = Box::pin(limiter.acquire(true));
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(in_flight);
        drop(waiting);
        assert_eq!(free_reads(&limiter), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_is_dropped_while_it_waits_for_the_next_minute_returns_its_permit() {
        let limiter = Limiter::from(Throttle::default().reads(1).per_minute(1));
        drop(limiter.acquire(true).await);
        assert!(limiter.acquire(true).now_or_never().is_none(), "the minute is full");
        assert_eq!(free_reads(&limiter), 1);
    }
}
