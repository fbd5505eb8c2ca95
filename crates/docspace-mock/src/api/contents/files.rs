//! Reading, renaming, restoring and locking files
//! (docs/portal/folders-and-files.md#reading-renaming-and-restoring-a-file).

use serde_json::Value;

use crate::api::call::Call;
use crate::api::contents::{file_of, may_change, may_read, may_write, versions, views};
use crate::api::routing::{Route, public, route};
use crate::state::content::File;
use crate::state::entries::EntryId;
use crate::state::marks::MarkKind;
use crate::state::rooms::{Area, stored_title};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    public("GET", "files/file/{id}", read),
    public("PUT", "files/file/{id}", update),
    route("PUT", "files/file/{id}/lock", lock),
];

fn cannot_view() -> Failure {
    Failure::refused(Message::plain("You don't have enough permission to view the file"))
}

fn read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let version = call.query.int("version").unwrap_or(-1);
    call.query.finish()?;
    let id = call.id()?;
    let (room, file) = file_of(call, id)?;
    let wanted = if version == -1 || version == file.version {
        Some(file)
    } else {
        file.earlier.iter().find(|one| one.version == version)
    };
    let file = wanted.ok_or_else(|| Failure::not_found(Message::FileNotFound))?;
    if !may_read(call, room, EntryId::file(id)) {
        return Err(cannot_view());
    }
    Ok(Reply::one(&views(call, room).single_file(file)))
}

/// Renames a file, which keeps its extension, and restores an earlier version.
fn update(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("File", "ASC.Files.Core.ApiModels.RequestDto.UpdateFile")?;
    let title = form.text("title", Some(165)).filter(|title| !title.trim().is_empty());
    let restored = form.number("lastVersion").unwrap_or(0);
    form.finish()?;
    let id = call.id()?;
    let (room, file) = file_of(call, id)?;
    let locked = file.locked_by.is_some_and(|person| Some(person) != call.caller.person);
    if !may_change(call, room, file.created_by) || locked {
        return Err(Failure::denied());
    }
    if restored != 0 && restored == file.version {
        let text = "The new version cannot be the same as the current one";
        return Err(Failure::Thrown(Exception::Argument, Message::plain(text)));
    }
    let (now, me) = (call.portal.now(), call.me());
    if let Some(file) = call.portal.rooms.file_mut(id) {
        if let Some(title) = title {
            let extension = file.extension();
            let mut title = stored_title(&title);
            if !title.to_lowercase().ends_with(&extension) {
                title += &extension;
            }
            if file.title != title {
                file.title = title;
                file.updated = now;
                file.updated_by = me;
            }
        }
        if restored != 0 {
            versions::restore(file, restored, now, me);
        }
    }
    let (room, file) = file_of(call, id)?;
    let views = views(call, room);
    let mut view = views.file(file);
    views.add_room(&mut view, file.parent);
    views.add_last_opened(&mut view, EntryId::file(id));
    Ok(Reply::one(&view))
}

fn lock(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("File", "ASC.Files.Core.ApiModels.RequestDto.LockFile")?;
    let locks = form.boolean("lockFile").unwrap_or(false);
    form.finish()?;
    let id = call.id()?;
    let (room, file) = file_of(call, id)?;
    let foreign = file.locked_by.is_some_and(|person| Some(person) != call.caller.person);
    let may = room.area == Area::Active && may_write(call, room) && (!foreign || call.permissions(room).manages());
    if !may {
        let text = "You do not have enough permissions to edit the file";
        return Err(Failure::refused(Message::plain(text)));
    }
    let (me, now, entry, comment) = (call.me(), call.portal.now(), EntryId::file(id), file.comment.clone());
    let opened = call.portal.marks.latest(me, entry);
    if let Some(file) = call.portal.rooms.file_mut(id) {
        if locks {
            file.locked_by = Some(me);
            call.portal.marks.set(me, entry, MarkKind::Lock, now);
        } else if file.locked_by.take().is_some() {
            file.comment = Some("The file is unlocked".into());
            call.portal.marks.remove_all(entry, MarkKind::Lock);
        }
    }
    // The answer shows the comment and the marks from before the change (recording content/files).
    let (room, file) = file_of(call, id)?;
    let mut view = views(call, room).file(&File { comment, ..file.clone() });
    if let Some(at) = opened {
        view["lastOpened"] = Value::from(dates::write(dates::whole_seconds(at), call.portal.zone));
    }
    Ok(Reply::one(&view))
}
