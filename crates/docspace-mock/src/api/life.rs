//! Archiving, restoring and deleting rooms: calls that start an operation (portal-facts 6.5, 6.6).

use super::{Call, Missing, contents, route};
use crate::state::operations::{Operation, Task};
use crate::state::rooms::Area;
use crate::view;
use crate::wire::envelope::Reply;
use crate::wire::errors::{Fail, Kind};
use crate::wire::routing::Route;
use crate::wire::say::Say;
use uuid::Uuid;

pub(super) const ROUTES: &[Route] = &[
    route("PUT", "files/rooms/{id}/archive", archive),
    route("PUT", "files/rooms/{id}/unarchive", unarchive),
    route("DELETE", "files/rooms/{id}", delete),
];

fn archive(call: &mut Call<'_>) -> Result<Reply, Fail> {
    move_to(call, Area::Archive)
}

fn unarchive(call: &mut Call<'_>) -> Result<Reply, Fail> {
    move_to(call, Area::Active)
}

/// `deleteAfter` of the body: whether the finished record is kept for reading.
fn holds(call: &Call<'_>, label: &str, dto: &str) -> Result<bool, Fail> {
    let mut form = call.form(label, dto)?;
    let delete_after = form.boolean("deleteAfter").unwrap_or(false);
    form.done()?;
    Ok(!delete_after)
}

fn move_to(call: &mut Call<'_>, area: Area) -> Result<Reply, Fail> {
    let hold = holds(call, "ArchiveRoom", "ASC.Files.Core.ApiModels.RequestDto.ArchiveRoomRequest")?;
    let room = call.room(Missing::Folder)?;
    let standing = call.standing(room);
    if !standing.can_read(room) {
        return Err(Fail::refused(Say::CannotViewFolder));
    }
    if room.area == Area::Templates {
        return Err(Missing::Record.fail());
    }
    if !standing.can_move(room) {
        return Err(Fail::denied());
    }
    let id = room.id;
    let operation = start(call, Task::Move(area), id, hold);
    Ok(Reply::one(&view::operation::operation(call.portal, &operation)))
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let hold = holds(call, "DeleteRoom", "ASC.Files.Core.ApiModels.RequestDto.DeleteRoomRequest")?;
    let id = call.id()?;
    let may = match call.portal.rooms.get(id) {
        Some(room) => call.standing(room).can_delete(room),
        None => may_delete_folder(call, id)?,
    };
    if !may {
        return Err(Fail::denied());
    }
    start(call, Task::Delete, id, hold);
    // The answer is the caller's first delete, which may be an older one, and reading it uses it up
    // (portal-facts 8.1, [R operations/parallel]).
    let me = call.me();
    let deletes = call.portal.operations.read(me, |operation| operation.task.number() == Task::Delete.number());
    let first = deletes.first().map(|operation| view::operation::operation(call.portal, operation));
    Ok(Reply::maybe(first.as_ref()))
}

/// Any folder is as good as a room: gone with all that is in it (portal-facts 6.5).
fn may_delete_folder(call: &Call<'_>, id: i64) -> Result<bool, Fail> {
    let missing = Fail::Thrown(Kind::FileNotFound, Say::FolderNotFound);
    let room = call.portal.rooms.around(id).ok_or(missing)?;
    let folder = room.folders.iter().find(|folder| folder.id == id);
    // The folders that the portal made for a room stay with it.
    let own = |made_by: Uuid| contents::may_write(call, room) && made_by == call.me();
    let manages = room.area == Area::Active && call.standing(room).manages();
    Ok(folder.is_some_and(|folder| folder.system_type == 0 && (manages || own(folder.created_by))))
}

/// Hands a task to the worker.
pub(super) fn start(call: &mut Call<'_>, task: Task, folder: i64, hold: bool) -> Operation {
    let (id, now, me) = (call.portal.ids.guid(), call.portal.now(), call.me());
    let operation = call.portal.operations.start(id, task, me, folder, hold, now);
    if call.portal.to_be_lost > 0 {
        call.portal.to_be_lost -= 1;
        call.portal.operations.lose(id);
    }
    operation
}
