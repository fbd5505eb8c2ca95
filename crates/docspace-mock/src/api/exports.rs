//! Quotas of rooms, exports of a room's index, and the database behind forms (portal-facts 6.16, 6.18, 6.19).

use super::{Call, Missing, route};
use crate::state::rooms::Area;
use crate::state::sharing::FILLING_FORMS;
use crate::view::folder::{Folder, Seen};
use crate::wire::envelope::Reply;
use crate::wire::errors::{Fail, Kind};
use crate::wire::routing::Route;
use crate::wire::say::Say;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;

pub(super) const ROUTES: &[Route] = &[
    route("PUT", "files/rooms/roomquota", set_quota),
    route("PUT", "files/rooms/resetquota", reset_quota),
    route("POST", "files/rooms/{id:int}/indexexport", start_export),
    route("GET", "files/rooms/indexexport", export),
    route("DELETE", "files/rooms/indexexport", stop_export),
    route("GET", "files/rooms/{id}/externaldbsync", database),
    route("POST", "files/rooms/{id:int}/externaldbsync", sync_database),
];

fn set_quota(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomsQuotaRequestDto")?;
    let rooms = form.folder_ids("roomIds").unwrap_or_default();
    let quota = form.number("quota");
    form.done()?;
    store_quota(call, &rooms, quota.filter(|quota| *quota >= -1))
}

fn reset_quota(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomsRoomIdsRequestDto")?;
    let rooms = form.folder_ids("roomIds").unwrap_or_default();
    form.done()?;
    store_quota(call, &rooms, None)
}

/// Ids that are no numbers are skipped; the first room that is missing or forbidden ends the call.
fn store_quota(call: &mut Call<'_>, rooms: &[String], quota: Option<i64>) -> Result<Reply, Fail> {
    let mut changed: Vec<i64> = Vec::new();
    for id in rooms.iter().filter_map(|typed| typed.parse::<i32>().ok()) {
        let room = call.portal.rooms.get(id.into()).ok_or_else(Fail::null_reference)?;
        if !call.standing(room).can_edit(room) {
            return Err(Fail::refused(Say::CannotPerform));
        }
        if let Some(room) = call.portal.rooms.get_mut(id.into()) {
            room.quota = quota;
        }
        changed.push(id.into());
    }
    let views: Vec<Folder> = changed.iter().filter_map(|id| call.show(*id, Seen::Written)).collect();
    Ok(Reply::one(&views))
}

/// An export; without a document service it fails [R rooms/index-news-order].
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Export {
    id: String,
    error: &'static str,
    percentage: i64,
    is_completed: bool,
    status: i64,
    result_file_id: i64,
    result_file_name: &'static str,
    result_file_url: &'static str,
}

/// How long an export runs before it fails.
const RUNNING: TimeDelta = TimeDelta::milliseconds(500);

fn view(me: Uuid, started: DateTime<Utc>, now: DateTime<Utc>) -> Export {
    let failed = now - started > RUNNING;
    let error = "Error occurred in the Documents Service (Value cannot be null. (Parameter 'docbuilderUrl'))";
    Export {
        id: format!("DocumentBuilderTask_1_{me}"),
        error: if failed { error } else { "" },
        percentage: if failed { 30 } else { 0 },
        is_completed: failed,
        status: if failed { 4 } else { 0 },
        result_file_id: 0,
        result_file_name: "",
        result_file_url: "",
    }
}

fn start_export(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let room = call.room(Missing::Folder)?;
    let standing = call.standing(room);
    if !standing.can_read(room) {
        return Err(Fail::refused(Say::CannotViewFolder));
    }
    if room.area == Area::Templates {
        return Err(Missing::Record.fail());
    }
    if !room.indexing || !standing.can_index(room) {
        return Err(Fail::refused(Say::CannotPerform));
    }
    let (me, now) = (call.me(), call.portal.now());
    call.portal.exports.insert(me, now);
    Ok(Reply::one(&view(me, now, now)))
}

fn export(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let (me, now) = (call.me(), call.portal.now());
    let view = call.portal.exports.get(&me).map(|started| view(me, *started, now));
    Ok(Reply::maybe(view.as_ref()))
}

/// Stops an export that runs; one that is over stays [R rooms/index-news-order].
fn stop_export(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let (me, now) = (call.me(), call.portal.now());
    if call.portal.exports.get(&me).is_some_and(|started| now - *started <= RUNNING) {
        call.portal.exports.remove(&me);
    }
    Ok(Reply::void())
}

/// Only FillingForms rooms have a database, and only where one was set up.
fn forms_room(call: &Call<'_>) -> Result<(), Fail> {
    let room = call.portal.rooms.get(call.id()?).ok_or_else(Fail::null_reference)?;
    if room.room_type != FILLING_FORMS || !call.standing(room).can_edit(room) {
        return Err(Fail::refused(Say::CannotPerform));
    }
    Ok(())
}

fn database(call: &mut Call<'_>) -> Result<Reply, Fail> {
    forms_room(call)?;
    Ok(Reply::void())
}

fn sync_database(call: &mut Call<'_>) -> Result<Reply, Fail> {
    forms_room(call)?;
    Err(Fail::Thrown(Kind::Plain, Say::plain("Bad request.")))
}
