//! Rooms and root folders as JSON: which members an answer has depends on the call and on the caller
//! (portal-facts 5.1).

mod parts;

use serde::Serialize;
use uuid::Uuid;

use crate::numbered::Numbered as _;
use crate::portal::Portal;
use crate::state::access::Access;
use crate::state::entries::{EntryType, FolderType};
use crate::state::people::{NOBODY, Role};
use crate::state::rights::{self, Rights};
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::state::standing::Standing;
use crate::state::tags::stored;
use crate::view::employee::{Employee, employee};
use crate::wire::dates;
use parts::{Cover, LifetimeView, Logo, ShareRights, ShareSettings, WatermarkView};

/// The kind of answer a room stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    /// POST rooms.
    Created,
    /// GET rooms/{id}.
    Single,
    /// GET rooms.
    Listed,
    /// GET files/{id}: the room whose content is listed.
    Opened,
    /// Any change of the room.
    Changed,
    /// pin, unpin: the one change that tells whether the room is pinned.
    Pinned,
    /// A finished operation.
    Operation,
}

/// For whom a room is shown: a person, nobody, and perhaps a link's key.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Viewer {
    pub(crate) person: Option<Uuid>,
    pub(crate) link: Option<Uuid>,
}

/// A folder in an answer; what is `None` is left out.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Folder {
    parent_id: i64,
    files_count: usize,
    folders_count: usize,
    new: i64,
    mute: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<Logo>,
    pinned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_type: Option<RoomType>,
    private: bool,
    indexing: bool,
    deny_download: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifetime: Option<LifetimeView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    watermark: Option<WatermarkView>,
    #[serde(rename = "saveFormAsXLSX", skip_serializing_if = "Option::is_none")]
    save_as_xlsx: Option<bool>,
    #[serde(rename = "sendFormToExternalDB", skip_serializing_if = "Option::is_none")]
    send_to_database: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_room: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota_limit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_custom_quota: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_space: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_protected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expired: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_link_expired: Option<bool>,
    file_entry_type: EntryType,
    id: i64,
    root_folder_id: i64,
    can_share: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_shareable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_settings: Option<ShareSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    security: Option<Rights>,
    #[serde(skip_serializing_if = "Option::is_none")]
    available_share_rights: Option<ShareRights>,
    title: String,
    access: Access,
    #[serde(skip_serializing_if = "Option::is_none")]
    shared_by: Option<Employee>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owned_by: Option<Employee>,
    shared: bool,
    shared_for_user: bool,
    shared_external: bool,
    parent_shared: bool,
    short_web_url: String,
    created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<Employee>,
    updated: String,
    root_folder_type: FolderType,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_room_type: Option<FolderType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_by: Option<Employee>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_favorite: Option<bool>,
}

/// A room as `viewer` sees it in this kind of answer.
pub(crate) fn room(portal: &Portal, room: &Room, viewer: Viewer, seen: AnswerKind) -> Folder {
    let standing = portal.standing(room, viewer.person, viewer.link);
    let fresh = seen == AnswerKind::Created;
    let listed = matches!(seen, AnswerKind::Listed | AnswerKind::Opened);
    let linked = room.has_external_link() && !fresh;
    let by = |id| standing_employee(portal, standing, id);
    let (shared_by, owned_by) = sharers(portal, room, viewer, standing, seen);
    let mut folder = Folder {
        parent_id: room.area.root(),
        files_count: room.files.len(),
        folders_count: room.folder_count(),
        tags: Some(tags(portal, room)),
        logo: Some(logo(room)),
        pinned: is_pinned(room, viewer, seen),
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
        parent_room_type: match seen {
            _ if room.area == Area::Archive => None,
            AnswerKind::Listed => Some(room.area.folder_type()),
            // A room whose content is listed reports its own kind [R content/folders].
            AnswerKind::Opened => Some(room.room_type.folder_type()),
            _ => None,
        },
        is_shareable: (seen == AnswerKind::Opened && standing.passes_on(room)).then_some(true),
        updated_by: by(room.updated_by),
        is_favorite: (seen == AnswerKind::Single).then_some(false),
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

fn is_pinned(room: &Room, viewer: Viewer, seen: AnswerKind) -> bool {
    let tells = matches!(seen, AnswerKind::Single | AnswerKind::Listed | AnswerKind::Opened | AnswerKind::Pinned);
    tells && viewer.person.is_some_and(|id| room.pinned_by.contains(&id))
}

/// `sharedBy` and `ownedBy`, always together (portal-facts 5.1.1).
fn sharers(
    portal: &Portal,
    room: &Room,
    viewer: Viewer,
    standing: Standing,
    seen: AnswerKind,
) -> (Option<Employee>, Option<Employee>) {
    let there = match seen {
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

/// A root folder; `current` is what a list of rooms lies in.
pub(crate) fn root(portal: &Portal, area: Area, person: Option<Uuid>, current: bool) -> Folder {
    let someone = person.and_then(|id| portal.people.get(id));
    let role = someone.map_or(Role::Guest, |person| person.role);
    let rooms = portal.rooms.in_area(area);
    let owner = portal.people.owner();
    Folder {
        folders_count: rooms.count(),
        file_entry_type: EntryType::FOLDER,
        id: area.root(),
        root_folder_id: area.root(),
        security: Some(rights::of_root(area, someone)),
        available_share_rights: Some(ShareRights { external: None, primary: None }),
        title: area.title().into(),
        access: if role.manages_rooms() { Access::NONE } else { Access::RESTRICT },
        created: dates::write(dates::whole(portal.founded), portal.zone),
        created_by: Some(employee(portal, owner)),
        updated: dates::write(dates::whole(portal.founded), portal.zone),
        root_folder_type: area.folder_type(),
        parent_room_type: (current && area != Area::Archive).then(|| area.folder_type()),
        updated_by: Some(employee(portal, owner)),
        ..Folder::default()
    }
}

impl Folder {
    /// Shows newly added tags as they were sent, even if the database stores them differently.
    pub(crate) fn repeat_tags<'n>(&mut self, sent: impl Iterator<Item = &'n String>) {
        for name in sent {
            let kept = stored(name);
            if let Some(shown) = self.tags.iter_mut().flatten().find(|shown| **shown == kept) {
                name.clone_into(shown);
            }
        }
    }

    /// GET rooms/{root} says whether the root is a favourite.
    #[must_use]
    pub(crate) fn read_alone(mut self) -> Self {
        self.is_favorite = Some(false);
        self
    }
}
