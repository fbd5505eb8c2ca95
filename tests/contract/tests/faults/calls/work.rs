//! What a portal does in the background: operations by hand, index exports, the database behind forms.

use docspace::{ExternalDbSync, IndexExport, Operation, OperationId, OperationType, Portal, Result, RoomType};
use futures::FutureExt;

use super::Call;

pub(super) const WORK: &[Call] = &[
    call!("operations.list", "GET /files/fileops", |s| s.portal.operations().list().await).may_be_empty(),
    call!("operations.list_of", "GET /files/fileops/*", |s| {
        s.portal.operations().list_of(OperationType::Move).await
    })
    .may_be_empty(),
    call!("operations.get", "GET /files/fileops", |s| s.portal.operations().get(UNKNOWN).await).may_be_empty(),
    call!("operations.terminate", "PUT /files/fileops/terminate/*", |s| {
        s.portal.operations().terminate(UNKNOWN).await
    })
    .may_be_empty(),
    call!("operations.terminate_all", "PUT /files/fileops/terminate", |s| {
        s.portal.operations().terminate_all().await
    })
    .may_be_empty(),
    call!("index_export", "GET /files/rooms/indexexport", |s| s.portal.index_export().await).may_be_empty(),
    call!("terminate_index_export", "DELETE /files/rooms/indexexport", |s| s.portal.terminate_index_export().await)
        .may_be_empty(),
    call!("room.export_index", "POST /files/rooms/*/indexexport", |s| { export(s.portal).await }).once(),
    call!("room.export_index: look", "GET /files/rooms/indexexport", |s| { export(s.portal).await }).may_be_empty(),
    call!("room.external_db_sync", "GET /files/rooms/*/externaldbsync", |s| { read_sync(s.portal).await })
        .may_be_empty(),
];

/// The export of a room that has an index.
async fn export(portal: Portal) -> Result<Operation<IndexExport>> {
    let indexed = portal.rooms().create("indexed", RoomType::VirtualData).indexing(true).send().await?;
    portal.room(&indexed).export_index().await
}

async fn read_sync(portal: Portal) -> Result<Option<ExternalDbSync>> {
    let forms = portal.rooms().create("forms", RoomType::FillingForms).send().await?;
    portal.room(&forms).external_db_sync().await
}

/// An operation that the portal does not know.
const UNKNOWN: OperationId = OperationId(uuid::Uuid::nil());
