//! Quotas of rooms (portal-facts 6.16).

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::view::folder::{AnswerKind, Folder};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] =
    &[route("PUT", "files/rooms/roomquota", set_quota), route("PUT", "files/rooms/resetquota", reset_quota)];

fn set_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomsQuotaRequestDto")?;
    let rooms = form.folder_ids("roomIds").unwrap_or_default();
    let quota = form.number("quota");
    form.done()?;
    store_quota(call, &rooms, quota.filter(|quota| *quota >= -1))
}

fn reset_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomsRoomIdsRequestDto")?;
    let rooms = form.folder_ids("roomIds").unwrap_or_default();
    form.done()?;
    store_quota(call, &rooms, None)
}

/// Ids that are no numbers are skipped; the first room that is missing or forbidden ends the call.
fn store_quota(call: &mut Call<'_>, rooms: &[String], quota: Option<i64>) -> Result<Reply, Failure> {
    let mut changed: Vec<i64> = Vec::new();
    for id in rooms.iter().filter_map(|typed| typed.parse::<i32>().ok()) {
        let room = call.portal.rooms.get(id.into()).ok_or_else(Failure::null_reference)?;
        if !call.standing(room).can_edit(room) {
            return Err(Failure::refused(Message::CannotPerform));
        }
        if let Some(room) = call.portal.rooms.get_mut(id.into()) {
            room.quota = quota;
        }
        changed.push(id.into());
    }
    let views: Vec<Folder> = changed.iter().filter_map(|id| call.room_view(*id, AnswerKind::Changed)).collect();
    Ok(Reply::one(&views))
}
