//! Starting an operation on folders and files, waiting for it, and judging it by its outcome.
//!
//! The record of an operation does not prove success: the portal drops operations, skips entries
//! without an error, and reports a finished operation only once
//! (docs/portal/operations.md#how-to-know-the-end). So a wait ends by reading the entries.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use docspace_api::ClientOperationsExt;
use docspace_api::types::{Entry, FileOperation};

use super::in_flight::{EntriesInFlight, EntryOperation, State};
use super::work::Work;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, spawn};
use crate::portal::Portal;
use crate::rooms::{Outcome, deliver, forget_record, read_record};
use crate::waiting::{Observation, Operation, Poll, Poller, Queue, Stage, Ticket, WaitPolicy};

/// With less patience, each poll before the portal begins would start the operation again.
const MIN_PATIENCE: Duration = Duration::from_secs(1);
/// Maximum time without visible progress, no matter how often the operation was restarted.
const MAX_PATIENCE: Duration = Duration::from_secs(60);

/// A change of folders and files that a portal makes in the background.
#[derive(Clone)]
pub(super) struct Change {
    pub(super) portal: Portal,
    pub(super) call: Call,
    pub(super) work: Arc<dyn Work>,
}

impl Change {
    /// Starts the change. `result` makes the result from the entries.
    pub(super) async fn start<T: 'static>(
        self,
        policy: &WaitPolicy,
        result: fn(Vec<Entry>) -> T,
    ) -> Result<Operation<T>> {
        let operation = if self.work.is_empty() {
            Arc::new(EntryOperation::nothing_to_do())
        } else {
            let (is_sent, patience) = (AtomicBool::new(false), policy.stall.max(MIN_PATIENCE));
            let attempt = |max_age| -> BoxFuture<'_, _> { Box::pin(self.try_start(max_age, patience, &is_sent)) };
            let in_flight = self.in_flight();
            self.queue(&in_flight).start(policy, &self.call, &is_sent, attempt).await?
        };
        let (call, patience) = (self.call.clone(), policy.stall.max(MIN_PATIENCE));
        let poller = EntryPoller { change: self, operation, patience, is_verifying: false, result };
        Ok(Operation::new(call, policy, poller))
    }

    fn in_flight(&self) -> Arc<EntriesInFlight> {
        self.portal.state()
    }

    fn queue<'q>(&self, in_flight: &'q EntriesInFlight) -> &'q Queue<EntryOperation> {
        self.work.queue(in_flight)
    }

    /// Sends the request if there is a place in the queue. If not, polls the operations in flight,
    /// because nothing may be waiting for them yet.
    async fn try_start(
        &self,
        max_age: Duration,
        patience: Duration,
        is_sent: &AtomicBool,
    ) -> Result<Option<Arc<EntryOperation>>> {
        let in_flight = self.in_flight();
        let limit = self.portal.wait_policy().in_flight;
        let enter = || self.queue(&in_flight).try_enter(limit, |_| true, || EntryOperation::new(patience));
        let mut entered = enter();
        if entered.is_none() {
            for other in self.queue(&in_flight).in_flight() {
                self.refresh(&other, max_age).await.map_err(|error| error.of(&self.call).not_started())?;
            }
            entered = enter();
        }
        let Some(operation) = entered else { return Ok(None) };
        is_sent.store(true, Ordering::Relaxed);
        // This runs in a task, because others wait for the answer and this future may not be
        // polled.
        spawn(StartRequest { change: self.clone(), operation: Arc::clone(&operation) }.run()).await?;
        Ok(Some(operation))
    }

    /// Polls an operation, unless its end is known or another poll is recent enough.
    async fn refresh(&self, operation: &EntryOperation, max_age: Duration) -> Result<()> {
        if let Some(id) = operation.claim_poll(max_age) {
            operation.observe(read_record(&self.portal, id).await?);
            if operation.state().is_over() {
                self.queue(&self.in_flight()).wake();
            }
        }
        Ok(())
    }
}

/// A request in flight. When it ends or is dropped, other requests can start.
struct StartRequest {
    change: Change,
    operation: Arc<EntryOperation>,
}

impl Drop for StartRequest {
    fn drop(&mut self) {
        self.operation.request_ended(None);
        self.change.queue(&self.change.in_flight()).wake();
    }
}

impl StartRequest {
    async fn run(self) -> Result<()> {
        match self.change.work.request(&self.change.portal, &self.change.call).await {
            Ok(id) => {
                id.into_iter().for_each(|id| forget_record(&self.change.portal, id));
                self.operation.request_ended(id);
            }
            Err(error) => {
                self.change.queue(&self.change.in_flight()).leave(&self.operation);
                return Err(error);
            }
        }
        Ok(())
    }
}

/// Polls the operation of one change.
struct EntryPoller<T> {
    change: Change,
    operation: Arc<EntryOperation>,
    patience: Duration,
    is_verifying: bool,
    result: fn(Vec<Entry>) -> T,
}

impl<T: 'static> Poller<T> for EntryPoller<T> {
    fn poll(&mut self, poll: Poll) -> BoxFuture<'_, Result<Observation<T>>> {
        Box::pin(self.observe(poll))
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.cancel_operation())
    }

    fn ticket(&self) -> Option<Ticket> {
        Some(self.change.work.ticket(self.operation.id()))
    }
}

impl<T> EntryPoller<T> {
    async fn observe(&mut self, poll: Poll) -> Result<Observation<T>> {
        self.change.refresh(&self.operation, poll.max_age).await?;
        let state = self.operation.state();
        let (stage, percent) = match &state {
            State::Starting | State::Accepted => (Stage::Accepted, None),
            State::Running(percent) => (Stage::Running, Some(*percent)),
            State::Ended(_) if !self.is_verifying && !poll.is_last => {
                self.is_verifying = true;
                return Ok(Observation::Ended(Some(100)));
            }
            State::Ended(_) | State::Missing(_) | State::Dropped => return self.verify(state, poll).await,
        };
        if poll.is_last
            && let Outcome::Reached(entries) = self.change.work.outcome(&self.change.portal).await?
        {
            return Ok(self.done(entries));
        }
        Ok(Observation::Pending(stage, percent))
    }

    fn done(&self, entries: Vec<Entry>) -> Observation<T> {
        Observation::Done((self.result)(entries))
    }

    /// Finds the result after the end of an operation. An operation without an error may be
    /// incomplete, and one with an error may be complete.
    async fn verify(&mut self, state: State, poll: Poll) -> Result<Observation<T>> {
        let outcome = match self.change.work.outcome(&self.change.portal).await? {
            Outcome::Reached(entries) => return Ok(self.done(entries)),
            outcome => outcome,
        };
        if self.operation.is_canceled() {
            return Ok(Observation::Canceled);
        }
        let record = if let State::Ended(record) = &state { Some(record) } else { None };
        let failure = record.and_then(FileOperation::failure);
        let was_dropped = matches!(state, State::Dropped | State::Missing(false));
        match outcome {
            Outcome::Inconclusive(entries) if failure.is_none() && state != State::Dropped => Ok(self.done(entries)),
            Outcome::Partly(reason) => Err(self.not_done(failure.unwrap_or(&reason))),
            _ if was_dropped && self.change.work.is_restartable() => self.restart(poll).await,
            _ if was_dropped => Err(self.not_done("the portal dropped the operation")),
            _ => {
                let reason = "the portal reports that the operation has ended, but nothing has changed";
                Err(self.not_done(failure.unwrap_or(reason)))
            }
        }
    }

    fn not_done(&self, reason: &str) -> Error {
        Error::new(ErrorKind::NotDone, reason).of(&self.change.call)
    }

    /// Starts a dropped operation again.
    async fn restart(&mut self, poll: Poll) -> Result<Observation<T>> {
        if poll.is_last {
            return Ok(Observation::Pending(Stage::Accepted, None));
        }
        let patience = self.patience.saturating_mul(2).min(MAX_PATIENCE.max(self.patience));
        let started = self.change.try_start(poll.max_age, patience, &AtomicBool::new(true)).await?;
        let Some(operation) = started else { return Ok(Observation::Pending(Stage::Accepted, None)) };
        (self.operation, self.patience, self.is_verifying) = (operation, patience, false);
        Ok(Observation::Pending(Stage::Restarted, None))
    }

    /// Asks the portal to cancel the operation, unless it has ended.
    async fn cancel_operation(&mut self) -> Result<()> {
        self.change.refresh(&self.operation, Duration::ZERO).await?;
        let Some(id) = self.operation.id().filter(|_| !self.operation.state().is_over()) else { return Ok(()) };
        let call = Call::new("terminate_operation", format!("that {}", self.change.work.effect()));
        let envelope = call.envelope(self.change.portal.api().terminate_operation().id(id).send().await).await?;
        self.operation.cancel();
        deliver(&self.change.portal, &envelope.response.unwrap_or_default());
        Ok(())
    }
}
