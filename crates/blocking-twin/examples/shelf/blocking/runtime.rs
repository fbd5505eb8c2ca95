//! Runs async calls for callers without async code.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use futures::StreamExt;
use futures::stream::BoxStream;

/// A runtime that runs on the thread that waits. Clones share it.
#[derive(Clone)]
pub(super) struct Runtime(Arc<tokio::runtime::Runtime>);

impl Default for Runtime {
    fn default() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        Self(Arc::new(runtime.expect("a runtime without I/O needs nothing from the system")))
    }
}

impl Runtime {
    /// Runs a call to its end.
    pub(super) fn run<T, E>(&self, call: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        self.wait(call)
    }

    /// Waits for something that cannot fail.
    pub(super) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }
}

/// An iterator over the items of a stream. It waits for each.
#[must_use = "nothing is read before it is iterated over"]
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

    fn next(&mut self) -> Option<T> {
        self.runtime.wait(self.stream.next())
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}
