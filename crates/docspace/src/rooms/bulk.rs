//! What becomes of many rooms: results as they come, and what is left.

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

/// The same done to many rooms: a stream of each room's id with what became of it. Made by the methods of
/// [`ManyRooms`](crate::rooms::ManyRooms).
///
/// ```
/// use futures::StreamExt;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let mut old = Vec::new();
/// # for title in ["a", "b"] { old.push(portal.rooms().create(title, docspace::RoomType::Custom).send().await?); }
/// let mut archiving = portal.rooms().many(&old).archive();
/// while let Some((id, outcome)) = archiving.next().await {
///     match outcome {
///         Ok(room) => println!("{} is in the archive", room.title),
///         Err(error) => eprintln!("{id}: {error}"),
///     }
/// }
/// assert!(archiving.left().is_empty());
/// # Ok(())
/// # }
/// ```
///
/// Results come as the portal finishes, not in the order of the rooms, and one failure does not stop the rest. Only a few
/// rooms are in flight at a time, and nothing happens unless the stream is read: while a loop body runs, no further room
/// is started, but the portal continues with those it has accepted. A slow body costs time but blocks no other call on
/// the portal.
///
/// Dropping the stream stops nothing that the portal has accepted. [`left`](Self::left) still lists those rooms, so
/// repeating the work requests them again. That does no harm: archiving what is archived moves nothing, and a room
/// that was deleted meanwhile is `NotFound`. [`stop_when`](Self::stop_when) stops in an orderly way.
#[must_use = "nothing is done before its stream is read: loop over it, or call `finish`"]
pub struct Bulk<T> {
    act: Act<T>,
    limits: Limits,
    at_once: usize,
    /// Those not begun, with their places in the order they were given.
    waiting: VecDeque<(usize, RoomRef)>,
    under_way: FuturesUnordered<BoxFuture<'static, (usize, Result<T>)>>,
    /// How many were begun, in the order they were given.
    begun: usize,
    /// Those whose outcome was not returned, by their places.
    left: BTreeMap<usize, RoomId>,
    stop: Option<BoxFuture<'static, ()>>,
}

/// What is done to each room.
pub(crate) enum Act<T> {
    /// A change that the portal makes at once.
    Call(Box<dyn Fn(RoomRef) -> BoxFuture<'static, Result<T>> + Send>),
    /// Work that the portal does in the background, only started.
    Start(WaitPolicy, Begin<T>),
    /// The same, waited for.
    Operation(WaitPolicy, Begin<Operation<T>>),
}

type Begin<T> = Box<dyn Fn(RoomRef, Terms) -> BoxFuture<'static, Result<T>> + Send>;

type Callback = Arc<Mutex<dyn FnMut(&RoomId, &Progress) + Send>>;

impl<T: 'static> Act<T> {
    /// Begins the work on a room, within these limits.
    fn begin(&self, room: RoomRef, limits: &Limits) -> BoxFuture<'static, Result<T>> {
        let limits = limits.clone();
        match self {
            Self::Call(act) => Box::pin(limits.bound(act(room))),
            Self::Start(policy, start) => start(room, limits.terms(policy)),
            Self::Operation(policy, start) => {
                let start = start(room.clone(), limits.terms(policy));
                Box::pin(limits.follow(room.id, start))
            }
        }
    }
}

/// How long the work on a room may take, who follows it, and what cancels it.
#[derive(Clone, Default)]
struct Limits {
    deadline: Option<Duration>,
    callback: Option<Callback>,
    cancel: Option<Shared<BoxFuture<'static, ()>>>,
}

impl Limits {
    fn terms(&self, policy: &WaitPolicy) -> Terms {
        let deadline = self.deadline.unwrap_or(policy.deadline);
        Terms { policy: WaitPolicy { deadline, ..policy.clone() }, stop: self.cancel.clone() }
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
    pub(crate) fn new(rooms: Vec<RoomRef>, at_once: usize, act: Act<T>) -> Self {
        let waiting: VecDeque<_> = rooms.into_iter().enumerate().collect();
        let left = waiting.iter().map(|(place, room)| (*place, room.id.clone())).collect();
        let limits = Limits::default();
        Self { act, limits, at_once, waiting, under_way: FuturesUnordered::new(), begun: 0, left, stop: None }
    }

    /// As many as a portal's workers take on without dropping any are in flight at once.
    pub(crate) fn operations(
        policy: &WaitPolicy,
        rooms: Vec<RoomRef>,
        start: impl Fn(RoomRef, Terms) -> BoxFuture<'static, Result<Operation<T>>> + Send + 'static,
    ) -> Self {
        Self::new(rooms, policy.in_flight.max(1), Act::Operation(policy.clone(), Box::new(start)))
    }

    /// Only starts the work: each room's outcome is that the portal has accepted it, not how it ends. Call this first; a
    /// [`deadline`](Self::deadline) then limits the start.
    pub fn without_waiting(self) -> Bulk<()> {
        let act = match self.act {
            Act::Call(act) => Act::Call(Box::new(move |room| Box::pin(act(room).map_ok(drop)))),
            Act::Start(policy, start) => {
                Act::Start(policy, Box::new(move |room, terms| Box::pin(start(room, terms).map_ok(drop))))
            }
            Act::Operation(policy, start) => {
                Act::Start(policy, Box::new(move |room, terms| Box::pin(start(room, terms).map_ok(drop))))
            }
        };
        let rooms = self.waiting.into_iter().map(|(_, room)| room).collect();
        Bulk { limits: self.limits, stop: self.stop, ..Bulk::new(rooms, self.at_once, act) }
    }

    /// Limits the time for each room, from its start to its end, in place of the portal's
    /// [`WaitPolicy`](crate::waiting::WaitPolicy). A room that takes longer fails with `Timeout`; the portal may still be working on it.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.limits.deadline = Some(deadline);
        self
    }

    /// Calls back after every poll of the portal, with the room that it was about. Changes that a portal makes at once, such
    /// as those of tags, report no progress.
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, ids: Vec<docspace::RoomId>) {
    /// let show = |id: &docspace::RoomId, now: &docspace::waiting::Progress| eprintln!("room {id}: {}", now.stage);
    /// let outcomes = portal.rooms().many(ids).delete().on_progress(show).finish().await;
    /// # }
    /// ```
    pub fn on_progress(mut self, callback: impl FnMut(&RoomId, &Progress) + Send + 'static) -> Self {
        self.limits.callback = Some(Arc::new(Mutex::new(callback)));
        self
    }

    /// Cancels the work when `stop` completes first: no further room is begun, and the portal is asked to stop the
    /// operations in flight. Their rooms fail with `NotDone`, unless they were done before. Changes that a portal makes at
    /// once are finished.
    pub fn cancel_when(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Self {
        let stop: BoxFuture<'static, ()> = Box::pin(stop);
        let stop = stop.shared();
        self.limits.cancel = Some(stop.clone());
        self.stop_when(stop)
    }

    /// Begins nothing more once this comes, such as Ctrl-C or the end of a time; what is under way is finished.
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, ids: Vec<docspace::RoomId>) {
    /// # let ctrl_c = std::future::pending();
    /// let outcomes = portal.rooms().many(ids).archive().stop_when(ctrl_c).finish().await;
    /// println!("{} were not begun", outcomes.not_begun.len());
    /// # }
    /// ```
    pub fn stop_when(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Self {
        self.stop = Some(Box::pin(stop));
        self
    }

    /// The rooms whose outcome was not returned yet, in the order they were given: all at first, those that were not
    /// begun after the stream has ended.
    pub fn left(&self) -> Vec<RoomId> {
        self.left.values().cloned().collect()
    }

    /// The rooms that were begun and whose outcome was not returned yet. If the stream is dropped now, what became of them
    /// is not known.
    pub fn in_flight(&self) -> Vec<RoomId> {
        self.left.range(..self.begun).map(|(_, id)| id.clone()).collect()
    }

    /// Reads the stream to its end and collects what became of each room.
    pub async fn finish(mut self) -> Outcomes<T> {
        let (mut done, mut failed) = (Vec::new(), Vec::new());
        while let Some((id, outcome)) = self.next().await {
            match outcome {
                Ok(result) => done.push((id, result)),
                Err(error) => failed.push((id, error)),
            }
        }
        Outcomes { done, failed, not_begun: self.left() }
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
        while this.under_way.len() < this.at_once
            && let Some((place, room)) = this.waiting.pop_front()
        {
            this.begun = place + 1;
            let act = this.act.begin(room, &this.limits);
            this.under_way.push(Box::pin(async move { (place, act.await) }));
        }
        let ended = ready!(this.under_way.poll_next_unpin(context));
        Poll::Ready(ended.and_then(|(place, outcome)| Some((this.left.remove(&place)?, outcome))))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.under_way.len(), Some(self.left.len()))
    }
}

impl<T> fmt::Debug for Bulk<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk").field("left", &self.left.len()).finish_non_exhaustive()
    }
}

/// What became of many rooms. Made by [`Bulk::finish`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// # let lost = docspace::RoomId::from(4711);
/// let outcomes = portal.rooms().many([room.id, lost]).archive().finish().await;
/// assert_eq!((outcomes.done.len(), outcomes.failed.len()), (1, 1));
/// for (id, error) in &outcomes.failed {
///     eprintln!("{id}: {error}");
/// }
/// let again = portal.rooms().many(outcomes.left()).archive(); // when there is time
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcomes<T> {
    /// The rooms that it was done to, with what came out, in the order in which the portal finished.
    pub done: Vec<(RoomId, T)>,
    /// The rooms where it failed, and why.
    pub failed: Vec<(RoomId, Error)>,
    /// The rooms that were not begun, as it was stopped before, in the order they were given.
    pub not_begun: Vec<RoomId>,
}

impl<T> Outcomes<T> {
    /// The rooms that it was not done to: those where it failed and those that were not begun. Give them to
    /// [`Rooms::many`](crate::rooms::Rooms::many) to go on.
    pub fn left(&self) -> Vec<RoomId> {
        self.failed.iter().map(|(id, _)| id).chain(&self.not_begun).cloned().collect()
    }
}
