//! Changes of many rooms: a stream of results, and the remaining rooms.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use docspace_api::RoomId;
use futures::future::{FutureExt, Shared, TryFutureExt};
use futures::stream::{FuturesUnordered, Stream, StreamExt};

use super::RoomRef;
use crate::error::{Error, ErrorKind, Result};
use crate::platform::{BoxFuture, Instant, timeout};
use crate::waiting::{Operation, Progress, Terms, WaitPolicy, span};

/// The same change to many rooms, as a stream of each room's id and result. Returned by the methods
/// of [`ManyRooms`](crate::rooms::ManyRooms).
///
/// - **Nothing happens until the stream is read.** Loop over it, or call [`finish`](Self::finish).
/// - Results arrive in the order in which the portal finishes, not in the order of the rooms. One
///   failure does not stop the rest.
/// - The number of rooms in flight is limited: to
///   [`WaitPolicy::in_flight`](crate::waiting::WaitPolicy::in_flight) for operations, which is 5 by
///   default, and to 15 for other changes. While a loop body runs, no further room is started, but
///   the portal continues with those it has accepted. A slow loop body does not block other calls
///   to the portal.
/// - Dropping the stream does not cancel what the portal has accepted. To continue later, read
///   [`remaining`](Self::remaining) before dropping it: it includes those rooms. Making the same
///   change again does no harm: archiving an archived room changes nothing, and a room that was
///   deleted in the meantime fails with [`NotFound`](crate::ErrorKind::NotFound). For an orderly
///   end, use [`stop_when`](Self::stop_when).
///
/// ```
/// use futures::StreamExt;
///
/// # doc_examples::with_portal(async |portal| {
/// let old = portal.rooms().list().tag("2025").all().await?;
/// let mut archiving = portal.rooms().many(&old).archive();
/// while let Some((id, outcome)) = archiving.next().await {
///     match outcome {
///         Ok(room) => println!("archived {}", room.title),
///         Err(error) => eprintln!("room {id}: {error}"),
///     }
/// }
/// # Ok(())
/// # });
/// ```
#[must_use = "nothing happens until the stream is read: loop over it, or call `finish`"]
pub struct Bulk<T> {
    action: Action<T>,
    limits: Limits,
    concurrency: usize,
    /// The rooms that are not started, with their positions in the given order.
    waiting: VecDeque<(usize, RoomRef)>,
    running: FuturesUnordered<BoxFuture<'static, (usize, Result<T>)>>,
    /// How many rooms are started, in the given order.
    begun: usize,
    /// The rooms whose result was not returned, by their positions.
    remaining: BTreeMap<usize, RoomId>,
    stop: Option<BoxFuture<'static, ()>>,
}

/// What to do with each room.
pub(crate) enum Action<T> {
    /// A change that the portal makes immediately.
    Call(Box<dyn Fn(RoomRef) -> BoxFuture<'static, Result<T>> + Send>),
    /// An operation of the portal, which is started only.
    Start(WaitPolicy, StartFn<T>),
    /// An operation of the portal, which is started and waited for.
    Operation(WaitPolicy, StartFn<Operation<T>>),
}

type StartFn<T> = Box<dyn Fn(RoomRef, Terms) -> BoxFuture<'static, Result<T>> + Send>;

type Callback = Arc<Mutex<dyn FnMut(&RoomId, &Progress) + Send>>;

impl<T: 'static> Action<T> {
    /// Starts the action on a room, within these limits.
    fn begin(&self, room: RoomRef, limits: &Limits) -> BoxFuture<'static, Result<T>> {
        let limits = limits.clone();
        match self {
            Self::Call(action) => Box::pin(limits.bound(action(room))),
            Self::Start(policy, start) => start(room, limits.terms(policy)),
            Self::Operation(policy, start) => {
                let start = start(room.clone(), limits.terms(policy));
                Box::pin(limits.follow(room.id, start))
            }
        }
    }
}

/// How long the action on a room may take, who receives its progress, and what cancels it.
#[derive(Clone, Default)]
struct Limits {
    deadline: Option<Duration>,
    callback: Option<Callback>,
    cancel: Option<Shared<BoxFuture<'static, ()>>>,
}

impl Limits {
    fn terms(&self, policy: &WaitPolicy) -> Terms {
        let deadline = self.deadline.unwrap_or(policy.deadline);
        Terms { policy: policy.clone().deadline(deadline), stop: self.cancel.clone() }
    }

    async fn bound<T>(self, call: impl Future<Output = Result<T>>) -> Result<T> {
        let Some(deadline) = self.deadline else { return call.await };
        timeout(deadline, call)
            .await
            .unwrap_or_else(|_| Err(Error::new(ErrorKind::Timeout, format!("no answer within {}", span(deadline)))))
    }

    async fn follow<T>(self, room: RoomId, start: impl Future<Output = Result<Operation<T>>>) -> Result<T> {
        let began = Instant::now();
        let mut operation = start.await?;
        if let Some(deadline) = self.deadline {
            operation = operation.deadline_from(began, deadline);
        }
        if let Some(callback) = self.callback {
            operation = operation.on_progress(move |now| {
                callback.lock().unwrap_or_else(PoisonError::into_inner)(&room, now);
            });
        }
        if let Some(cancel) = self.cancel {
            operation = operation.stop_when(cancel);
        }
        operation.wait().await
    }
}

impl<T: 'static> Bulk<T> {
    pub(crate) fn new(rooms: Vec<RoomRef>, concurrency: usize, action: Action<T>) -> Self {
        let waiting: VecDeque<_> = rooms.into_iter().enumerate().collect();
        let remaining = waiting.iter().map(|(position, room)| (*position, room.id.clone())).collect();
        let limits = Limits::default();
        Self { action, limits, concurrency, waiting, running: FuturesUnordered::new(), begun: 0, remaining, stop: None }
    }

    /// Keeps at most as many operations in flight as the portal processes without dropping any
    /// (docs/portal/operations.md#capacity).
    pub(crate) fn operations(
        policy: &WaitPolicy,
        rooms: Vec<RoomRef>,
        start: impl Fn(RoomRef, Terms) -> BoxFuture<'static, Result<Operation<T>>> + Send + 'static,
    ) -> Self {
        Self::new(rooms, policy.in_flight.max(1), Action::Operation(policy.clone(), Box::new(start)))
    }

    /// Reads the stream to its end, and collects the results.
    pub async fn finish(mut self) -> Outcomes<T> {
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        while let Some((id, outcome)) = self.next().await {
            match outcome {
                Ok(result) => done.push((id, result)),
                Err(error) => failed.push((id, error)),
            }
        }
        Outcomes { done, failed, not_started: self.remaining() }
    }

    /// Limits the time for each room, from its start to its end. A room that takes longer fails
    /// with [`Timeout`](crate::ErrorKind::Timeout), and the portal may still be working on it.
    ///
    /// By default, the [`WaitPolicy`](crate::waiting::WaitPolicy) of the portal applies to
    /// operations: 10 minutes to start one, and another 10 minutes to wait for its end. Other
    /// changes have only the time limits of the calls that they consist of.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.limits.deadline = Some(deadline);
        self
    }

    /// Calls `callback` after every poll of the portal, with the room and its progress. Changes
    /// that the portal makes immediately, such as changes of tags, report no progress.
    ///
    /// ```
    /// use docspace::waiting::Progress;
    ///
    /// # doc_examples::with_portal(async |portal| {
    /// let old = portal.rooms().list().archived().all().await?;
    /// let deletions = portal.rooms().many(&old).delete();
    /// let show = |id: &docspace::RoomId, now: &Progress| println!("room {id}: {}", now.stage);
    /// let outcomes = deletions.on_progress(show).finish().await;
    /// assert!(outcomes.remaining().is_empty());
    /// # Ok(()) });
    /// ```
    pub fn on_progress(mut self, callback: impl FnMut(&RoomId, &Progress) + Send + 'static) -> Self {
        self.limits.callback = Some(Arc::new(Mutex::new(callback)));
        self
    }

    /// Stops starting rooms once `stop` completes, for example `tokio::signal::ctrl_c()`. The rooms
    /// that are in flight are finished.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// # doc_examples::with_portal(async |portal| {
    /// let old = portal.rooms().list().tag("2025").all().await?;
    /// let one_hour = tokio::time::sleep(Duration::from_secs(3600));
    /// let outcomes = portal.rooms().many(&old).archive().stop_when(one_hour).finish().await;
    /// println!("{} rooms were not started", outcomes.not_started.len());
    /// # Ok(())
    /// # });
    /// ```
    pub fn stop_when(mut self, stop: impl Future + Send + 'static) -> Self {
        self.stop = Some(Box::pin(stop.map(drop)));
        self
    }

    /// Cancels the rest once `stop` completes: no further room is started, and the client asks the
    /// portal to cancel the operations in flight. Their rooms fail with
    /// [`NotDone`](crate::ErrorKind::NotDone), unless they were done before. Changes that the
    /// portal makes immediately are finished.
    pub fn cancel_when(mut self, stop: impl Future + Send + 'static) -> Self {
        let stop: BoxFuture<'static, ()> = Box::pin(stop.map(drop));
        let stop = stop.shared();
        self.limits.cancel = Some(stop.clone());
        self.stop_when(stop)
    }

    /// Starts the operations without waiting for their end. `Ok` then means only that the portal
    /// has accepted the operation. A [`deadline`](Self::deadline) limits the start.
    ///
    /// Call this before reading the stream: the results of rooms that are already in flight are
    /// lost.
    pub fn without_waiting(self) -> Bulk<()> {
        let action = match self.action {
            Action::Call(action) => Action::Call(Box::new(move |room| Box::pin(action(room).map_ok(drop)))),
            Action::Start(policy, start) => {
                Action::Start(policy, Box::new(move |room, terms| Box::pin(start(room, terms).map_ok(drop))))
            }
            Action::Operation(policy, start) => {
                Action::Start(policy, Box::new(move |room, terms| Box::pin(start(room, terms).map_ok(drop))))
            }
        };
        let rooms = self.waiting.into_iter().map(|(_, room)| room).collect();
        Bulk { limits: self.limits, stop: self.stop, ..Bulk::new(rooms, self.concurrency, action) }
    }

    /// Returns the rooms whose results the stream has not returned yet, in the given order. At
    /// first, these are all rooms. After the stream has ended, these are the rooms that were not
    /// started.
    pub fn remaining(&self) -> Vec<RoomId> {
        self.remaining.values().cloned().collect()
    }

    /// Returns the rooms that were started and whose results the stream has not returned yet. If
    /// the stream is dropped now, their results stay unknown.
    pub fn in_flight(&self) -> Vec<RoomId> {
        self.remaining.range(..self.begun).map(|(_, id)| id.clone()).collect()
    }
}

impl<T: 'static> Stream for Bulk<T> {
    type Item = (RoomId, Result<T>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Some(stop) = &mut this.stop
            && stop.as_mut().poll(context).is_ready()
        {
            this.stop = None;
            this.waiting.clear();
        }
        while this.running.len() < this.concurrency
            && let Some((position, room)) = this.waiting.pop_front()
        {
            this.begun = position + 1;
            let action = this.action.begin(room, &this.limits);
            this.running.push(Box::pin(async move { (position, action.await) }));
        }
        let ended = ready!(this.running.poll_next_unpin(context));
        Poll::Ready(ended.and_then(|(position, outcome)| Some((this.remaining.remove(&position)?, outcome))))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.running.len(), Some(self.remaining.len()))
    }
}

impl<T> fmt::Debug for Bulk<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk").field("remaining", &self.remaining.len()).finish_non_exhaustive()
    }
}

/// The results for many rooms. Returned by [`Bulk::finish`].
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// let old = portal.rooms().list().tag("2025").all().await?;
/// let outcomes = portal.rooms().many(&old).archive().finish().await;
/// for (id, error) in &outcomes.failed {
///     eprintln!("room {id}: {error}");
/// }
/// let second_try = portal.rooms().many(outcomes.remaining()).archive().finish().await;
/// # Ok(())
/// # });
/// ```
///
/// JSON has `done`, a list of objects with `id` and `result`; `failed`, one with `id` and `error`;
/// and `notStarted`, a list of ids.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[must_use = "rooms may have failed: look at `failed` and `not_started`"]
pub struct Outcomes<T> {
    /// The rooms that were changed, with their results, in the order in which the portal finished.
    pub done: Vec<(RoomId, T)>,
    /// The rooms that failed, with the reason.
    pub failed: Vec<(RoomId, Error)>,
    /// The rooms that were not started because the stream was stopped, in the given order.
    pub not_started: Vec<RoomId>,
}

impl<T> Outcomes<T> {
    /// Returns the rooms that were not changed: those that failed and those that were not started.
    /// To continue, pass them to [`Rooms::many`](crate::rooms::Rooms::many).
    pub fn remaining(&self) -> Vec<RoomId> {
        self.failed.iter().map(|(id, _)| id).chain(&self.not_started).cloned().collect()
    }
}
