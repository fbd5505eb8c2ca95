//! Folders and files inside rooms, as far as templates and deletes need them (recording
//! templates/with-files). The mock does not store the content of files.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::routing::{Route, public, route};
use crate::state::access::Access;
use crate::state::entries::FolderType;
use crate::state::operations::Task;
use crate::state::rooms::{Area, File, Room, SubFolder, stored_title};
use crate::view::folder::{self, AnswerKind, RoomViews};
use crate::view::{content, operation};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::multipart;

pub(super) const ROUTES: &[Route] = &[
    route("POST", "files/folder/{id}", create_folder),
    route("POST", "files/{id}/upload", upload),
    public("GET", "files/{id}", list),
    route("DELETE", "files/folder/{id}", delete_folder),
    route("DELETE", "files/file/{id}", delete_file),
];

/// The room with this id, or the room that contains the folder with this id.
fn room_of<'a>(call: &'a Call<'_>, id: i64) -> Result<&'a Room, Failure> {
    let found = call.portal.rooms.get(id).or_else(|| call.portal.rooms.room_with_folder(id));
    found.ok_or_else(|| Missing::Folder.failure())
}

/// The room around the folder in the path, if the id in the path belongs to a folder inside a room
/// (docs/portal/rooms.md#room-calls-on-other-folders).
pub(super) fn room_with_folder<'a>(call: &'a Call<'_>) -> Result<Option<&'a Room>, Failure> {
    let id = call.id()?;
    Ok(call.portal.rooms.room_with_folder(id))
}

/// Whether the caller may change the content of a room.
pub(super) fn may_write(call: &Call<'_>, room: &Room) -> bool {
    let permissions = call.permissions(room);
    room.area == Area::Active && (permissions.manages() || permissions.role == Some(Access::CONTENT_CREATOR))
}

/// The answer of `GET rooms/{id}` for a folder inside a room
/// (docs/portal/rooms.md#room-calls-on-other-folders).
pub(super) fn folder(call: &Call<'_>, id: i64) -> Option<Result<Reply, Failure>> {
    let room = call.portal.rooms.room_with_folder(id)?;
    let inner = room.folders.iter().find(|folder| folder.id == id)?;
    if !call.permissions(room).can_read(room) {
        return Some(Err(call.cannot_view()));
    }
    let mut view = content::folder(call.portal, room, inner, may_write(call, room));
    view["isFavorite"] = Value::from(false);
    Some(Ok(Reply::one(&view)))
}

/// The answer of a change of a folder inside a room, which is the folder.
pub(super) fn folder_reply(call: &Call<'_>, id: i64) -> Option<Reply> {
    let room = call.portal.rooms.room_with_folder(id)?;
    let inner = room.folders.iter().find(|folder| folder.id == id)?;
    Some(Reply::one(&content::folder(call.portal, room, inner, may_write(call, room))))
}

fn create_folder(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Folder", "ASC.Files.Core.ApiModels.RequestDto.CreateFolder")?;
    let title = form.text("title", Some(165)).unwrap_or_default();
    form.finish()?;
    let parent = call.id()?;
    let room = room_of(call, parent)?;
    if !may_write(call, room) {
        return Err(Failure::refused(Message::CannotCreate));
    }
    let room = room.id;
    let title = if title.trim().is_empty() { "New folder".to_owned() } else { stored_title(&title) };
    let (id, created, created_by) = (call.portal.ids.folder(), call.portal.now(), call.me());
    let made = SubFolder { id, parent, title, created, created_by, system_type: FolderType::DEFAULT };
    let Some(room) = call.portal.rooms.get_mut(room) else { return Err(Missing::Folder.failure()) };
    room.folders.push(made.clone());
    let room = room.clone();
    Ok(Reply::one(&content::folder(call.portal, &room, &made, true)))
}

fn upload(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let parent = call.id()?;
    let room = room_of(call, parent)?;
    if !may_write(call, room) {
        return Err(Failure::refused(Message::CannotCreate));
    }
    let room = room.id;
    let Some(part) = multipart::first_file(call.request) else { return Ok(Reply::one(&[(); 0])) };
    let size = i64::try_from(part.content.len()).unwrap_or(i64::MAX);
    if let Some(room) = call.portal.rooms.get(room) {
        call.portal.check_quota(room, size)?;
    }
    let file = File {
        id: call.portal.ids.file(),
        parent,
        title: stored_title(&part.file_name),
        size,
        created: call.portal.now(),
        created_by: call.me(),
    };
    let Some(room) = call.portal.rooms.get_mut(room) else { return Err(Missing::Folder.failure()) };
    room.files.push(file.clone());
    let room = room.clone();
    Ok(Reply::one(&[content::file(call.portal, &room, &file, true)]))
}

/// Lists a folder. Paths such as `files/room`, with any one segment after `files`, are also calls
/// to list a folder (docs/portal/requests-and-answers.md#addresses).
fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if call.caller.person.is_none() && call.parameter("id").parse::<i32>().is_err() {
        // The other folders, such as `files/@my`, belong to a person.
        return Err(Failure::Empty(401));
    }
    let id = call.id()?;
    if let Some(area) = Area::of_root(id).filter(|_| call.caller.person.is_some()) {
        let path = json!([{"id": area.root(), "title": area.title(), "folderType": area.folder_type()}]);
        let viewer = call.viewer();
        let is_listed = |room: &&Room| call.portal.permissions(room, viewer.person, viewer.link).can_read(room);
        let rooms = call.portal.rooms.in_area(area).filter(is_listed);
        let mut views = RoomViews::new(call.portal, viewer, AnswerKind::Listed);
        let folders: Vec<_> = rooms.map(|room| views.of(room)).collect();
        let current = folder::root(call.portal, area, viewer.person, Some(folders.len()));
        return Ok(contents(&[], &json!(folders), &json!(current), &path));
    }
    let room = room_of(call, id)?;
    if !call.permissions(room).can_read(room) {
        return Err(Failure::refused(Message::CannotViewFolder));
    }
    let writes = may_write(call, room) || (room.area == Area::Templates && call.permissions(room).can_edit(room));
    let files: Vec<Value> = room
        .files
        .iter()
        .filter(|file| file.parent == id)
        .map(|file| content::file(call.portal, room, file, writes))
        .collect();
    let folders: Vec<Value> = room
        .folders
        .iter()
        .filter(|folder| folder.parent == id)
        .map(|folder| content::folder(call.portal, room, folder, writes))
        .collect();
    let inner = room.folders.iter().find(|folder| folder.id == id);
    let mut current = match inner {
        Some(inner) => content::folder(call.portal, room, inner, writes),
        None => json!(folder::room(call.portal, room, call.viewer(), AnswerKind::Opened)),
    };
    if inner.is_some() && call.permissions(room).can_share_content(room) {
        current["isShareable"] = Value::from(true);
    }
    let mut path = Vec::new();
    if !call.permissions(room).anonymous {
        let root = room.area;
        path.push(json!({"id": root.root(), "title": root.title(), "folderType": root.folder_type()}));
    }
    let kind = room.room_type.folder_type();
    path.push(json!({"id": room.id, "title": room.title, "roomType": room.room_type, "folderType": kind}));
    path.extend(
        room.path_to(id)
            .into_iter()
            .map(|inner| json!({"id": inner.id, "title": inner.title, "folderType": FolderType::DEFAULT})),
    );
    Ok(contents(&files, &json!(folders), &current, &json!(path)))
}

/// Removes a folder from its room. If `immediately` is false, a portal moves the folder to the
/// caller's trash. The mock has no trash, so it removes the folder from the room either way.
fn delete_folder(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let keep_record = delete_form(call, "Delete", "ASC.Files.Core.ApiModels.RequestDto.DeleteFolder")?;
    let id = call.id()?;
    let missing = Failure::Thrown(Exception::FileNotFound, Message::FolderNotFound);
    let may = match call.portal.rooms.room_with_folder(id) {
        Some(room) => {
            let created_by = room.folders.iter().find(|folder| folder.id == id).map(|folder| folder.created_by);
            may_remove(call, room, created_by)
        }
        // Rooms are deleted with another call, and root folders cannot be deleted.
        None if call.portal.rooms.get(id).is_some() || Area::of_root(id).is_some() => false,
        None => return Err(missing),
    };
    if !may {
        return Err(Failure::denied());
    }
    Ok(start_delete(call, Task::Delete, id, keep_record))
}

/// Removes a file from its room in every case, as [`delete_folder`] does with a folder.
fn delete_file(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let keep_record = delete_form(call, "File", "ASC.Files.Core.ApiModels.RequestDto.Delete")?;
    let id = call.id()?;
    let found = call.portal.rooms.room_with_file(id);
    let (room, file) = found.ok_or(Failure::Thrown(Exception::FileNotFound, Message::FileNotFound))?;
    if !may_remove(call, room, Some(file.created_by)) {
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

/// Managers of the room may remove anything from it; people with write access may remove only what
/// they created.
fn may_remove(call: &Call<'_>, room: &Room, created_by: Option<Uuid>) -> bool {
    let own = created_by == Some(call.me());
    room.area == Area::Active && (call.permissions(room).manages() || own && may_write(call, room))
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

fn contents(files: &[Value], folders: &Value, current: &Value, path: &Value) -> Reply {
    let count = files.len() + folders.as_array().map_or(0, Vec::len);
    Reply::one(&json!({
        "files": files,
        "folders": folders,
        "current": current,
        "pathParts": path,
        "startIndex": 0,
        "count": count,
        "total": count,
        "new": 0,
    }))
}
