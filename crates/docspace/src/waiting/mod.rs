//! Waiting for the background operations of a portal.
//!
//! Every method that starts background work returns an [`Operation`]. [`Operation::wait`] polls the
//! portal until the work has ended, and then checks the result:
//!
//! ```
//! # doc_examples::with_room(async |_, room| {
//! let archiving = room.archive().await?;
//! let archived = archiving.on_progress(|progress| eprintln!("{}", progress.stage)).wait().await?;
//! assert!(archived.is_archived());
//!
//! room.delete().await?.wait().await?; // returns when the room is gone
//! # Ok(())
//! # });
//! ```
//!
//! The portal's own reports are not enough: a busy portal drops operations without an error, and
//! may report the operation of another program. A wait therefore follows the operation, starts it
//! again if the portal dropped it, and returns only what the portal reports about the room, folder
//! or file itself.
//!
//! A program that ends, or must answer before the work is done, stores the [`Ticket`] of the
//! operation. [`Portal::resume`](crate::Portal::resume) continues the wait later.
//!
//! [`WaitPolicy`] sets the pauses and the deadline. By default, a wait takes up to 10 minutes.

// This module does not depend on rooms or templates: a `Poller` asks how far one operation is,
// `Operation` has the single loop that polls it, and a `Queue` counts the operations in flight.
//
// No future here waits for another future of the caller. Queues do not hand over permits, no lock
// is held across a request, and work that several callers depend on runs in a task. A program that
// stops polling one wait, as with `select!` or a slow loop body, therefore does not block any
// other.

mod operation;
mod pace;
mod policy;
mod progress;
mod queue;
mod ticket;

use std::time::Duration;

pub use operation::Operation;
pub(crate) use operation::{Mapped, canceled};
pub(crate) use pace::Pace;
pub use policy::WaitPolicy;
pub(crate) use policy::{Backoff, Terms, span};
pub use progress::{Event, Progress, Stage};
pub(crate) use queue::{InFlight, Queue, start_within};
pub use ticket::{Resumed, Ticket};

use crate::error::Result;
use crate::platform::{BoxFuture, MaybeSend};

/// Polls one operation of the portal. [`Operation`] calls it, with pauses and until a deadline.
pub(crate) trait Poller<T>: MaybeSend {
    /// Asks the portal once how far the operation is.
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<T>>>;

    /// Asks the portal to cancel the operation. Later polls find out the result.
    fn cancel(&mut self) -> BoxFuture<'_, Result<()>>;

    /// The ticket to resume the wait, if it can be resumed.
    fn ticket(&self) -> Option<Ticket> {
        None
    }
}

/// How to poll.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Poll {
    /// Maximum age of another poll's answer that may be used for this one.
    pub(crate) max_age: Duration,
    /// Whether the deadline leaves no time for another poll, so that only the result counts.
    pub(crate) is_last: bool,
}

/// What one poll found.
#[derive(Debug)]
pub(crate) enum Observation<T> {
    /// The operation is in progress: its stage, and how much is done in percent.
    Pending(Stage, Option<u8>),
    /// The portal reports that the operation has ended. The next poll follows immediately and reads
    /// the result.
    Ended(Option<u8>),
    /// The result.
    Done(T),
    /// The operation was canceled before it was done.
    Canceled,
}
