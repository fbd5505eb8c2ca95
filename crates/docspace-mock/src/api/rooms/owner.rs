//! Changing the owner of rooms (docs/portal/rooms.md#changing-the-owner), and the call that creates
//! rooms in third-party storage, which the mock does not have.

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::state::access::Access;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Member};
use crate::view::folder::{AnswerKind, Folder};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] =
    &[route("POST", "files/owner", change), route("POST", "files/rooms/thirdparty/{id}", third_party)];

/// Changes the owner of rooms. The caller needs the right `ChangeOwner`, and the new owner must be
/// allowed to manage rooms.
fn change(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.ChangeOwnerRequestDto")?;
    let owner = form.guid("userId").unwrap_or_default();
    let folders = form.folder_ids("folderIds").unwrap_or_default();
    form.folder_ids("fileIds");
    form.finish()?;
    let person = call.portal.people.get(owner);
    if !person.is_some_and(|person| person.is_active() && person.role.manages_rooms()) {
        return Err(Failure::refused(Message::plain("You cannot select this user")));
    }
    let (now, me) = (call.portal.now(), call.me());
    let mut given: Vec<i64> = Vec::new();
    for id in folders.iter().filter_map(|typed| typed.parse::<i32>().ok()) {
        let room = call.portal.rooms.get(id.into()).ok_or_else(|| Failure::not_found(Message::FolderNotFound))?;
        let permissions = call.permissions(room);
        if room.area != Area::Active || !(permissions.creator || permissions.admin) {
            return Err(Failure::refused(Message::CannotPerform));
        }
        if let Some(room) = call.portal.rooms.get_mut(id.into()).filter(|room| room.owner != owner) {
            // The former owner stays in the room.
            let former = std::mem::replace(&mut room.owner, owner);
            room.updated = now;
            room.updated_by = me;
            room.members.retain(|member| member.subject != owner && member.subject != former);
            room.members.push(Member { subject: former, is_group: false, access: Access::ROOM_MANAGER, by: me });
        }
        given.push(id.into());
    }
    let views: Vec<Folder> = given.iter().filter_map(|id| call.room_view(*id, AnswerKind::Changed)).collect();
    Ok(Reply::one(&views))
}

fn third_party(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Room", "ASC.Files.Core.ApiModels.RequestDto.CreateThirdPartyRoom")?;
    form.text("title", Some(170));
    form.named_enum::<RoomType>("roomType", RoomType::TYPE_NAME);
    form.finish()?;
    Err(Failure::refused(Message::plain("Invalid provider")))
}
