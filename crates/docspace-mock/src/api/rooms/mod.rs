//! Making, reading, listing and changing rooms (portal-facts 6.1 to 6.4, 9).

mod list;

use super::{Call, Missing, open, route};
use crate::look::{self, Look};
use crate::state::operations::Task;
use crate::state::rooms::{Area, stored_title};
use crate::state::sharing::ROOM_TYPES;
use crate::view::folder::{self, Seen};
use crate::wire::envelope::Reply;
use crate::wire::errors::{Fail, Kind};
use crate::wire::routing::Route;
use crate::wire::say::Say;

pub(super) const ROUTES: &[Route] = &[
    route("POST", "files/rooms", create),
    route("GET", "files/rooms", list::list),
    open("GET", "files/rooms/{id}", read),
    route("PUT", "files/rooms/{id}", update),
    route("PUT", "files/rooms/{id}/pin", pin),
    route("PUT", "files/rooms/{id}/unpin", unpin),
    route("PUT", "files/rooms/{id}/reorder", reorder),
    route("GET", "files/rooms/{id}/news", news),
    route("GET", "files/rooms/news", all_news),
];

const CREATE: &str = "ASC.Files.ApiModels.RequestDto.CreateRoomRequestDto";

/// A person may pin this many rooms.
const MOST_PINNED: usize = 10;

fn create(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("", CREATE)?;
    let title = form.text("title", Some(170));
    let room_type = form.named_enum("roomType", "ASC.Files.Core.ApiModels.RequestDto.RoomType", &ROOM_TYPES);
    let look = Look::read(&mut form);
    let private = form.boolean("private").unwrap_or(false);
    let shares =
        form.objects("share", "ASC.Files.Core.ApiModels.RequestDto.FileShareParams", |share| share.guid("shareTo"));
    form.required(&["title", "roomType"], CREATE);
    form.done()?;
    let room_type = room_type.unwrap_or_default();
    if !ROOM_TYPES.iter().any(|(_, number)| *number == room_type) {
        let text = format!(
            "Specified argument was out of the range of valid values. (Parameter 'roomType')\nActual value was {room_type}."
        );
        return Err(Fail::Thrown(Kind::ArgumentOutOfRange, Say::Plain(text)));
    }
    let title = title.ok_or_else(|| Fail::null_argument("title"))?;
    if title.trim().is_empty() {
        return Err(Fail::empty_argument("title"));
    }
    if private {
        encrypted(call, shares)?;
    }
    if !call.my_role().manages_rooms() {
        return Err(Fail::refused(Say::CannotCreate));
    }
    look.check_cover()?;
    let me = call.me();
    let mut room = look::blank(call.portal, stored_title(&title), room_type, me);
    room.private = private;
    look.apply_settings(&mut room, call.portal);
    // Here 0 is the portal's default; a change keeps it (portal-facts 6.1).
    room.quota = room.quota.filter(|quota| *quota != 0);
    look::first_links(&mut room, call.portal, call.language);
    let id = room.id;
    call.portal.rooms.insert(room);
    // From here on the room exists, whatever fails (portal-facts 6.1).
    look.apply_tags(id, call.portal)?;
    look.apply_logo(id, call.portal, me)?;
    Ok(call.written_with_tags(id, Seen::Created, look.tags.as_deref().unwrap_or_default()))
}

/// A private room needs keys of everybody it is shared with; nobody here has one.
fn encrypted(call: &Call<'_>, shares: Option<Vec<Option<uuid::Uuid>>>) -> Result<(), Fail> {
    let shares = shares.ok_or_else(|| Fail::null_argument("shares"))?;
    let first = shares.into_iter().flatten().next();
    let name = first.and_then(|id| call.portal.people.get(id)).map(|person| person.display_name());
    name.map_or(Ok(()), |name| Err(Fail::refused(Say::NoEncryptionKey(name))))
}

fn read(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let id = call.id()?;
    if let Some(area) = Area::ALL.into_iter().find(|area| area.root() == id) {
        if call.caller.person.is_none() {
            return Err(Fail::Thrown(Kind::Authentication, Say::plain("System error.")));
        }
        return Ok(Reply::one(&folder::root(call.portal, area, call.caller.person, false).read_alone()));
    }
    if call.portal.rooms.get(id).is_none()
        && let Some(inner) = super::contents::folder(call, id)
    {
        return inner;
    }
    let room = call.room(Missing::Folder)?;
    if !call.standing(room).can_read(room) {
        return Err(match call.caller.person {
            None => Fail::Thrown(Kind::Authentication, Say::plain("System error.")),
            Some(_) => Fail::refused(Say::CannotViewFolder),
        });
    }
    Ok(call.written(id, Seen::One))
}

fn update(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut form = call.form("UpdateRoom", "ASC.Files.Core.ApiModels.RequestDto.UpdateRoomRequest")?;
    let title = form.text("title", Some(170)).filter(|title| !title.trim().is_empty());
    let look = Look::read(&mut form);
    form.done()?;
    let room = call.room(Missing::Refused)?;
    if !call.standing(room).can_edit(room) {
        return Err(Fail::refused(Say::CannotEditRoom));
    }
    look.check_cover()?;
    let (id, now, me) = (room.id, call.portal.now(), call.me());
    let mut changed = room.clone();
    if let Some(title) = title.map(|title| stored_title(&title)).filter(|title| *title != room.title) {
        // Only a new title counts as a change of the room [R permissions/matrix].
        changed.title = title;
        changed.updated = now;
        changed.updated_by = me;
    }
    look.apply_settings(&mut changed, call.portal);
    call.portal.rooms.insert(changed);
    look.replace_tags(id, call.portal)?;
    look.apply_logo(id, call.portal, me)?;
    Ok(call.written_with_tags(id, Seen::Written, look.tags.as_deref().unwrap_or_default()))
}

fn pin(call: &mut Call<'_>) -> Result<Reply, Fail> {
    set_pin(call, true)
}

fn unpin(call: &mut Call<'_>) -> Result<Reply, Fail> {
    set_pin(call, false)
}

fn set_pin(call: &mut Call<'_>, pinned: bool) -> Result<Reply, Fail> {
    let room = call.room(Missing::Refused)?;
    if !call.standing(room).can_pin(room) {
        return Err(Fail::refused(Say::CannotPin));
    }
    let (id, me) = (room.id, call.me());
    let mine = call.portal.rooms.iter().filter(|room| room.pinned_by.contains(&me)).count();
    if pinned && !room.pinned_by.contains(&me) && mine >= MOST_PINNED {
        return Err(Fail::refused(Say::CannotPin));
    }
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.pinned_by.retain(|who| *who != me);
        if pinned {
            room.pinned_by.push(me);
        }
    }
    Ok(call.written(id, Seen::Pinned))
}

fn reorder(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let room = call.room(Missing::Refused)?;
    if !call.standing(room).can_edit(room) {
        return Err(Fail::refused(Say::CannotPerform));
    }
    let id = room.id;
    Ok(call.written(id, Seen::Written))
}

fn news(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let room = call.room(Missing::Folder)?;
    if !call.standing(room).can_read(room) {
        return Err(Fail::denied());
    }
    let id = room.id;
    Ok(nothing_new(call, id))
}

fn all_news(call: &mut Call<'_>) -> Result<Reply, Fail> {
    Ok(nothing_new(call, Area::Active.root()))
}

/// There never is news here; and without news the portal marks the folder as read, which is an operation
/// that shows up in the caller's list [R permissions/matrix].
fn nothing_new(call: &mut Call<'_>, folder: i64) -> Reply {
    super::life::start(call, Task::MarkAsRead, folder, true);
    Reply::list::<()>(&[])
}
