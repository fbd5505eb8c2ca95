//! How long and how often to poll operations.

use std::time::Duration;

use futures::future::{FutureExt, Shared};
use serde::Serialize;

use crate::platform::BoxFuture;

/// How to wait for operations.
///
/// ```
/// use std::time::Duration;
///
/// use docspace::waiting::WaitPolicy;
/// use docspace::{Portal, RoomType};
///
/// # doc_examples::with_mock(async |mock, _| {
/// # let (address, key) = (mock.url(), mock.owner_key());
/// let one_hour = WaitPolicy::default().deadline(Duration::from_secs(3600));
/// let portal = Portal::builder(address).api_key(key).wait_policy(one_hour).build()?;
///
/// let room = portal.rooms().create("Audit 2026", RoomType::Custom).send().await?;
/// let archiving = portal.room(&room).archive().await?;
/// archiving.deadline(Duration::from_secs(60)).wait().await?; // one minute for this operation
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[must_use = "a policy has no effect before it is given to `PortalBuilder::wait_policy`"]
pub struct WaitPolicy {
    /// Maximum time to start an operation, including its time in the queue; 10 minutes by default.
    /// The same maximum applies separately to the wait for its end. Each time counts from the first
    /// poll of the future that starts or waits.
    #[serde(with = "crate::seconds")]
    pub deadline: Duration,
    /// The pause before the first poll; 200 milliseconds by default. Each further pause is 1.5
    /// times as long.
    ///
    /// For archiving, restoring and deleting rooms, this is only the beginning: the client learns
    /// how long these operations take on the portal, and polls first at that time.
    #[serde(with = "crate::seconds")]
    pub first_pause: Duration,
    /// The longest pause between two polls; 3 seconds by default. A portal forgets a finished
    /// operation after about a minute, so keep the pause well below that.
    #[serde(with = "crate::seconds")]
    pub longest_pause: Duration,
    /// How long an operation may show no progress before the client assumes that the portal dropped
    /// it, and starts it again; 10 seconds by default. A portal whose workers are busy drops
    /// operations without an error. This time doubles after each restart, up to a minute.
    #[serde(with = "crate::seconds")]
    pub stall: Duration,
    /// Maximum number of operations of one type in flight; 5 by default. If more than ten are in
    /// flight, a portal drops some of them. Five are done as fast as ten.
    pub in_flight: usize,
}

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(600),
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(3),
            stall: Duration::from_secs(10),
            in_flight: 5,
        }
    }
}

impl WaitPolicy {
    /// Sets the maximum time to start an operation, and again to wait for its end.
    pub fn deadline(mut self, time: Duration) -> Self {
        self.deadline = time;
        self
    }

    /// Sets the first pause between two polls.
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets the longest pause between two polls.
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// Sets how long an operation may show no progress before it is started again.
    pub fn stall(mut self, time: Duration) -> Self {
        self.stall = time;
        self
    }

    /// Sets the maximum number of operations of one type in flight.
    pub fn in_flight(mut self, most: usize) -> Self {
        self.in_flight = most;
        self
    }
}

/// The conditions for starting one operation.
#[derive(Clone)]
pub(crate) struct Terms {
    pub(crate) policy: WaitPolicy,
    /// Nothing is started after this future has completed.
    pub(crate) stop: Option<Shared<BoxFuture<'static, ()>>>,
}

impl Terms {
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.clone().now_or_never().is_some())
    }
}

impl From<&WaitPolicy> for Terms {
    fn from(policy: &WaitPolicy) -> Self {
        Self { policy: policy.clone(), stop: None }
    }
}

/// A pause of zero would stay zero, so a wait would send requests without end.
const SHORTEST: Duration = Duration::from_millis(1);

/// The pauses between polls.
#[derive(Debug)]
pub(crate) struct Backoff {
    next: Duration,
    last: Duration,
    longest: Duration,
    growth: f64,
}

impl Backoff {
    pub(crate) fn new(policy: &WaitPolicy) -> Self {
        let longest = policy.longest_pause.max(SHORTEST);
        let first = policy.first_pause.clamp(SHORTEST, longest);
        Self { next: first, last: first, longest, growth: 1.5 }
    }

    /// Pauses for an operation that is expected to end after the first. If it has not, the next
    /// poll follows soon.
    pub(crate) fn expecting(first: Duration, policy: &WaitPolicy) -> Self {
        let longest = policy.longest_pause.max(SHORTEST);
        let first = first.clamp(SHORTEST, longest);
        Self { next: first, last: first, longest, growth: 1.0 / 32.0 }
    }

    /// The next pause.
    pub(crate) fn pause(&mut self) -> Duration {
        self.last = self.next;
        self.next = self.next.mul_f64(self.growth).clamp(SHORTEST, self.longest);
        if self.growth < 1.0 {
            self.growth = 2.0;
        }
        self.last
    }

    /// The pause before the current poll, which is also the maximum age of another poll's answer.
    pub(crate) fn last(&self) -> Duration {
        self.last
    }
}

/// Formats a time for an error.
pub(crate) fn span(time: Duration) -> String {
    if time < Duration::from_secs(1) { format!("{} ms", time.as_millis()) } else { format!("{} s", time.as_secs()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest_pause() {
        let day = Duration::from_secs(86_400);
        let slow = WaitPolicy::default().first_pause(Duration::MAX).longest_pause(day);
        assert_eq!(Backoff::new(&slow).pause(), day);

        let fast = WaitPolicy::default().first_pause(Duration::ZERO);
        let mut backoff = Backoff::new(&fast);
        let pauses: Vec<Duration> = (0..100).map(|_| backoff.pause()).collect();
        assert!(pauses.is_sorted() && pauses[0] == SHORTEST, "{pauses:?}");
        assert_eq!((pauses[99], backoff.last()), (fast.longest_pause, fast.longest_pause));
    }
}
