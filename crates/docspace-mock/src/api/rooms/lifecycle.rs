//! Archiving, restoring and deleting rooms (docs/portal/rooms.md#archiving-and-restoring,
//! docs/portal/rooms.md#deleting-a-room).

use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::contents;
use crate::api::routing::{Route, route};
use crate::state::entries::FolderType;
use crate::state::operations::{OperationType, Task};
use crate::state::rooms::Area;
use crate::view;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("PUT", "files/rooms/{id}/archive", archive),
    route("PUT", "files/rooms/{id}/unarchive", unarchive),
    route("DELETE", "files/rooms/{id}", delete),
];

fn archive(call: &mut Call<'_>) -> Result<Reply, Failure> {
    move_to(call, Area::Archive)
}

fn unarchive(call: &mut Call<'_>) -> Result<Reply, Failure> {
    move_to(call, Area::Active)
}

/// Reads the body. Returns whether the finished record is kept until it is read.
fn keeps_record(call: &Call<'_>, label: &str, dto: &str) -> Result<bool, Failure> {
    let mut form = call.form(label, dto)?;
    let delete_after = form.boolean("deleteAfter").unwrap_or(false);
    form.finish()?;
    Ok(!delete_after)
}

fn move_to(call: &mut Call<'_>, area: Area) -> Result<Reply, Failure> {
    let keep_record = keeps_record(call, "ArchiveRoom", "ASC.Files.Core.ApiModels.RequestDto.ArchiveRoomRequest")?;
    if contents::room_with_folder(call)?.is_some() {
        return Err(Failure::denied());
    }
    let room = call.room(Missing::Folder)?;
    let permissions = call.permissions(room);
    if !permissions.can_read(room) {
        return Err(Failure::refused(Message::CannotViewFolder));
    }
    if room.area == Area::Templates {
        return Err(Missing::Record.failure());
    }
    if !permissions.can_move(room) {
        return Err(Failure::denied());
    }
    let id = room.id;
    let operation = call.start_operation(Task::Move(area), id, keep_record);
    Ok(Reply::one(&view::operation::operation(call.portal, &operation)))
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let keep_record = keeps_record(call, "DeleteRoom", "ASC.Files.Core.ApiModels.RequestDto.DeleteRoomRequest")?;
    let id = call.id()?;
    let may = match call.portal.rooms.get(id) {
        Some(room) => call.permissions(room).can_delete(room),
        None => may_delete_folder(call, id)?,
    };
    if !may {
        return Err(Failure::denied());
    }
    let me = call.me();
    call.start_operation(Task::Delete, id, keep_record);
    // The answer contains the caller's first delete, which may be an older one, and removes
    // finished records as a listing does (docs/portal/operations.md#whose-id-a-delete-returns).
    let deletes = call.portal.operations.read(me, |operation| operation.task.operation_type() == OperationType::DELETE);
    let first = deletes.first().map(|operation| view::operation::operation(call.portal, operation));
    Ok(Reply::maybe(first.as_ref()))
}

/// Whether the caller may delete a folder with this call, which accepts folders as well as rooms
/// (docs/portal/rooms.md#deleting-a-room).
fn may_delete_folder(call: &Call<'_>, id: i64) -> Result<bool, Failure> {
    let missing = Failure::Thrown(Exception::FileNotFound, Message::FolderNotFound);
    let room = call.portal.rooms.room_with_folder(id).ok_or(missing)?;
    let folder = room.folders.iter().find(|folder| folder.id == id);
    // Folders that the portal created in a room cannot be deleted.
    let own = |created_by: Uuid| contents::may_write(call, room) && created_by == call.me();
    let manages = room.area == Area::Active && call.permissions(room).manages();
    Ok(folder.is_some_and(|folder| folder.system_type == FolderType::DEFAULT && (manages || own(folder.created_by))))
}
