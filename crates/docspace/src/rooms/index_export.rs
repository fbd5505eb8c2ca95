//! Exports of the index of a room, the numbers and titles of its entries, as a spreadsheet.

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

impl RoomHandle {
    /// Starts exporting the index of the room, the numbers and titles of its entries, to a
    /// spreadsheet. The room must have [indexing](crate::rooms::EditRoom::indexing) turned on.
    ///
    /// **A person can run one index export at a time**, and the portal does not report which room
    /// it is for. Do not let two programs of the same person export at the same time.
    ///
    /// ```
    /// use docspace::RoomType;
    ///
    /// # doc_examples::with_portal(async |portal| {
    /// let indexed = portal.rooms().create("Audit", RoomType::VirtualData).indexing(true);
    /// let room = indexed.send().await?;
    /// match portal.room(&room).export_index().await?.wait().await {
    ///     Ok(export) => println!("{} {}", export.result_file_name, export.result_file_url),
    ///     Err(error) => eprintln!("{error}"), // for example without a document service
    /// }
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// - [`Conflict`](crate::ErrorKind::Conflict): another export of the same person is in
    ///   progress. Wait for it, or cancel it with [`Portal::cancel_index_export`].
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist, or it is a template.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to export the index,
    ///   or the room has no index.
    ///
    /// Waiting for the operation fails with [`NotDone`](crate::ErrorKind::NotDone) if the export
    /// fails, as on a portal without a document service (docs/portal/exports.md#index-export).
    pub async fn export_index(&self) -> Result<Operation<IndexExport>> {
        let (portal, policy) = (self.portal().clone(), self.portal().wait_policy().clone());
        let call = Call::new("start_index_export", format!("of room {}", self.id()));
        let token = portal.state::<ExportsInFlight>().try_begin().ok_or_else(|| already_running(&call))?;
        // This runs in a task, because others wait for the answer and this future may not be
        // polled.
        let (room, start) = (self.clone(), call.clone());
        let start = spawn(async move {
            let _token = token;
            room.start_export(&start).await
        });
        let number = start_within(policy.deadline, &call, &AtomicBool::new(true), start).await?;
        Ok(Operation::new(call.clone(), &policy, Export { portal, call, number, is_canceled: false }))
    }

    /// Starts an export if none is in progress, and returns its sequence number in this program.
    async fn start_export(&self, call: &Call) -> Result<u64> {
        let portal = self.portal();
        if portal.index_export().await?.is_some_and(|export| !is_over(&export)) {
            return Err(already_running(call));
        }
        // Counted before the request, because after a lost answer it is unknown whether there is a
        // new export.
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

    /// Explains a refusal. The portal answers for a room without an index as for a missing right.
    async fn explain(&self, error: Error) -> Error {
        let without_index = |room: Room| !room.indexing;
        if error.is_forbidden() && self.get().await.is_ok_and(without_index) {
            return error.advise("the room has no index: turn on indexing first");
        }
        error
    }
}

impl Portal {
    /// Reads the caller's last index export. Returns `None` if the portal does not have one, or has
    /// removed it. Reading does not remove it.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the API key has no `rooms` scope.
    pub async fn index_export(&self) -> Result<Option<IndexExport>> {
        let call = Call::new("get_index_export", "of the caller");
        Ok(call.envelope(self.api().get_index_export().send().await).await?.response)
    }

    /// Cancels the caller's index export, even if another program started it with
    /// [`RoomHandle::export_index`]. If no export is running, nothing happens.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the API key has no scope that allows changes
    ///   of rooms.
    pub async fn cancel_index_export(&self) -> Result<()> {
        let call = Call::new("terminate_index_export", "of the caller");
        call.envelope(self.api().terminate_index_export().send().await).await.map(drop)
    }
}

/// The index exports of one portal that this program has in flight.
#[derive(Debug, Default)]
pub(crate) struct ExportsInFlight {
    /// A token that exists while an export is being started.
    starting: Mutex<Weak<()>>,
    /// How many exports were started.
    started: AtomicU64,
}

impl ExportsInFlight {
    /// Returns the token for starting an export, unless another export is being started.
    fn try_begin(&self) -> Option<Arc<()>> {
        let mut starting = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        let token = Arc::new(());
        (starting.strong_count() == 0).then(|| *starting = Arc::downgrade(&token))?;
        Some(token)
    }
}

fn already_running(call: &Call) -> Error {
    let error = Error::new(ErrorKind::Conflict, "another export of the same person is in progress").of(call);
    error.advise("wait for it, or cancel it first")
}

/// Polls one export.
struct Export {
    portal: Portal,
    call: Call,
    /// The sequence number of this export in this program.
    number: u64,
    is_canceled: bool,
}

impl Poller<IndexExport> for Export {
    fn poll(&mut self, _: Poll) -> BoxFuture<'_, Result<Observation<IndexExport>>> {
        Box::pin(self.observe())
    }

    fn cancel(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async {
            self.check_is_last()?;
            self.portal.cancel_index_export().await?;
            self.is_canceled = true;
            Ok(())
        })
    }
}

impl Export {
    async fn observe(&self) -> Result<Observation<IndexExport>> {
        self.check_is_last()?;
        match self.portal.index_export().await? {
            None if self.is_canceled => Ok(Observation::Canceled),
            None => Err(self.failed("the portal no longer has the result of the export")),
            Some(export) if self.is_canceled && export.status == OperationStatus::Canceled => Ok(Observation::Canceled),
            Some(export) if is_over(&export) => self.result(export).map(Observation::Done),
            Some(export) => {
                let has_begun = export.status != OperationStatus::Created;
                let stage = if has_begun { Stage::Running } else { Stage::Accepted };
                Ok(Observation::Pending(stage, u8::try_from(export.percentage.clamp(0, 100)).ok()))
            }
        }
    }

    /// All exports of a person have the same id, so a later one would be mistaken for this one.
    fn check_is_last(&self) -> Result<()> {
        if self.portal.state::<ExportsInFlight>().started.load(Ordering::Relaxed) == self.number {
            return Ok(());
        }
        Err(self.failed("another export was started later, and the portal reports only the last one"))
    }

    fn result(&self, export: IndexExport) -> Result<IndexExport> {
        match export.status {
            _ if !export.error.is_empty() => Err(self.failed(&export.error)),
            OperationStatus::Canceled => Err(self.failed("the export was canceled")),
            OperationStatus::Failed => Err(self.failed("the export failed, and the portal gives no reason")),
            _ => Ok(export),
        }
    }

    fn failed(&self, reason: &str) -> Error {
        let advice = "check that the portal's document service works, and start the export again";
        Error::new(ErrorKind::NotDone, reason).of(&self.call).advise(advice)
    }
}

fn is_over(export: &IndexExport) -> bool {
    export.is_completed || export.status.number() >= OperationStatus::Completed.number()
}
