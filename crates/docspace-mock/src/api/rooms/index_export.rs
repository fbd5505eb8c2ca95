//! Exports of a room's index (docs/portal/exports.md#index-export).

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::routing::{Route, route};
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

/// The record of an export. Without a document service every export fails
/// (recording rooms/index-news-order).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Export {
    id: String,
    error: &'static str,
    percentage: i64,
    is_completed: bool,
    status: OperationStatus,
    result_file_id: i64,
    result_file_name: &'static str,
    result_file_url: &'static str,
}

/// Time until an export fails.
const RUN_TIME: TimeDelta = TimeDelta::milliseconds(500);

fn view(me: Uuid, started: DateTime<Utc>, now: DateTime<Utc>) -> Export {
    let failed = now - started > RUN_TIME;
    let error = "Error occurred in the Documents Service (Value cannot be null. (Parameter 'docbuilderUrl'))";
    Export {
        id: format!("DocumentBuilderTask_1_{me}"),
        error: if failed { error } else { "" },
        percentage: if failed { 30 } else { 0 },
        is_completed: failed,
        status: if failed { OperationStatus::FAILED } else { OperationStatus::CREATED },
        result_file_id: 0,
        result_file_name: "",
        result_file_url: "",
    }
}

fn start_export(call: &mut Call<'_>) -> Result<Reply, Failure> {
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
    call.portal.exports.insert(me, now);
    Ok(Reply::one(&view(me, now, now)))
}

fn export(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (me, now) = (call.me(), call.portal.now());
    let view = call.portal.exports.get(&me).map(|started| view(me, *started, now));
    Ok(Reply::maybe(view.as_ref()))
}

/// Removes a running export. A finished one stays (recording rooms/index-news-order).
fn cancel_export(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (me, now) = (call.me(), call.portal.now());
    if call.portal.exports.get(&me).is_some_and(|started| now - *started <= RUN_TIME) {
        call.portal.exports.remove(&me);
    }
    Ok(Reply::void())
}
