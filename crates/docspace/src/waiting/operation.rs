//! An operation, and the loop that waits for it.

use std::fmt;
use std::time::Duration;

use futures::future::{Either, select};
use futures::stream::try_unfold;

use super::policy::span;
use super::{Backoff, Event, Observation, Poll, Poller, Progress, Stage, WaitPolicy};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, BoxStream, Instant, sleep, timeout};

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
    /// The call that started it. Errors name it.
    call: Call,
    poller: Box<dyn Poller<T>>,
    policy: WaitPolicy,
    callback: Option<Callback>,
    cancel: Cancel,
    /// Whether the next poll comes after a pause.
    pauses: bool,
    backoff: Backoff,
    began: Option<Instant>,
}

/// How long a look at what came out may take that begins after the deadline.
const LAST_LOOK: Duration = Duration::from_secs(1);

type Callback = Box<dyn FnMut(&Progress) + Send>;

/// Whether the work is to be cancelled.
#[derive(Default)]
enum Cancel {
    #[default]
    No,
    When(BoxFuture<'static, ()>),
    Requested,
    Sent,
}

/// The result of one iteration of the loop.
enum Step<T> {
    Pending(Progress),
    Done(T),
    Cancelled,
}

impl<T> Operation<T> {
    pub(crate) fn new(call: Call, policy: &WaitPolicy, poller: impl Poller<T> + 'static) -> Self {
        let (poller, policy, backoff) = (Box::new(poller), policy.clone(), Backoff::new(policy));
        Self { call, poller, policy, callback: None, cancel: Cancel::No, pauses: false, backoff, began: None }
    }

    /// Waits at most this long, in place of the portal's [`WaitPolicy`].
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.policy.deadline = deadline;
        self
    }

    /// Calls back after every poll of the portal. [`events`](Self::events) reports the same as a stream.
    pub fn on_progress(mut self, callback: impl FnMut(&Progress) + Send + 'static) -> Self {
        self.callback = Some(Box::new(callback));
        self
    }

    /// Waits for the end and returns the result, as the portal shows it then. A wait that is not polled blocks no other
    /// call on the portal.
    ///
    /// # Errors
    ///
    /// - `NotDone`: the portal failed to do the work, or it was cancelled.
    /// - `Timeout`: the deadline passed first. The portal may still be working.
    /// - Any other kind: a poll failed. The portal has accepted the work and may still be working.
    pub async fn wait(mut self) -> Result<T> {
        let outcome = self.until_done().await?;
        outcome.ok_or_else(|| cancelled(&self.call))
    }

    /// Cancels the work, waits until the portal has stopped it, and checks the room. Returns the result if the work
    /// was done before it could be stopped, and `None` if it was stopped.
    ///
    /// What was done until then stays done: a room whose deletion was stopped half-way is still there, without the
    /// files that were already deleted. Nothing is started again. The portal removes the records of operations that have
    /// ended from its list, including those of the caller's other programs, whenever it is asked to stop one.
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
    /// - `Invalid`: a portal cannot stop making a template, or a room from one. The work goes on.
    /// - `NotDone`: the portal does not report which operation is the caller's, for example when another program of the
    ///   same person deletes at the same time. The work goes on.
    /// - Otherwise as for [`wait`](Self::wait).
    pub async fn cancel(mut self) -> Result<Option<T>> {
        self.cancel = Cancel::Requested;
        self.until_done().await
    }

    async fn until_done(&mut self) -> Result<Option<T>> {
        loop {
            match self.step().await? {
                Step::Pending(_) => {}
                Step::Done(outcome) => return Ok(Some(outcome)),
                Step::Cancelled => return Ok(None),
            }
        }
    }

    /// One iteration of the loop that every wait consists of: a pause, a poll, and a report.
    async fn step(&mut self) -> Result<Step<T>> {
        let began = *self.began.get_or_insert_with(Instant::now);
        let deadline = self.policy.deadline;
        let error = match self.poll_in_time(began).await {
            Ok(Some(step)) => return Ok(step),
            Err(error) => error,
            Ok(None) => {
                let reason = format!("not finished after {}", span(deadline));
                return Err(Error::new(ErrorKind::Timeout, reason).of(&self.call));
            }
        };
        Err(match error.kind() {
            // The result of the work, not a poll that failed.
            ErrorKind::NotDone | ErrorKind::Invalid => error,
            _ => error.while_waiting(&self.call),
        })
    }

    /// The body of a step; `None` when the last poll before the deadline found nothing.
    async fn poll(&mut self, began: Instant) -> Result<Option<Step<T>>> {
        let deadline = self.policy.deadline;
        // The last poll reads the result, whatever the portal reports, and that takes some time.
        let reserve = (deadline / 5).min(Duration::from_secs(1));
        if self.pauses {
            let left = deadline.saturating_sub(began.elapsed()).saturating_sub(reserve);
            let pause = self.backoff.pause().min(left);
            self.sleep(pause).await;
        }
        if matches!(self.cancel, Cancel::Requested) {
            self.poller.cancel().await?;
            self.cancel = Cancel::Sent;
            // The portal needs a moment to stop, not as long as the work has taken so far.
            self.backoff = Backoff::new(&self.policy);
        }
        let is_last = deadline.saturating_sub(began.elapsed()) <= reserve;
        let observation = self.poller.poll(Poll { max_age: self.backoff.last(), is_last }).await?;
        let (stage, percent, pauses) = match observation {
            Observation::Done(outcome) => return Ok(Some(Step::Done(outcome))),
            Observation::Cancelled => return Ok(Some(Step::Cancelled)),
            Observation::Ended(percent) => (Stage::Verifying, percent, false),
            Observation::Pending(..) if is_last => return Ok(None),
            Observation::Pending(stage, percent) => (stage, percent, true),
        };
        self.pauses = pauses;
        let progress = Progress { stage, percent, elapsed: began.elapsed() };
        if let Some(callback) = &mut self.callback {
            callback(&progress);
        }
        Ok(Some(Step::Pending(progress)))
    }

    /// Polls until the deadline; `None` when that has passed.
    async fn poll_in_time(&mut self, began: Instant) -> Result<Option<Step<T>>> {
        let deadline = self.policy.deadline;
        if let Ok(step) = timeout(deadline.saturating_sub(began.elapsed()), self.poll(began)).await {
            return step;
        }
        if began.elapsed() < deadline.saturating_add(LAST_LOOK) {
            return Ok(None);
        }
        // The caller did not poll this until long after the deadline, and meanwhile the work may have been done.
        self.pauses = false;
        timeout(LAST_LOOK, self.poll(began)).await.unwrap_or(Ok(None))
    }

    /// Sleeps, unless the work is to be cancelled first.
    async fn sleep(&mut self, pause: Duration) {
        let Cancel::When(stop) = &mut self.cancel else { return sleep(pause).await };
        if let Either::Right(_) = select(Box::pin(sleep(pause)), stop).await {
            self.cancel = Cancel::Requested;
        }
    }
}

impl<T: Send + 'static> Operation<T> {
    /// Waits as [`wait`](Self::wait) does and reports every poll of the portal; the last event is [`Event::Done`], or an
    /// error. The deadline counts from the first time the stream is read.
    ///
    /// Nothing happens while the stream is not read, and dropping it leaves nothing running here.
    pub fn events(self) -> BoxStream<'static, Result<Event<T>>> {
        Box::pin(try_unfold(Some(self), |operation| async {
            let Some(mut operation) = operation else { return Ok(None) };
            match operation.step().await? {
                Step::Pending(progress) => Ok(Some((Event::Progress(progress), Some(operation)))),
                Step::Done(outcome) => Ok(Some((Event::Done(outcome), None))),
                Step::Cancelled => Err(cancelled(&operation.call)),
            }
        }))
    }

    /// Cancels the work when `stop` completes first, for example on Ctrl-C. The result is then `None` if the work was
    /// stopped, as with [`cancel`](Self::cancel). If it cannot be stopped, the wait ends with the error that
    /// `cancel` returns.
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
    pub fn cancel_when(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Operation<Option<T>> {
        let callback = self.callback.take();
        let operation = Operation::new(self.call, &self.policy, Cancellable(self.poller));
        Operation { callback, ..operation }.stop_when(stop)
    }
}

impl<T> Operation<T> {
    /// Counts the deadline from an earlier moment, at which the start began.
    pub(crate) fn deadline_from(self, began: Instant, deadline: Duration) -> Self {
        Self { began: Some(began), ..self.deadline(deadline) }
    }

    /// Cancels the work when `stop` completes first. The wait then ends with an error.
    pub(crate) fn stop_when(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Self {
        self.cancel = Cancel::When(Box::pin(stop));
        self
    }
}

pub(crate) fn cancelled(call: &Call) -> Error {
    Error::new(ErrorKind::NotDone, "it was cancelled").of(call)
}

/// Work whose cancellation is a result.
struct Cancellable<T>(Box<dyn Poller<T>>);

impl<T: Send + 'static> Poller<Option<T>> for Cancellable<T> {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<Option<T>>>> {
        Box::pin(async move {
            Ok(match self.0.poll(poll).await? {
                Observation::Pending(stage, percent) => Observation::Pending(stage, percent),
                Observation::Ended(percent) => Observation::Ended(percent),
                Observation::Done(outcome) => Observation::Done(Some(outcome)),
                Observation::Cancelled => Observation::Done(None),
            })
        })
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        self.0.cancel()
    }
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation").field("call", &self.call).finish_non_exhaustive()
    }
}
