//! The cover or the picture of a room (docs/portal/tags-groups-logos-quotas.md#logos).

use serde::Serialize;

use crate::api::call::{Call, Missing};
use crate::api::rooms::settings;
use crate::api::routing::{Route, route};
use crate::covers;
use crate::state::people::Role;
use crate::view::folder::AnswerKind;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;
use crate::wire::multipart;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "files/rooms/covers", list_covers),
    route("POST", "files/rooms/{id}/cover", set_cover),
    route("POST", "files/logos", upload),
    route("POST", "files/rooms/{id}/logo", set_logo),
    route("DELETE", "files/rooms/{id}/logo", remove_logo),
];

/// Maximum number of uploaded pictures. A portal removes its temporary files too.
const MAX_UPLOADS: usize = 1_000;

/// A cover in the list of covers.
#[derive(Debug, Serialize)]
struct CoverView {
    id: &'static str,
    data: String,
}

fn list_covers(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if call.my_role() == Role::Guest {
        return Err(Failure::denied());
    }
    let all: Vec<CoverView> = covers::IDS.iter().map(|id| CoverView { id, data: covers::picture(id) }).collect();
    Ok(Reply::one(&all))
}

fn set_cover(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Cover", "ASC.Files.Core.ApiModels.RequestDto.CoverRequestDto")?;
    let color = form.text("color", None);
    let hex = |text: &str| matches!(text.len(), 0 | 3 | 6) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if color.as_deref().is_some_and(|color| !hex(color)) {
        form.add_rule_error("color", "Color must be a valid hex color (e.g., FF0000 or FFF)");
    }
    let cover = form.text("cover", Some(50));
    form.finish()?;
    let room = call.room(Missing::Record)?;
    if !call.permissions(room).can_edit(room) {
        return Err(Failure::refused(Message::CannotEditRoom));
    }
    let id = room.id;
    settings::check_cover(cover.as_deref())?;
    let (now, me) = (call.portal.now(), call.me());
    let mut kind = AnswerKind::Changed;
    if let Some(room) = call.portal.rooms.get_mut(id) {
        let before = (room.color.clone(), room.cover.clone());
        if let Some(color) = color.filter(|color| !color.is_empty()) {
            room.color = color;
        }
        if let Some(cover) = cover {
            room.cover = Some(cover).filter(|cover| !cover.is_empty());
        }
        if before != (room.color.clone(), room.cover.clone()) {
            // Unlike a change of settings, this call changes the date of the last change
            // (recording permissions/matrix).
            room.updated = now;
            room.updated_by = me;
            kind = AnswerKind::LogoChanged;
        }
    }
    Ok(call.room_reply(id, kind))
}

#[derive(Serialize)]
struct Upload {
    success: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// Uploads a picture in a multipart body. A body without a picture returns 200 and `success: false`
/// (docs/portal/tags-groups-logos-quotas.md#uploading-a-picture).
fn upload(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if !call.my_role().manages_rooms() {
        return Err(Failure::denied());
    }
    let Some(file) = multipart::first_file(call.request) else {
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
    if call.portal.uploads.len() > MAX_UPLOADS {
        call.portal.uploads.remove(0);
    }
    Ok(Reply::one(&Upload { success: true, data: Some(path), message: None }))
}

fn set_logo(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Logo", "ASC.Files.Core.ApiModels.RequestDto.LogoRequest")?;
    let file = settings::logo(&mut form).unwrap_or_default();
    form.finish()?;
    let room = call.room(Missing::Record)?;
    if !call.permissions(room).can_edit(room) {
        return Err(Failure::refused(Message::CannotEditRoom));
    }
    let (id, me) = (room.id, call.me());
    call.portal.set_picture(id, &file, me)?;
    Ok(call.room_reply(id, AnswerKind::LogoChanged))
}

/// Removes the picture. If the room has no picture, every caller gets the whole room
/// (docs/portal/permissions.md#calls-outside-that-table).
fn remove_logo(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let room = call.room(Missing::Record)?;
    let id = room.id;
    if room.picture.is_some() && !call.permissions(room).can_edit(room) {
        return Err(Failure::refused(Message::CannotEditRoom));
    }
    let (now, me) = (call.portal.now(), call.me());
    let Some(room) = call.portal.rooms.get_mut(id).filter(|room| room.picture.is_some()) else {
        return Ok(call.room_reply(id, AnswerKind::Changed));
    };
    room.picture = None;
    room.updated = now;
    room.updated_by = me;
    Ok(call.room_reply(id, AnswerKind::LogoChanged))
}
