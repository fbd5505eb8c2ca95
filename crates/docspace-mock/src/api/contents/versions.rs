//! The versions of a file (docs/portal/folders-and-files.md#versions).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::contents::{file_of, may_write, views};
use crate::api::routing::{Route, public, route};
use crate::state::access::Access;
use crate::state::content::File;
use crate::state::permissions::Permissions;
use crate::state::rooms::Room;
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    public("GET", "files/file/{id}/history", history),
    route("PUT", "files/file/{id}/history", change_history),
    route("GET", "files/file/{id}/edit/history", edit_history),
    route("PUT", "files/file/{id}/comment", comment),
    route("POST", "files/file/{id}/restoreversion", restore_version),
];

/// Whether the caller may read the versions of a file.
fn may_read_history(permissions: Permissions) -> bool {
    permissions.manages() || matches!(permissions.role, Some(Access::CONTENT_CREATOR | Access::EDITING))
}

fn cannot_view() -> Failure {
    Failure::refused(Message::plain("You don't have enough permission to view the file"))
}

/// All versions of a file, newest first.
fn versions(file: &File) -> impl DoubleEndedIterator<Item = &File> {
    std::iter::once(file).chain(file.earlier.iter().rev())
}

/// A file of the caller's rooms whose versions the caller may change.
fn changeable<'a>(call: &'a Call<'_>) -> Result<(&'a Room, &'a File), Failure> {
    let (room, file) = file_of(call, call.id()?)?;
    if may_write(call, room) { Ok((room, file)) } else { Err(Failure::denied()) }
}

/// The versions of a file, newest first.
fn history(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    // A missing file also fails with 403 (recording content/files).
    let (room, file): (&Room, &File) = file_of(call, id).map_err(|_| cannot_view())?;
    let views = views(call, room);
    if !may_read_history(views.permissions) {
        return Err(cannot_view());
    }
    Ok(Reply::one(&versions(file).map(|version| views.recorded_file(version)).collect::<Vec<Value>>()))
}

/// Begins a new version group, or continues the one before, which the answers do not show.
fn change_history(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.ChangeHistory";
    let mut form = call.form("File", dto)?;
    let version = form.int("version").unwrap_or_default();
    form.boolean("continueVersion");
    form.required(&["version"], dto);
    form.finish()?;
    let (room, file) = changeable(call)?;
    if !versions(file).any(|one| one.version == version) {
        return Err(Failure::Thrown(Exception::FileNotFound, Message::FileNotFound));
    }
    let views = views(call, room);
    Ok(Reply::one(&versions(file).map(|version| views.recorded_file(version)).collect::<Vec<Value>>()))
}

/// The versions as editors list them, oldest first.
fn edits(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    let keys = call.portal.ids.hex(32);
    let (_, file) = file_of(call, id)?;
    let edit = |one: &File| {
        let name = call.portal.people.get(one.updated_by).map(|person| person.display_name()).unwrap_or_default();
        json!({
            "id": one.id,
            "key": format!("{keys}_{}", one.version),
            "version": one.version,
            "versionGroup": one.version,
            "user": {"id": one.updated_by, "name": name},
            "created": dates::write(dates::whole_seconds(one.updated), call.portal.zone),
            "changes": [],
        })
    };
    Ok(Reply::one(&versions(file).rev().map(edit).collect::<Vec<_>>()))
}

fn edit_history(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (room, _) = file_of(call, call.id()?)?;
    if !may_read_history(call.permissions(room)) {
        return Err(Failure::denied());
    }
    edits(call)
}

/// Sets the comment of a version, and returns it.
fn comment(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.UpdateComment";
    let mut form = call.form("File", dto)?;
    let version = form.int("version").unwrap_or_default();
    let comment = form.text("comment", Some(255)).unwrap_or_default();
    form.required(&["version"], dto);
    form.finish()?;
    let id = changeable(call)?.1.id;
    let file = call.portal.rooms.file_mut(id).ok_or_else(|| Failure::not_found(Message::FileNotFound))?;
    let found =
        if file.version == version { Some(file) } else { file.earlier.iter_mut().find(|one| one.version == version) };
    found.ok_or_else(|| Failure::refused(Message::FileNotFound))?.comment = Some(comment.clone());
    Ok(Reply::one(&comment))
}

/// Restores a version. An unknown version restores the current one (recording content/files).
fn restore_version(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let version = call.query.int("version").unwrap_or_default();
    call.query.finish()?;
    let id = changeable(call)?.1.id;
    let (now, me) = (call.portal.now(), call.me());
    if let Some(file) = call.portal.rooms.file_mut(id) {
        restore(file, version, now, me);
    }
    edits(call)
}

/// Adds a version with the content of an earlier one, or of the current one if there is no such
/// version.
pub(super) fn restore(file: &mut File, version: i64, now: DateTime<Utc>, by: Uuid) {
    let old = file.earlier.iter().find(|one| one.version == version).unwrap_or(file);
    let content = old.content.clone();
    let (size, date) = (old.size, old.created.format("%-m/%-d/%Y %-I:%M\u{202f}%p"));
    let comment = format!("Restored from the revision of {date}");
    file.add_version(size, &comment, now, by);
    file.content = content;
}
