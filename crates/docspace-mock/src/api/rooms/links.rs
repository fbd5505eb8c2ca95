//! The links of a room. A PUT creates, updates or revokes a link
//! (docs/portal/links.md#creating-a-link).

use chrono::{DateTime, Months, Utc};
use uuid::Uuid;

use crate::api::call::{Call, Missing};
use crate::api::contents;
use crate::api::routing::{Route, route};
use crate::auth::password;
use crate::state::access::Access;
use crate::state::links::{Link, LinkKind, LinkType};
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::view::share;
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::wire::form::Form;
use crate::wire::messages::Message;
use crate::zone::Zone;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "files/rooms/{id}/links", list),
    route("PUT", "files/rooms/{id}/links", set),
    route("GET", "files/rooms/{id}/link", primary),
];

/// The settings of a link in a body. An update resets the settings that the body does not contain
/// (docs/portal/links.md#updating-a-link).
pub(in crate::api) struct LinkRequest {
    pub(in crate::api) id: Uuid,
    pub(in crate::api) access: Access,
    expires: Option<DateTime<Utc>>,
    pub(in crate::api) internal: bool,
    pub(in crate::api) title: Option<String>,
    link_type: LinkType,
    pub(in crate::api) password: Option<String>,
    pub(in crate::api) deny_download: bool,
    max_uses: Option<i64>,
}

impl LinkRequest {
    fn read(form: &mut Form, zone: Zone) -> Self {
        let max_uses = form.maybe_int("maxUseCount");
        if max_uses.is_some_and(|max| !(1..=1000).contains(&max)) {
            form.add_rule_error("maxUseCount", "The field MaxUseCount must be between 1 and 1000.");
        }
        form.int("currentUseCount");
        let link_type = form
            .plain_enum("linkType", "ASC.Files.Core.ApiModels.ResponseDto.LinkType")
            .unwrap_or(LinkType::INVITATION);
        Self { link_type, max_uses, ..Self::read_external(form, zone) }
    }

    /// Reads the settings that external links have.
    pub(in crate::api) fn read_external(form: &mut Form, zone: Zone) -> Self {
        Self {
            id: form.guid("linkId").unwrap_or_default(),
            access: form.lenient_enum("access", Access::TYPE_NAME),
            expires: form.date("expirationDate").map(|at| zone.understood(at)),
            internal: form.boolean("internal").unwrap_or(false),
            title: form.text("title", Some(255)).filter(|title| !title.is_empty()),
            link_type: LinkType::EXTERNAL,
            password: form
                .text("password", Some(255))
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty()),
            deny_download: form.boolean("denyDownload").unwrap_or(false),
            max_uses: None,
        }
    }

    /// The expiry date to store on an external link. A past date is ignored
    /// (docs/portal/links.md#expiry-dates).
    pub(in crate::api) fn external_expiry(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Failure> {
        expiry(self, false, now)
    }
}

fn set(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("RoomLink", "ASC.Files.Core.ApiModels.RequestDto.RoomLinkRequest")?;
    let wanted = LinkRequest::read(&mut form, call.portal.zone);
    form.finish()?;
    apply(call, wanted)
}

/// Creates, updates or revokes a link of the room in the path.
pub(in crate::api) fn apply(call: &mut Call<'_>, wanted: LinkRequest) -> Result<Reply, Failure> {
    // The portal checks this before it looks up the room.
    let asked = match wanted.link_type {
        LinkType::INVITATION => LinkKind::Invitation,
        LinkType::EXTERNAL => LinkKind::External,
        _ => return Err(Failure::invalid_state()),
    };
    let room = call.room(Missing::Item)?;
    if room.area != Area::Templates && !call.permissions(room).can_edit(room) {
        return Err(Failure::denied());
    }
    if room.area == Area::Templates && !call.permissions(room).creator {
        return Err(Failure::denied());
    }
    let existing = room.link(wanted.id).cloned();
    // The kind of an existing link does not change, even if the body contains another type.
    let kind = existing.as_ref().map_or(asked, |link| link.kind);
    // The order of these checks: recordings walks/003, walks/102 and walks/104.
    expiry(&wanted, wanted.link_type == LinkType::INVITATION, call.portal.now())?;
    check_role(room, kind, wanted.access)?;
    if existing.is_none() {
        check_count(room, kind)?;
    }
    if let Some(password) = wanted.password.as_deref().filter(|_| wanted.link_type != LinkType::INVITATION) {
        password::check(password)?;
    }
    let id = room.id;
    match existing {
        Some(link) if is_ignored(room, &link, &wanted) => Ok(link_reply(call, id, link.id, true)),
        Some(link) if wanted.access == Access::NONE => Ok(revoke(call, id, &link)),
        None if wanted.access == Access::NONE => Ok(Reply::void()),
        existing => write(call, id, kind, existing, wanted),
    }
}

/// Fails if links of this kind cannot have this access level in the room.
fn check_role(room: &Room, kind: LinkKind, access: Access) -> Result<(), Failure> {
    let roles = match kind {
        _ if room.area == Area::Templates => &[],
        LinkKind::Invitation => room.room_type.invitation_roles(),
        LinkKind::External | LinkKind::Primary => room.room_type.external_roles(),
    };
    if roles.contains(&access) { Ok(()) } else { Err(Failure::refused(Message::RoleNotAvailable)) }
}

/// Fails if the room has the maximum number of links of this kind. The revocation of an unknown
/// link counts as a create (docs/portal/links.md#revoking-a-link).
fn check_count(room: &Room, kind: LinkKind) -> Result<(), Failure> {
    let max = match kind {
        LinkKind::Invitation | LinkKind::Primary => 1,
        LinkKind::External => room.room_type.max_external_links(),
    };
    if room.count_links(kind) >= max { Err(Failure::refused(Message::TooManyLinks(max))) } else { Ok(()) }
}

/// Whether the portal ignores the request: links of Public rooms cannot become internal
/// (docs/portal/links.md#links).
fn is_ignored(room: &Room, link: &Link, wanted: &LinkRequest) -> bool {
    link.kind != LinkKind::Invitation && room.room_type == RoomType::PUBLIC && wanted.internal != link.internal
}

fn revoke(call: &mut Call<'_>, id: i64, link: &Link) -> Reply {
    let Some(mut room) = call.portal.rooms.get(id).cloned() else { return Reply::void() };
    room.links.retain(|known| known.id != link.id);
    room.visitors.retain(|(_, opened)| *opened != link.id);
    let permanent = link.kind == LinkKind::Primary && room.room_type.has_permanent_primary_link();
    if permanent {
        call.portal.add_initial_links(&mut room, call.language);
    }
    let replaced = room.primary().filter(|_| permanent).map(|link| link.id);
    call.portal.rooms.insert(room);
    // Only this answer lacks the key of the new primary link (recording links/primary-public).
    replaced.map_or_else(Reply::void, |new| link_reply(call, id, new, false))
}

fn write(
    call: &mut Call<'_>,
    id: i64,
    kind: LinkKind,
    existing: Option<Link>,
    wanted: LinkRequest,
) -> Result<Reply, Failure> {
    let now = call.portal.now();
    // The type in the request decides which options the portal reads, even if the kind of the link
    // is another one (docs/portal/links.md#updating-a-link).
    let invitation = wanted.link_type == LinkType::INVITATION;
    let expires = expiry(&wanted, invitation, now)?;
    if invitation && existing.as_ref().zip(wanted.max_uses).is_some_and(|(link, max)| max < link.uses) {
        return Err(Failure::unexpected_argument("maxUseCount"));
    }
    let title = wanted.title.unwrap_or_else(|| default_title(invitation).in_language(call.language));
    let Some(room_type) = call.portal.rooms.get(id).map(|room| room.room_type) else {
        return Err(Missing::Item.failure());
    };
    let mut link = match existing {
        Some(link) => link,
        None => {
            let link_id = if wanted.id.is_nil() { call.portal.ids.guid() } else { wanted.id };
            call.portal.new_link(link_id, kind, String::new(), Access::READ)
        }
    };
    link.title = title;
    link.access = wanted.access;
    link.expires = if kind == LinkKind::Primary && room_type.has_permanent_primary_link() { None } else { expires };
    if kind == LinkKind::Invitation {
        link.max_uses = wanted.max_uses.filter(|_| invitation);
        link.uses = 0;
    } else {
        link.internal = wanted.internal && !invitation && room_type != RoomType::PUBLIC;
        link.deny_download = wanted.deny_download && !invitation;
        link.password = wanted.password.filter(|_| !invitation);
    }
    // This answer has the date as it was sent. The portal stores whole seconds.
    let stored = Link { expires: link.expires.map(dates::whole_seconds), ..link.clone() };
    if let Some(room) = call.portal.rooms.get_mut(id) {
        match room.links.iter_mut().find(|known| known.id == link.id) {
            Some(known) => *known = stored,
            None => room.links.push(stored),
        }
    }
    let room = call.portal.rooms.get(id);
    let view = room.map(|room| share::link(call.portal, room, &link, call.permissions(room).can_edit(room), true));
    Ok(Reply::maybe(view.as_ref()))
}

fn default_title(invitation: bool) -> Message {
    if invitation { Message::InvitationLink } else { Message::SharedLink }
}

/// The expiry date to store. A past date is ignored on external links, and fails on invitation
/// links (docs/portal/links.md#expiry-dates).
fn expiry(wanted: &LinkRequest, invitation: bool, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Failure> {
    let Some(at) = wanted.expires else { return Ok(None) };
    let latest = now.checked_add_months(Months::new(120)).unwrap_or(now);
    if at > latest || (invitation && at <= now) {
        return Err(Failure::unexpected_argument("expirationDate"));
    }
    Ok((at > now).then_some(at))
}

fn link_reply(call: &Call<'_>, room: i64, link: Uuid, with_key: bool) -> Reply {
    let view = call.portal.rooms.get(room).and_then(|room| {
        let link = room.link(link)?;
        Some(share::link(call.portal, room, link, call.permissions(room).can_edit(room), with_key))
    });
    Reply::maybe(view.as_ref())
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let kind = call.query.enumeration("type");
    call.query.finish()?;
    list_of_type(call, kind)
}

/// Lists the links of the room in the path.
pub(in crate::api) fn list_of_type(call: &Call<'_>, kind: Option<LinkType>) -> Result<Reply, Failure> {
    if contents::room_with_folder(call)?.is_some() {
        return Ok(Reply::list::<()>(&[]));
    }
    let room = call.room(Missing::Item)?;
    if !call.permissions(room).can_read_links(room) {
        return Ok(Reply::list::<()>(&[]));
    }
    let links =
        sorted(room, |link| kind.is_none_or(|kind| link.kind.link_type() == kind), kind == Some(LinkType::EXTERNAL));
    let editable = call.permissions(room).can_edit(room);
    let views: Vec<_> = links.into_iter().map(|link| share::link(call.portal, room, link, editable, true)).collect();
    Ok(Reply::list(&views))
}

/// Sorts links by access level, then by id. With `primary_first`, the order of a list of external
/// links, the primary link is the first (docs/portal/links.md#listing-links).
pub(crate) fn sorted(room: &Room, wanted: impl Fn(&Link) -> bool, primary_first: bool) -> Vec<&Link> {
    let mut links: Vec<&Link> = room.links.iter().filter(|link| wanted(link)).collect();
    links.sort_by_key(|link| {
        let second = primary_first && link.kind != LinkKind::Primary;
        (second, link.access.rank(), link.id)
    });
    links
}

/// Returns the primary link of the room in the path, and creates it if it is missing.
pub(in crate::api) fn primary(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let room = call.room(Missing::Item)?;
    let permissions = call.permissions(room);
    let id = room.id;
    if !permissions.is_member() && !permissions.admin {
        return Err(Failure::denied());
    }
    if let Some(link) = room.primary() {
        return Ok(link_reply(call, id, link.id, true));
    }
    if !permissions.can_edit(room) {
        return Err(Failure::denied());
    }
    if room.room_type.external_roles().is_empty() || room.area == Area::Templates {
        return Err(Failure::refused(Message::RoleNotAvailable));
    }
    let link_id = call.portal.ids.guid();
    let title = Message::SharedLink.in_language(call.language);
    let link = call.portal.new_link(link_id, LinkKind::Primary, title, Access::READ);
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.links.push(link);
    }
    Ok(link_reply(call, id, link_id, true))
}
