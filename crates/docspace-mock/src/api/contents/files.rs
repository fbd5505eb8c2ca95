//! Reading, renaming and locking files, and their versions
//! (docs/portal/folders-and-files.md#reading-renaming-and-restoring-a-file).

use serde_json::Value;

use crate::api::call::Call;
use crate::api::contents::{file_of, file_reply, may_change, may_write, views};
use crate::api::routing::{Route, public, route};
use crate::state::access::Access;
use crate::state::content::File;
use crate::state::permissions::Permissions;
use crate::state::rooms::{Area, Room, stored_title};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    public("GET", "files/file/{id}", read),
    public("PUT", "files/file/{id}", update),
    public("GET", "files/file/{id}/history", history),
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
    let views = views(call, room);
    if !views.permissions.can_read(room) {
        return Err(cannot_view());
    }
    Ok(Reply::one(&views.single_file(file)))
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
            let old = file.earlier.iter().find(|one| one.version == restored).unwrap_or(file);
            let (size, date) = (old.size, old.created.format("%-m/%-d/%Y %-I:%M\u{202f}%p"));
            let comment = format!("Restored from the revision of {date}");
            file.add_version(size, &comment, now, me);
        }
    }
    let (room, file) = file_of(call, id)?;
    let views = views(call, room);
    let mut view = views.file(file);
    views.add_room(&mut view);
    Ok(Reply::one(&view))
}

/// Whether the caller may read the versions of a file.
fn may_read_history(permissions: Permissions) -> bool {
    permissions.manages() || matches!(permissions.role, Some(Access::CONTENT_CREATOR | Access::EDITING))
}

/// The versions of a file, the newest first.
fn history(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    // A missing file also fails with 403 (recording content/files).
    let (room, file): (&Room, &File) = file_of(call, id).map_err(|_| cannot_view())?;
    let views = views(call, room);
    if !may_read_history(views.permissions) {
        return Err(cannot_view());
    }
    let versions: Vec<Value> =
        std::iter::once(file).chain(file.earlier.iter().rev()).map(|version| views.recorded_file(version)).collect();
    Ok(Reply::one(&versions))
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
    let me = call.me();
    if let Some(file) = call.portal.rooms.file_mut(id) {
        if locks {
            file.locked_by = Some(me);
        } else if file.locked_by.take().is_some() {
            file.comment = Some("The file is unlocked".into());
        }
    }
    file_reply(call, id)
}
