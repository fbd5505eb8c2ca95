//! Exports of a room's index (docs/portal/exports.md#index-export).

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::contents;
use crate::api::routing::{Route, route};
use crate::state::exports::Export;
use crate::state::operations::OperationStatus;
use crate::state::rooms::Area;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "files/rooms/{id:int}/indexexport", start_export),
    route("GET", "files/rooms/indexexport", export),
    route("DELETE", "files/rooms/indexexport", cancel_export),
];

/// The record of an export.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExportView {
    id: String,
    error: &'static str,
    percentage: i64,
    is_completed: bool,
    status: OperationStatus,
    result_file_id: i64,
    result_file_name: &'static str,
    result_file_url: &'static str,
}

fn view(me: Uuid, export: &Export, now: DateTime<Utc>) -> ExportView {
    let (status, has_ended) = (export.status(now), export.has_ended(now));
    let error = "Error occurred in the Documents Service (Value cannot be null. (Parameter 'docbuilderUrl'))";
    ExportView {
        id: format!("DocumentBuilderTask_1_{me}"),
        error: if status == OperationStatus::FAILED { error } else { "" },
        percentage: if has_ended { 30 } else { 0 },
        is_completed: has_ended,
        status,
        result_file_id: 0,
        result_file_name: "",
        result_file_url: "",
    }
}

/// Starts an export, or returns the running export of the caller.
fn start_export(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if contents::room_with_folder(call)?.is_some() {
        return Err(Failure::refused(Message::CannotPerform));
    }
    let room = call.room(Missing::Folder)?;
    let permissions = call.permissions(room);
    if !permissions.can_read(room) {
        return Err(Failure::refused(Message::CannotViewFolder));
    }
    if room.area == Area::Templates {
        return Err(Missing::Record.failure());
    }
    if !room.indexing || !permissions.can_index(room) {
        return Err(Failure::refused(Message::CannotPerform));
    }
    let (me, now) = (call.me(), call.portal.now());
    let export = call.portal.exports.entry(me).or_insert_with(|| Export::new(now));
    if export.has_ended(now) {
        *export = Export::new(now);
    }
    Ok(Reply::one(&view(me, export, now)))
}

fn export(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (me, now) = (call.me(), call.portal.now());
    let Some(export) = call.portal.exports.get_mut(&me) else { return Ok(Reply::void()) };
    export.read(now);
    Ok(Reply::one(&view(me, export, now)))
}

fn cancel_export(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (me, now) = (call.me(), call.portal.now());
    if call.portal.exports.get_mut(&me).is_some_and(|export| export.cancel(now)) {
        call.portal.exports.remove(&me);
    }
    Ok(Reply::void())
}
