//! Operations under way, and how many there may be.
//!
//! A portal's worker takes an operation only while it holds at most ten of that kind, finished ones that nobody has
//! read among them; what it does not take it drops without a word (portal-facts 8.1). So few are kept in flight, and
//! finished ones are read promptly, each by its own id: a list without an id takes away other programs' records.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use docspace_api::types::{FileOperation, OperationId};
use docspace_api::{ClientOperationsExt, OperationStatus, OperationType, RoomId};

use super::{Goal, Watch};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::find_room;
use crate::runtime::Instant;

/// The operations of one portal that this program started and has not seen the end of.
#[derive(Debug, Default)]
pub(crate) struct Flights {
    moves: Lane,
    deletes: Lane,
    /// How many index exports were started; held while one is being started.
    pub(crate) exports: tokio::sync::Mutex<u64>,
}

impl Flights {
    pub(super) fn lane(&self, kind: OperationType) -> &Lane {
        if kind == OperationType::Delete { &self.deletes } else { &self.moves }
    }

    /// Hands each record that has ended to whom it belongs: a portal tells of it this once.
    pub(super) fn hand_out(&self, records: &[FileOperation]) {
        for record in records.iter().filter(|record| record.is_done()) {
            let lane = self.lane(record.operation);
            let flight = lane.under_way().iter().find(|flight| flight.id == Some(record.id)).cloned();
            if let Some(flight) = flight.filter(|flight| !flight.is_over()) {
                *flight.seen() = Sight::Ended(record.clone());
            }
        }
    }

    /// Notes that the portal is asked to stop the one of this id, or all: whoever waits must not start it again. Returns
    /// those that nobody had asked to stop before.
    pub(super) fn stopping(&self, id: Option<OperationId>) -> Vec<Arc<Flight>> {
        let lanes = [&self.moves, &self.deletes].into_iter();
        let all = lanes.flat_map(|lane| lane.under_way().clone());
        all.filter(|flight| (id.is_none() || flight.id == id) && flight.stopping()).collect()
    }
}

/// Those of one kind.
#[derive(Debug, Default)]
pub(super) struct Lane {
    /// Held while an operation is being started, so that they are counted one by one.
    turn: tokio::sync::Mutex<()>,
    under_way: Mutex<Vec<Arc<Flight>>>,
}

/// The right to start one operation.
pub(super) struct Turn<'l> {
    lane: &'l Lane,
    _held: tokio::sync::MutexGuard<'l, ()>,
}

impl Lane {
    /// Waits until one more may be started. Meanwhile the others are looked at, as their own waiters may not have begun.
    ///
    /// Gives up after the deadline, unless one of them began since: then there was a turn for somebody.
    pub(super) async fn turn(&self, portal: &Portal, call: &Call) -> Result<Turn<'_>> {
        let (policy, began) = (portal.wait_policy(), Instant::now());
        let held = self.turn.lock().await;
        let mut watch = Watch::new(policy.clone());
        loop {
            let waiting = {
                let mut under_way = self.under_way();
                under_way.retain(|flight| !flight.is_over());
                under_way.clone()
            };
            if waiting.len() < policy.in_flight.max(1) {
                return Ok(Turn { lane: self, _held: held });
            }
            for flight in &waiting {
                let looked = flight.look(portal, watch.freshness()).await;
                // It is not the others that the caller asked about.
                looked.map_err(|error| error.of(call).advise("it was not started: try again later"))?;
            }
            let deadline = policy.deadline;
            if began.elapsed() >= deadline && waiting.iter().all(|flight| flight.is_older_than(deadline)) {
                let (count, seconds) = (waiting.len(), deadline.as_secs_f64().ceil());
                let reason = format!("{count} others were under way for {seconds:.0} s");
                return Err(Error::new(ErrorKind::Timeout, reason)
                    .of(call)
                    .advise("it was not started: try again later"));
            }
            if self.under_way().iter().all(|flight| !flight.is_over()) {
                watch.pause().await;
            }
        }
    }

    fn under_way(&self) -> MutexGuard<'_, Vec<Arc<Flight>>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn<'_> {
    /// Counts an operation that was started. A deletion can answer with the record of an earlier one, so an id that has
    /// ended or is already known is not this operation's; the room alone then tells the end.
    pub(super) fn took_off(self, answer: &FileOperation, room: RoomId, goal: Goal) -> Arc<Flight> {
        let mut under_way = self.lane.under_way();
        let foreign = answer.is_done() || under_way.iter().any(|flight| flight.id == Some(answer.id));
        let id = Some(answer.id).filter(|_| !foreign);
        let (began, seen, looked) = (Instant::now(), Mutex::default(), tokio::sync::Mutex::default());
        let flight = Arc::new(Flight { id, room, goal, began, seen, looked, stopped: Mutex::default() });
        under_way.push(Arc::clone(&flight));
        flight
    }
}

/// One operation under way.
#[derive(Debug)]
pub(super) struct Flight {
    id: Option<OperationId>,
    room: RoomId,
    goal: Goal,
    began: Instant,
    seen: Mutex<Sight>,
    /// When somebody last looked; held while looking, so that all who wait make one request.
    looked: tokio::sync::Mutex<Option<Instant>>,
    /// When the portal was asked to stop it.
    stopped: Mutex<Option<Instant>>,
}

/// What was last seen of an operation.
#[derive(Clone, Debug, Default)]
pub(super) enum Sight {
    /// Accepted, not begun.
    #[default]
    Accepted,
    /// Begun.
    Running(u8),
    /// Ended, with what the portal says of it.
    Ended(FileOperation),
    /// No longer listed after it had begun: somebody else read its end, or terminated it.
    Vanished,
    /// Not seen to begin: no longer listed, or not begun for too long. Dropped, or over too fast to be seen.
    Lost,
}

impl Flight {
    /// Looks at the portal, unless the end is known or the last look is not as old as that.
    pub(super) async fn look(&self, portal: &Portal, fresh: Duration) -> Result<Sight> {
        let mut looked = self.looked.lock().await;
        if self.is_over() || looked.is_some_and(|at| at.elapsed() < fresh) {
            return Ok(self.seen().clone());
        }
        let overdue = self.began.elapsed() >= portal.wait_policy().stall;
        let recorded = match self.id {
            Some(id) => match self.look_at_record(portal, id, overdue).await {
                // A key for rooms alone may start operations, but not list them (portal-facts 2.3).
                Err(error) if error.is_forbidden() => None,
                recorded => Some(recorded?),
            },
            None => None,
        };
        let sight = match recorded {
            Some(sight) => sight,
            None => self.look_at_room(portal, overdue).await?,
        };
        *looked = Some(Instant::now());
        // Whoever took the record away meanwhile has handed it out.
        if !self.is_over() {
            *self.seen() = sight;
        }
        Ok(self.seen().clone())
    }

    async fn look_at_record(&self, portal: &Portal, id: OperationId, overdue: bool) -> Result<Sight> {
        let call = Call::new("list_operations", format!("of id {}", id.0));
        let envelope = call.envelope(portal.api().list_operations().id(id).send().await).await?;
        let record = envelope.response.into_iter().flatten().find(|record| record.id == id);
        let stall = portal.wait_policy().stall;
        Ok(match record {
            // What was running when it was stopped is not listed until it has let go, and then once more.
            None if self.stopped().is_some_and(|asked| asked.elapsed() < stall) => self.seen().clone(),
            None if matches!(*self.seen(), Sight::Running(_)) => Sight::Vanished,
            None => Sight::Lost,
            Some(record) if record.is_done() => Sight::Ended(record),
            Some(record) if record.status == OperationStatus::Created && overdue => Sight::Lost,
            Some(record) if record.status == OperationStatus::Created => Sight::Accepted,
            Some(record) => Sight::Running(u8::try_from(record.progress.clamp(0, 100)).unwrap_or_default()),
        })
    }

    async fn look_at_room(&self, portal: &Portal, overdue: bool) -> Result<Sight> {
        // Whoever waits for it looks at the room then. Others must get their turn, though they may not look at it.
        let is_lost = overdue || self.goal.is_reached(find_room(portal, &self.room).await?.as_ref());
        Ok(if is_lost { Sight::Lost } else { Sight::Accepted })
    }

    /// Asks the portal to stop it, unless it has ended.
    pub(super) async fn stop(&self, portal: &Portal) -> Result<()> {
        let call = Call::new("terminate_operation", format!("that {} room {}", self.goal.does(), self.room));
        let unknown = || {
            let reason = "the portal does not tell which one it is";
            Error::new(ErrorKind::Operation, reason).of(&call).advise("it goes on: look at the room later")
        };
        // Without an id all of the caller's operations would be stopped.
        let id = self.id.ok_or_else(unknown)?;
        if matches!(self.look(portal, Duration::ZERO).await?, Sight::Ended(_) | Sight::Vanished) {
            return Ok(());
        }
        if self.goal == Goal::Gone && !self.others_are_known(portal).await? {
            // It may be over all the same.
            let room = find_room(portal, &self.room).await?;
            return if self.goal.is_reached(room.as_ref()) { Ok(()) } else { Err(unknown()) };
        }
        let envelope = call.envelope(portal.api().terminate_operation().id(id).send().await).await?;
        self.stopping();
        portal.flights().hand_out(&envelope.response.unwrap_or_default());
        Ok(())
    }

    /// A deletion is answered with the oldest one of the same person, which can be another program's. While all that are
    /// listed were started here, that is not so. Listing them takes no more away than stopping one does.
    async fn others_are_known(&self, portal: &Portal) -> Result<bool> {
        let call = Call::new("list_operations_by_type", "that delete");
        let request = portal.api().list_operations_by_type().operation_type(OperationType::Delete.number());
        let listed = call.envelope(request.send().await).await?.response.unwrap_or_default();
        let flights = portal.flights();
        let known: Vec<_> = flights.deletes.under_way().iter().map(|flight| flight.id).collect();
        let strange = listed.iter().any(|record| !record.is_done() && !known.contains(&Some(record.id)));
        flights.hand_out(&listed);
        Ok(!strange)
    }

    fn seen(&self) -> MutexGuard<'_, Sight> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the portal was asked to stop it.
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped().is_some()
    }

    fn stopped(&self) -> MutexGuard<'_, Option<Instant>> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the portal is asked to stop it. Whether this is the first time.
    fn stopping(&self) -> bool {
        let mut stopped = self.stopped();
        let is_first = stopped.is_none();
        stopped.get_or_insert_with(Instant::now);
        is_first
    }

    /// Notes that the portal refused to stop it.
    pub(super) fn going_on(&self) {
        *self.stopped() = None;
    }

    fn is_older_than(&self, age: Duration) -> bool {
        !self.is_over() && self.began.elapsed() >= age
    }

    fn is_over(&self) -> bool {
        matches!(*self.seen(), Sight::Ended(_) | Sight::Vanished | Sight::Lost)
    }
}
