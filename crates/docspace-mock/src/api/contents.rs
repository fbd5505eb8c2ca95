//! Folders and small files inside rooms: as much as templates and deletes need to have something to do
//! [R templates/with-files]. Contents of files are not kept.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::routing::{Route, route};
use crate::state::access::Access;
use crate::state::entries::FolderType;
use crate::state::operations::Task;
use crate::state::rooms::{Area, File, Room, SubFolder, stored_title};
use crate::view::folder::{self, AnswerKind};
use crate::view::{content, operation};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::multipart;

pub(super) const ROUTES: &[Route] = &[
    route("POST", "files/folder/{id}", create_folder),
    route("POST", "files/{id}/upload", upload),
    route("GET", "files/{id}", list),
    route("DELETE", "files/folder/{id}", delete_folder),
    route("DELETE", "files/file/{id}", delete_file),
];

/// The room that a folder is, or lies in.
fn room_of<'a>(call: &'a Call<'_>, id: i64) -> Result<&'a Room, Failure> {
    let found = call.portal.rooms.get(id).or_else(|| call.portal.rooms.around(id));
    found.ok_or_else(|| Missing::Folder.failure())
}

/// Who may put something into a room.
pub(super) fn may_write(call: &Call<'_>, room: &Room) -> bool {
    let standing = call.standing(room);
    room.area == Area::Active && (standing.manages() || standing.role == Some(Access::CONTENT_CREATOR))
}

/// A folder inside a room, which GET rooms/{id} reads like a room (portal-facts 6.3).
pub(super) fn folder(call: &Call<'_>, id: i64) -> Option<Result<Reply, Failure>> {
    let room = call.portal.rooms.around(id)?;
    let inner = room.folders.iter().find(|folder| folder.id == id)?;
    if !call.standing(room).can_read(room) {
        return Some(Err(call.cannot_view()));
    }
    let mut view = content::folder(call.portal, room, inner, may_write(call, room));
    view["isFavorite"] = Value::from(false);
    Some(Ok(Reply::one(&view)))
}

fn create_folder(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Folder", "ASC.Files.Core.ApiModels.RequestDto.CreateFolder")?;
    let title = form.text("title", Some(165)).unwrap_or_default();
    form.done()?;
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
    let file = File {
        id: call.portal.ids.file(),
        parent,
        title: stored_title(&part.file_name),
        size: i64::try_from(part.content.len()).unwrap_or(i64::MAX),
        created: call.portal.now(),
        created_by: call.me(),
    };
    let Some(room) = call.portal.rooms.get_mut(room) else { return Err(Missing::Folder.failure()) };
    room.files.push(file.clone());
    let room = room.clone();
    Ok(Reply::one(&[content::file(call.portal, &room, &file, true)]))
}

/// `GET files/{x}` takes whatever has one segment (portal-facts 1.1): the doc samples' `files/room` lands here.
fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    if let Some(area) = Area::of_root(id) {
        let current = folder::root(call.portal, area, call.caller.person, true);
        let path = json!([{"id": area.root(), "title": area.title(), "folderType": area.folder_type()}]);
        let rooms = call.portal.rooms.in_area(area).filter(|room| call.standing(room).can_read(room));
        let folders: Vec<_> =
            rooms.map(|room| folder::room(call.portal, room, call.viewer(), AnswerKind::Listed)).collect();
        return Ok(contents(&[], &json!(folders), &json!(current), &path));
    }
    let room = room_of(call, id)?;
    if !call.standing(room).can_read(room) {
        return Err(Failure::refused(Message::CannotViewFolder));
    }
    let writes = may_write(call, room) || (room.area == Area::Templates && call.standing(room).can_edit(room));
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
    if inner.is_some() && call.standing(room).passes_on(room) {
        current["isShareable"] = Value::from(true);
    }
    let mut path = Vec::new();
    if !call.standing(room).anonymous {
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
    let hold = delete_form(call, "Delete", "ASC.Files.Core.ApiModels.RequestDto.DeleteFolder")?;
    let id = call.id()?;
    let missing = Failure::Thrown(Exception::FileNotFound, Message::FolderNotFound);
    let may = match call.portal.rooms.around(id) {
        Some(room) => {
            let made_by = room.folders.iter().find(|folder| folder.id == id).map(|folder| folder.created_by);
            may_remove(call, room, made_by)
        }
        // Rooms and roots are folders too, but are deleted with another call or not at all.
        None if call.portal.rooms.get(id).is_some() || Area::of_root(id).is_some() => false,
        None => return Err(missing),
    };
    if !may {
        return Err(Failure::denied());
    }
    Ok(delete_started(call, Task::Delete, id, hold))
}

/// Removes a file from its room, as [`delete_folder`] does with a folder.
fn delete_file(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let hold = delete_form(call, "File", "ASC.Files.Core.ApiModels.RequestDto.Delete")?;
    let id = call.id()?;
    let found = call.portal.rooms.with_file(id);
    let (room, file) = found.ok_or(Failure::Thrown(Exception::FileNotFound, Message::FileNotFound))?;
    if !may_remove(call, room, Some(file.created_by)) {
        return Err(Failure::denied());
    }
    Ok(delete_started(call, Task::DeleteFile, id, hold))
}

/// Reads the form. Returns whether the finished record is kept until it is read.
fn delete_form(call: &Call<'_>, label: &str, dto: &str) -> Result<bool, Failure> {
    let mut form = call.form(label, dto)?;
    let delete_after = form.boolean("deleteAfter").unwrap_or(false);
    form.boolean("immediately");
    form.done()?;
    Ok(!delete_after)
}

/// Managers of the room may remove anything from it; people with write access may remove only what
/// they created.
fn may_remove(call: &Call<'_>, room: &Room, made_by: Option<Uuid>) -> bool {
    let own = made_by == Some(call.me());
    room.area == Area::Active && (call.standing(room).manages() || own && may_write(call, room))
}

/// Answers with all of the caller's deletes, the new one last, or with the new one alone if the
/// request asks for that [R operations/own-delete-id].
fn delete_started(call: &mut Call<'_>, task: Task, id: i64, hold: bool) -> Reply {
    let single = call.query.text("ReturnSingleOperation").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let me = call.me();
    let started = call.start_operation(task, id, hold);
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
