//! How long and how often to poll operations.

use std::time::Duration;

use futures::future::{FutureExt, Shared};

use crate::platform::BoxFuture;

/// How to wait for operations.
///
/// ```
/// use std::time::Duration;
///
/// use docspace::Portal;
/// use docspace::waiting::WaitPolicy;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let (address, key) = (mock.url(), mock.owner_key());
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let patient = WaitPolicy { deadline: Duration::from_secs(3600), ..WaitPolicy::default() };
/// let portal = Portal::builder(address).api_key(key).wait_policy(patient).build()?;
///
/// let archiving = portal.room(&room).archive().await?; // waits for up to an hour, or as set here
/// archiving.deadline(Duration::from_secs(60)).wait().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct WaitPolicy {
    /// Maximum time for a start, including the wait for room in the queue, and then again for the end. Each counts from
    /// the moment its future is first polled.
    pub deadline: Duration,
    /// The first pause between two polls. Each further pause is half as long again.
    pub first_pause: Duration,
    /// The longest pause. A portal forgets a finished operation after a minute, so keep it well below.
    pub longest_pause: Duration,
    /// How long an operation may go without visible progress before it counts as dropped and is started again. A portal whose
    /// workers are full drops operations without an error. After each restart the time doubles, up to a minute.
    pub stall: Duration,
    /// Maximum number of operations of a kind in flight. With more than ten, a portal drops some; five are as fast as ten.
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

/// How one piece of work is started: how patiently, and what keeps it from being started.
#[derive(Clone)]
pub(crate) struct Terms {
    pub(crate) policy: WaitPolicy,
    /// Nothing is started once this has come.
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

/// Without any pause, a wait would only send requests and could never slow down.
const SHORTEST: Duration = Duration::from_millis(1);

/// The pauses between polls.
#[derive(Debug)]
pub(crate) struct Backoff {
    next: Duration,
    last: Duration,
    longest: Duration,
}

impl Backoff {
    pub(crate) fn new(policy: &WaitPolicy) -> Self {
        let longest = policy.longest_pause.max(SHORTEST);
        let first = policy.first_pause.clamp(SHORTEST, longest);
        Self { next: first, last: first, longest }
    }

    /// The pause that comes next.
    pub(crate) fn pause(&mut self) -> Duration {
        self.last = self.next;
        self.next = (self.next.saturating_mul(3) / 2).min(self.longest);
        self.last
    }

    /// The pause before the current poll, which is also how old another poll's answer may be.
    pub(crate) fn last(&self) -> Duration {
        self.last
    }
}

/// A time, as errors write it.
pub(crate) fn span(time: Duration) -> String {
    if time < Duration::from_secs(1) { format!("{} ms", time.as_millis()) } else { format!("{} s", time.as_secs()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_within_their_bounds() {
        let day = Duration::from_secs(86_400);
        let endless = WaitPolicy { first_pause: Duration::MAX, longest_pause: day, ..WaitPolicy::default() };
        assert_eq!(Backoff::new(&endless).pause(), day);

        let hasty = WaitPolicy { first_pause: Duration::ZERO, ..WaitPolicy::default() };
        let mut backoff = Backoff::new(&hasty);
        let pauses: Vec<Duration> = (0..100).map(|_| backoff.pause()).collect();
        assert!(pauses.is_sorted() && pauses[0] == SHORTEST, "{pauses:?}");
        assert_eq!((pauses[99], backoff.last()), (hasty.longest_pause, hasty.longest_pause));
    }
}
