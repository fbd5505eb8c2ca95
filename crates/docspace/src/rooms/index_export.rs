//! The index of a room, the numbers and titles of its entries, as a spreadsheet.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use docspace_api::types::{IndexExport, Room};
use docspace_api::{ClientRoomsExt, OperationStatus};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::{BoxFuture, spawn};
use crate::portal::Portal;
use crate::rooms::RoomHandle;
use crate::support::lost_answer::is_lost;
use crate::waiting::{Observation, Operation, Poll, Poller, Stage, start_within};

impl Portal {
    /// The caller's last index export, if the portal knows one. It can be read any number of times.
    ///
    /// # Errors
    ///
    /// As for any call.
    pub async fn index_export(&self) -> Result<Option<IndexExport>> {
        let call = Call::new("get_index_export", "of the caller");
        Ok(call.envelope(self.api().get_index_export().send().await).await?.response)
    }

    /// Stops the caller's index export, whichever program started it. One that has ended, or none, changes nothing.
    ///
    /// # Errors
    ///
    /// As for any call.
    pub async fn terminate_index_export(&self) -> Result<()> {
        let call = Call::new("terminate_index_export", "of the caller");
        call.envelope(self.api().terminate_index_export().send().await).await.map(drop)
    }
}

impl RoomHandle {
    /// Starts to write the room's index, the numbers and titles of its entries, into a spreadsheet. A room has
    /// an index while its indexing is on.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().clock(docspace_mock::Clock::real()).start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let room = portal.rooms().create("Audit", docspace::RoomType::VirtualData).indexing(true).send().await?;
    /// match portal.room(&room).export_index().await?.wait().await {
    ///     Ok(export) => println!("{} {}", export.result_file_name, export.result_file_url),
    ///     Err(error) => eprintln!("{error}"), // so it is with a portal that has no document service
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A person has one export at a time and a portal does not say of which room it is, so leave another program of the
    /// same person no chance to start one meanwhile.
    ///
    /// # Errors
    ///
    /// `Conflict` while an export of the same person is under way, `NotFound` for a room that does not exist and for a
    /// template, `Forbidden` when one may not or the room has no index. Waiting ends with `NotDone` when the portal
    /// fails at it, as one without a document service does (portal-facts 6.16).
    pub async fn export_index(&self) -> Result<Operation<IndexExport>> {
        let (portal, policy) = (self.portal().clone(), self.portal().wait_policy().clone());
        let call = Call::new("start_index_export", format!("of room {}", self.id()));
        let token = portal.state::<ExportsInFlight>().try_begin().ok_or_else(|| already_running(&call))?;
        // Runs in a task, because others wait for the answer and this future may not be polled.
        let (room, start) = (self.clone(), call.clone());
        let start = spawn(async move {
            let _token = token;
            room.start_export(&start).await
        });
        let number = start_within(policy.deadline, &call, &AtomicBool::new(true), start).await?;
        Ok(Operation::new(call.clone(), &policy, Export { portal, call, number, is_stopped: false }))
    }

    /// Starts an export where none is under way, and returns its number within this program.
    async fn start_export(&self, call: &Call) -> Result<u64> {
        let portal = self.portal();
        if portal.index_export().await?.is_some_and(|export| !is_over(&export)) {
            return Err(already_running(call));
        }
        // Before it is sent: whoever gives up on it then does not know whether there is a later one.
        let number = portal.state::<ExportsInFlight>().started.fetch_add(1, Ordering::Relaxed) + 1;
        let answer = portal.api().start_index_export().id(self.id()).send().await;
        if let Err(error) = call.response(answer, |envelope| envelope.response).await {
            if !is_lost(&error) {
                portal.state::<ExportsInFlight>().started.store(number - 1, Ordering::Relaxed);
            }
            return Err(self.explain(error).await);
        }
        Ok(number)
    }

    /// A portal refuses a room without an index as if it were a matter of rights.
    async fn explain(&self, error: Error) -> Error {
        let without_index = |room: Room| !room.indexing;
        if error.is_forbidden() && self.get().await.is_ok_and(without_index) {
            return error.advise("the room has no index: switch its indexing on first");
        }
        error
    }
}

/// The index exports of one portal that this program has in flight.
#[derive(Debug, Default)]
pub(crate) struct ExportsInFlight {
    /// A token for as long as one is being started.
    starting: Mutex<Weak<()>>,
    /// How many were started.
    started: AtomicU64,
}

impl ExportsInFlight {
    /// The right to start one, until it is dropped.
    fn try_begin(&self) -> Option<Arc<()>> {
        let mut starting = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        let token = Arc::new(());
        (starting.strong_count() == 0).then(|| *starting = Arc::downgrade(&token))?;
        Some(token)
    }
}

fn already_running(call: &Call) -> Error {
    let error = Error::new(ErrorKind::Conflict, "another export of the same person is still running").of(call);
    error.advise("wait for it, or terminate it first")
}

/// Waits for one export.
struct Export {
    portal: Portal,
    call: Call,
    /// Its number within this program.
    number: u64,
    is_stopped: bool,
}

impl Poller<IndexExport> for Export {
    fn poll(&mut self, _: Poll) -> BoxFuture<'_, Result<Observation<IndexExport>>> {
        Box::pin(self.observe())
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async {
            self.check_is_last()?;
            self.portal.terminate_index_export().await?;
            self.is_stopped = true;
            Ok(())
        })
    }
}

impl Export {
    async fn observe(&self) -> Result<Observation<IndexExport>> {
        self.check_is_last()?;
        match self.portal.index_export().await? {
            None if self.is_stopped => Ok(Observation::Cancelled),
            None => Err(self.failed("the portal no longer knows how the export ended")),
            Some(export) if self.is_stopped && export.status == OperationStatus::Canceled => Ok(Observation::Cancelled),
            Some(export) if is_over(&export) => self.judge(export).map(Observation::Done),
            Some(export) => {
                let has_begun = export.status != OperationStatus::Created;
                let stage = if has_begun { Stage::Running } else { Stage::Accepted };
                Ok(Observation::Pending(stage, u8::try_from(export.percentage.clamp(0, 100)).ok()))
            }
        }
    }

    /// All exports of a person have the same id, so a later one would be taken for this.
    fn check_is_last(&self) -> Result<()> {
        if self.portal.state::<ExportsInFlight>().started.load(Ordering::Relaxed) == self.number {
            return Ok(());
        }
        Err(self.failed("another export was started since, and the portal reports only the last one"))
    }

    fn judge(&self, export: IndexExport) -> Result<IndexExport> {
        match export.status {
            _ if !export.error.is_empty() => Err(self.failed(&export.error)),
            OperationStatus::Canceled => Err(self.failed("it was cancelled")),
            OperationStatus::Failed => Err(self.failed("the portal failed at it and does not say why")),
            _ => Ok(export),
        }
    }

    fn failed(&self, reason: &str) -> Error {
        let advice = "see that the portal's document service works, and start it again";
        Error::new(ErrorKind::NotDone, reason).of(&self.call).advise(advice)
    }
}

fn is_over(export: &IndexExport) -> bool {
    export.is_completed || export.status.number() >= OperationStatus::Completed.number()
}
