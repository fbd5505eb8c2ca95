//! Limits on the calls in flight, so that a portal does not have to refuse any.

use std::collections::VecDeque;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::limit::Limit;
use crate::platform::{Instant, sleep};

/// How many calls go out, so that a portal need not refuse any; the rest waits. The defaults are a portal's own limits, as
/// measured (portal-facts 3), which count for a person, whatever key or program calls.
///
/// ```
/// use docspace::Portal;
/// use docspace::transport::Throttle;
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
/// If the portal refuses a call and names a lower limit, the client lowers its own limit. A limit
/// below 5 calls at once can have another meaning, so the client first lowers its limit to 5, and
/// goes below 5 once the portal refuses one of these as well. After each minute without such a
/// refusal, the limit rises by a quarter, up to the one given here.
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
pub(crate) struct Limiter {
    reads: Pool,
    writes: Pool,
    minute: Mutex<Minute>,
}

/// The permits for calls of one kind.
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

/// A limit that the portal may lower. It rises again while the portal refuses no call because of
/// it.
#[derive(Debug)]
struct AdaptiveLimit {
    configured: usize,
    in_force: usize,
    /// When the portal last lowered it.
    lowered: Option<Instant>,
    /// When the portal last refused a call because of this limit, or when the limit last rose;
    /// `None` once it is back at the configured value.
    settled: Option<Instant>,
}

const WINDOW: Duration = Duration::from_secs(60);
/// Few portals allow fewer calls at once than this. A lower number may be a limit on something
/// else, or that of a proxy.
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

    /// Applies a limit that the portal named when it refused a call, if it is lower than the one in
    /// force. `sent` is when the call was sent.
    pub(super) fn adapt(&self, limit: Limit, read: bool, sent: Instant) {
        match limit {
            Limit::AtOnce(most) => {
                let limit = &mut self.pool(read).state().limit;
                let least = if limit.was_lowest(sent) { 1 } else { LEAST_BELIEVED };
                limit.lower(most.max(least));
            }
            Limit::PerMinute(most) => self.minute().limit.lower(most),
            Limit::Sensitive(_) | Limit::Daily(_) | Limit::Untold => {}
        }
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

    /// A released permit is not handed to the call that has waited longest, because that call may
    /// no longer be polled. Instead, all waiting calls are woken, and the first to check takes the
    /// permit.
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
        while self.sent.front().is_some_and(|sent| now.duration_since(*sent) >= WINDOW) {
            self.sent.pop_front();
        }
        let most = self.limit.current();
        if self.sent.len() >= most {
            // The first that has to leave the minute so that one more fits in.
            let last = self.sent[self.sent.len() - most];
            return Some(WINDOW.saturating_sub(now.duration_since(last)));
        }
        self.sent.push_back(now);
        None
    }
}

impl AdaptiveLimit {
    fn new(configured: usize) -> Self {
        let configured = configured.max(1);
        Self { configured, in_force: configured, lowered: None, settled: None }
    }

    /// The limit in force now. It rises by a quarter with each minute without a refusal: fast
    /// enough to forget a limit that was named by mistake, slow enough that a portal with a real
    /// limit refuses only a few calls a minute.
    fn current(&mut self) -> usize {
        while let Some(settled) = self.settled.filter(|settled| settled.elapsed() >= WINDOW) {
            self.in_force = self.in_force.saturating_add((self.in_force / 4).max(1)).min(self.configured);
            self.settled = (self.in_force < self.configured).then(|| settled + WINDOW);
        }
        self.in_force
    }

    /// Applies a limit that the portal named when it refused a call.
    fn lower(&mut self, named: usize) {
        let now = Instant::now();
        if named < self.current() {
            self.in_force = named;
            self.lowered = Some(now);
        }
        self.settled = Some(now);
    }

    /// Whether a call was sent after the limit had been lowered to [`LEAST_BELIEVED`], the lowest
    /// that a first refusal can set.
    fn was_lowest(&mut self, sent: Instant) -> bool {
        self.current() <= LEAST_BELIEVED && self.lowered.is_some_and(|lowered| sent >= lowered)
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    /// How many reads may be in flight at once.
    fn reads_at_once(limiter: &Limiter) -> usize {
        let mut permits = Vec::new();
        while let Some(permit) = limiter.reads.try_acquire() {
            permits.push(permit);
        }
        permits.len()
    }

    #[tokio::test(start_paused = true)]
    async fn a_minute_holds_only_so_many_calls() {
        let limiter = Limiter::from(Throttle { per_minute: 3, ..Throttle::default() });
        let start = Instant::now();
        for _ in 0..4 {
            drop(limiter.acquire(true).await);
        }
        assert_eq!(start.elapsed(), WINDOW);
    }

    /// Who wants no limit says so with the largest number, and who wants none to go out still gets one after the other.
    #[tokio::test]
    async fn any_number_will_do() {
        for number in [0, usize::MAX] {
            let limiter = Limiter::from(Throttle { reads: number, writes: number, per_minute: number });
            drop(limiter.acquire(true).await);
            limiter.adapt(Limit::AtOnce(0), false, Instant::now());
            drop(limiter.acquire(false).now_or_never());
        }
    }

    #[tokio::test]
    async fn reads_do_not_wait_for_writes() {
        let limiter = Limiter::from(Throttle { writes: 1, reads: 1, per_minute: 10 });
        let _writing = limiter.acquire(false).await;
        let _reading = limiter.acquire(true).await;
    }

    #[tokio::test]
    async fn a_lower_limit_at_once_counts_from_now_on_and_for_its_kind_only() {
        let limiter = Limiter::from(Throttle { reads: 8, writes: 8, per_minute: 100 });
        let mut in_flight: Vec<_> = (0..7).filter_map(|_| limiter.acquire(true).now_or_never()).collect();
        limiter.adapt(Limit::AtOnce(6), true, Instant::now());
        // Neither asking for more nor the same again changes it.
        limiter.adapt(Limit::AtOnce(7), true, Instant::now());
        limiter.adapt(Limit::AtOnce(6), true, Instant::now());
        in_flight.pop();
        assert!(limiter.acquire(true).now_or_never().is_none(), "six are in flight");
        in_flight.pop();
        let again = limiter.acquire(true).now_or_never();
        assert!(again.is_some(), "five are in flight");
        let writes: Vec<_> = (0..8).filter_map(|_| limiter.acquire(false).now_or_never()).collect();
        assert_eq!(writes.len(), 8);
    }

    #[tokio::test(start_paused = true)]
    async fn a_lower_limit_in_a_minute_counts_what_was_sent_before() {
        let limiter = Limiter::from(Throttle::default());
        let start = Instant::now();
        for _ in 0..5 {
            drop(limiter.acquire(true).await);
            sleep(Duration::from_secs(1)).await;
        }
        limiter.adapt(Limit::PerMinute(3), false, Instant::now());
        drop(limiter.acquire(true).await);
        // The third of five has to be a minute ago.
        assert_eq!(start.elapsed(), Duration::from_secs(62));
    }

    #[tokio::test]
    async fn a_limit_below_five_at_once_is_not_believed() {
        for named in [0, 1, 4, 5] {
            let limiter = Limiter::from(Throttle::default());
            limiter.adapt(Limit::AtOnce(named), true, Instant::now());
            assert_eq!(reads_at_once(&limiter), 5, "{named} was named");
        }
        let strict = Limiter::from(Throttle { reads: 2, ..Throttle::default() });
        strict.adapt(Limit::AtOnce(1), true, Instant::now());
        assert_eq!(reads_at_once(&strict), 2, "the caller's limit always applies");
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_below_five_at_once_is_believed_when_five_are_refused_as_well() {
        let limiter = Limiter::from(Throttle::default());
        let mut limits = Vec::new();
        for _ in 0..3 {
            let sent = Instant::now();
            tokio::time::advance(Duration::from_millis(20)).await;
            // Calls that were sent together are refused together.
            for _ in 0..4 {
                limiter.adapt(Limit::AtOnce(3), true, sent);
            }
            limits.push(reads_at_once(&limiter));
        }
        assert_eq!(limits, [5, 3, 3]);
        tokio::time::advance(3 * WINDOW).await;
        assert_eq!(reads_at_once(&limiter), 6);
        limiter.adapt(Limit::AtOnce(1), true, Instant::now());
        assert_eq!(reads_at_once(&limiter), 5, "a refusal with more than five in flight does not confirm it");
    }

    #[tokio::test(start_paused = true)]
    async fn a_named_limit_at_once_rises_step_by_step_while_nothing_is_refused() {
        let limiter = Limiter::from(Throttle::default());
        limiter.adapt(Limit::AtOnce(5), true, Instant::now());
        let mut limits = Vec::new();
        for _ in 0..15 {
            limits.push(reads_at_once(&limiter));
            tokio::time::advance(WINDOW).await;
        }
        assert_eq!(limits, [5, 6, 7, 8, 10, 12, 15, 18, 22, 27, 33, 41, 50, 50, 50]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_named_limit_stays_while_the_portal_refuses_calls_of_that_kind() {
        let limiter = Limiter::from(Throttle::default());
        for _ in 0..10 {
            limiter.adapt(Limit::AtOnce(5), true, Instant::now());
            limiter.adapt(Limit::AtOnce(5), false, Instant::now());
            tokio::time::advance(WINDOW - Duration::from_secs(1)).await;
            assert_eq!(reads_at_once(&limiter), 5);
        }
        // A refused write does not concern reads.
        limiter.adapt(Limit::AtOnce(5), false, Instant::now());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(reads_at_once(&limiter), 6);
        assert_eq!(limiter.writes.state().limit.current(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn a_named_limit_in_a_minute_rises_while_nothing_is_refused() {
        let limiter = Limiter::from(Throttle::default());
        limiter.adapt(Limit::PerMinute(200), true, Instant::now());
        assert_eq!(limiter.minute().limit.current(), 200);
        tokio::time::advance(WINDOW).await;
        assert_eq!(limiter.minute().limit.current(), 250);
        tokio::time::advance(20 * WINDOW).await;
        assert_eq!(limiter.minute().limit.current(), 1500);
    }

    /// Tokio's own semaphore hands a permit to the waiter that is first in line, polled or not.
    #[tokio::test]
    async fn a_permit_is_not_handed_to_a_call_that_is_not_polled() {
        let limiter = Limiter::from(Throttle { reads: 1, ..Throttle::default() });
        let in_flight = limiter.acquire(true).await;
        let mut stalled = Box::pin(limiter.acquire(true));
        assert!(stalled.as_mut().now_or_never().is_none());
        let mut waiting = Box::pin(limiter.acquire(true));
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(in_flight);
        let permit = waiting.now_or_never().expect("a permit, as the call that came before is not polled");
        drop(permit);
        assert!(stalled.now_or_never().is_some(), "polled again, it gets one too");
    }

    #[tokio::test]
    async fn a_call_that_is_dropped_while_it_waits_takes_no_permit() {
        let limiter = Limiter::from(Throttle { reads: 1, ..Throttle::default() });
        let in_flight = limiter.acquire(true).await;
        let mut waiting = Box::pin(limiter.acquire(true));
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(in_flight);
        drop(waiting);
        assert_eq!(reads_at_once(&limiter), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_is_dropped_while_it_waits_for_the_minute_returns_its_permit() {
        let limiter = Limiter::from(Throttle { reads: 1, per_minute: 1, ..Throttle::default() });
        drop(limiter.acquire(true).await);
        assert!(limiter.acquire(true).now_or_never().is_none(), "the minute is full");
        assert_eq!(reads_at_once(&limiter), 1);
    }
}
