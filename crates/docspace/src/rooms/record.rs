//! The record of an operation of the portal.

use docspace_api::ClientOperationsExt;
use docspace_api::types::{FileOperation, OperationId};

use crate::error::{Call, Result};
use crate::portal::Portal;

/// Reads the record of one operation, or `None` if the portal does not list it. The portal reports
/// a finished operation only once.
pub(crate) async fn read_record(portal: &Portal, id: OperationId) -> Result<Option<FileOperation>> {
    let call = Call::new("list_operations", format!("of id {}", id.0));
    let envelope = call.envelope(portal.api().list_operations().id(id).send().await).await?;
    Ok(envelope.response.into_iter().flatten().find(|record| record.id == id))
}
