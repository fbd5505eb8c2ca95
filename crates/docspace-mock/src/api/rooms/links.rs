//! The links of a room (portal-facts 7): a PUT makes, replaces or revokes one.

use chrono::{DateTime, Months, Utc};
use uuid::Uuid;

use crate::api::call::{Call, Missing};
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

/// What a body says about a link; what it leaves out is reset (portal-facts 7.2).
struct LinkRequest {
    id: Uuid,
    access: Access,
    expires: Option<DateTime<Utc>>,
    internal: bool,
    title: Option<String>,
    link_type: LinkType,
    password: Option<String>,
    deny_download: bool,
    most_uses: Option<i64>,
}

impl LinkRequest {
    fn read(form: &mut Form, zone: Zone) -> Self {
        let most_uses = form.maybe_int("maxUseCount");
        if most_uses.is_some_and(|most| !(1..=1000).contains(&most)) {
            form.rule("maxUseCount", "The field MaxUseCount must be between 1 and 1000.");
        }
        form.int("currentUseCount");
        Self {
            id: form.guid("linkId").unwrap_or_default(),
            access: form.lenient_enum("access", Access::TYPE_NAME),
            expires: form.date("expirationDate", zone),
            internal: form.boolean("internal").unwrap_or(false),
            title: form.text("title", Some(255)).filter(|title| !title.is_empty()),
            link_type: form
                .plain_enum("linkType", "ASC.Files.Core.ApiModels.ResponseDto.LinkType")
                .unwrap_or(LinkType::INVITATION),
            password: form
                .text("password", Some(255))
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty()),
            deny_download: form.boolean("denyDownload").unwrap_or(false),
            most_uses,
        }
    }
}

fn set(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("RoomLink", "ASC.Files.Core.ApiModels.RequestDto.RoomLinkRequest")?;
    let wanted = LinkRequest::read(&mut form, call.portal.zone);
    form.done()?;
    let room = call.room(Missing::Item)?;
    let asked = match wanted.link_type {
        LinkType::INVITATION => LinkKind::Invitation,
        LinkType::EXTERNAL => LinkKind::External,
        _ => return Err(Failure::invalid_state()),
    };
    if room.area != Area::Templates && !call.standing(room).can_edit(room) {
        return Err(Failure::denied());
    }
    if room.area == Area::Templates && !call.standing(room).creator {
        return Err(Failure::denied());
    }
    let existing = room.link(wanted.id).cloned();
    // A link stays what it was made as, whatever type is sent.
    let kind = existing.as_ref().map_or(asked, |link| link.kind);
    check_role(room, kind, wanted.access)?;
    if existing.is_none() {
        check_count(room, kind)?;
    }
    let id = room.id;
    match existing {
        Some(link) if skips(room, &link, &wanted) => Ok(shown(call, id, link.id, true)),
        Some(link) if wanted.access == Access::NONE => Ok(revoke(call, id, &link)),
        None if wanted.access == Access::NONE => Ok(Reply::void()),
        existing => write(call, id, kind, existing, wanted),
    }
}

/// The role must be one that this room's links of this kind may have.
fn check_role(room: &Room, kind: LinkKind, access: Access) -> Result<(), Failure> {
    let roles = match kind {
        _ if room.area == Area::Templates => &[],
        LinkKind::Invitation => room.room_type.invitation_roles(),
        LinkKind::External | LinkKind::Primary => room.room_type.external_roles(),
    };
    if roles.contains(&access) { Ok(()) } else { Err(Failure::refused(Message::RoleNotAvailable)) }
}

/// One more link must fit; revoking an unknown one counts as making it [R links/limits].
fn check_count(room: &Room, kind: LinkKind) -> Result<(), Failure> {
    let most = match kind {
        LinkKind::Invitation | LinkKind::Primary => 1,
        LinkKind::External => room.room_type.most_external_links(),
    };
    if room.count_links(kind) >= most { Err(Failure::refused(Message::TooManyLinks(most))) } else { Ok(()) }
}

/// A Public room's links are never internal; asking for it drops the whole request, silently.
fn skips(room: &Room, link: &Link, wanted: &LinkRequest) -> bool {
    link.kind != LinkKind::Invitation && room.room_type == RoomType::PUBLIC && wanted.internal != link.internal
}

fn revoke(call: &mut Call<'_>, id: i64, link: &Link) -> Reply {
    let Some(mut room) = call.portal.rooms.get(id).cloned() else { return Reply::void() };
    room.links.retain(|known| known.id != link.id);
    room.visitors.retain(|(_, opened)| *opened != link.id);
    let lasting = link.kind == LinkKind::Primary && room.room_type.has_lasting_primary_link();
    if lasting {
        call.portal.first_links(&mut room, call.language);
    }
    let replaced = room.primary().filter(|_| lasting).map(|link| link.id);
    call.portal.rooms.insert(room);
    // The answer with the new primary link lacks its key, this once [R links/primary-public].
    replaced.map_or_else(Reply::void, |new| shown(call, id, new, false))
}

fn write(
    call: &mut Call<'_>,
    id: i64,
    kind: LinkKind,
    existing: Option<Link>,
    wanted: LinkRequest,
) -> Result<Reply, Failure> {
    let now = call.portal.now();
    let invitation = kind == LinkKind::Invitation;
    let expires = expiry(&wanted, invitation, now)?;
    if let Some(password) = wanted.password.as_deref().filter(|_| !invitation) {
        password::check(password)?;
    }
    if invitation && existing.as_ref().zip(wanted.most_uses).is_some_and(|(link, most)| most < link.uses) {
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
    link.expires = if kind == LinkKind::Primary && room_type.has_lasting_primary_link() { None } else { expires };
    if invitation {
        link.most_uses = wanted.most_uses;
        link.uses = 0;
    } else {
        link.internal = wanted.internal && room_type != RoomType::PUBLIC;
        link.deny_download = wanted.deny_download;
        link.password = wanted.password;
    }
    let link_id = link.id;
    if let Some(room) = call.portal.rooms.get_mut(id) {
        match room.links.iter_mut().find(|known| known.id == link_id) {
            Some(known) => *known = link,
            None => room.links.push(link),
        }
    }
    Ok(shown(call, id, link_id, true))
}

fn default_title(invitation: bool) -> Message {
    if invitation { Message::InvitationLink } else { Message::SharedLink }
}

/// A past date is ignored for external links and refused for invitations [R links/expiration].
fn expiry(wanted: &LinkRequest, invitation: bool, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Failure> {
    let Some(at) = wanted.expires else { return Ok(None) };
    let latest = now.checked_add_months(Months::new(120)).unwrap_or(now);
    if at > latest || (invitation && at <= now) {
        return Err(Failure::unexpected_argument("expirationDate"));
    }
    Ok((at > now).then(|| dates::whole(at)))
}

fn shown(call: &Call<'_>, room: i64, link: Uuid, with_key: bool) -> Reply {
    let view = call.portal.rooms.get(room).and_then(|room| {
        let link = room.link(link)?;
        Some(share::link(call.portal, room, link, call.standing(room).can_edit(room), with_key))
    });
    Reply::maybe(view.as_ref())
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let kind = call.query.enumeration("type");
    call.query.done()?;
    let room = call.room(Missing::Item)?;
    if !call.standing(room).can_read_links(room) {
        return Ok(Reply::list::<()>(&[]));
    }
    let links =
        ordered(room, |link| kind.is_none_or(|kind| link.kind.link_type() == kind), kind == Some(LinkType::EXTERNAL));
    let editable = call.standing(room).can_edit(room);
    let views: Vec<_> = links.into_iter().map(|link| share::link(call.portal, room, link, editable, true)).collect();
    Ok(Reply::list(&views))
}

/// The strongest role first, equal ones by id; `primary_first` when only external links are asked for.
pub(crate) fn ordered(room: &Room, wanted: impl Fn(&Link) -> bool, primary_first: bool) -> Vec<&Link> {
    let mut links: Vec<&Link> = room.links.iter().filter(|link| wanted(link)).collect();
    links.sort_by_key(|link| {
        let second = primary_first && link.kind != LinkKind::Primary;
        (second, link.access.rank(), link.id)
    });
    links
}

fn primary(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let room = call.room(Missing::Item)?;
    let standing = call.standing(room);
    if room.area == Area::Archive || (!standing.is_member() && !standing.admin) {
        return Err(Failure::denied());
    }
    if room.room_type.external_roles().is_empty() || room.area == Area::Templates {
        return Err(Failure::refused(Message::RoleNotAvailable));
    }
    let id = room.id;
    if let Some(link) = room.primary() {
        return Ok(shown(call, id, link.id, true));
    }
    if !standing.can_edit(room) {
        return Err(Failure::denied());
    }
    let link_id = call.portal.ids.guid();
    let title = Message::SharedLink.in_language(call.language);
    let link = call.portal.new_link(link_id, LinkKind::Primary, title, Access::READ);
    if let Some(room) = call.portal.rooms.get_mut(id) {
        room.links.push(link);
    }
    Ok(shown(call, id, link_id, true))
}
