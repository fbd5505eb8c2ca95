//! Favorites and recently opened files
//! (docs/portal/folders-and-files.md#favorites-recent-files-and-thumbnails).

use crate::api::call::Call;
use crate::api::contents::{file_of, may_read, views};
use crate::api::routing::{Route, route};
use crate::state::entries::EntryId;
use crate::state::marks::MarkKind;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "files/favorites", |call| set_many(call, true)),
    route("DELETE", "files/favorites", |call| set_many(call, false)),
    route("GET", "files/favorites/{id}", toggle),
    route("POST", "files/file/{id}/recent", add_recent),
    route("DELETE", "files/recent", remove_recent),
    route("POST", "files/thumbnails", thumbnails),
];

/// Reads the ids of folders and files. Other text than a number is skipped.
fn entries(call: &Call<'_>) -> Result<Vec<EntryId>, Failure> {
    let mut form = call.form("", "ASC.Files.Core.ApiModels.RequestDto.BaseBatchRequestDto")?;
    let ids = |ids: Option<Vec<String>>| ids.unwrap_or_default().into_iter().filter_map(|id| id.parse::<i64>().ok());
    let folders = form.folder_ids("folderIds");
    let files = form.folder_ids("fileIds");
    form.finish()?;
    Ok(ids(folders).map(EntryId::folder).chain(ids(files).map(EntryId::file)).collect())
}

/// Adds an entry to the favorites of the caller, or removes it. Entries that the caller may not
/// read are skipped.
fn set(call: &mut Call<'_>, entry: EntryId, favorite: bool) {
    let (me, now) = (call.me(), call.portal.now());
    if !favorite {
        call.portal.marks.remove(me, entry, MarkKind::Favorite);
    } else if call.portal.rooms.room_with(entry).is_some_and(|room| may_read(call, room, entry)) {
        call.portal.marks.set(me, entry, MarkKind::Favorite, now);
    }
}

fn set_many(call: &mut Call<'_>, favorite: bool) -> Result<Reply, Failure> {
    for entry in entries(call)? {
        set(call, entry, favorite);
    }
    Ok(Reply::one(&true))
}

/// Sets whether a file is a favorite, and returns the value.
fn toggle(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let favorite = call.query.boolean("favorite").unwrap_or(false);
    call.query.finish()?;
    let id = call.id()?;
    set(call, EntryId::file(id), favorite);
    Ok(Reply::one(&favorite))
}

/// Adds a file to the caller's recent files, which the mock does not list.
fn add_recent(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    let (room, file) = file_of(call, id)?;
    if !may_read(call, room, EntryId::file(id)) {
        return Err(Failure::refused(Message::plain("You don't have enough permission to view the file")));
    }
    Ok(Reply::one(&views(call, room).single_file(file)))
}

fn remove_recent(call: &mut Call<'_>) -> Result<Reply, Failure> {
    entries(call)?;
    Ok(Reply::no_content())
}

/// The portal makes thumbnails in the background. The answer repeats the ids.
fn thumbnails(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let ids: Vec<i64> = entries(call)?.into_iter().map(|entry| entry.id).collect();
    Ok(Reply::one(&ids))
}
