//! Runs async calls for callers without async code.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use futures::StreamExt;
use futures::stream::BoxStream;

/// A runtime that runs on the waiting thread. Clones share it.
#[derive(Clone)]
pub(super) struct Runtime(Arc<tokio::runtime::Runtime>);

impl Default for Runtime {
    fn default() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        Self(Arc::new(runtime.expect("cannot create the runtime")))
    }
}

impl Runtime {
    /// Runs a call to completion.
    pub(super) fn run<T, E>(&self, call: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        self.wait(call)
    }

    /// Waits for a future that cannot fail.
    pub(super) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }
}

/// An iterator that waits for each item of a stream.
#[must_use = "nothing is read until it is iterated"]
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
