//! The order of entries in a room with indexing
//! (docs/portal/folders-and-files.md#order-in-a-room-with-indexing).

use serde_json::Value;

use crate::api::call::{Call, Missing};
use crate::api::contents::{may_write, views};
use crate::api::routing::{Route, route};
use crate::state::access::Access;
use crate::state::entries::{EntryId, EntryType};
use crate::state::rooms::{Area, Room};
use crate::view::folder::AnswerKind;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::json;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("PUT", "files/folder/{id}/order", order_folder),
    route("PUT", "files/{id}/order", order_file),
    route("PUT", "files/order", order_entries),
    route("PUT", "files/rooms/{id}/reorder", reorder),
];

/// The members of an entry that the answer about several entries contains.
const SHORT_FORM: [&str; 23] = [
    "id",
    "rootFolderId",
    "canShare",
    "shareSettings",
    "security",
    "availableShareRights",
    "title",
    "access",
    "sharedBy",
    "ownedBy",
    "shared",
    "sharedForUser",
    "sharedExternal",
    "parentShared",
    "shortWebUrl",
    "created",
    "createdBy",
    "updated",
    "rootFolderType",
    "parentRoomType",
    "updatedBy",
    "order",
    "fileEntryType",
];

fn order_folder(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let order = requested_order(call)?;
    let id = call.id()?;
    if let Some(room) = call.portal.rooms.get(id) {
        check_rights(call, room)?;
        // The call changes nothing in a room itself (recording content/order).
        return Ok(call.room_reply(id, AnswerKind::Changed));
    }
    let room = call.portal.rooms.room_with_folder(id).ok_or_else(|| Missing::Item.failure())?;
    check_rights(call, room)?;
    let room = room.id;
    set(call, room, EntryType::FOLDER, id, order);
    Ok(Reply::one(&view(call, room, EntryType::FOLDER, id, order)?))
}

fn order_file(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let order = requested_order(call)?;
    let id = call.id()?;
    let (room, _) = call.portal.rooms.room_with_file(id).ok_or_else(|| Missing::Item.failure())?;
    check_rights(call, room)?;
    let room = room.id;
    set(call, room, EntryType::FILE, id, order);
    Ok(Reply::one(&view(call, room, EntryType::FILE, id, order)?))
}

fn requested_order(call: &Call<'_>) -> Result<i64, Failure> {
    let mut form = call.form("Order", "ASC.Files.Core.ApiModels.RequestDto.OrderRequestDto")?;
    let is_number = match form.raw("order") {
        None => true,
        Some(json::Value::Text(text)) => text.parse::<i32>().is_ok(),
        Some(json::Value::Number(text)) => text.parse::<i32>().is_ok(),
        Some(_) => false,
    };
    if !is_number {
        return Err(Failure::Unreadable(Exception::Argument, Message::plain("order")));
    }
    let order = form.ranged("order", 0, 1, i64::from(i32::MAX));
    form.finish()?;
    Ok(order)
}

/// Fails unless the caller may change entries of the room, which editors may, too.
fn check_rights(call: &Call<'_>, room: &Room) -> Result<(), Failure> {
    let edits = room.area == Area::Active && call.permissions(room).role == Some(Access::EDITING);
    if may_write(call, room) || edits { Ok(()) } else { Err(Failure::refused(Message::CannotPerform)) }
}

/// Moves an entry to a place. The entries between its old and its new place move by one.
fn set(call: &mut Call<'_>, room: i64, kind: EntryType, id: i64, order: i64) {
    let Some(room) = call.portal.rooms.around_mut(room).filter(|room| room.indexing) else { return };
    let found = match kind {
        EntryType::FILE => room.files.iter().find(|file| file.id == id).map(|file| (file.parent, file.order)),
        _ => room.folder(id).map(|folder| (folder.parent, folder.order)),
    };
    let Some((parent, old)) = found else { return };
    let moved = |place: i64| match place {
        between if old < order && between > old && between <= order => between - 1,
        between if order < old && between >= order && between < old => between + 1,
        other => other,
    };
    for folder in room.folders.iter_mut().filter(|folder| folder.parent == parent) {
        folder.order = if kind == EntryType::FOLDER && folder.id == id { order } else { moved(folder.order) };
    }
    for file in room.files.iter_mut().filter(|file| file.parent == parent) {
        file.order = if kind == EntryType::FILE && file.id == id { order } else { moved(file.order) };
    }
}

/// Moves several entries, one after the other. Only managers of the room may.
fn order_entries(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.Core.ApiModels.RequestDto.OrdersRequestDto`1[System.Int32]";
    let item = "ASC.Files.Core.ApiModels.RequestDto.OrdersItemRequestDto`1[System.Int32]";
    let mut form = call.form("", dto)?;
    let items = form.objects("items", item, |form| {
        let kind = form.plain_enum::<EntryType>("entryType", "ASC.Files.Core.FileEntryType");
        let id = form.int("entryId");
        let order = form.ranged("order", 0, 1, i64::from(i32::MAX));
        form.required(&["entryId", "entryType"], item);
        (EntryId { kind: kind.unwrap_or_default(), id: id.unwrap_or_default() }, order)
    });
    form.required(&["items"], dto);
    form.finish()?;
    let items = items.ok_or_else(|| Failure::null_argument("source"))?;
    let mut rooms = Vec::new();
    for (entry, _) in &items {
        let known = [EntryType::FOLDER, EntryType::FILE].contains(&entry.kind);
        let room = call.portal.rooms.room_with(*entry).filter(|_| known).ok_or_else(|| Missing::Item.failure())?;
        if !call.permissions(room).can_edit(room) {
            return Err(Failure::refused(Message::CannotPerform));
        }
        rooms.push(room.id);
    }
    for ((entry, order), room) in items.iter().zip(&rooms) {
        set(call, *room, entry.kind, entry.id, *order);
    }
    let mut all = Vec::new();
    for ((entry, order), room) in items.iter().zip(&rooms) {
        let mut view = view(call, *room, entry.kind, entry.id, *order)?;
        if let Some(members) = view.as_object_mut() {
            members.retain(|name, _| SHORT_FORM.contains(&name.as_str()));
        }
        all.push(view);
    }
    Ok(Reply::one(&all))
}

/// Numbers the entries of a room anew in their present order. The entries of its folders keep their
/// numbers.
fn reorder(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let room = call.room(Missing::Refused)?;
    if !call.permissions(room).can_edit(room) {
        return Err(Failure::refused(Message::CannotPerform));
    }
    let id = room.id;
    if let Some(room) = call.portal.rooms.get_mut(id).filter(|room| room.indexing) {
        room.renumber(id, |_, order| (0, order));
    }
    Ok(call.room_reply(id, AnswerKind::Changed))
}

/// The entry, with the order as it was sent.
fn view(call: &Call<'_>, room: i64, kind: EntryType, id: i64, order: i64) -> Result<Value, Failure> {
    let room = call.portal.rooms.around(room).ok_or_else(|| Missing::Item.failure())?;
    let views = views(call, room);
    let view = match kind {
        EntryType::FILE => room.files.iter().find(|file| file.id == id).map(|file| views.file(file)),
        _ => room.folder(id).map(|folder| views.folder(folder)),
    };
    let mut view = view.ok_or_else(|| Missing::Item.failure())?;
    if room.indexing {
        view["order"] = Value::from(order.to_string());
    }
    Ok(view)
}
