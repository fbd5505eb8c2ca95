//! Waiting for the background work of a portal.
//!
//! Every method that starts such work returns an [`Operation`]. [`Operation::wait`] polls until the
//! work has ended, and checks the result; [`WaitPolicy`] sets the pauses and the deadline.

// This module does not depend on rooms or templates: a `Poller` asks how far one piece of work is,
// `Operation` has the single loop that polls it, and a `Queue` counts what is in flight.
//
// No future here waits for another future of the caller. Queues hand nothing over, no lock is held
// across a request, and work that others depend on runs in a task. A program that stops polling one
// wait, as with `select!` or a slow loop body, therefore blocks no other.

mod operation;
mod policy;
mod progress;
mod queue;

use std::time::Duration;

pub use operation::Operation;
pub(crate) use operation::cancelled;
pub use policy::WaitPolicy;
pub(crate) use policy::{Backoff, Terms, span};
pub use progress::{Event, Progress, Stage};
pub(crate) use queue::{InFlight, Queue, start_within};

use crate::error::Result;
use crate::platform::{BoxFuture, MaybeSend};

/// A piece of work that can be waited for. [`Operation`] polls it, with pauses and until a deadline.
pub(crate) trait Poller<T>: MaybeSend {
    /// Asks the portal once how far the work is.
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<T>>>;

    /// Asks the portal to stop the work. Later polls find out what came of it.
    fn cancel(&mut self) -> BoxFuture<'_, Result<()>>;
}

/// How to poll.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Poll {
    /// How old another poll's answer may be to be used for this one.
    pub(crate) max_age: Duration,
    /// Whether the deadline leaves no time for another poll, so that only what came out counts.
    pub(crate) is_last: bool,
}

/// What one poll found.
#[derive(Debug)]
pub(crate) enum Observation<T> {
    /// The work goes on: its stage, and how much is done in percent.
    Pending(Stage, Option<u8>),
    /// The portal reports that the work has ended. The next poll, which follows at once, reads the result.
    Ended(Option<u8>),
    /// The result.
    Done(T),
    /// The work was cancelled before it was done.
    Cancelled,
}
