//! Copies of a file under another title (docs/portal/folders-and-files.md#copy-as).

use crate::api::call::Call;
use crate::api::contents::{file_of, file_reply, may_read, may_write};
use crate::api::routing::{Route, route};
use crate::state::content::{File, extension_of, uploaded_title};
use crate::state::entries::EntryId;
use crate::state::rooms::stored_title;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::json::Value;

pub(in crate::api) const ROUTES: &[Route] = &[route("POST", "files/file/{id}/copyas", copy_as)];

/// Copies a file. Unlike an upload, the copy may have a title that exists.
fn copy_as(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Files.ApiModels.RequestDto.CopyAs`1[System.Text.Json.JsonElement]";
    let mut form = call.form("File", dto)?;
    let title = form.text("destTitle", None);
    let target = match form.raw("destFolderId") {
        Some(Value::Number(typed) | Value::Text(typed)) => typed.parse::<i32>().ok(),
        _ => None,
    };
    form.boolean("enableExternalExt");
    form.required(&["destTitle", "destFolderId"], dto);
    form.finish()?;
    let id = call.id()?;
    let (room, file) = file_of(call, id)?;
    let target = i64::from(target.ok_or_else(|| Failure::selector_not_found(""))?);
    let title = title.ok_or_else(|| Failure::null_argument("title"))?;
    if title.is_empty() {
        return Err(Failure::empty_argument("title"));
    }
    let destination = call.portal.rooms.around(target).ok_or_else(Failure::denied)?;
    if !may_read(call, room, EntryId::file(id)) || !may_write(call, destination) {
        return Err(Failure::denied());
    }
    call.portal.check_quota(destination, file.size)?;
    let title = uploaded_title(&stored_title(&title));
    // A copy with another extension has no comment (recording content/files).
    let same = extension_of(&title).eq_ignore_ascii_case(&file.extension());
    let (source, now, me) = (file.clone(), call.portal.now(), call.me());
    let copy = File {
        comment: same.then(|| "Created".to_owned()),
        dimensions: source.dimensions.filter(|_| same),
        ..File::new(call.portal.ids.file(), target, title, source.size, now, me)
    };
    let id = copy.id;
    if let Some(room) = call.portal.rooms.around_mut(target) {
        room.add_file(copy);
    }
    call.portal.rooms.note_save(target, now, me);
    call.portal.announce(id, me);
    file_reply(call, id)
}
