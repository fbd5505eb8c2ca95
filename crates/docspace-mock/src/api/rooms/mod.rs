//! Creating, reading, listing and changing rooms (docs/portal/rooms.md#creating-a-room).

pub(super) mod external_db;
mod filter;
pub(super) mod groups;
pub(super) mod index_export;
pub(super) mod lifecycle;
pub(super) mod links;
mod list;
pub(super) mod logo;
pub(super) mod members;
pub(super) mod owner;
pub(super) mod quota;
pub(super) mod settings;

use crate::api::call::{Call, Missing};
use crate::api::contents;
use crate::api::rooms::settings::RoomSettings;
use crate::api::routing::{Route, public, route};
use crate::numbered::Numbered as _;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, stored_title};
use crate::view::folder::{self, AnswerKind};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("POST", "files/rooms", create),
    route("GET", "files/rooms", list::list),
    public("GET", "files/rooms/{id}", read),
    route("PUT", "files/rooms/{id}", update),
    route("PUT", "files/rooms/{id}/pin", pin),
    route("PUT", "files/rooms/{id}/unpin", unpin),
];

const CREATE: &str = "ASC.Files.ApiModels.RequestDto.CreateRoomRequestDto";

/// Maximum number of rooms that a person can pin.
const MAX_PINNED: usize = 10;

fn create(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", CREATE)?;
    let title = form.text("title", Some(170));
    let room_type = form.named_enum::<RoomType>("roomType", RoomType::TYPE_NAME);
    let settings = RoomSettings::read(&mut form);
    let private = form.boolean("private").unwrap_or(false);
    let shares =
        form.objects("share", "ASC.Files.Core.ApiModels.RequestDto.FileShareParams", |share| share.guid("shareTo"));
    form.required(&["title", "roomType"], CREATE);
    form.finish()?;
    let room_type = room_type.unwrap_or_default();
    if room_type.name().is_none() {
        let text = format!(
            "Specified argument was out of the range of valid values. (Parameter 'roomType')\nActual value was {}.",
            room_type.number()
        );
        return Err(Failure::Thrown(Exception::ArgumentOutOfRange, Message::Plain(text)));
    }
    let title = title.ok_or_else(|| Failure::null_argument("title"))?;
    if title.trim().is_empty() {
        return Err(Failure::empty_argument("title"));
    }
    if private {
        check_encryption_keys(call, shares)?;
    }
    if !call.my_role().manages_rooms() {
        return Err(Failure::refused(Message::CannotCreate));
    }
    settings.check_cover()?;
    let me = call.me();
    let mut room = call.portal.new_room(stored_title(&title), room_type, me);
    room.private = private;
    settings.apply_settings(&mut room, call.portal);
    // In a create 0 means the default of the portal. In an update it is a quota of 0 bytes
    // (docs/portal/tags-groups-logos-quotas.md#quota-fields-of-a-room).
    room.quota = room.quota.filter(|quota| *quota != 0);
    room.lifetime = settings.initial_lifetime();
    call.portal.add_initial_links(&mut room, call.language);
    let id = room.id;
    call.portal.rooms.insert(room);
    // From here on the room exists, even if the call fails (docs/portal/rooms.md#creating-a-room).
    settings.apply_tags(id, call.portal)?;
    settings.apply_logo(id, call.portal, me)?;
    let kind = if settings.logo.is_some() { AnswerKind::CreatedWithLogo } else { AnswerKind::Created };
    Ok(call.room_reply(id, kind))
}

/// Fails if a private room is shared with a person, because no person of the mock has an encryption
/// key (docs/portal/rooms.md#private-rooms).
fn check_encryption_keys(call: &Call<'_>, shares: Option<Vec<Option<uuid::Uuid>>>) -> Result<(), Failure> {
    let shares = shares.ok_or_else(|| Failure::null_argument("shares"))?;
    let first = shares.into_iter().flatten().next();
    let name = first.and_then(|id| call.portal.people.get(id)).map(|person| person.display_name());
    name.map_or(Ok(()), |name| Err(Failure::refused(Message::NoEncryptionKey(name))))
}

pub(in crate::api) fn read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    if let Some(area) = Area::of_root(id) {
        if call.caller.person.is_none() {
            return Err(call.cannot_view());
        }
        return Ok(Reply::one(&folder::root(call.portal, area, call.caller.person, None).with_favorite()));
    }
    if call.portal.rooms.get(id).is_none()
        && let Some(inner) = contents::folder(call, id)
    {
        return inner;
    }
    if let Some(own) = contents::own_root(call, id) {
        return own;
    }
    let room = call.room(Missing::Folder)?;
    if !call.permissions(room).can_read(room) {
        return Err(call.cannot_view());
    }
    Ok(call.room_reply(id, AnswerKind::Single))
}

fn update(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("UpdateRoom", "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomRequest")?;
    let title = form.text("title", Some(170)).filter(|title| !title.trim().is_empty());
    let settings = RoomSettings::read(&mut form);
    form.finish()?;
    if let Some(room) = contents::room_with_folder(call)? {
        let may_edit = call.permissions(room).can_edit(room);
        return Err(if may_edit { Failure::null_reference() } else { Failure::refused(Message::CannotEditRoom) });
    }
    let room = call.room(Missing::Refused)?;
    if !call.permissions(room).can_edit(room) {
        return Err(Failure::refused(Message::CannotEditRoom));
    }
    call.portal.check_room_quota(settings.quota)?;
    settings.check_cover()?;
    let (id, now, me) = (room.id, call.portal.now(), call.me());
    let mut changed = room.clone();
    let room_before = (room.title.clone(), room.indexing);
    if let Some(title) = title.map(|title| stored_title(&title)).filter(|title| *title != room.title) {
        changed.title = title;
    }
    settings.apply_settings(&mut changed, call.portal);
    if changed.title != room_before.0 || changed.indexing != room_before.1 {
        // Other settings do not change the date of the last change (recordings permissions/matrix
        // and audit/room-history).
        changed.updated = now;
        changed.updated_by = me;
    }
    call.portal.rooms.insert(changed);
    settings.replace_tags(id, call.portal)?;
    settings.apply_logo(id, call.portal, me)?;
    Ok(call.room_reply(id, AnswerKind::Changed))
}

fn pin(call: &mut Call<'_>) -> Result<Reply, Failure> {
    set_pin(call, true)
}

fn unpin(call: &mut Call<'_>) -> Result<Reply, Failure> {
    set_pin(call, false)
}

fn set_pin(call: &mut Call<'_>, pinned: bool) -> Result<Reply, Failure> {
    if contents::room_with_folder(call)?.is_some() {
        return Err(Failure::refused(Message::CannotPin));
    }
    let room = call.room(Missing::Refused)?;
    if !call.permissions(room).can_pin(room) {
        return Err(Failure::refused(Message::CannotPin));
    }
    let (id, me) = (room.id, call.me());
    let mine = call.portal.rooms.iter().filter(|room| room.pinned_by.contains(&me)).count();
    if pinned && !room.pinned_by.contains(&me) && mine >= MAX_PINNED {
        return Err(Failure::refused(Message::CannotPin));
    }
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.pinned_by.retain(|person| *person != me);
        if pinned {
            room.pinned_by.push(me);
        }
    }
    Ok(call.room_reply(id, AnswerKind::Pinned))
}
