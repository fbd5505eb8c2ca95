//! Creating, reading and renaming folders
//! (docs/portal/folders-and-files.md#creating-and-renaming-a-folder).

use serde_json::{Value, json};

use crate::api::call::{Call, Missing};
use crate::api::contents::{folder_reply, may_change, may_read, may_write, room_of, views};
use crate::api::rooms;
use crate::api::routing::{Route, public, route};
use crate::collation::natural_key;
use crate::state::content::SubFolder;
use crate::state::entries::EntryId;
use crate::state::rooms::{Area, stored_title};
use crate::view::content::{EntryViews, without_sharer};
use crate::view::folder::{self, AnswerKind};
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "files/folder/{id}", create),
    public("GET", "files/folder/{id}", rooms::read),
    route("PUT", "files/folder/{id}", rename),
    route("GET", "files/folder/{id}/path", path),
    route("GET", "files/{id}/subfolders", subfolders),
];

/// Reads the title of a new or renamed folder.
fn title(call: &Call<'_>) -> Result<Option<String>, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.CreateFolder";
    let mut form = call.form("Folder", dto)?;
    let title = form.text("title", Some(165));
    form.required(&["title"], dto);
    form.finish()?;
    Ok(title)
}

fn create(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let title = title(call)?;
    let parent = call.id()?;
    // The title is checked before the rights (recording walks/105).
    let title = title.ok_or_else(|| Failure::null_argument("title"))?;
    if title.trim().is_empty() {
        return Err(Failure::empty_argument("title"));
    }
    if Area::of_root(parent).is_some() {
        return Err(Failure::refused(Message::CannotCreate));
    }
    let room = room_of(call, parent, Missing::Refused)?;
    if !may_write(call, room) {
        return Err(Failure::refused(Message::CannotCreate));
    }
    let (id, now, me) = (call.portal.ids.folder(), call.portal.now(), call.me());
    let made = SubFolder::new(id, parent, stored_title(&title), now, me);
    if let Some(room) = call.portal.rooms.around_mut(parent) {
        room.add_folder(made);
    }
    folder_reply(call, id).ok_or_else(|| Missing::Folder.failure())
}

/// Unlike `PUT rooms/{id}`, this call stores an empty title
/// (docs/portal/folders-and-files.md#creating-and-renaming-a-folder).
fn rename(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let title = stored_title(&title(call)?.unwrap_or_default());
    let id = call.id()?;
    let refused = || Failure::refused(Message::plain("You don't have enough permission to rename the folder"));
    if Area::of_root(id).is_some() {
        return Err(refused());
    }
    let room = room_of(call, id, Missing::Folder)?;
    let may = match room.folder(id) {
        None if room.area.is_personal() => false,
        Some(folder) => may_change(call, room, folder.created_by),
        None => call.permissions(room).can_edit(room),
    };
    if !may {
        return Err(refused());
    }
    let (now, me) = (call.portal.now(), call.me());
    if let Some(folder) = call.portal.rooms.folder_mut(id).filter(|folder| folder.title != title) {
        folder.title.clone_from(&title);
        folder.updated = now;
        folder.updated_by = me;
    }
    if let Some(room) = call.portal.rooms.get_mut(id).filter(|room| room.title != title) {
        room.title = title;
        room.touch(id, now, me);
    }
    Ok(folder_reply(call, id).unwrap_or_else(|| call.room_reply(id, AnswerKind::Changed)))
}

/// Folders in an answer. The first one does not name who shared it (recording content/folders).
fn entries(views: &EntryViews<'_>, folders: Vec<&SubFolder>) -> Vec<Value> {
    let mut all: Vec<Value> = folders.into_iter().map(|folder| views.folder(folder)).collect();
    if let Some(first) = all.first_mut() {
        *first = without_sharer(first.take());
    }
    all
}

/// The folders of one level, by title. The rooms of a root folder are not listed.
fn subfolders(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    let room = room_of(call, id, Missing::Folder)?;
    if !may_read(call, room, EntryId::folder(id)) {
        return Err(call.cannot_view());
    }
    let views = views(call, room);
    let mut inner: Vec<&SubFolder> = room.folders.iter().filter(|folder| folder.parent == id).collect();
    inner.sort_by_cached_key(|folder| natural_key(&folder.title));
    Ok(Reply::one(&entries(&views, inner)))
}

/// The folders from the root to the folder, which are whole folders.
fn path(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    if let Some(area) = Area::of_root(id) {
        return Ok(Reply::one(&[folder::root(call.portal, area, call.caller.person, None)]));
    }
    let room = room_of(call, id, Missing::Folder)?;
    if !may_read(call, room, EntryId::folder(id)) {
        return Err(call.cannot_view());
    }
    let views = views(call, room);
    let mut path: Vec<Value> = if room.area.is_personal() {
        vec![folder::own(call.portal, room, false)]
    } else {
        let root = folder::root(call.portal, room.area, call.caller.person, None);
        let mut view = json!(folder::room(call.portal, room, call.viewer(), AnswerKind::Changed));
        // A room in a path does not show that it is shared (recordings content/folders and
        // walks/105).
        for name in ["shared", "sharedForUser", "sharedExternal"] {
            view[name] = Value::from(false);
        }
        vec![json!(root), view]
    };
    path.extend(entries(&views, room.path_to(id)));
    Ok(Reply::one(&path))
}
