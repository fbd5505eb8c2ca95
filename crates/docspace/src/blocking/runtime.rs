//! Runs async calls on the thread that waits for them.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use futures::StreamExt;
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep};

use crate::error::{Error, ErrorKind, Result};
use crate::platform::BoxStream;

/// A runtime that is set up at its first use. It runs on the threads that wait, so it has no
/// threads of its own. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Runtime(Arc<Inner>);

#[derive(Default)]
struct Inner(OnceLock<std::io::Result<tokio::runtime::Runtime>>);

impl Drop for Inner {
    fn drop(&mut self) {
        // Dropping a runtime inside async code would panic.
        if let Some(Ok(runtime)) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Runtime {
    /// Runs a call until it returns.
    pub(super) fn run<T>(&self, call: impl Future<Output = Result<T>>) -> Result<T> {
        self.block_on(call)?
    }

    /// Waits for a future that cannot fail. Panics inside async code.
    #[track_caller]
    pub(super) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        match self.block_on(future) {
            Ok(outcome) => outcome,
            Err(error) => panic!("{error}"),
        }
    }

    /// Waits for a future. Fails inside async code, where it would block the other tasks of the
    /// thread.
    pub(super) fn block_on<F: Future>(&self, future: F) -> Result<F::Output> {
        if is_async() {
            return Err(Error::invalid("a blocking call inside async code would block all tasks of the thread")
                .advise("use the async `docspace::Portal`, or make the call in `spawn_blocking`"));
        }
        let set_up = || tokio::runtime::Builder::new_current_thread().enable_all().build();
        match self.0.0.get_or_init(set_up) {
            Ok(runtime) => Ok(runtime.block_on(async {
                catch_up().await;
                future.await
            })),
            Err(error) => Err(Error::new(
                ErrorKind::Transport,
                format!("the runtime for blocking calls cannot be set up: {error}"),
            )),
        }
    }
}

/// Lets the HTTP client notice connections that the portal closed between two calls.
///
/// The runtime does not run between calls. A call that creates something and is sent on a closed
/// connection could not be repeated, because the portal might have received it. The first yield
/// lets the runtime read the events, and the second lets the tasks of the connections handle them.
async fn catch_up() {
    tokio::task::yield_now().await;
    tokio::task::yield_now().await;
}

/// How often [`until`] calls its closure if nothing else happens.
const INTERVAL: Duration = Duration::from_millis(100);

/// Completes when the closure returns `true`. The closure is called at every poll.
pub(super) fn until(is_done: impl Fn() -> bool + Send + 'static) -> impl Future<Output = ()> + Send + 'static {
    // The timer needs the runtime, which runs only while this is polled.
    let mut pause: Option<Pin<Box<Sleep>>> = None;
    poll_fn(move |context| {
        while !is_done() {
            ready!(pause.get_or_insert_with(|| Box::pin(sleep(INTERVAL))).as_mut().poll(context));
            pause = None;
        }
        Poll::Ready(())
    })
}

/// Whether this runs inside a task that a tokio runtime polls. A thread of `spawn_blocking` belongs
/// to a runtime too, but may block. Only a task has a budget, which is at most 255, and this
/// function uses it up. A task in `unconstrained` has no budget either, so it is not detected, and
/// tokio panics when the call blocks.
fn is_async() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    let mut is_used_up = |_| pin!(tokio::task::consume_budget()).poll(&mut context).is_pending();
    Handle::try_current().is_ok() && (0..=u8::MAX).any(&mut is_used_up)
}

/// An iterator over a list, or over the results of work on many rooms. `next` waits for the next
/// item.
///
/// # Panics
///
/// `next` panics inside async code.
#[must_use = "nothing is read or done before the iterator is used"]
pub struct Items<T> {
    stream: BoxStream<'static, T>,
    runtime: Runtime,
}

impl<T> Items<T> {
    pub(super) fn new(stream: BoxStream<'static, T>, runtime: &Runtime) -> Self {
        Self { stream, runtime: runtime.clone() }
    }
}

impl<T> Iterator for Items<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.runtime.wait(self.stream.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        futures::Stream::size_hint(&self.stream)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn futures_run_on_the_waiting_threads_at_the_same_time() {
        let runtime = Runtime::default();
        std::thread::scope(|scope| {
            for number in 0..4 {
                let runtime = runtime.clone();
                scope.spawn(move || {
                    let pause = std::time::Duration::from_millis(1);
                    let here = std::thread::current().id();
                    let there = runtime.wait(async {
                        tokio::time::sleep(pause * number).await;
                        std::thread::current().id()
                    });
                    assert_eq!(here, there);
                });
            }
        });
    }

    #[test]
    fn until_ends_when_its_closure_returns_true() {
        let left = std::sync::atomic::AtomicUsize::new(2);
        let until = until(move || left.fetch_sub(1, std::sync::atomic::Ordering::Relaxed) == 0);
        Runtime::default().wait(until);
    }

    #[tokio::test]
    async fn calls_inside_async_code_fail_and_the_runtime_can_be_dropped_there() {
        let runtime = Runtime::default();
        let error = runtime.block_on(async {}).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        assert!(error.to_string().contains("docspace::Portal"), "{error}");
        let used = tokio::task::spawn_blocking(move || runtime.block_on(async {}).map(|()| runtime)).await.unwrap();
        drop(used.unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn calls_fail_in_tasks_and_succeed_in_block_in_place() {
        let task = tokio::spawn(async { Runtime::default().block_on(async {}).is_err() });
        assert!(task.await.unwrap());
        tokio::task::block_in_place(|| Runtime::default().block_on(async {})).unwrap();
    }

    /// Tokio panics here, as it does for its own blocking calls.
    #[tokio::test]
    async fn calls_in_unconstrained_tasks_panic_and_later_calls_succeed() {
        let runtime = Runtime::default();
        let inside = runtime.clone();
        let call = tokio::task::unconstrained(async move { inside.block_on(async {}).is_ok() });
        assert!(tokio::spawn(call).await.unwrap_err().is_panic());
        let later = tokio::task::spawn_blocking(move || runtime.block_on(async {}).is_ok());
        assert!(later.await.unwrap());
    }

    #[test]
    fn calls_inside_a_call_of_the_same_runtime_fail() {
        let runtime = Runtime::default();
        assert!(runtime.wait(async { runtime.block_on(async {}) }).is_err());
    }
}
