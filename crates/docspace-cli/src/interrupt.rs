//! Ctrl-C.

use std::sync::LazyLock;

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};

/// Resolves once Ctrl-C has been pressed, however long ago, so that a caller that asks late does not miss it.
pub(crate) fn interrupt() -> Shared<BoxFuture<'static, ()>> {
    static PRESSED: LazyLock<Shared<BoxFuture<'static, ()>>> = LazyLock::new(|| next_interrupt().boxed().shared());
    PRESSED.clone()
}

/// Runs `work` until it ends or Ctrl-C is pressed; `None` for Ctrl-C.
pub(crate) async fn unless_interrupted<T>(work: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        outcome = work => Some(outcome),
        () = interrupt() => None,
    }
}

/// Resolves when Ctrl-C is pressed from now on.
pub(crate) async fn next_interrupt() {
    // If signals are not available, Ctrl-C ends the program by default.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
