//! Deletes of folders and files inside rooms
//! (docs/portal/folders-and-files.md#deleting-a-folder-or-a-file).
//!
//! If `immediately` is false, a portal moves the entry to the caller's trash. The mock has no
//! trash, so it removes the entry from the room either way.

use crate::api::call::{Call, Missing};
use crate::api::contents::may_change;
use crate::api::routing::{Route, route};
use crate::state::operations::Task;
use crate::state::rooms::Area;
use crate::view::operation;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] =
    &[route("DELETE", "files/folder/{id}", delete_folder), route("DELETE", "files/file/{id}", delete_file)];

fn delete_folder(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let keep_record = delete_form(call, "Delete", "ASC.Files.Core.ApiModels.RequestDto.DeleteFolder")?;
    let id = call.id()?;
    // Rooms are deleted with another call, and root folders cannot be deleted.
    if call.portal.rooms.get(id).is_some() || Area::of_root(id).is_some() {
        return Err(Failure::denied());
    }
    let missing = || Failure::Thrown(Exception::FileNotFound, Message::FolderNotFound);
    let room = call.portal.rooms.room_with_folder(id).ok_or_else(missing)?;
    let folder = room.folder(id).ok_or_else(|| Missing::Folder.failure())?;
    if !may_change(call, room, folder.created_by) {
        return Err(Failure::denied());
    }
    Ok(start_delete(call, Task::Delete, id, keep_record))
}

fn delete_file(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let keep_record = delete_form(call, "File", "ASC.Files.Core.ApiModels.RequestDto.Delete")?;
    let id = call.id()?;
    let found = call.portal.rooms.room_with_file(id);
    let (room, file) = found.ok_or(Failure::Thrown(Exception::FileNotFound, Message::FileNotFound))?;
    if !may_change(call, room, file.created_by) {
        return Err(Failure::denied());
    }
    Ok(start_delete(call, Task::DeleteFile, id, keep_record))
}

/// Reads the body. Returns whether the finished record is kept until it is read.
fn delete_form(call: &Call<'_>, label: &str, dto: &str) -> Result<bool, Failure> {
    let mut form = call.form(label, dto)?;
    let delete_after = form.boolean("deleteAfter").unwrap_or(false);
    form.boolean("immediately");
    form.finish()?;
    Ok(!delete_after)
}

/// Starts a delete. The answer contains all deletes of the caller, the new one last, or only the
/// new one if the request asks for that (docs/portal/operations.md#whose-id-a-delete-returns).
fn start_delete(call: &mut Call<'_>, task: Task, id: i64, keep_record: bool) -> Reply {
    let single = call.query.text("ReturnSingleOperation").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let me = call.me();
    let started = call.start_operation(task, id, keep_record);
    let deletes = if single {
        vec![started]
    } else {
        call.portal.operations.read(me, |operation| operation.task.operation_type() == task.operation_type())
    };
    let views: Vec<_> = deletes.iter().map(|operation| operation::operation(call.portal, operation)).collect();
    Reply::one(&views)
}
