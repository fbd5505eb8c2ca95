//! Who may do what with a room: the measured matrices of portal-facts 5.1.1 (`security`) and 6.0.

use uuid::Uuid;

use crate::state::access::Access;
use crate::state::people::Person;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Member, Room};

/// How somebody stands to a room.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Standing {
    /// Made the room, and is still somebody who may manage rooms.
    pub(crate) creator: bool,
    /// Administers the portal.
    pub(crate) admin: bool,
    /// May manage rooms at all.
    pub(crate) manages_rooms: bool,
    /// The role as a member, by name or through a group.
    pub(crate) role: Option<Access>,
    /// A member by name.
    pub(crate) personal: bool,
    /// Sees the room through this link.
    pub(crate) visitor: Option<Uuid>,
    pub(crate) anonymous: bool,
}

impl Standing {
    /// `groups` are the groups of people that `person` is in.
    pub(crate) fn of(room: &Room, person: Option<&Person>, groups: &[Uuid], link: Option<Uuid>) -> Self {
        let visited = |person: &Person| room.visitors.iter().find(|(who, _)| *who == person.id).map(|(_, link)| *link);
        let Some(person) = person else {
            return Self { visitor: link.filter(|id| room.link(*id).is_some()), anonymous: true, ..Self::default() };
        };
        let manages_rooms = person.role.manages_rooms();
        let by_name = room.members.iter().find(|member| !member.is_group && member.subject == person.id);
        let through_group = || {
            let mine = |member: &&Member| member.is_group && groups.contains(&member.subject);
            room.members.iter().filter(mine).min_by_key(|member| member.access.rank())
        };
        Self {
            creator: room.owner == person.id && manages_rooms,
            admin: person.role.is_admin(),
            manages_rooms,
            role: by_name.or_else(through_group).map(|member| member.access),
            personal: by_name.is_some(),
            visitor: link.or_else(|| visited(person)).filter(|id| room.link(*id).is_some()),
            anonymous: false,
        }
    }

    pub(crate) fn is_member(self) -> bool {
        self.creator || self.role.is_some()
    }

    /// Creator or manager.
    pub(crate) fn manages(self) -> bool {
        self.creator || self.role == Some(Access::ROOM_MANAGER)
    }

    pub(crate) fn can_read(self, room: &Room) -> bool {
        match room.area {
            // A template shared with somebody who manages no rooms is not there for them [R templates/share].
            Area::Templates => self.creator || (self.role.is_some() && self.manages_rooms),
            Area::Active => self.is_member() || self.admin || self.visitor.is_some(),
            Area::Archive => self.is_member() || self.admin,
        }
    }

    pub(crate) fn can_edit(self, room: &Room) -> bool {
        match room.area {
            Area::Active => self.manages(),
            Area::Templates => self.creator,
            Area::Archive => false,
        }
    }

    pub(crate) fn can_tag(self, room: &Room) -> bool {
        match room.area {
            Area::Active => self.manages() || self.admin,
            Area::Templates => self.creator || (self.admin && self.role.is_some()),
            Area::Archive => false,
        }
    }

    pub(crate) fn can_pin(self, room: &Room) -> bool {
        room.area != Area::Archive && !self.anonymous && self.can_read(room)
    }

    /// Archiving and restoring.
    pub(crate) fn can_move(self, room: &Room) -> bool {
        room.area != Area::Templates && (self.creator || self.admin)
    }

    pub(crate) fn can_delete(self, room: &Room) -> bool {
        self.creator || (room.area == Area::Archive && self.admin)
    }

    /// The room's links, for whom they are listed.
    pub(crate) fn can_read_links(self, room: &Room) -> bool {
        room.area != Area::Templates && self.manages()
    }

    pub(crate) fn can_index(self, room: &Room) -> bool {
        self.manages() || (self.admin && room.area != Area::Templates)
    }

    /// Whether the space used is told (portal-facts 5.1.1).
    pub(crate) fn sees_usage(self, room: &Room) -> bool {
        match room.area {
            Area::Archive => self.can_delete(room),
            _ => self.manages() || self.role == Some(Access::CONTENT_CREATOR),
        }
    }

    /// Whether the room may be shared with more people or by links.
    pub(crate) fn can_share(self, room: &Room) -> bool {
        room.area != Area::Archive
            && self.manages()
            && !matches!(room.room_type, RoomType::EDITING | RoomType::VIRTUAL_DATA)
    }

    /// Whether the person may share the content of the room, even if the room itself may not be
    /// shared [R content/folders, walks/102].
    pub(crate) fn passes_on(self, room: &Room) -> bool {
        room.area != Area::Archive && self.manages()
    }

    /// The room's own `access` for the caller; `listed` in lists of rooms.
    pub(crate) fn access(self, room: &Room, listed: bool) -> Access {
        if self.creator {
            // A creator who was invited into their own room reads that role in lists only [R walks/005].
            return if listed { self.role.unwrap_or(Access::NONE) } else { Access::NONE };
        }
        match self.role {
            _ if self.admin && room.area == Area::Archive => Access::NONE,
            Some(role) if self.can_read(room) => role,
            _ if self.admin && listed => Access::NONE,
            _ => match self.visitor.and_then(|id| room.link(id)) {
                Some(link) => link.access,
                None => Access::RESTRICT,
            },
        }
    }
}

/// The names of the `security` members, in the portal's order.
pub(crate) const SECURITY: [&str; 24] = [
    "Read",
    "Create",
    "Delete",
    "EditRoom",
    "Rename",
    "CopyTo",
    "Copy",
    "MoveTo",
    "Move",
    "Pin",
    "Mute",
    "EditAccess",
    "Duplicate",
    "Download",
    "CopySharedLink",
    "Reconnect",
    "CreateRoomFrom",
    "CopyLink",
    "Embed",
    "ChangeOwner",
    "IndexExport",
    "UseChat",
    "UpdateXlsx",
    "AnalyzeResponses",
];

const CREATOR: &[&str] = &[
    "Read",
    "Create",
    "Delete",
    "EditRoom",
    "Rename",
    "CopyTo",
    "Copy",
    "MoveTo",
    "Move",
    "Pin",
    "Mute",
    "EditAccess",
    "Duplicate",
    "Download",
    "CopySharedLink",
    "CopyLink",
    "ChangeOwner",
];
const AI_CREATOR: &[&str] = &[
    "Read",
    "Delete",
    "EditRoom",
    "Rename",
    "Pin",
    "Mute",
    "EditAccess",
    "Download",
    "CopySharedLink",
    "CopyLink",
    "ChangeOwner",
    "UseChat",
];
const MANAGER: &[&str] = &[
    "Read",
    "Create",
    "EditRoom",
    "Rename",
    "CopyTo",
    "Copy",
    "MoveTo",
    "Pin",
    "Mute",
    "EditAccess",
    "Duplicate",
    "Download",
    "CopySharedLink",
    "CopyLink",
];
const CONTENT: &[&str] = &["Read", "Create", "CopyTo", "Copy", "MoveTo", "Pin", "Mute", "Download", "CopyLink"];
const MEMBER: &[&str] = &["Read", "Copy", "Pin", "Mute", "Download", "CopyLink"];
const ADMIN_MEMBER: &[&str] =
    &["Read", "Copy", "Move", "Pin", "Mute", "Duplicate", "Download", "CopyLink", "ChangeOwner"];
const ADMIN: &[&str] = &["Read", "Copy", "Move", "Pin", "Duplicate", "Download", "ChangeOwner"];
const VISITOR: &[&str] = &["Read", "Copy", "Pin", "Mute", "Download", "CopySharedLink", "CopyLink"];
const ARCHIVE_ADMIN: &[&str] = &["Read", "Delete", "Copy", "Move", "Download"];
const ARCHIVE_MEMBER: &[&str] = &["Read", "Copy", "Download"];

/// The names that are true in a room's `security`. `fresh` is the answer to its creation.
pub(crate) fn granted(standing: Standing, room: &Room, listed: bool, fresh: bool) -> Vec<&'static str> {
    let archived = room.area == Area::Archive;
    let linked = room.has_external_link() && !fresh;
    let ai = room.room_type == RoomType::AI;
    let base = match standing {
        Standing { creator: true, .. } | Standing { admin: true, .. } if archived => ARCHIVE_ADMIN,
        Standing { role: Some(_), .. } if archived => ARCHIVE_MEMBER,
        _ if archived => &[],
        Standing { creator: true, .. } if ai => AI_CREATOR,
        Standing { creator: true, .. } => CREATOR,
        Standing { role: Some(Access::ROOM_MANAGER), .. } => MANAGER,
        Standing { admin: true, role: None, .. } if !listed => ADMIN,
        Standing { admin: true, .. } => ADMIN_MEMBER,
        Standing { role: Some(Access::CONTENT_CREATOR), .. } => CONTENT,
        Standing { role: Some(_), .. } if standing.can_read(room) => MEMBER,
        Standing { visitor: Some(_), .. } => VISITOR,
        _ => &[],
    };
    let mut names = base.to_vec();
    if !archived && linked && standing.manages() {
        names.push("Embed");
    }
    if !archived && linked && standing.admin && !names.contains(&"CopySharedLink") {
        names.push("CopySharedLink");
    }
    if room.indexing && standing.can_index(room) {
        names.push("IndexExport");
    }
    names
}

/// The names that are true in a root folder's `security` [R all].
pub(crate) fn granted_on_root(area: Area, person: Option<&Person>) -> &'static [&'static str] {
    let manages = person.is_some_and(|person| person.role.manages_rooms());
    let admin = person.is_some_and(|person| person.role.is_admin());
    match area {
        Area::Active if manages => &["Read", "Create", "MoveTo"],
        Area::Active => &["Read"],
        // What room admins see here was not recorded; copying and downloading go with administering.
        Area::Archive if admin => &["Read", "Copy", "MoveTo", "Download"],
        Area::Archive => &["Read", "MoveTo"],
        Area::Templates if manages => &["Read", "MoveTo"],
        Area::Templates => &["Read"],
    }
}

/// `availableShareRights`: role names for links, the same for both kinds, "None" for the creator only.
pub(crate) fn share_rights(room: &Room, creator: bool) -> Vec<&'static str> {
    let mut names = match room.room_type {
        RoomType::FILLING_FORMS => vec!["FillForms"],
        RoomType::VIRTUAL_DATA => vec!["Editing", "FillForms", "Review", "Comment", "Read"],
        _ => vec!["Editing", "Review", "Comment", "Read"],
    };
    if creator {
        names.push("None");
    }
    names
}

/// Whether somebody of this kind may be given a role in a room of this type (portal-facts 6.0).
pub(crate) fn role_is_available(room: &Room, manages_rooms: bool, access: Access) -> bool {
    if room.area == Area::Templates {
        return access == Access::NONE || (access == Access::READ && manages_rooms);
    }
    room.room_type.member_roles().contains(&access) || (access == Access::ROOM_MANAGER && manages_rooms)
}
