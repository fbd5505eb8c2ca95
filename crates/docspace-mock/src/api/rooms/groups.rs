//! Room groups (docs/portal/tags-groups-logos-quotas.md#room-groups).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::covers;
use crate::state::groups::RoomGroup;
use crate::view::folder::{AnswerKind, Folder, RoomViews};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "files/group", create),
    route("GET", "files/group", list),
    route("GET", "files/group/{id:int}", read),
    route("PUT", "files/group/{id:int}", update),
    route("DELETE", "files/group/{id:int}", delete),
    route("POST", "files/group/{id:int}/icon", set_icon),
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupView {
    id: i64,
    name: String,
    icon: Icon,
    user_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    rooms: Option<Vec<Folder>>,
    total_rooms: usize,
}

#[derive(Serialize)]
struct Icon {
    id: String,
    data: IconData,
}

#[derive(Serialize)]
struct IconData {
    small: String,
    default: String,
}

fn view(call: &Call<'_>, group: &RoomGroup, with_rooms: bool) -> GroupView {
    let mut views = RoomViews::new(call.portal, call.viewer(), AnswerKind::Changed);
    let room = |id: &i64| Some(views.of(call.portal.rooms.get(*id)?));
    GroupView {
        id: group.id,
        name: group.name.clone(),
        icon: Icon {
            id: group.icon.clone(),
            data: IconData { small: covers::picture(&group.icon), default: covers::picture(&group.icon) },
        },
        user_id: group.owner,
        rooms: with_rooms.then(|| group.rooms.iter().filter_map(room).collect()),
        total_rooms: group.rooms.len(),
    }
}

fn create(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.RoomGroupRequestDto")?;
    form.require_not_blank("name");
    form.require_not_blank("icon");
    let name = form.text("name", Some(128)).unwrap_or_default();
    let icon = form.text("icon", None).unwrap_or_default();
    let rooms = form.folder_ids("rooms").unwrap_or_default();
    form.finish()?;
    if rooms.is_empty() {
        return Err(Failure::refused(Message::RoomNeeded));
    }
    if !covers::is_known(&icon) {
        return Err(Failure::unexpected_argument("icon"));
    }
    let owner = call.me();
    call.portal.last_room_group += 1;
    let id = call.portal.last_room_group;
    // The group exists from here on. If a room fails, the group keeps the rooms before it.
    call.portal.room_groups.push(RoomGroup { id, name, icon, owner, rooms: Vec::new() });
    add_rooms(call, id, &rooms)?;
    group_reply(call, id, true)
}

fn add_rooms(call: &mut Call<'_>, group: i64, rooms: &[String]) -> Result<(), Failure> {
    for typed in rooms {
        let id: i64 = typed.parse().map_err(|_| Failure::selector_not_found(""))?;
        let room = call.portal.rooms.get(id).ok_or_else(|| Failure::refused(Message::FolderNotFound))?;
        if !call.permissions(room).can_read(room) {
            return Err(Failure::refused(Message::CannotViewFolder));
        }
        let group = call.portal.room_groups.iter_mut().find(|known| known.id == group);
        if let Some(group) = group.filter(|group| !group.rooms.contains(&id)) {
            group.rooms.push(id);
        }
    }
    Ok(())
}

/// The id of the room group in the path. Groups of other people count as missing.
fn own_group(call: &Call<'_>) -> Result<i64, Failure> {
    let id: i64 = call.parameter("id").trim().parse().unwrap_or_default();
    let me = call.me();
    let exists = call.portal.room_groups.iter().any(|group| group.id == id && group.owner == me);
    if exists { Ok(id) } else { Err(Failure::not_found(Message::GroupNotFound)) }
}

fn group_reply(call: &Call<'_>, id: i64, with_rooms: bool) -> Result<Reply, Failure> {
    let group = call.portal.room_groups.iter().find(|group| group.id == id);
    let group = group.ok_or_else(|| Failure::not_found(Message::GroupNotFound))?;
    Ok(Reply::one(&view(call, group, with_rooms)))
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let with_rooms = call.query.boolean("includeMembers").unwrap_or(true);
    call.query.finish()?;
    let me = call.me();
    let mine = call.portal.room_groups.iter().filter(|group| group.owner == me);
    let views: Vec<GroupView> = mine.map(|group| view(call, group, with_rooms)).collect();
    Ok(Reply::one(&views))
}

fn read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let with_rooms = call.query.boolean("includeMembers").unwrap_or(true);
    call.query.finish()?;
    let id = own_group(call)?;
    group_reply(call, id, with_rooms)
}

fn update(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Update", "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomGroupRequest")?;
    let name = form.text("groupName", Some(128));
    let add = form.folder_ids("roomsToAdd").unwrap_or_default();
    let remove = form.folder_ids("roomsToRemove").unwrap_or_default();
    form.finish()?;
    let id = own_group(call)?;
    if let Some(group) = call.portal.room_groups.iter_mut().find(|group| group.id == id) {
        group.name = name.unwrap_or_else(|| group.name.clone());
        group.rooms.retain(|room| !remove.contains(&room.to_string()));
    }
    add_rooms(call, id, &add)?;
    group_reply(call, id, true)
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Failure> {
    // The call succeeds in every case. A group of another person stays.
    if let Ok(id) = own_group(call) {
        call.portal.room_groups.retain(|group| group.id != id);
    }
    Ok(Reply::void())
}

fn set_icon(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Icon", "ASC.Files.Core.ApiModels.RequestDto.RoomGroupIconRequest")?;
    let icon = form.text("icon", None).unwrap_or_default();
    form.finish()?;
    let id = own_group(call)?;
    if !covers::is_known(&icon) {
        return Err(Failure::unexpected_argument("icon"));
    }
    if let Some(group) = call.portal.room_groups.iter_mut().find(|group| group.id == id) {
        group.icon = icon;
    }
    group_reply(call, id, true)
}
