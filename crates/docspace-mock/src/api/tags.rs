//! The tag catalogue, the tags of a room, and what a room looks like: covers and pictures
//! (portal-facts 6.9 to 6.11).

use super::{Call, Missing, route};
use crate::collation::fold;
use crate::covers::{self, CoverView};
use crate::look;
use crate::state::rooms::Room;
use crate::state::tags::stored;
use crate::view::folder::Seen;
use crate::wire::envelope::Reply;
use crate::wire::errors::{Fail, Kind};
use crate::wire::routing::Route;
use crate::wire::say::Say;
use serde::Serialize;

/// A portal sweeps its temporary files; the mock keeps the last ones.
const MOST_UPLOADS: usize = 1_000;

pub(super) const ROUTES: &[Route] = &[
    route("POST", "files/tags", create),
    route("PUT", "files/tags", rename),
    route("GET", "files/tags", list),
    route("DELETE", "files/tags", delete),
    route("GET", "files/tags/{tagName}/haslinks", has_links),
    route("PUT", "files/rooms/{id}/tags", put_on),
    route("DELETE", "files/rooms/{id}/tags", take_off),
    route("GET", "files/rooms/covers", list_covers),
    route("POST", "files/rooms/{id}/cover", set_cover),
    route("POST", "files/logos", upload),
    route("POST", "files/rooms/{id}/logo", set_logo),
    route("DELETE", "files/rooms/{id}/logo", remove_logo),
];

const CREATE: &str = "ASC.Files.ApiModels.RequestDto.CreateTagRequestDto";
const UPDATE: &str = "ASC.Files.ApiModels.RequestDto.UpdateTagRequestDto";

fn create(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("", CREATE)?;
    let name = form.text("name", Some(255));
    form.required(&["name"], CREATE);
    form.done()?;
    if !call.my_role().manages_rooms() {
        return Err(Fail::denied());
    }
    let name = name.ok_or_else(|| Fail::null_argument("name"))?;
    if name.is_empty() {
        return Err(Fail::empty_argument("name"));
    }
    let tag = call.portal.tags.ensure(&name);
    // The portal answers with the name that was sent, even if the database stores another.
    Ok(Reply::one(if tag.name == stored(&name) { &name } else { &tag.name }))
}

fn rename(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("", UPDATE)?;
    let old = form.text("oldName", Some(255));
    let new = form.text("newName", Some(255));
    form.required(&["oldName", "newName"], UPDATE);
    form.done()?;
    if !call.my_role().is_admin() {
        return Err(Fail::denied());
    }
    let new = new.ok_or_else(|| Fail::null_argument("newName"))?;
    if new.is_empty() {
        return Err(Fail::empty_argument("newName"));
    }
    let old = old.unwrap_or_default();
    let tag = call.portal.tags.find(&old).map(|tag| tag.id).ok_or_else(|| Missing::Record.fail())?;
    if call.portal.tags.find(&new).is_some() {
        return Err(Fail::Thrown(Kind::Argument, Say::TagExists(new)));
    }
    call.portal.tags.rename(tag, &new);
    Ok(Reply::one(&new))
}

fn list(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let count = call.query.ranged("count", 100, 1, 100);
    let start = call.query.int("startIndex").unwrap_or(0);
    call.query.done()?;
    let text = fold(call.query.text("filterValue").unwrap_or_default().trim());
    // A name that the database reads as a pattern finds nothing, not even itself [R tags/names-compared].
    let is_pattern = text.contains(['%', '_']);
    let skip = usize::try_from(start).map_err(|_| {
        let text = "You have an error in your SQL syntax near '-1'";
        Fail::Thrown(Kind::Database, Say::plain(text))
    })?;
    let admin = call.my_role().is_admin();
    let mine =
        |id: u64| call.portal.rooms.iter().any(|room| room.tags.contains(&id) && call.standing(room).can_read(room));
    let is_meant = |name: &str| !is_pattern && fold(name).contains(&text);
    let shown = call.portal.tags.newest_first().filter(|tag| is_meant(&tag.name) && (admin || mine(tag.id)));
    let mut names: Vec<&str> = shown.map(|tag| tag.name.as_str()).collect();
    if !admin {
        // Admins get the newest first, others the names in order [R walks/005].
        names.sort_by_key(|name| fold(name));
    }
    let page: Vec<&str> = names.into_iter().skip(skip).take(usize::try_from(count).unwrap_or(100)).collect();
    Ok(Reply::stream(&page))
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let names = names(call, "", "ASC.Files.Core.ApiModels.RequestDto.BatchTagsRequestDto")?;
    if !call.my_role().is_admin() {
        return Err(Fail::denied());
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

/// The name is read from the query alone; the path is decoration [R tags/catalogue].
fn has_links(call: &mut Call<'_>) -> Result<Reply, Fail> {
    if !call.my_role().is_admin() {
        return Err(Fail::denied());
    }
    let name = call.query.text("tagName").unwrap_or_default();
    let tag = call.portal.tags.find(&name).ok_or_else(|| Missing::Record.fail())?;
    Ok(Reply::one(&call.portal.rooms.iter().any(|room| room.tags.contains(&tag.id))))
}

fn names(call: &Call<'_>, label: &str, dto: &str) -> Result<Vec<Option<String>>, Fail> {
    let mut form = call.form(label, dto)?;
    let names = form.texts("names");
    if names.is_none() {
        form.needed("names");
    }
    form.done()?;
    Ok(names.unwrap_or_default())
}

/// The room of the path, if the caller may tag it.
fn taggable<'a>(call: &'a Call<'_>) -> Result<&'a Room, Fail> {
    let room = call.room(Missing::Record)?;
    if call.standing(room).can_tag(room) { Ok(room) } else { Err(Fail::denied()) }
}

fn put_on(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let names = names(call, "BatchTags", "ASC.Files.Core.ApiModels.RequestDto.BatchTagsRequestDto")?;
    let id = taggable(call)?.id;
    look::add_tags(call.portal, id, &names)?;
    Ok(call.written_with_tags(id, Seen::Written, &names))
}

fn take_off(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let names = names(call, "BatchTags", "ASC.Files.Core.ApiModels.RequestDto.BatchTagsRequestDto")?;
    let id = taggable(call)?.id;
    let tags: Vec<u64> =
        names.iter().flatten().filter_map(|name| call.portal.tags.find(name)).map(|tag| tag.id).collect();
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.tags.retain(|tag| !tags.contains(tag));
    }
    look::drop_unused(call.portal, &tags);
    Ok(call.written(id, Seen::Written))
}

fn list_covers(call: &mut Call<'_>) -> Result<Reply, Fail> {
    if call.my_role() == crate::state::people::Role::Guest {
        return Err(Fail::denied());
    }
    let all: Vec<CoverView> = covers::IDS.iter().map(|id| CoverView { id, data: covers::picture(id) }).collect();
    Ok(Reply::one(&all))
}

fn set_cover(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("Cover", "ASC.Files.Core.ApiModels.RequestDto.CoverRequestDto")?;
    let color = form.text("color", None);
    let hex = |text: &str| matches!(text.len(), 0 | 3 | 6) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if color.as_deref().is_some_and(|color| !hex(color)) {
        form.rule("color", "Color must be a valid hex color (e.g., FF0000 or FFF)");
    }
    let cover = form.text("cover", Some(50));
    form.done()?;
    let room = call.room(Missing::Record)?;
    if !call.standing(room).can_edit(room) {
        return Err(Fail::refused(Say::CannotEditRoom));
    }
    let id = room.id;
    if cover.as_deref().is_some_and(|cover| !cover.is_empty() && !covers::is_known(cover)) {
        return Err(Fail::unexpected_argument("icon"));
    }
    let (now, me) = (call.portal.now(), call.me());
    if let Some(room) = call.portal.rooms.get_mut(id) {
        // Unlike a change of settings, this counts as one of the room [R permissions/matrix].
        room.updated = now;
        room.updated_by = me;
        if let Some(color) = color.filter(|color| !color.is_empty()) {
            room.color = color;
        }
        if let Some(cover) = cover {
            room.cover = Some(cover).filter(|cover| !cover.is_empty());
        }
    }
    Ok(call.written(id, Seen::Written))
}

#[derive(Serialize)]
struct Upload {
    success: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// A picture as a part of a form, whatever the part is called; no picture is a 200 that says so.
fn upload(call: &mut Call<'_>) -> Result<Reply, Fail> {
    if !call.my_role().manages_rooms() {
        return Err(Fail::denied());
    }
    let Some(file) = crate::wire::multipart::first_file(call.request) else {
        return Ok(Reply::one(&Upload { success: false, data: None, message: None }));
    };
    let starts: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"];
    if !starts.iter().any(|start| file.content.starts_with(start)) {
        let message = "no decode delegate for this image format `' @ error/blob.c/BlobToImage/482".to_owned();
        return Ok(Reply::one(&Upload { success: false, data: None, message: Some(message) }));
    }
    let me = call.me();
    let name = format!("{}_{me}.png", call.portal.ids.guid());
    let path = format!("/storage/room_logos/logos_temp/{name}");
    call.portal.uploads.push((name, me));
    if call.portal.uploads.len() > MOST_UPLOADS {
        call.portal.uploads.remove(0);
    }
    Ok(Reply::one(&Upload { success: true, data: Some(path), message: None }))
}

fn set_logo(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("Logo", "ASC.Files.Core.ApiModels.RequestDto.LogoRequest")?;
    let file = look::logo(&mut form).unwrap_or_default();
    form.done()?;
    let room = call.room(Missing::Record)?;
    if !call.standing(room).can_edit(room) {
        return Err(Fail::refused(Say::CannotEditRoom));
    }
    let (id, me) = (room.id, call.me());
    look::set_picture(call.portal, id, &file, me)?;
    Ok(call.written(id, Seen::Written))
}

/// Without a picture there is nothing to refuse: anybody gets the room, whole (portal-facts 6.0).
fn remove_logo(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let room = call.room(Missing::Record)?;
    let id = room.id;
    if room.picture.is_some() && !call.standing(room).can_edit(room) {
        return Err(Fail::refused(Say::CannotEditRoom));
    }
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.picture = None;
    }
    Ok(call.written(id, Seen::Written))
}
