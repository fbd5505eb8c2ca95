//! Quotas of rooms (docs/portal/tags-groups-logos-quotas.md#setting-quotas-of-many-rooms).

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
    form.finish()?;
    store_quota(call, &rooms, quota.filter(|quota| *quota >= -1))
}

fn reset_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomsRoomIdsRequestDto")?;
    let rooms = form.folder_ids("roomIds").unwrap_or_default();
    form.finish()?;
    store_quota(call, &rooms, None)
}

/// Sets the quota of rooms. Ids that are not numbers are skipped. The call fails at the first room
/// that does not exist or that the caller may not edit.
fn store_quota(call: &mut Call<'_>, rooms: &[String], quota: Option<i64>) -> Result<Reply, Failure> {
    let mut changed: Vec<i64> = Vec::new();
    for id in rooms.iter().filter_map(|typed| typed.parse::<i32>().ok()) {
        let room = call.portal.rooms.get(id.into()).ok_or_else(Failure::null_reference)?;
        if !call.permissions(room).can_edit(room) {
            return Err(Failure::refused(Message::CannotPerform));
        }
        call.portal.check_room_quota(quota)?;
        if let Some(room) = call.portal.rooms.get_mut(id.into()) {
            room.quota = quota;
        }
        changed.push(id.into());
    }
    let views: Vec<Folder> = changed.iter().filter_map(|id| call.room_view(*id, AnswerKind::Changed)).collect();
    Ok(Reply::one(&views))
}
