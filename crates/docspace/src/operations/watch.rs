//! How waiting looks at the portal: how often, for how long, and what it tells meanwhile.

use std::fmt;
use std::pin::pin;
use std::time::Duration;

use futures::future::{Either, select};

use crate::runtime::{BoxFuture, Instant, sleep};

/// How operations are waited for.
///
/// ```
/// use std::time::Duration;
///
/// use docspace::{Portal, WaitPolicy};
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
/// let archiving = portal.room(&room).archive().await?; // waits for up to an hour, or as said here
/// archiving.deadline(Duration::from_secs(60)).wait().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct WaitPolicy {
    /// How long to wait for the end, and before that for a turn while others are under way.
    pub deadline: Duration,
    /// The first pause between two looks. Each further one is half as long again.
    pub first_pause: Duration,
    /// The longest pause. A portal forgets a finished operation after a minute, so keep it well below.
    pub longest_pause: Duration,
    /// How long an operation may stay untouched before it counts as dropped and is started again. A portal whose
    /// workers are full drops operations without a word (portal-facts 8.1).
    pub stall: Duration,
    /// How many operations of a kind may be under way at once. More than ten make a portal drop some; five are as fast
    /// as ten.
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

/// What a wait knows at one moment.
///
/// ```
/// use docspace::Progress;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let show = |now: &Progress| match now.percent {
///     Some(percent) => eprintln!("{} {percent} %", now.stage),
///     None => eprintln!("{} since {:.0?}", now.stage, now.elapsed),
/// };
/// portal.room(&room).delete().await?.on_progress(show).wait().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The step it is at.
    pub stage: Stage,
    /// How much is done, 0 to 100, where the portal says so. It does not for templates.
    pub percent: Option<u8>,
    /// How long it has been waited.
    pub elapsed: Duration,
}

/// The steps of a wait.
///
/// ```
/// use docspace::Stage;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let archiving = portal.room(&room).archive().await?.on_progress(|now| match now.stage {
///     Stage::Restarted => eprintln!("the portal dropped it; started again"),
///     stage => eprintln!("{stage}"),
/// });
/// archiving.wait().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// The portal has accepted it.
    Accepted,
    /// The portal is at it.
    Running,
    /// The portal dropped it, so it was started again.
    Restarted,
    /// The portal says it has ended; the room is being looked at.
    Verifying,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Accepted => "accepted",
            Self::Running => "running",
            Self::Restarted => "started again",
            Self::Verifying => "verifying",
        })
    }
}

type Callback = Box<dyn FnMut(&Progress) + Send>;

/// One wait.
pub(crate) struct Watch {
    pub(super) policy: WaitPolicy,
    pub(super) callback: Option<Callback>,
    /// What ends the wait by cancelling the work.
    pub(super) stop: Option<BoxFuture<'static, ()>>,
    /// Whether the work is to be cancelled.
    pub(super) stopping: bool,
    pause: Duration,
    slept: Duration,
    began: Instant,
}

/// Without any pause, waiting would do nothing but ask, and could never ask less.
const SHORTEST: Duration = Duration::from_millis(1);

fn first_pause(policy: &WaitPolicy) -> Duration {
    policy.first_pause.min(policy.longest_pause).max(SHORTEST)
}

impl Watch {
    pub(crate) fn new(policy: WaitPolicy) -> Self {
        let (pause, began) = (first_pause(&policy), Instant::now());
        Self { policy, callback: None, stop: None, stopping: false, pause, slept: pause, began }
    }

    pub(crate) fn report(&mut self, stage: Stage, percent: Option<u8>) {
        if let Some(callback) = &mut self.callback {
            callback(&Progress { stage, percent, elapsed: self.began.elapsed() });
        }
    }

    /// Whether the work is to be cancelled.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping
    }

    /// How old a look of somebody else may be to do for this wait too.
    pub(crate) fn freshness(&self) -> Duration {
        self.slept
    }

    /// Pauses before the next look. A wish to cancel ends the pause.
    pub(crate) async fn pause(&mut self) {
        let pause = self.pause;
        self.pause = (pause.saturating_mul(3) / 2).min(self.policy.longest_pause.max(SHORTEST));
        self.slept = pause;
        self.unless_stopped(sleep(pause)).await;
    }

    /// What comes out of this, unless the work is to be cancelled first.
    pub(crate) async fn unless_stopped<F: Future>(&mut self, work: F) -> Option<F::Output> {
        let Some(stop) = &mut self.stop else { return Some(work.await) };
        match select(pin!(work), stop).await {
            Either::Left((out, _)) => Some(out),
            Either::Right(_) => {
                self.stop = None;
                self.stopping = true;
                // The portal needs a moment to let go, not as long as it was waited for.
                self.pause = first_pause(&self.policy);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn no_pause_is_too_long_or_too_short_to_go_on_from() {
        let day = Duration::from_secs(86_400);
        let endless = WaitPolicy { first_pause: Duration::MAX, longest_pause: day, ..WaitPolicy::default() };
        let mut watch = Watch::new(endless);
        let start = Instant::now();
        watch.pause().await;
        assert_eq!(start.elapsed(), day);

        let hasty = WaitPolicy { first_pause: Duration::ZERO, ..WaitPolicy::default() };
        let mut watch = Watch::new(hasty);
        let start = Instant::now();
        for _ in 0..100 {
            watch.pause().await;
        }
        assert!(start.elapsed() > Duration::from_secs(200), "it backs off all the same");
    }
}
