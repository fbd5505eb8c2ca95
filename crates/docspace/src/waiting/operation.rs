//! An operation, and the loop that waits for it.

use std::fmt;
use std::time::Duration;

use futures::future::{Either, FutureExt, select};
use futures::stream::try_unfold;

use super::policy::span;
use super::{Backoff, Event, Observation, Poll, Poller, Progress, Stage, Ticket, WaitPolicy};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, BoxStream, Instant, sleep, timeout};
use crate::transport::poll_pause;

/// A background operation that the portal has accepted. Call [`wait`](Operation::wait) for its
/// result.
///
/// ```
/// # doc_examples::with_room(async |_, room| {
/// let operation = room.archive().await?; // the portal has only accepted it
///
/// let operation = operation.on_progress(|progress| eprintln!("{}", progress.stage));
/// let archived = operation.wait().await?;
/// assert!(archived.is_archived());
/// # Ok(())
/// # });
/// ```
///
/// Dropping an `Operation` does not cancel it on the portal, and leaves nothing running in the
/// program.
#[must_use = "the portal has only accepted the operation: call `wait` for its result"]
pub struct Operation<T> {
    /// The call that started it. Errors name it.
    call: Call,
    poller: Box<dyn Poller<T>>,
    policy: WaitPolicy,
    callback: Option<Callback>,
    cancel: Cancel,
    /// Whether the next poll comes after a pause.
    pauses: bool,
    /// When the current pause began, and how long it is. A wait that is dropped and begun again
    /// continues it.
    pause: Option<(Instant, Duration)>,
    backoff: Backoff,
    began: Option<Instant>,
}

/// Maximum time for a last poll that begins after the deadline.
const LAST_POLL: Duration = Duration::from_secs(1);

type Callback = Box<dyn FnMut(&Progress) + Send>;

/// Whether to cancel the operation.
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
    Canceled,
}

impl<T> Operation<T> {
    pub(crate) fn new(call: Call, policy: &WaitPolicy, poller: impl Poller<T> + 'static) -> Self {
        let (poller, policy, backoff) = (Box::new(poller), policy.clone(), Backoff::new(policy));
        Self {
            call,
            poller,
            policy,
            callback: None,
            cancel: Cancel::No,
            pauses: false,
            pause: None,
            backoff,
            began: None,
        }
    }

    /// Makes the first poll after the first of these pauses, which counts from now. By default, it
    /// comes immediately.
    pub(crate) fn paced(mut self, mut backoff: Backoff) -> Self {
        self.pause = Some((Instant::now(), backoff.pause()));
        Self { pauses: true, backoff, ..self }
    }

    /// Waits until the operation has ended, checks its result, and returns it.
    ///
    /// A program that stops polling a wait does not block its other calls to the portal.
    ///
    /// # Errors
    ///
    /// - [`NotDone`](ErrorKind::NotDone): the portal failed to do the work, or the operation was
    ///   canceled.
    /// - [`NotFound`](ErrorKind::NotFound): the room was deleted in the meantime.
    /// - [`Timeout`](ErrorKind::Timeout): the deadline passed first. The portal may still be
    ///   working: read the room before trying again.
    /// - Any other kind: a poll failed. The portal has accepted the operation and may still be
    ///   working on it.
    pub async fn wait(mut self) -> Result<T> {
        let outcome = self.until_done().await?;
        outcome.ok_or_else(|| canceled(&self.call))
    }

    /// Waits at most this long, instead of the time in the portal's [`WaitPolicy`] (10 minutes by
    /// default).
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.policy.deadline = deadline;
        self
    }

    /// Calls `callback` after every poll of the portal. [`events`](Self::events) reports the same
    /// as a stream.
    pub fn on_progress(mut self, callback: impl FnMut(&Progress) + Send + 'static) -> Self {
        self.callback = Some(Box::new(callback));
        self
    }

    /// Waits for at most this long. Returns the result, or `None` if the operation goes on. Call it
    /// again, or call [`wait`](Self::wait), to wait longer.
    ///
    /// The [`deadline`](Self::deadline) of the whole wait counts from the first call.
    /// [`Portal::resume`](crate::Portal::resume) shows a web service that uses this.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// # doc_examples::with_room(async |_, room| {
    /// let mut archiving = room.archive().await?;
    /// match archiving.wait_for(Duration::from_secs(30)).await? {
    ///     Some(room) => println!("{} is in the archive", room.title),
    ///     None => println!("it takes longer: ask again later"),
    /// }
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// The same as for [`wait`](Self::wait).
    pub async fn wait_for(&mut self, patience: Duration) -> Result<Option<T>> {
        match timeout(patience, self.until_done()).await {
            Ok(outcome) => outcome?.map(Some).ok_or_else(|| canceled(&self.call)),
            Err(_) => Ok(None),
        }
    }

    /// Returns what is needed to wait for the operation later, even in another program, with
    /// [`Portal::resume`](crate::Portal::resume). `None` for an index export, because a portal
    /// reports only the last one.
    ///
    /// If the portal drops the operation, this wait starts it again, but a resumed wait does not.
    pub fn ticket(&self) -> Option<Ticket> {
        self.poller.ticket()
    }

    /// Cancels the operation, waits until the portal has ended it, and checks its result.
    ///
    /// Returns the result if the operation was done before the portal could cancel it, and `None`
    /// if it was canceled.
    ///
    /// - Canceling does not undo anything: after a deletion that was canceled half-way, the room
    ///   still exists, without the files that were already deleted.
    /// - Canceling also removes the records of the caller's finished operations from the portal,
    ///   including those that other programs of the same person have not read yet.
    ///
    /// ```no_run
    /// # async fn example(room: docspace::RoomHandle) -> docspace::Result<()> {
    /// let archiving = room.archive().await?;
    /// match archiving.cancel().await? {
    ///     Some(room) => println!("too late: {} is in the archive", room.title),
    ///     None => println!("the room has not moved"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): a portal cannot cancel the creation of a template, or of
    ///   a room from a template. The operation continues.
    /// - [`NotDone`](ErrorKind::NotDone): the portal does not report which operation to cancel, for
    ///   example because another program of the same person deletes at the same time. The operation
    ///   continues.
    /// - Any other kind: the same as for [`wait`](Self::wait).
    pub async fn cancel(mut self) -> Result<Option<T>> {
        self.cancel = Cancel::Requested;
        self.until_done().await
    }

    async fn until_done(&mut self) -> Result<Option<T>> {
        loop {
            match self.step().await? {
                Step::Pending(_) => {}
                Step::Done(outcome) => return Ok(Some(outcome)),
                Step::Canceled => return Ok(None),
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
            // The result of the operation, not a poll that failed.
            ErrorKind::NotDone | ErrorKind::Invalid => error,
            _ => error.while_waiting(&self.call),
        })
    }

    /// Pauses and polls once; `None` if the last poll before the deadline did not find the result.
    async fn poll(&mut self, began: Instant) -> Result<Option<Step<T>>> {
        let deadline = self.policy.deadline;
        // The last poll reads the result regardless of what the portal reports, and that takes some
        // time.
        let reserve = (deadline / 5).min(Duration::from_secs(1));
        if self.pauses && !matches!(self.cancel, Cancel::Requested) {
            let left = deadline.saturating_sub(began.elapsed()).saturating_sub(reserve);
            let (begun, pause) = *self.pause.get_or_insert_with(|| (Instant::now(), self.backoff.pause()));
            let pause = pause.saturating_sub(begun.elapsed()).min(left);
            poll_pause(pause);
            self.sleep(pause).await;
        }
        self.pause = None;
        if matches!(self.cancel, Cancel::Requested) {
            self.poller.cancel().await?;
            self.cancel = Cancel::Sent;
            // The portal needs only a moment to cancel, however long the operation has taken.
            self.backoff = Backoff::new(&self.policy);
        }
        let is_last = deadline.saturating_sub(began.elapsed()) <= reserve;
        let observation = self.poller.poll(Poll { max_age: self.backoff.last(), is_last }).await?;
        let (stage, percent, pauses) = match observation {
            Observation::Done(outcome) => return Ok(Some(Step::Done(outcome))),
            Observation::Canceled => return Ok(Some(Step::Canceled)),
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

    /// Polls once; `None` if the deadline passes first.
    async fn poll_in_time(&mut self, began: Instant) -> Result<Option<Step<T>>> {
        let deadline = self.policy.deadline;
        if let Ok(step) = timeout(deadline.saturating_sub(began.elapsed()), self.poll(began)).await {
            return step;
        }
        if began.elapsed() < deadline.saturating_add(LAST_POLL) {
            return Ok(None);
        }
        // The caller did not poll this future until long after the deadline, so the operation may
        // be done by now.
        self.pauses = false;
        timeout(LAST_POLL, self.poll(began)).await.unwrap_or(Ok(None))
    }

    /// Sleeps, unless the program asks to cancel first.
    async fn sleep(&mut self, pause: Duration) {
        let Cancel::When(stop) = &mut self.cancel else { return sleep(pause).await };
        if let Either::Right(_) = select(Box::pin(sleep(pause)), stop).await {
            self.cancel = Cancel::Requested;
        }
    }
}

impl<T: Send + 'static> Operation<T> {
    /// Waits as [`wait`](Self::wait) does, and reports every poll of the portal as an event of a
    /// stream. The last event is [`Event::Done`], or an error.
    ///
    /// The deadline counts from the first time the stream is read. Nothing happens while the stream
    /// is not read, and dropping it leaves nothing running in the program.
    pub fn events(self) -> BoxStream<'static, Result<Event<T>>> {
        Box::pin(try_unfold(Some(self), |operation| async {
            let Some(mut operation) = operation else { return Ok(None) };
            match operation.step().await? {
                Step::Pending(progress) => Ok(Some((Event::Progress(progress), Some(operation)))),
                Step::Done(outcome) => Ok(Some((Event::Done(outcome), None))),
                Step::Canceled => Err(canceled(&operation.call)),
            }
        }))
    }

    /// Cancels the operation if this future completes first, for example `tokio::signal::ctrl_c()`.
    ///
    /// The result is `None` if the operation was canceled, as with [`cancel`](Self::cancel). If the
    /// portal cannot cancel it, the wait ends with the error that `cancel` returns.
    ///
    /// ```no_run
    /// # type Output = std::io::Result<()>; // as that of `tokio::signal::ctrl_c()`
    /// # async fn example(room: docspace::RoomHandle, ctrl_c: impl Future<Output = Output> + Send + 'static)
    /// # -> docspace::Result<()> {
    /// let deleting = room.delete().await?;
    /// match deleting.cancel_when(ctrl_c).wait().await? {
    ///     Some(()) => println!("the room is deleted"),
    ///     None => println!("canceled: the room still exists, perhaps without some of its content"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn cancel_when(mut self, stop: impl Future + Send + 'static) -> Operation<Option<T>> {
        let callback = self.callback.take();
        let operation = Operation::new(self.call, &self.policy, Optional(self.poller));
        Operation { callback, ..operation }.stop_when(stop)
    }
}

impl<T> Operation<T> {
    /// Counts the deadline from an earlier moment: from the beginning of the start.
    pub(crate) fn deadline_from(self, began: Instant, deadline: Duration) -> Self {
        Self { began: Some(began), ..self.deadline(deadline) }
    }

    /// Cancels the operation if `stop` completes first. The wait then ends with an error.
    pub(crate) fn stop_when(mut self, stop: impl Future + Send + 'static) -> Self {
        self.cancel = Cancel::When(Box::pin(stop.map(drop)));
        self
    }
}

pub(crate) fn canceled(call: &Call) -> Error {
    Error::new(ErrorKind::NotDone, "it was canceled").of(call)
}

/// A poller that makes another result from the one of its operation.
pub(crate) struct Mapped<T, U> {
    pub(crate) poller: Box<dyn Poller<T>>,
    pub(crate) change: fn(T) -> U,
}

impl<T: 'static, U: 'static> Poller<U> for Mapped<T, U> {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<U>>> {
        Box::pin(async move {
            Ok(match self.poller.poll(poll).await? {
                Observation::Pending(stage, percent) => Observation::Pending(stage, percent),
                Observation::Ended(percent) => Observation::Ended(percent),
                Observation::Done(outcome) => Observation::Done((self.change)(outcome)),
                Observation::Canceled => Observation::Canceled,
            })
        })
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        self.poller.cancel()
    }

    fn ticket(&self) -> Option<Ticket> {
        self.poller.ticket()
    }
}

/// A poller whose result is optional: `None` if the operation was canceled.
struct Optional<T>(Box<dyn Poller<T>>);

impl<T: Send + 'static> Poller<Option<T>> for Optional<T> {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<Option<T>>>> {
        Box::pin(async move {
            Ok(match self.0.poll(poll).await? {
                Observation::Pending(stage, percent) => Observation::Pending(stage, percent),
                Observation::Ended(percent) => Observation::Ended(percent),
                Observation::Done(outcome) => Observation::Done(Some(outcome)),
                Observation::Canceled => Observation::Done(None),
            })
        })
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        self.0.cancel()
    }

    fn ticket(&self) -> Option<Ticket> {
        self.0.ticket()
    }
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation").field("call", &self.call).finish_non_exhaustive()
    }
}
