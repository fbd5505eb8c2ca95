//! Folders and files inside rooms (docs/portal/folders-and-files.md). The mock does not store the
//! content of files.

pub(super) mod addresses;
pub(super) mod copies;
pub(super) mod deletes;
pub(crate) mod download;
pub(super) mod favorites;
pub(super) mod files;
pub(super) mod folders;
pub(super) mod links;
pub(super) mod lists;
pub(super) mod news;
pub(super) mod order;
pub(super) mod roots;
pub(super) mod upload_sessions;
pub(super) mod uploads;
pub(super) mod versions;

use crate::api::call::{Call, Missing};
use crate::auth::visitor;
use crate::state::content::File;
use crate::state::entries::EntryId;
use crate::state::rooms::Room;
use crate::view::content::EntryViews;
use crate::view::folder::own;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

/// The room with this id, or the room that contains the folder with this id.
pub(in crate::api) fn room_of<'a>(call: &'a Call<'_>, id: i64, missing: Missing) -> Result<&'a Room, Failure> {
    call.portal.rooms.around(id).ok_or_else(|| missing.failure())
}

/// The room and the file with this id.
pub(in crate::api) fn file_of<'a>(call: &'a Call<'_>, id: i64) -> Result<(&'a Room, &'a File), Failure> {
    call.portal.rooms.room_with_file(id).ok_or_else(|| Failure::not_found(Message::FileNotFound))
}

/// The room around the folder in the path, if the id in the path belongs to a folder inside a room
/// (docs/portal/rooms.md#room-calls-on-other-folders).
pub(in crate::api) fn room_with_folder<'a>(call: &'a Call<'_>) -> Result<Option<&'a Room>, Failure> {
    let id = call.id()?;
    Ok(call.portal.rooms.room_with_folder(id))
}

/// Whether the caller may change the content of a room.
pub(super) fn may_write(call: &Call<'_>, room: &Room) -> bool {
    call.permissions(room).can_write(room)
}

/// Whether the caller may rename, move or remove an entry: managers of the room any entry, and
/// people who may add entries only their own.
pub(in crate::api) fn may_change(call: &Call<'_>, room: &Room, created_by: uuid::Uuid) -> bool {
    room.area.is_writable()
        && (call.permissions(room).manages() || may_write(call, room) && call.caller.person == Some(created_by))
}

/// The entries of a room as the caller sees them.
pub(in crate::api) fn views<'a>(call: &'a Call<'_>, room: &'a Room) -> EntryViews<'a> {
    EntryViews::new(call.portal, room, call.viewer())
}

/// Whether the caller may read an entry: with rights in the room, or through a link of the entry or
/// of a folder around it. The key of a folder's link whose password is missing is refused, even if
/// another link would open the entry (recording links/folders-and-files).
pub(super) fn may_read(call: &Call<'_>, room: &Room, entry: EntryId) -> bool {
    let views = views(call, room);
    if views.permissions.can_read(room) {
        return true;
    }
    let locked = visitor::locked_folder_link(call.portal, call.request, &call.query);
    let is_locked = locked.is_some_and(|one| room.entry_and_parents(entry).contains(&one.entry));
    views.has_passage(entry) && !is_locked
}

/// The answer of `GET rooms/{id}` and of `GET files/folder/{id}` for a folder inside a room
/// (docs/portal/rooms.md#room-calls-on-other-folders).
pub(super) fn folder(call: &Call<'_>, id: i64) -> Option<Result<Reply, Failure>> {
    let room = call.portal.rooms.room_with_folder(id)?;
    let inner = room.folder(id)?;
    if !may_read(call, room, EntryId::folder(id)) {
        return Some(Err(call.cannot_view()));
    }
    Some(Ok(Reply::one(&views(call, room).single_folder(inner))))
}

/// The answer of `GET files/folder/{id}` for a person's own root folder.
pub(super) fn own_root(call: &Call<'_>, id: i64) -> Option<Result<Reply, Failure>> {
    let root = call.portal.rooms.around(id).filter(|root| root.id == id && root.area.is_personal())?;
    if !call.permissions(root).can_read(root) {
        return Some(Err(call.cannot_view()));
    }
    let mut view = own(call.portal, root, false);
    view["isFavorite"] = false.into();
    Some(Ok(Reply::one(&view)))
}

/// The answer of a change of a folder inside a room, which is the folder.
pub(super) fn folder_reply(call: &Call<'_>, id: i64) -> Option<Reply> {
    let room = call.portal.rooms.room_with_folder(id)?;
    Some(Reply::one(&views(call, room).folder(room.folder(id)?)))
}

/// The answer of a change of a file, which is the file.
pub(in crate::api) fn file_reply(call: &Call<'_>, id: i64) -> Result<Reply, Failure> {
    let (room, file) = file_of(call, id)?;
    Ok(Reply::one(&views(call, room).file(file)))
}
