//! Work that a portal does in the background, and waiting for it.

mod flight;
mod room_work;
mod watch;

use std::fmt;
use std::time::Duration;

pub(crate) use flight::Flights;
pub(crate) use room_work::{Goal, start};
pub(crate) use watch::Watch;
pub use watch::{Progress, Stage, WaitPolicy};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::runtime::{BoxFuture, timeout};

type Waiter<T> = Box<dyn FnOnce(Watch) -> BoxFuture<'static, Result<T>> + Send>;

/// Work that the portal has accepted. Call [`wait`](Operation::wait) to learn how it ends.
///
/// Dropping it stops nothing on the portal and leaves nothing running here.
///
/// ```no_run
/// # async fn example(portal: docspace::Portal, id: docspace::RoomId) -> docspace::Result<()> {
/// let started = portal.room(id).archive().await?;
/// let room = started.on_progress(|now| eprintln!("{}", now.stage)).wait().await?;
/// assert!(room.is_archived());
/// # Ok(())
/// # }
/// ```
#[must_use = "the portal's acceptance says nothing about the outcome: call `wait`"]
pub struct Operation<T> {
    call: Call,
    watch: Watch,
    waiter: Waiter<T>,
}

impl<T> Operation<T> {
    pub(crate) fn new(
        call: Call,
        policy: &WaitPolicy,
        waiter: impl FnOnce(Watch) -> BoxFuture<'static, Result<T>> + Send + 'static,
    ) -> Self {
        Self { call, watch: Watch::new(policy.clone()), waiter: Box::new(waiter) }
    }

    /// Waits at most this long, in place of the portal's [`WaitPolicy`].
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.watch.policy.deadline = deadline;
        self
    }

    /// Calls back with every look at the portal.
    pub fn on_progress(mut self, callback: impl FnMut(&Progress) + Send + 'static) -> Self {
        self.watch.callback = Some(Box::new(callback));
        self
    }

    /// Waits for the end and returns what came out, after looking at the room itself.
    ///
    /// # Errors
    ///
    /// `Operation` when the portal failed at it, `Timeout` when the deadline passes first; the portal may then still be
    /// at it. Otherwise as for any call.
    pub async fn wait(self) -> Result<T> {
        let deadline = self.watch.policy.deadline;
        match timeout(deadline, (self.waiter)(self.watch)).await {
            Ok(outcome) => outcome.map_err(|error| error.while_waiting(&self.call)),
            Err(_) => {
                let reason = format!("not finished after {:.0} s", deadline.as_secs_f64().ceil());
                Err(Error::new(ErrorKind::Timeout, reason).of(&self.call))
            }
        }
    }
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation").field("call", &self.call).finish_non_exhaustive()
    }
}
