//! Waiting again for an operation that an earlier wait, or an earlier program, has started. This is
//! the same for rooms, folders and files.

use std::time::Duration;

use docspace_api::types::{FileOperation, OperationId};
use docspace_api::{ClientOperationsExt, OperationStatus};

use super::in_flight::has_ended;
use super::record::{deliver, read_record};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, Instant};
use crate::portal::Portal;
use crate::waiting::{Observation, Operation, Poll, Poller, Resumed, Stage, Ticket};

/// The content of a ticket: an operation of the portal, and what it changes.
pub(crate) trait Resumable: Send + Sync {
    /// The call that started the operation.
    fn call(&self) -> Call;

    /// What the operation does, such as `archives room 7`, for messages.
    fn effect(&self) -> String;

    /// The id of the operation, if it is known.
    fn operation(&self) -> Option<OperationId>;

    fn ticket(&self) -> Ticket;

    /// Reads what the portal shows about the change.
    fn outcome<'r>(&'r self, portal: &'r Portal) -> BoxFuture<'r, Result<Outcome<Resumed>>>;
}

/// What the portal shows about a change, apart from the record of the operation.
#[derive(Debug)]
pub(crate) enum Outcome<T> {
    /// The change is complete, with this result.
    Reached(T),
    /// The change is complete, with this result, or it has not begun: both look the same.
    Inconclusive(T),
    /// The change is incomplete, for this reason.
    Partly(String),
    /// Nothing has changed.
    Untouched,
}

impl<T> Outcome<T> {
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Reached(result) => Outcome::Reached(change(result)),
            Self::Inconclusive(result) => Outcome::Inconclusive(change(result)),
            Self::Partly(reason) => Outcome::Partly(reason),
            Self::Untouched => Outcome::Untouched,
        }
    }
}

/// Polls an operation that this program may not have started. It never starts anything.
pub(crate) struct ResumedPoller<R> {
    portal: Portal,
    call: Call,
    ticket: R,
    /// Since when the portal does not list the operation as running any more, without showing a
    /// result.
    ended_since: Option<Instant>,
    /// Whether the operation had not begun when the portal last listed it.
    is_waiting: bool,
    is_canceled: bool,
}

/// What the portal reports about an operation.
enum Listed {
    Unfinished(FileOperation),
    Ended(FileOperation),
    /// It ended, was canceled or was dropped.
    Missing,
    /// The id is unknown, or the caller is not allowed to list operations. Only the outcome shows
    /// the end.
    Unknown,
}

impl<R: Resumable + 'static> ResumedPoller<R> {
    pub(crate) fn operation(portal: &Portal, ticket: R) -> Operation<Resumed> {
        let call = ticket.call();
        let poller = Self {
            portal: portal.clone(),
            call: call.clone(),
            ticket,
            ended_since: None,
            is_waiting: false,
            is_canceled: false,
        };
        Operation::new(call, portal.wait_policy(), poller)
    }
}

impl<R: Resumable> Poller<Resumed> for ResumedPoller<R> {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<Resumed>>> {
        Box::pin(self.observe(poll))
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.cancel_operation())
    }

    fn ticket(&self) -> Option<Ticket> {
        Some(self.ticket.ticket())
    }
}

impl<R: Resumable> ResumedPoller<R> {
    async fn observe(&mut self, poll: Poll) -> Result<Observation<Resumed>> {
        // The record first: an operation that has ended by then shows its result.
        let listed = self.read().await?;
        let progress = if let Listed::Unfinished(record) = &listed { Some(self.progress(record)) } else { None };
        if let Some(progress) = progress.filter(|_| !poll.is_last) {
            return Ok(progress);
        }
        match self.ticket.outcome(&self.portal).await? {
            Outcome::Reached(result) => Ok(Observation::Done(result)),
            Outcome::Inconclusive(result) if self.has_probably_ended(&listed) => Ok(Observation::Done(result)),
            outcome => self.judge(listed, outcome, poll),
        }
    }

    /// Finds the result of an operation whose outcome does not show that it is complete.
    fn judge(&mut self, listed: Listed, outcome: Outcome<Resumed>, poll: Poll) -> Result<Observation<Resumed>> {
        let record = match &listed {
            Listed::Unfinished(record) => return Ok(self.progress(record)),
            Listed::Unknown => return Ok(Observation::Pending(Stage::Accepted, None)),
            Listed::Ended(_) if self.is_canceled => return Ok(Observation::Canceled),
            Listed::Ended(record) => Some(record),
            Listed::Missing => None,
        };
        if let Some(reason) = record.and_then(FileOperation::failure) {
            return Err(self.not_done(reason));
        }
        if !self.has_ended_long_ago() || poll.is_last {
            return Ok(Observation::Pending(Stage::Verifying, None));
        }
        if self.is_canceled {
            return Ok(Observation::Canceled);
        }
        let reason = match &outcome {
            Outcome::Partly(reason) => return Err(self.not_done(reason)),
            Outcome::Reached(_) | Outcome::Inconclusive(_) => "the portal dropped the operation",
            Outcome::Untouched if record.is_some() => {
                "the portal reports that the operation has ended, but nothing has changed"
            }
            Outcome::Untouched => "the portal does not list the operation any more, and nothing has changed",
        };
        Err(self.not_done(reason).advise("start it again"))
    }

    fn progress(&mut self, record: &FileOperation) -> Observation<Resumed> {
        self.ended_since = None;
        self.is_waiting = record.status == OperationStatus::Created;
        if self.is_waiting {
            return Observation::Pending(Stage::Accepted, None);
        }
        Observation::Pending(Stage::Running, u8::try_from(record.progress.clamp(0, 100)).ok())
    }

    /// Whether nothing suggests that the operation was dropped, canceled or failed.
    fn has_probably_ended(&self, listed: &Listed) -> bool {
        !self.is_canceled
            && match listed {
                Listed::Ended(record) => record.failure().is_none(),
                Listed::Missing => !self.is_waiting,
                Listed::Unfinished(_) | Listed::Unknown => false,
            }
    }

    /// Whether the operation has ended for longer than a portal needs to show its result.
    fn has_ended_long_ago(&mut self) -> bool {
        let patience = self.portal.wait_policy().stall.max(Duration::from_secs(1));
        self.ended_since.get_or_insert_with(Instant::now).elapsed() >= patience
    }

    fn not_done(&self, reason: &str) -> Error {
        Error::new(ErrorKind::NotDone, reason).of(&self.call)
    }

    async fn read(&self) -> Result<Listed> {
        let Some(id) = self.ticket.operation() else { return Ok(Listed::Unknown) };
        Ok(match read_record(&self.portal, id).await {
            // The key has no `files` scope.
            Err(error) if error.is_forbidden() => Listed::Unknown,
            record => match record? {
                Some(record) if has_ended(&record) => Listed::Ended(record),
                Some(record) => Listed::Unfinished(record),
                None => Listed::Missing,
            },
        })
    }

    async fn cancel_operation(&mut self) -> Result<()> {
        let call = Call::new("terminate_operation", format!("that {}", self.ticket.effect()));
        // Without an id, the portal would cancel all operations of the caller.
        let Some(id) = self.ticket.operation() else {
            let error = Error::new(ErrorKind::NotDone, "the ticket does not have the id of the operation").of(&call);
            return Err(error.advise("the operation continues: check the result later"));
        };
        let envelope = call.envelope(self.portal.api().terminate_operation().id(id).send().await).await?;
        deliver(&self.portal, &envelope.response.unwrap_or_default());
        self.is_canceled = true;
        Ok(())
    }
}
