//! A room as JSON.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::entries::{EntryType, FolderType};
use crate::state::people::REMOVED_PERSON;
use crate::state::permissions::Permissions;
use crate::state::rights::{self, Rights};
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::view::Written;
use crate::view::employee::employee;
use crate::view::folder::parts::{Cover, LifetimeView, LinkLevels, Logo, ShareRights, ShareSettings, WatermarkView};
use crate::view::folder::{AnswerKind, Folder, Viewer};
use crate::wire::dates;

/// A room as `viewer` sees it in this kind of answer.
pub(crate) fn room(portal: &Portal, room: &Room, viewer: Viewer, kind: AnswerKind) -> Folder {
    RoomViews::new(portal, viewer, kind).of(room)
}

/// The rooms of an answer, and the parts that they have in common.
#[derive(Debug)]
pub(crate) struct RoomViews<'a> {
    portal: &'a Portal,
    viewer: Viewer,
    kind: AnswerKind,
    parts: Parts,
}

impl<'a> RoomViews<'a> {
    pub(crate) fn new(portal: &'a Portal, viewer: Viewer, kind: AnswerKind) -> Self {
        Self { portal, viewer, kind, parts: Parts::default() }
    }

    /// A room as the viewer sees it.
    pub(crate) fn of(&mut self, room: &Room) -> Folder {
        let Self { portal, viewer, kind, ref mut parts } = *self;
        view(portal, room, viewer, kind, parts)
    }
}

/// The parts that rooms of an answer have in common. Each is written once.
#[derive(Debug, Default)]
struct Parts {
    people: HashMap<Uuid, Written>,
    rights: HashMap<u32, Written>,
}

impl Parts {
    fn person(&mut self, portal: &Portal, id: Uuid) -> Written {
        self.people.entry(id).or_insert_with(|| Written::new(&employee(portal, id))).clone()
    }

    fn rights(&mut self, rights: &Rights) -> Written {
        self.rights.entry(rights.granted()).or_insert_with(|| Written::new(rights)).clone()
    }
}

fn view(portal: &Portal, room: &Room, viewer: Viewer, kind: AnswerKind, parts: &mut Parts) -> Folder {
    let permissions = portal.permissions(room, viewer.person, viewer.link);
    let fresh = kind.is_create();
    let listed = matches!(kind, AnswerKind::Listed | AnswerKind::ListedWithArchive);
    let linked = room.has_external_link() && !fresh;
    let (shared_by, owned_by) = shared_and_owned_by(portal, room, viewer, permissions, kind).unzip();
    let security = parts.rights(&rights::of_room(permissions, room, listed, fresh));
    let quota = portal.room_quota.enabled.then_some(()).filter(|()| permissions.sees_quota(room));
    let mut person = |id: Option<Uuid>| id.map(|id| parts.person(portal, id));
    // Reads, lists and the answers of changes show news (recordings rooms/news and
    // audit/room-history).
    let reader = viewer.person.filter(|_| {
        matches!(
            kind,
            AnswerKind::Single
                | AnswerKind::Changed
                | AnswerKind::Listed
                | AnswerKind::ListedWithArchive
                | AnswerKind::Opened
        )
    });
    let unless_anonymous = |id| (!permissions.anonymous).then_some(id);
    let mut folder = Folder {
        parent_id: room.area.root(),
        files_count: room.files.len(),
        folders_count: room.folder_count(),
        new: reader.map_or(0, |person| portal.new_files_in(person, room.id).len() as i64),
        mute: reader.is_some_and(|person| portal.news.is_muted(person, room.id)),
        tags: Some(tags(portal, room)),
        logo: Some(logo(room)),
        pinned: is_pinned(room, viewer, kind),
        room_type: Some(room.room_type),
        private: room.private,
        indexing: room.indexing,
        deny_download: room.deny_download,
        lifetime: room.lifetime.as_ref().map(|lifetime| LifetimeView {
            delete_permanently: lifetime.delete_permanently,
            period: lifetime.period,
            value: lifetime.value,
        }),
        watermark: room.watermark.as_ref().map(|mark| WatermarkView {
            additions: mark.additions,
            text: mark.text.clone(),
            rotate: mark.rotate,
            image_scale: mark.image_scale,
            image_url: mark.image_url.clone(),
            image_height: mark.image_height,
            image_width: mark.image_width,
        }),
        in_room: Some(permissions.creator || permissions.personal),
        quota_limit: quota.map(|_| portal.quota_of(room)),
        is_custom_quota: quota.map(|_| room.quota.is_some()),
        used_space: permissions.sees_usage(room).then(|| room.used_space()),
        file_entry_type: EntryType::FOLDER,
        id: room.id,
        root_folder_id: room.area.root(),
        can_share: permissions.can_share(room),
        share_settings: permissions.can_share(room).then(|| share_settings(room.room_type)).flatten(),
        security: Some(security),
        title: room.title.clone(),
        access: match room.primary() {
            Some(primary) if fresh => primary.access,
            _ => permissions.access(room, listed),
        },
        shared_by: person(shared_by),
        owned_by: person(owned_by),
        shared: linked,
        shared_for_user: !room.members.is_empty() && !fresh,
        shared_external: room.has_public_link() && !fresh,
        created: dates::write(dates::whole_seconds(room.created), portal.zone),
        created_by: person(unless_anonymous(room.owner)),
        updated: dates::write(updated(room, kind), portal.zone),
        root_folder_type: room.area.folder_type(),
        parent_room_type: match kind {
            // A list of all rooms is a list of the Rooms folder.
            AnswerKind::ListedWithArchive => Some(Area::Active.folder_type()),
            _ if room.area == Area::Archive => None,
            AnswerKind::Listed => Some(room.area.folder_type()),
            // A room whose content is listed reports its own type (recording content/folders).
            AnswerKind::Opened => Some(room.room_type.folder_type()),
            _ => None,
        },
        is_shareable: (kind == AnswerKind::Opened && permissions.can_share_content(room)).then_some(true),
        updated_by: person(unless_anonymous(room.updated_by)),
        is_favorite: (kind == AnswerKind::Single).then_some(false),
        ..Folder::default()
    };
    let rights = share_rights(room, permissions);
    folder.available_share_rights = Some(ShareRights { external: Some(rights), primary: Some(rights) });
    if room.room_type == RoomType::FILLING_FORMS {
        folder.save_as_xlsx = Some(room.save_as_xlsx);
        folder.send_to_database = Some(room.send_to_database);
    }
    if kind == AnswerKind::Operation && viewer.person == Some(room.owner) && !permissions.creator {
        // The record of a copy shows it as the person made it, even if this person may not manage
        // rooms (recording rooms/duplicate).
        let rights = LinkLevels { levels: room.room_type.share_rights(), none: Some(Access::NONE) };
        folder.access = Access::NONE;
        folder.in_room = Some(true);
        folder.available_share_rights = Some(ShareRights { external: Some(rights), primary: Some(rights) });
    }
    if kind == AnswerKind::Opened
        && room.area == Area::Active
        && permissions.manages()
        && let Some(primary) = room.primary()
    {
        folder.short_web_url = format!("{}/s/{}", portal.base_url, primary.address);
    }
    add_link_fields(portal, room, permissions, &mut folder);
    folder
}

/// The date of the last change. It is never earlier than the date of the create, which the portal
/// rounds (recording logos/covers-and-logos).
fn updated(room: &Room, kind: AnswerKind) -> DateTime<Utc> {
    let at = if kind.has_moment() { room.updated } else { dates::whole_seconds(room.updated) };
    at.max(dates::whole_seconds(room.created))
}

fn is_pinned(room: &Room, viewer: Viewer, kind: AnswerKind) -> bool {
    let is_reported = matches!(
        kind,
        AnswerKind::Single
            | AnswerKind::Listed
            | AnswerKind::ListedWithArchive
            | AnswerKind::Opened
            | AnswerKind::Pinned
    );
    is_reported && viewer.person.is_some_and(|id| room.pinned_by.contains(&id))
}

/// The people of the fields `sharedBy` and `ownedBy`, which appear only together
/// (docs/portal/permissions.md#sharedby-and-ownedby).
pub(crate) fn shared_and_owned_by(
    portal: &Portal,
    room: &Room,
    viewer: Viewer,
    permissions: Permissions,
    kind: AnswerKind,
) -> Option<(Uuid, Uuid)> {
    // A person who opened a link of the room.
    let is_visitor = !permissions.anonymous && !permissions.is_member() && permissions.visitor.is_some();
    let is_shown = match kind {
        AnswerKind::Created | AnswerKind::CreatedWithLogo | AnswerKind::Operation => false,
        // Callers who see all rooms get the fields for all of them, except their own templates.
        AnswerKind::Listed | AnswerKind::ListedWithArchive if permissions.admin => {
            !(permissions.creator && room.area == Area::Templates)
        }
        AnswerKind::LogoChanged | AnswerKind::Changed | AnswerKind::Pinned | AnswerKind::Opened if is_visitor => true,
        // Portal admins have the access of the owner in the archive (recording walks/103).
        AnswerKind::Opened if permissions.admin && room.area == Area::Archive => false,
        AnswerKind::Listed
        | AnswerKind::ListedWithArchive
        | AnswerKind::Single
        | AnswerKind::Opened
        | AnswerKind::Changed
        | AnswerKind::LogoChanged
        | AnswerKind::Pinned => permissions.role.is_some() && !permissions.creator,
    };
    if !is_shown {
        return None;
    }
    let sharer = room.members.iter().find(|member| viewer.person == Some(member.subject)).map(|member| member.by);
    let sharer = sharer.or_else(|| {
        permissions.role.and_then(|_| room.members.iter().find(|member| member.is_group).map(|member| member.by))
    });
    let sharer = sharer.or_else(|| is_visitor.then_some(room.owner));
    // `ownedBy` is the owner of the root folder, who is the portal's owner (recordings walks/002
    // and walks/006).
    Some((sharer.unwrap_or(REMOVED_PERSON), portal.people.owner()))
}

/// Adds the fields of a room that the caller reads through a link
/// (docs/portal/permissions.md#reading-through-a-link).
fn add_link_fields(portal: &Portal, room: &Room, permissions: Permissions, folder: &mut Folder) {
    let by_link = !permissions.is_member() && !permissions.admin;
    let Some(link) = permissions.visitor.filter(|_| by_link).and_then(|id| room.link(id)) else { return };
    let expired = link.is_expired(portal.now());
    folder.external = Some(true);
    folder.password_protected = Some(link.password.is_some());
    folder.request_token = Some(link.key.clone());
    folder.expired = Some(expired);
    folder.is_link_expired = Some(expired);
    folder.short_web_url = format!("{}/s/{}", portal.base_url, link.address);
    if permissions.anonymous {
        // Only anonymous callers with a link see the share folder as the parent.
        folder.parent_id = Area::SHARE_ROOT;
        folder.root_folder_type = FolderType::SHARE;
    }
}

/// The access levels that links may get. The creator may also revoke links.
fn share_rights(room: &Room, permissions: Permissions) -> LinkLevels {
    LinkLevels { levels: room.room_type.share_rights(), none: permissions.creator.then_some(Access::NONE) }
}

/// Maximum numbers of links of a room. AI rooms can be shared but have no such field
/// (docs/portal/permissions.md#canshare-and-sharesettings).
fn share_settings(room_type: RoomType) -> Option<ShareSettings> {
    match room_type {
        RoomType::CUSTOM | RoomType::PUBLIC => {
            Some(ShareSettings { primary: 1, external: Some(room_type.max_external_links()) })
        }
        RoomType::FILLING_FORMS => Some(ShareSettings { primary: 1, external: None }),
        _ => None,
    }
}

/// The names of the room's tags, the newest tag of the portal first.
fn tags(portal: &Portal, room: &Room) -> Vec<String> {
    let mut ids = room.tags.clone();
    ids.sort_unstable();
    ids.iter().rev().filter_map(|id| portal.tags.name(*id).map(str::to_owned)).collect()
}

fn logo(room: &Room) -> Logo {
    let picture = |size: &str| match room.picture {
        Some(hash) => format!("/storage/room_logos/root/{}_{size}.png?hash={hash}", room.id),
        None => String::new(),
    };
    let plain = room.picture.is_none();
    let cover = room.cover.as_ref().filter(|_| plain);
    Logo {
        original: picture("original"),
        large: picture("large"),
        medium: picture("medium"),
        small: picture("small"),
        color: plain.then(|| room.color.clone()),
        cover: cover.map(|id| Cover { id: id.clone(), data: crate::covers::picture(id) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_and_rights_of_many_rooms_are_written_once() {
        let mut portal = Portal::new();
        let owner = portal.people.owner();
        let rooms: Vec<Room> =
            (0..20).map(|number| portal.new_room(format!("Room {number}"), RoomType::CUSTOM, owner)).collect();
        let viewer = Viewer { person: Some(owner), link: None };
        let mut views = RoomViews::new(&portal, viewer, AnswerKind::Listed);
        for room in &rooms {
            views.of(room);
        }
        // Without a member who shared the rooms, `sharedBy` is the removed profile.
        assert_eq!((views.parts.people.len(), views.parts.rights.len()), (2, 1));
    }
}
