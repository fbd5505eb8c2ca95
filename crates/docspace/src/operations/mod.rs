//! Work that a portal does in the background, and waiting for it.

mod events;
mod flight;
mod list;
mod room_work;
mod watch;

use std::fmt;
use std::time::Duration;

pub use events::Event;
pub(crate) use flight::Flights;
pub use list::Operations;
pub(crate) use room_work::{Goal, start};
pub(crate) use watch::Watch;
pub use watch::{Progress, Stage, WaitPolicy};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::runtime::{BoxFuture, MaybeSend, timeout};

/// Follows the work to its end; none when it was cancelled before.
pub(crate) trait Waiter<T>: MaybeSend {
    fn begin(self: Box<Self>, watch: Watch) -> BoxFuture<'static, Result<Option<T>>>;
}

impl<T, F> Waiter<T> for F
where
    F: FnOnce(Watch) -> BoxFuture<'static, Result<Option<T>>> + MaybeSend,
{
    fn begin(self: Box<Self>, watch: Watch) -> BoxFuture<'static, Result<Option<T>>> {
        self(watch)
    }
}

/// Work that the portal has accepted. Call [`wait`](Operation::wait) to learn how it ends.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let started = portal.room(&room).archive().await?; // the portal has accepted it, no more
/// let room = started.on_progress(|now| eprintln!("{}", now.stage)).wait().await?;
/// assert!(room.is_archived());
/// # Ok(())
/// # }
/// ```
///
/// Dropping it stops nothing on the portal and leaves nothing running here.
#[must_use = "the portal's acceptance says nothing about the outcome: call `wait`"]
pub struct Operation<T> {
    call: Call,
    watch: Watch,
    waiter: Box<dyn Waiter<T>>,
}

impl<T> Operation<T> {
    pub(crate) fn new(call: Call, policy: &WaitPolicy, waiter: impl Waiter<T> + 'static) -> Self {
        Self { call, watch: Watch::new(policy.clone()), waiter: Box::new(waiter) }
    }

    /// Waits at most this long, in place of the portal's [`WaitPolicy`].
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.watch.policy.deadline = deadline;
        self
    }

    /// Calls back with every look at the portal. [`events`](Self::events) gives the same as a stream.
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
        let call = self.call.clone();
        let cancelled = || Error::new(ErrorKind::Operation, "it was cancelled").of(&call);
        self.outcome().await?.ok_or_else(cancelled)
    }

    /// Cancels the work, waits until the portal has let go of it, and looks at the room: what came out where it was done
    /// before it could be stopped, none where it was stopped.
    ///
    /// What was done until then stays done: of a room whose deletion was stopped half-way the room is left, without the
    /// files that were deleted already. Nothing is started again. The portal's own list of operations loses the records
    /// of those that have ended, also of the caller's other programs; the portal does that whenever it is asked to stop one
    /// (portal-facts 8.1).
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, id: docspace::RoomId) -> docspace::Result<()> {
    /// let started = portal.room(id).archive().await?;
    /// match started.cancel().await? {
    ///     Some(room) => println!("too late: {} is in the archive", room.title),
    ///     None => println!("the room has not moved"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `Invalid` for a template, or a room from one, that is being made: a portal cannot stop that. `Operation` for a
    /// deletion while others of the same person are under way and the portal does not tell which of them it is. Both go
    /// on as if nothing had been asked. Otherwise as for [`wait`](Self::wait).
    pub async fn cancel(mut self) -> Result<Option<T>> {
        self.watch.stopping = true;
        self.outcome().await
    }

    async fn outcome(self) -> Result<Option<T>> {
        let deadline = self.watch.policy.deadline;
        match timeout(deadline, self.waiter.begin(self.watch)).await {
            Ok(outcome) => outcome.map_err(|error| match error.kind() {
                // What the work came to, not a look at it that failed.
                ErrorKind::Operation | ErrorKind::Invalid => error,
                _ => error.while_waiting(&self.call),
            }),
            Err(_) => {
                let reason = format!("not finished after {:.0} s", deadline.as_secs_f64().ceil());
                Err(Error::new(ErrorKind::Timeout, reason).of(&self.call))
            }
        }
    }
}

impl<T: Send + 'static> Operation<T> {
    /// Looks once more at what came out, before it is handed out.
    pub(crate) fn checked<F>(self, check: impl FnOnce(T) -> F + MaybeSend + 'static) -> Self
    where
        F: Future<Output = Result<T>> + MaybeSend + 'static,
    {
        let Self { call, watch, waiter } = self;
        let waiter = |watch| -> BoxFuture<'static, Result<Option<T>>> {
            Box::pin(async {
                match waiter.begin(watch).await? {
                    Some(outcome) => check(outcome).await.map(Some),
                    None => Ok(None),
                }
            })
        };
        Self { call, watch, waiter: Box::new(waiter) }
    }

    /// Cancels the work when this comes first, such as Ctrl-C; what comes out is then none where it was stopped, as with
    /// [`cancel`](Self::cancel). Where it cannot be stopped, the wait ends with the error that says so.
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, id: docspace::RoomId, ctrl_c: futures::channel::oneshot::Receiver<()>)
    /// # -> docspace::Result<()> {
    /// use futures::FutureExt;
    /// let started = portal.room(id).delete().await?;
    /// match started.cancel_when(ctrl_c.map(drop)).wait().await? {
    ///     Some(()) => println!("deleted"),
    ///     None => println!("stopped: the room is there, perhaps without some of its content"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn cancel_when(self, stop: impl Future<Output = ()> + Send + 'static) -> Operation<Option<T>> {
        let Self { call, mut watch, waiter } = self;
        watch.stop = Some(Box::pin(stop));
        let waiter = |watch| -> BoxFuture<'static, Result<Option<Option<T>>>> {
            Box::pin(async { waiter.begin(watch).await.map(Some) })
        };
        Operation { call, watch, waiter: Box::new(waiter) }
    }
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation").field("call", &self.call).finish_non_exhaustive()
    }
}
