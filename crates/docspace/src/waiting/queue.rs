//! The operations of one type in flight, and starting more when there is room.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::future::select;
use tokio::sync::Notify;

use super::policy::span;
use super::{Backoff, WaitPolicy};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, sleep, timeout};

/// An operation that a [`Queue`] counts until it is over.
pub(crate) trait InFlight {
    /// Whether the operation is over, as far as this program knows.
    fn is_over(&self) -> bool;
}

/// The operations of one type that this program has in flight on a portal.
///
/// The first to ask gets a free place. A place is not handed to a waiter, because the waiter may
/// not be polled, and it is not held by a future that only its caller polls.
#[derive(Debug)]
pub(crate) struct Queue<E> {
    entries: Mutex<Vec<Arc<E>>>,
    freed: Notify,
}

impl<E> Default for Queue<E> {
    fn default() -> Self {
        Self { entries: Mutex::default(), freed: Notify::new() }
    }
}

impl<E: InFlight> Queue<E> {
    /// The operations in flight.
    pub(crate) fn in_flight(&self) -> Vec<Arc<E>> {
        self.entries().clone()
    }

    /// Adds an entry if fewer than `limit` are in flight and each of them `admits` another.
    pub(crate) fn try_enter(
        &self,
        limit: usize,
        admits: impl Fn(&E) -> bool,
        entry: impl FnOnce() -> E,
    ) -> Option<Arc<E>> {
        let mut entries = self.entries();
        let has_room = entries.len() < limit.max(1) && entries.iter().all(|entry| admits(entry));
        has_room.then(|| {
            let entry = Arc::new(entry());
            entries.push(Arc::clone(&entry));
            entry
        })
    }

    /// Removes an entry whose operation was not started.
    pub(crate) fn leave(&self, entry: &Arc<E>) {
        self.entries().retain(|other| !Arc::ptr_eq(other, entry));
        self.freed.notify_waiters();
    }

    /// Counts an entry again that was wrongly considered over.
    pub(crate) fn reenter(&self, entry: &Arc<E>) {
        let mut entries = self.entries();
        if !entries.iter().any(|other| Arc::ptr_eq(other, entry)) {
            entries.push(Arc::clone(entry));
        }
    }

    /// Wakes the starts that wait for a place, after an entry is over or admits another.
    pub(crate) fn wake(&self) {
        self.freed.notify_waiters();
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Arc<E>>> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|entry| !entry.is_over());
        entries
    }

    /// Makes attempts, with pauses, until one of them starts the operation or the deadline passes.
    ///
    /// An attempt gets the maximum age of other polls' answers, and returns `None` while there is
    /// no place. It sets `is_sent` as soon as the portal may execute the request.
    pub(crate) async fn start<'a, T>(
        &self,
        policy: &WaitPolicy,
        call: &Call,
        is_sent: &AtomicBool,
        attempt: impl Fn(Duration) -> BoxFuture<'a, Result<Option<T>>>,
    ) -> Result<T> {
        let attempts = async {
            let mut backoff = Backoff::new(policy);
            loop {
                if let Some(started) = attempt(backoff.last()).await? {
                    return Ok(started);
                }
                // Registered after the attempt, which may itself wake the waiters. A wake-up that
                // this misses only costs a pause.
                let freed = Box::pin(self.freed.notified());
                select(Box::pin(sleep(backoff.pause())), freed).await;
            }
        };
        start_within(policy.deadline, call, is_sent, attempts).await
    }
}

/// Limits the time of a start. The error reports whether the portal may still execute the request.
pub(crate) async fn start_within<T>(
    deadline: Duration,
    call: &Call,
    is_sent: &AtomicBool,
    start: impl Future<Output = Result<T>>,
) -> Result<T> {
    timeout(deadline, start).await.unwrap_or_else(|_| {
        let late = |what| Error::new(ErrorKind::Timeout, format!("{what} {}", span(deadline))).of(call);
        Err(if is_sent.load(Ordering::Relaxed) {
            late("no answer within").advise("the portal may have started it: check before trying again")
        } else {
            late("other operations were in flight for").not_started()
        })
    })
}
