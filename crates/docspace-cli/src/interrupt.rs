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

/// Resolves when Ctrl-C is pressed the next time, or the program is asked to end.
pub(crate) async fn next_interrupt() {
    #[cfg(unix)]
    let ended = async {
        let terminate = tokio::signal::unix::SignalKind::terminate();
        match tokio::signal::unix::signal(terminate) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    // Without signal handling, Ctrl-C ends the whole program, so there is nothing to report.
    let pressed = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = pressed => {}
        () = ended => {}
    }
}
