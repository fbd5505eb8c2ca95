//! A room as JSON.

use uuid::Uuid;

use crate::numbered::Numbered as _;
use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::entries::{EntryType, FolderType};
use crate::state::people::NOBODY;
use crate::state::rights;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::state::standing::Standing;
use crate::view::employee::{Employee, employee};
use crate::view::folder::parts::{Cover, LifetimeView, Logo, ShareRights, ShareSettings, WatermarkView};
use crate::view::folder::{AnswerKind, Folder, Viewer};
use crate::wire::dates;

/// A room as `viewer` sees it in this kind of answer.
pub(crate) fn room(portal: &Portal, room: &Room, viewer: Viewer, kind: AnswerKind) -> Folder {
    let standing = portal.standing(room, viewer.person, viewer.link);
    let fresh = kind == AnswerKind::Created;
    let listed = matches!(kind, AnswerKind::Listed | AnswerKind::Opened);
    let linked = room.has_external_link() && !fresh;
    let by = |id| standing_employee(portal, standing, id);
    let (shared_by, owned_by) = sharers(portal, room, viewer, standing, kind);
    let mut folder = Folder {
        parent_id: room.area.root(),
        files_count: room.files.len(),
        folders_count: room.folder_count(),
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
        in_room: Some(standing.creator || standing.personal),
        used_space: standing.sees_usage(room).then(|| room.used_space()),
        file_entry_type: EntryType::FOLDER,
        id: room.id,
        root_folder_id: room.area.root(),
        can_share: standing.can_share(room),
        share_settings: standing.can_share(room).then(|| share_settings(room.room_type)).flatten(),
        security: Some(rights::of_room(standing, room, listed, fresh)),
        title: room.title.clone(),
        access: match room.primary() {
            Some(primary) if fresh => primary.access,
            _ => standing.access(room, listed),
        },
        shared_by,
        owned_by,
        shared: linked,
        shared_for_user: !room.members.is_empty() && !fresh,
        shared_external: linked,
        created: dates::write(dates::whole(room.created), portal.zone),
        created_by: by(room.owner),
        updated: dates::write(dates::whole(room.updated), portal.zone),
        root_folder_type: room.area.folder_type(),
        parent_room_type: match kind {
            _ if room.area == Area::Archive => None,
            AnswerKind::Listed => Some(room.area.folder_type()),
            // A room whose content is listed reports its own kind [R content/folders].
            AnswerKind::Opened => Some(room.room_type.folder_type()),
            _ => None,
        },
        is_shareable: (kind == AnswerKind::Opened && standing.passes_on(room)).then_some(true),
        updated_by: by(room.updated_by),
        is_favorite: (kind == AnswerKind::Single).then_some(false),
        ..Folder::default()
    };
    let rights = share_rights(room, standing);
    folder.available_share_rights = Some(ShareRights { external: Some(rights.clone()), primary: Some(rights) });
    if room.room_type == RoomType::FILLING_FORMS {
        folder.save_as_xlsx = Some(room.save_as_xlsx);
        folder.send_to_database = Some(room.send_to_database);
    }
    through_link(portal, room, standing, &mut folder);
    folder
}

fn standing_employee(portal: &Portal, standing: Standing, id: Uuid) -> Option<Employee> {
    (!standing.anonymous).then(|| employee(portal, id))
}

fn is_pinned(room: &Room, viewer: Viewer, kind: AnswerKind) -> bool {
    let tells = matches!(kind, AnswerKind::Single | AnswerKind::Listed | AnswerKind::Opened | AnswerKind::Pinned);
    tells && viewer.person.is_some_and(|id| room.pinned_by.contains(&id))
}

/// `sharedBy` and `ownedBy`, always together (portal-facts 5.1.1).
fn sharers(
    portal: &Portal,
    room: &Room,
    viewer: Viewer,
    standing: Standing,
    kind: AnswerKind,
) -> (Option<Employee>, Option<Employee>) {
    let there = match kind {
        AnswerKind::Created | AnswerKind::Operation => false,
        AnswerKind::Listed => !(standing.creator && room.area == Area::Templates),
        AnswerKind::Single | AnswerKind::Opened | AnswerKind::Changed | AnswerKind::Pinned => {
            standing.role.is_some() && !standing.creator
        }
    };
    if !there {
        return (None, None);
    }
    let giver = room.members.iter().find(|member| viewer.person == Some(member.subject)).map(|member| member.by);
    let giver = giver.or_else(|| {
        standing.role.and_then(|_| room.members.iter().find(|member| member.is_group).map(|member| member.by))
    });
    // The owner told is the root folder's, who is the portal's [R walks/002, walks/006].
    (Some(employee(portal, giver.unwrap_or(NOBODY))), Some(employee(portal, portal.people.owner())))
}

/// What a room looks like through one of its links (portal-facts 5.1.1, [R links/anonymous-visitor]).
fn through_link(portal: &Portal, room: &Room, standing: Standing, folder: &mut Folder) {
    let by_link = !standing.is_member() && !standing.admin;
    let Some(link) = standing.visitor.filter(|_| by_link).and_then(|id| room.link(id)) else { return };
    let expired = link.is_expired(portal.now());
    folder.external = Some(true);
    folder.password_protected = Some(link.password.is_some());
    folder.request_token = Some(link.key.clone());
    folder.expired = Some(expired);
    folder.is_link_expired = Some(expired);
    folder.short_web_url = format!("{}/s/{}", portal.base_url, link.address);
    if standing.anonymous {
        // The share folder, a root that only visitors meet.
        folder.parent_id = Area::SHARE_ROOT;
        folder.root_folder_type = FolderType::SHARE;
    }
}

/// The names of the roles that links may get. The creator may also revoke them.
fn share_rights(room: &Room, standing: Standing) -> Vec<&'static str> {
    let revoked = standing.creator.then_some(Access::NONE);
    room.room_type.share_rights().iter().copied().chain(revoked).filter_map(Access::name).collect()
}

/// How many links of each kind a room may have. An AI room may be shared, but has no links to set
/// (portal-facts 5.1.1).
fn share_settings(room_type: RoomType) -> Option<ShareSettings> {
    match room_type {
        RoomType::CUSTOM | RoomType::PUBLIC => {
            Some(ShareSettings { primary: 1, external: Some(room_type.most_external_links()) })
        }
        RoomType::FILLING_FORMS => Some(ShareSettings { primary: 1, external: None }),
        _ => None,
    }
}

/// Names, the newest tag of the portal first.
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
