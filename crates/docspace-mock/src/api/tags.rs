//! The tag catalog and the tags of a room
//! (docs/portal/tags-groups-logos-quotas.md#tag-catalog).

use crate::api::call::{Call, Missing};
use crate::api::contents;
use crate::api::routing::{Route, route};
use crate::collation::fold;
use crate::state::rooms::Room;
use crate::state::tags::stored;
use crate::view::folder::AnswerKind;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    route("POST", "files/tags", create),
    route("PUT", "files/tags", rename),
    route("GET", "files/tags", list),
    route("DELETE", "files/tags", delete),
    route("GET", "files/tags/{tagName}/haslinks", has_links),
    route("PUT", "files/rooms/{id}/tags", add_to_room),
    route("DELETE", "files/rooms/{id}/tags", remove_from_room),
];

const CREATE: &str = "ASC.Files.ApiModels.RequestDto.CreateTagRequestDto";
const UPDATE: &str = "ASC.Files.ApiModels.RequestDto.UpdateTagRequestDto";

fn create(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", CREATE)?;
    let name = form.text("name", Some(255));
    form.required(&["name"], CREATE);
    form.finish()?;
    if !call.my_role().manages_rooms() {
        return Err(Failure::denied());
    }
    let name = name.ok_or_else(|| Failure::null_argument("name"))?;
    if name.is_empty() {
        return Err(Failure::empty_argument("name"));
    }
    let tag = call.portal.tags.ensure(&name);
    // The portal returns the name that was sent, even if the database stores another one.
    Ok(Reply::one(if tag.name == stored(&name) { &name } else { &tag.name }))
}

fn rename(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", UPDATE)?;
    let old = form.text("oldName", Some(255));
    let new = form.text("newName", Some(255));
    form.required(&["oldName", "newName"], UPDATE);
    form.finish()?;
    if !call.my_role().is_admin() {
        return Err(Failure::denied());
    }
    let new = new.ok_or_else(|| Failure::null_argument("newName"))?;
    if new.is_empty() {
        return Err(Failure::empty_argument("newName"));
    }
    let old = old.unwrap_or_default();
    let tag = call.portal.tags.find(&old).map(|tag| tag.id).ok_or_else(|| Missing::Record.failure())?;
    if call.portal.tags.find(&new).is_some() {
        return Err(Failure::Thrown(Exception::Argument, Message::TagExists(new)));
    }
    call.portal.tags.rename(tag, &new);
    Ok(Reply::one(&new))
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let page = call.query.page();
    call.query.finish()?;
    let text = fold(call.query.text("filterValue").unwrap_or_default().trim());
    // A text with pattern characters of the database finds nothing, not even the same name
    // (docs/portal/dates-and-names.md#in-searches).
    let is_pattern = text.contains(['%', '_']);
    if page.start < 0 {
        let text = "You have an error in your SQL syntax near '-1'";
        return Err(Failure::Thrown(Exception::Database, Message::plain(text)));
    }
    let admin = call.my_role().is_admin();
    let mine =
        |id: u64| call.portal.rooms.iter().any(|room| room.tags.contains(&id) && call.permissions(room).can_read(room));
    let is_wanted = |name: &str| !is_pattern && fold(name).contains(&text);
    let shown = call.portal.tags.newest_first().filter(|tag| is_wanted(&tag.name) && (admin || mine(tag.id)));
    let mut names: Vec<&str> = shown.map(|tag| tag.name.as_str()).collect();
    if !admin {
        // Admins get the newest tags first, other callers sorted names (recording walks/005).
        names.sort_by_key(|name| fold(name));
    }
    let shown: Vec<&str> = page.of(names).collect();
    Ok(Reply::stream(&shown))
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let names = names(call, "", "ASC.Files.Core.ApiModels.RequestDto.BatchTagsRequestDto")?;
    if !call.my_role().is_admin() {
        return Err(Failure::denied());
    }
    for name in names.iter().flatten() {
        let Some(tag) = call.portal.tags.find(name).map(|tag| tag.id) else { continue };
        call.portal.tags.remove(tag);
        for room in call.portal.rooms.iter_mut() {
            room.tags.retain(|id| *id != tag);
        }
    }
    Ok(Reply::void())
}

/// Whether a room has the tag. The portal reads the name from the query and ignores the path
/// (recording tags/catalog).
fn has_links(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if !call.my_role().is_admin() {
        return Err(Failure::denied());
    }
    let name = call.query.text("tagName").unwrap_or_default();
    let tag = call.portal.tags.find(&name).ok_or_else(|| Missing::Record.failure())?;
    Ok(Reply::one(&call.portal.rooms.iter().any(|room| room.tags.contains(&tag.id))))
}

fn names(call: &Call<'_>, label: &str, dto: &str) -> Result<Vec<Option<String>>, Failure> {
    let mut form = call.form(label, dto)?;
    let names = form.texts("names");
    if names.is_none() {
        form.require_not_blank("names");
    }
    form.finish()?;
    Ok(names.unwrap_or_default())
}

/// The room in the path. Fails if the caller may not change its tags.
fn room_to_tag<'a>(call: &'a Call<'_>) -> Result<&'a Room, Failure> {
    let room = call.room(Missing::Record)?;
    if call.permissions(room).can_tag(room) { Ok(room) } else { Err(Failure::denied()) }
}

/// The answer for a folder inside a room: the folder, without tags. `None` if the id in the path is
/// not that of such a folder (docs/portal/rooms.md#room-calls-on-other-folders).
fn folder_to_tag(call: &Call<'_>) -> Result<Option<Reply>, Failure> {
    let Some(room) = contents::room_with_folder(call)? else { return Ok(None) };
    if !call.permissions(room).can_tag(room) {
        return Err(Failure::denied());
    }
    Ok(contents::folder_reply(call, call.id()?))
}

fn add_to_room(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let names = names(call, "BatchTags", "ASC.Files.Core.ApiModels.RequestDto.BatchTagsRequestDto")?;
    if let Some(folder) = folder_to_tag(call)? {
        return Ok(folder);
    }
    let id = room_to_tag(call)?.id;
    call.portal.add_tags(id, &names)?;
    Ok(call.room_reply(id, AnswerKind::Changed))
}

fn remove_from_room(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let names = names(call, "BatchTags", "ASC.Files.Core.ApiModels.RequestDto.BatchTagsRequestDto")?;
    if let Some(folder) = folder_to_tag(call)? {
        return Ok(folder);
    }
    let id = room_to_tag(call)?.id;
    let tags: Vec<u64> =
        names.iter().flatten().filter_map(|name| call.portal.tags.find(name)).map(|tag| tag.id).collect();
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.tags.retain(|tag| !tags.contains(tag));
    }
    Ok(call.room_reply(id, AnswerKind::Changed))
}
