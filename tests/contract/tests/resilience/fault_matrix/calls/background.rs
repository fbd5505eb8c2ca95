//! Background work of a portal: operations, index exports, and transfers to an external database.

use docspace::ErrorKind;
use docspace::operations::{OperationId, OperationType};
use futures::FutureExt;
use uuid::Uuid;

use super::Call;

/// An operation that the portal does not know.
const UNKNOWN: OperationId = OperationId(Uuid::nil());

pub(super) const BACKGROUND: &[Call] = &[
    call!("Operations::list", "GET /files/fileops", |s| s.portal.operations().list().await).accepts_missing_response(),
    call!("Operations::list_of", "GET /files/fileops/*", |s| {
        s.portal.operations().list_of(OperationType::Move).await
    })
    .accepts_missing_response(),
    call!("Operations::get", "GET /files/fileops", |s| s.portal.operations().get(UNKNOWN).await)
        .accepts_missing_response(),
    call!("Operations::cancel", "PUT /files/fileops/terminate/*", |s| { s.portal.operations().cancel(UNKNOWN).await })
        .accepts_missing_response(),
    call!("Operations::cancel_all", "PUT /files/fileops/terminate", |s| { s.portal.operations().cancel_all().await })
        .accepts_missing_response(),
    call!("RoomHandle::export_index", "POST /files/rooms/*/indexexport", |s| {
        s.portal.room(&s.fixture.indexed).export_index().await
    })
    .never_retried(),
    call!("RoomHandle::export_index: read", "GET /files/rooms/indexexport", |s| {
        s.portal.room(&s.fixture.indexed).export_index().await
    })
    .accepts_missing_response(),
    call!("Portal::index_export", "GET /files/rooms/indexexport", |s| s.portal.index_export().await)
        .accepts_missing_response(),
    call!("Portal::cancel_index_export", "DELETE /files/rooms/indexexport", |s| {
        s.portal.cancel_index_export().await
    })
    .accepts_missing_response(),
    call!("RoomHandle::external_db_sync", "GET /files/rooms/*/externaldbsync", |s| {
        s.portal.room(&s.fixture.forms).external_db_sync().await
    })
    .accepts_missing_response(),
    // A mock portal has no external database.
    call!("RoomHandle::start_external_db_sync", "POST /files/rooms/*/externaldbsync", |s| {
        s.portal.room(&s.fixture.forms).start_external_db_sync().await
    })
    .never_retried()
    .fails_without_fault(ErrorKind::Server),
];
