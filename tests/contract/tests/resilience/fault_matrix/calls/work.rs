//! What a portal does in the background: operations by hand, index exports, the database behind forms.

use docspace::{ErrorKind, OperationId, OperationType};
use futures::FutureExt;
use uuid::Uuid;

use super::Call;

/// An operation that the portal does not know.
const UNKNOWN: OperationId = OperationId(Uuid::nil());

pub(super) const WORK: &[Call] = &[
    call!("Operations::list", "GET /files/fileops", |s| s.portal.operations().list().await).may_be_empty(),
    call!("Operations::list_of", "GET /files/fileops/*", |s| {
        s.portal.operations().list_of(OperationType::Move).await
    })
    .may_be_empty(),
    call!("Operations::get", "GET /files/fileops", |s| s.portal.operations().get(UNKNOWN).await).may_be_empty(),
    call!("Operations::terminate", "PUT /files/fileops/terminate/*", |s| {
        s.portal.operations().terminate(UNKNOWN).await
    })
    .may_be_empty(),
    call!("Operations::terminate_all", "PUT /files/fileops/terminate", |s| {
        s.portal.operations().terminate_all().await
    })
    .may_be_empty(),
    call!("RoomHandle::export_index", "POST /files/rooms/*/indexexport", |s| {
        s.portal.room(&s.world.indexed).export_index().await
    })
    .once(),
    call!("RoomHandle::export_index: look", "GET /files/rooms/indexexport", |s| {
        s.portal.room(&s.world.indexed).export_index().await
    })
    .may_be_empty(),
    call!("Portal::index_export", "GET /files/rooms/indexexport", |s| s.portal.index_export().await).may_be_empty(),
    call!("Portal::terminate_index_export", "DELETE /files/rooms/indexexport", |s| {
        s.portal.terminate_index_export().await
    })
    .may_be_empty(),
    call!("RoomHandle::external_db_sync", "GET /files/rooms/*/externaldbsync", |s| {
        s.portal.room(&s.world.forms).external_db_sync().await
    })
    .may_be_empty(),
    // A mock portal has no external database.
    call!("RoomHandle::start_external_db_sync", "POST /files/rooms/*/externaldbsync", |s| {
        s.portal.room(&s.world.forms).start_external_db_sync().await
    })
    .once()
    .fails_at_best(ErrorKind::Server),
];
