//! The index of a room, the numbers and titles of its entries, as a spreadsheet.

use docspace_api::types::{IndexExport, Room};
use docspace_api::{ClientRoomsExt, OperationStatus};

use crate::error::{Call, Error, ErrorKind, Result};
use crate::operations::{Operation, Stage, Watch};
use crate::portal::Portal;
use crate::rooms::RoomHandle;
use crate::runtime::BoxFuture;

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
    /// template, `Forbidden` when one may not or the room has no index. Waiting ends with `Operation` when the portal
    /// fails at it, as one without a document service does (portal-facts 6.16).
    pub async fn export_index(&self) -> Result<Operation<IndexExport>> {
        let (portal, call) = (self.portal(), Call::new("start_index_export", format!("of room {}", self.id())));
        // Held until the portal has answered, so that no two here look and then both start.
        let mut started = portal.flights().exports.lock().await;
        if portal.index_export().await?.is_some_and(|export| !is_over(&export)) {
            let error = Error::new(ErrorKind::Conflict, "an export of the same person is still under way").of(&call);
            return Err(error.advise("wait for it, or terminate it first"));
        }
        let answer = portal.api().start_index_export().id(self.id()).send().await;
        if let Err(error) = call.response(answer, |envelope| envelope.response).await {
            return Err(self.explain(error).await);
        }
        *started += 1;
        let export = Export { portal: portal.clone(), call: call.clone(), number: *started };
        Ok(Operation::new(call, portal.wait_policy(), |watch| -> BoxFuture<'static, Result<Option<IndexExport>>> {
            Box::pin(export.follow(watch))
        }))
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

struct Export {
    portal: Portal,
    call: Call,
    /// The how manieth of this program.
    number: u64,
}

impl Export {
    async fn follow(self, mut watch: Watch) -> Result<Option<IndexExport>> {
        let mut stopped = false;
        loop {
            // All exports of a person have the same id, so a later one would be taken for this.
            if *self.portal.flights().exports.lock().await != self.number {
                return Err(self.failed("another export was started since, and a portal tells of the last one only"));
            }
            if watch.is_stopping() && !stopped {
                self.portal.terminate_index_export().await?;
                stopped = true;
            }
            match self.portal.index_export().await? {
                None if stopped => return Ok(None),
                None => return Err(self.failed("the portal no longer knows how it ended")),
                Some(export) if stopped && export.status == OperationStatus::Canceled => return Ok(None),
                Some(export) if is_over(&export) => return self.judge(export).map(Some),
                Some(export) => {
                    let begun = export.status != OperationStatus::Created;
                    let percent = u8::try_from(export.percentage.clamp(0, 100)).ok();
                    watch.report(if begun { Stage::Running } else { Stage::Accepted }, percent);
                }
            }
            watch.pause().await;
        }
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
        Error::new(ErrorKind::Operation, reason).of(&self.call).advise(advice)
    }
}

fn is_over(export: &IndexExport) -> bool {
    export.is_completed || export.status.number() >= OperationStatus::Completed.number()
}
