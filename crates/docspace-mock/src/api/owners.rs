//! Giving rooms to another owner; rooms of third-party storage, of which there is none (portal-facts 6.17).

use super::{Call, route};
use crate::state::people::Role;
use crate::state::rooms::Area;
use crate::state::sharing::ROOM_TYPES;
use crate::view::folder::{Folder, Seen};
use crate::wire::envelope::Reply;
use crate::wire::errors::Fail;
use crate::wire::routing::Route;
use crate::wire::say::Say;

pub(super) const ROUTES: &[Route] =
    &[route("POST", "files/owner", change), route("POST", "files/rooms/thirdparty/{id}", third_party)];

/// Whoever sees the `ChangeOwner` right in a room may give it to somebody who may own rooms.
fn change(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.ChangeOwnerRequestDto")?;
    let owner = form.guid("userId").unwrap_or_default();
    let folders = form.folder_ids("folderIds").unwrap_or_default();
    form.folder_ids("fileIds");
    form.done()?;
    let role = call.portal.people.get(owner).map(|person| person.role);
    if !role.is_some_and(Role::manages_rooms) {
        return Err(Fail::refused(Say::RoleNotAvailable));
    }
    let (now, me) = (call.portal.now(), call.me());
    let mut given: Vec<i64> = Vec::new();
    for id in folders.iter().filter_map(|typed| typed.parse::<i32>().ok()) {
        let room = call.portal.rooms.get(id.into()).ok_or_else(|| Fail::not_found(Say::FolderNotFound))?;
        let standing = call.standing(room);
        if room.area != Area::Active || !(standing.creator || standing.admin) {
            return Err(Fail::denied());
        }
        if let Some(room) = call.portal.rooms.get_mut(id.into()) {
            room.owner = owner;
            room.updated = now;
            room.updated_by = me;
            room.members.retain(|member| member.subject != owner);
        }
        given.push(id.into());
    }
    let views: Vec<Folder> = given.iter().filter_map(|id| call.show(*id, Seen::Written)).collect();
    Ok(Reply::list(&views))
}

fn third_party(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("Room", "ASC.Files.Core.ApiModels.RequestDto.CreateThirdPartyRoom")?;
    form.text("title", Some(170));
    form.named_enum("roomType", "ASC.Files.Core.ApiModels.RequestDto.RoomType", &ROOM_TYPES);
    form.done()?;
    Err(Fail::refused(Say::plain("Invalid provider")))
}
