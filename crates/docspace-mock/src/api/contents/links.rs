//! The links of folders and files inside rooms, and who else has access to them
//! (docs/portal/links.md#links-of-folders-and-files).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::rooms::links::{self as room_links, LinkRequest};
use crate::api::rooms::members;
use crate::api::routing::{Route, public, route};
use crate::auth::password;
use crate::state::access::Access;
use crate::state::entries::{EntryId, EntryType};
use crate::state::links::{Link, LinkKind, LinkType};
use crate::state::people::Role;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::view::share;
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    public("GET", "files/folder/{id}/link", |call| primary(call, EntryType::FOLDER)),
    public("GET", "files/file/{id}/link", |call| primary(call, EntryType::FILE)),
    route("POST", "files/folder/{id}/link", |call| create_primary(call, EntryType::FOLDER)),
    route("POST", "files/file/{id}/link", |call| create_primary(call, EntryType::FILE)),
    route("GET", "files/folder/{id}/links", |call| list(call, EntryType::FOLDER)),
    route("GET", "files/file/{id}/links", |call| list(call, EntryType::FILE)),
    route("PUT", "files/folder/{id}/links", |call| set(call, EntryType::FOLDER)),
    route("PUT", "files/file/{id}/links", |call| set(call, EntryType::FILE)),
    route("GET", "files/folder/{id}/share", |call| shares(call, EntryType::FOLDER)),
    route("GET", "files/file/{id}/share", |call| shares(call, EntryType::FILE)),
    route("PUT", "files/folder/{id}/share", |call| share(call, EntryType::FOLDER)),
    route("PUT", "files/file/{id}/share", |call| share(call, EntryType::FILE)),
];

/// Maximum number of additional links of an entry.
fn max_links(room: &Room) -> usize {
    if room.room_type == RoomType::PUBLIC { 5 } else { 6 }
}

/// The entry in the path, and the room around it.
fn entry<'a>(call: &'a Call<'_>, kind: EntryType) -> Result<(EntryId, &'a Room), Failure> {
    let entry = EntryId { kind, id: call.id()? };
    let room = call.portal.rooms.room_with(entry).ok_or_else(|| Missing::Item.failure())?;
    Ok((entry, room))
}

/// Whether the folder in the path is a room. The calls then concern the links of the room.
fn is_room(call: &Call<'_>, kind: EntryType) -> Result<bool, Failure> {
    Ok(kind == EntryType::FOLDER && call.portal.rooms.get(call.id()?).is_some())
}

/// Fails unless the caller may change the links of the entry.
fn check_rights(call: &Call<'_>, room: &Room) -> Result<(), Failure> {
    if call.permissions(room).can_edit(room) { Ok(()) } else { Err(Failure::denied()) }
}

/// Whether the portal makes a link with this access level. It ignores the levels of editors for
/// files, because it has no document service, and fails for the other levels.
fn takes(room: &Room, kind: EntryType, access: Access) -> Result<bool, Failure> {
    let refused = Err(Failure::refused(Message::RoleNotAvailable));
    if room.room_type == RoomType::FILLING_FORMS || room.area == Area::Templates {
        return refused;
    }
    match kind {
        _ if access == Access::NONE => Ok(true),
        EntryType::FILE if access == Access::READ => Ok(true),
        EntryType::FILE if matches!(access, Access::READ_WRITE | Access::RESTRICT) => refused,
        EntryType::FILE => Ok(false),
        _ if room.room_type.share_rights().contains(&access) => Ok(true),
        _ => refused,
    }
}

/// Whether links in the room need an account: all in a VirtualData room, and none in a Public room.
fn is_internal(room: &Room, wanted: bool) -> bool {
    match room.room_type {
        RoomType::VIRTUAL_DATA => true,
        RoomType::PUBLIC => false,
        _ => wanted,
    }
}

fn reply(call: &Call<'_>, entry: EntryId, link: &Link) -> Reply {
    let room = call.portal.rooms.room_with(entry);
    let view = room.map(|room| share::link(call.portal, room, link, call.permissions(room).can_edit(room), true));
    Reply::maybe(view.as_ref())
}

/// Returns the primary link, and creates it if it is missing.
fn primary(call: &mut Call<'_>, kind: EntryType) -> Result<Reply, Failure> {
    if is_room(call, kind)? {
        return room_links::primary(call);
    }
    let (entry, room) = entry(call, kind)?;
    check_rights(call, room)?;
    first_primary(call, entry, Access::READ, None)
}

/// The first primary link of an entry, which is created with these settings if it is missing.
fn first_primary(call: &mut Call<'_>, entry: EntryId, access: Access, title: Option<String>) -> Result<Reply, Failure> {
    let links = call.portal.entry_links.of(entry);
    if let Some(link) = links.into_iter().find(|link| link.kind == LinkKind::Primary) {
        return Ok(reply(call, entry, link));
    }
    let room = call.portal.rooms.room_with(entry).ok_or_else(|| Missing::Item.failure())?;
    if !takes(room, entry.kind, access)? {
        return Ok(Reply::void());
    }
    let internal = is_internal(room, false);
    let title = title.unwrap_or_else(|| Message::SharedLink.in_language(call.language));
    let id = call.portal.ids.guid();
    let link = Link { internal, ..call.portal.new_link(id, LinkKind::Primary, title, access) };
    call.portal.entry_links.set(entry, link.clone());
    Ok(reply(call, entry, &link))
}

/// Opens the body of a call with the settings of a link.
fn link_form(call: &Call<'_>, kind: EntryType) -> Result<(LinkRequest, bool), Failure> {
    let (label, dto) = match kind {
        EntryType::FILE => ("File", "ASC.Files.Core.ApiModels.RequestDto.FileLinkRequest"),
        _ => ("FolderLink", "ASC.Files.Core.ApiModels.RequestDto.FolderLinkRequest"),
    };
    let mut form = call.form(label, dto)?;
    let wanted = LinkRequest::read_external(&mut form, call.portal.zone);
    let primary = form.boolean("primary").unwrap_or(false);
    form.finish()?;
    Ok((wanted, primary))
}

/// The title in the body counts for folders only (recording links/folders-and-files).
fn create_primary(call: &mut Call<'_>, kind: EntryType) -> Result<Reply, Failure> {
    let (wanted, _) = link_form(call, kind)?;
    if is_room(call, kind)? {
        return room_links::primary(call);
    }
    let (entry, room) = entry(call, kind)?;
    check_rights(call, room)?;
    let access = if wanted.access == Access::NONE { Access::READ } else { wanted.access };
    first_primary(call, entry, access, wanted.title.filter(|_| kind == EntryType::FOLDER))
}

/// Creates, updates or revokes a link. Unlike a room, an entry may have several primary links.
fn set(call: &mut Call<'_>, kind: EntryType) -> Result<Reply, Failure> {
    let (wanted, primary) = link_form(call, kind)?;
    if is_room(call, kind)? {
        return room_links::apply(call, wanted);
    }
    let (entry, room) = entry(call, kind)?;
    check_rights(call, room)?;
    if !takes(room, kind, wanted.access)? {
        return Ok(Reply::void());
    }
    if wanted.access == Access::NONE {
        call.portal.entry_links.remove(entry, wanted.id);
        return Ok(Reply::void());
    }
    let existing = call.portal.entry_links.get(entry, wanted.id).cloned();
    let asked = if primary { LinkKind::Primary } else { LinkKind::External };
    let kind = existing.as_ref().map_or(asked, |link| link.kind);
    let additional = |link: &&Link| link.kind == LinkKind::External;
    let count = call.portal.entry_links.of(entry).into_iter().filter(additional).count();
    let max = max_links(room);
    if existing.is_none() && kind == LinkKind::External && count >= max {
        return Err(Failure::refused(Message::TooManyLinks(max)));
    }
    let internal = is_internal(room, wanted.internal);
    let permanent = kind == LinkKind::Primary && room.room_type == RoomType::PUBLIC;
    let expires = wanted.external_expiry(call.portal.now())?.filter(|_| !permanent);
    if let Some(password) = &wanted.password {
        password::check(password)?;
    }
    let known = existing.unwrap_or_else(|| new_link(call, kind, wanted.id));
    let title = wanted.title.unwrap_or_else(|| Message::SharedLink.in_language(call.language));
    let link = Link {
        title,
        access: wanted.access,
        expires,
        internal,
        password: wanted.password,
        deny_download: wanted.deny_download,
        ..known
    };
    // This answer has the date as it was sent. The portal stores whole seconds.
    let stored = Link { expires: link.expires.map(dates::whole_seconds), ..link.clone() };
    call.portal.entry_links.set(entry, stored);
    Ok(reply(call, entry, &link))
}

/// A link with the id that the caller chose, or with a new one.
fn new_link(call: &mut Call<'_>, kind: LinkKind, id: Uuid) -> Link {
    let id = if id.is_nil() { call.portal.ids.guid() } else { id };
    call.portal.new_link(id, kind, String::new(), Access::READ)
}

/// A list of links or members. The answer about a file also has the number of all.
fn listed<T: Serialize>(kind: EntryType, items: &[T], total: usize) -> Reply {
    let reply = Reply::list(items);
    if kind == EntryType::FILE { reply.total(i64::try_from(total).unwrap_or(i64::MAX)) } else { reply }
}

/// Lists the links. People who may not change them get an empty list.
fn list(call: &mut Call<'_>, kind: EntryType) -> Result<Reply, Failure> {
    let page = call.query.page();
    call.query.finish()?;
    if is_room(call, kind)? {
        return room_links::list_of_type(call, Some(LinkType::EXTERNAL));
    }
    let (entry, room) = entry(call, kind)?;
    let permissions = call.permissions(room);
    let links = call.portal.entry_links.of(entry);
    let total = links.len();
    if !permissions.manages() {
        return Ok(listed::<()>(kind, &[], 0));
    }
    if !permissions.can_edit(room) {
        // An archived room hides the links of its files, and still counts them.
        let reply = listed::<()>(kind, &[], total);
        let counted = i64::try_from(total).unwrap_or(i64::MAX).min(page.count);
        return Ok(if kind == EntryType::FILE { reply.count(counted) } else { reply });
    }
    let views = links.into_iter().map(|link| share::link(call.portal, room, link, true, true));
    let views: Vec<_> = if kind == EntryType::FILE { page.of(views).collect() } else { views.collect() };
    Ok(listed(kind, &views, total))
}

/// The members of the room around the entry. Only managers of the room see them; others get the
/// number of them, and guests fail (recording links/folders-and-files).
fn shares(call: &mut Call<'_>, kind: EntryType) -> Result<Reply, Failure> {
    if is_room(call, kind)? {
        return members::list_of(call, |call| call.id());
    }
    let (_, room) = entry(call, kind)?;
    let (id, permissions) = (room.id, call.permissions(room));
    if !permissions.can_read(room) || call.my_role() == Role::Guest {
        return Err(Failure::denied());
    }
    let total = i64::try_from(room.members.len() + 1).unwrap_or(i64::MAX);
    if !permissions.manages() {
        return Ok(Reply::list::<()>(&[]).total(total));
    }
    members::list_of(call, |_| Ok(id))
}

/// Entries inside rooms cannot be shared with single people.
fn share(call: &mut Call<'_>, kind: EntryType) -> Result<Reply, Failure> {
    let mut form = call.form("Share", "ASC.Files.Core.ApiModels.RequestDto.SecurityInfoSimpleRequestDto")?;
    form.objects("share", "ASC.Files.Core.ApiModels.RequestDto.FileShareParams", |share| share.guid("shareTo"));
    form.text("sharingMessage", Some(255));
    form.finish()?;
    if is_room(call, kind)? {
        return Err(Failure::refused(Message::RoleNotAvailable));
    }
    let (_, room) = entry(call, kind)?;
    check_rights(call, room)?;
    Err(Failure::refused(Message::RoleNotAvailable))
}
