//! The records of operations of the portal, which reports a finished operation only once.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use docspace_api::ClientOperationsExt;
use docspace_api::types::{FileOperation, OperationId};

use super::in_flight::{RoomsInFlight, has_ended};
use crate::error::{Call, Result};
use crate::portal::Portal;

/// How many finished records a program keeps.
const KEPT: usize = 200;

/// The last finished records that this program has read, for every wait that needs one of them: a
/// wait may read the record of another wait, and an operation can have several waits.
#[derive(Debug, Default)]
struct FinishedRecords(Mutex<VecDeque<FileOperation>>);

impl FinishedRecords {
    fn records(&self) -> MutexGuard<'_, VecDeque<FileOperation>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, id: OperationId) -> Option<FileOperation> {
        self.records().iter().find(|record| record.id == id).cloned()
    }

    /// Keeps a record without its folders and files, which can be many.
    fn keep(&self, record: &FileOperation) {
        let mut records = self.records();
        if records.iter().any(|kept| kept.id == record.id) {
            return;
        }
        if records.len() == KEPT {
            records.pop_front();
        }
        records.push_back(FileOperation { folders: None, files: None, ..record.clone() });
    }
}

/// Removes the record of an earlier operation with the id of a new one: a mock portal that is reset
/// gives out the same ids again.
pub(crate) fn forget_record(portal: &Portal, id: OperationId) {
    portal.state::<FinishedRecords>().records().retain(|record| record.id != id);
}

/// Delivers finished records to the operations they belong to.
pub(crate) fn deliver(portal: &Portal, records: &[FileOperation]) {
    let finished = portal.state::<FinishedRecords>();
    records.iter().filter(|record| has_ended(record)).for_each(|record| finished.keep(record));
    portal.state::<RoomsInFlight>().deliver(records);
}

/// Reads the record of one operation and delivers it, or returns it if this program has read its
/// end. `None` if the portal does not list the operation.
pub(crate) async fn read_record(portal: &Portal, id: OperationId) -> Result<Option<FileOperation>> {
    let finished = portal.state::<FinishedRecords>();
    if let Some(record) = finished.get(id) {
        return Ok(Some(record));
    }
    let call = Call::new("list_operations", format!("of id {}", id.0));
    let envelope = call.envelope(portal.api().list_operations().id(id).send().await).await?;
    let listed = envelope.response.into_iter().flatten().find(|record| record.id == id);
    deliver(portal, listed.as_slice());
    // Another call may have read the end at the same time.
    Ok(listed.or_else(|| finished.get(id)))
}
