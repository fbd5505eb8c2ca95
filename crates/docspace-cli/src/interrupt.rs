//! Reacting to Ctrl-C.

use std::sync::LazyLock;

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};

/// Resolves when Ctrl-C is pressed, or immediately if it was pressed since the first call of this
/// function.
pub(crate) fn interrupt() -> Shared<BoxFuture<'static, ()>> {
    static PRESSED: LazyLock<Shared<BoxFuture<'static, ()>>> = LazyLock::new(|| next_interrupt().boxed().shared());
    PRESSED.clone()
}

/// Runs `work` until it ends or Ctrl-C is pressed. Returns `None` after Ctrl-C.
pub(crate) async fn unless_interrupted<T>(work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        outcome = work => Some(outcome),
        () = interrupt() => None,
    }
}

/// Resolves when Ctrl-C is pressed the next time.
pub(crate) async fn next_interrupt() {
    // Without signal handling, Ctrl-C ends the whole program, so there is nothing to report.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
