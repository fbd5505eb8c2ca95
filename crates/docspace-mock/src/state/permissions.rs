//! What a caller may do with a room (docs/portal/permissions.md#an-active-room).

use uuid::Uuid;

use crate::state::access::Access;
use crate::state::people::Person;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Member, Room};

/// The relation of a caller to a room, which decides what the caller may do with it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Permissions {
    /// The caller owns the room and may manage rooms.
    pub(crate) creator: bool,
    /// The caller manages the portal.
    pub(crate) admin: bool,
    /// The caller may manage rooms.
    pub(crate) manages_rooms: bool,
    /// The access level as a member, by name or through a people group.
    pub(crate) role: Option<Access>,
    /// The caller is a member by name, and not only through a people group.
    pub(crate) personal: bool,
    /// The link through which the caller sees the room.
    pub(crate) visitor: Option<Uuid>,
    pub(crate) anonymous: bool,
}

impl Permissions {
    /// `is_in_group` is whether `person` belongs to a people group.
    pub(crate) fn of(
        room: &Room,
        person: Option<&Person>,
        is_in_group: impl Fn(Uuid) -> bool,
        link: Option<Uuid>,
    ) -> Self {
        let visited = |person: &Person| room.visitors.iter().find(|(who, _)| *who == person.id).map(|(_, link)| *link);
        let Some(person) = person else {
            return Self { visitor: link.filter(|id| room.link(*id).is_some()), anonymous: true, ..Self::default() };
        };
        let manages_rooms = person.role.manages_rooms();
        if room.area.is_personal() {
            // Only the owner has access, even an owner who may not manage rooms.
            return Self { creator: room.owner == person.id, manages_rooms, ..Self::default() };
        }
        let by_name = room.members.iter().find(|member| !member.is_group && member.subject == person.id);
        let through_group = || {
            let mine = |member: &&Member| member.is_group && is_in_group(member.subject);
            room.members.iter().filter(mine).min_by_key(|member| member.access.rank())
        };
        Self {
            creator: room.owner == person.id && manages_rooms,
            admin: person.role.is_admin(),
            manages_rooms,
            role: by_name.or_else(through_group).map(|member| member.access),
            personal: by_name.is_some(),
            // The key of another room, or of an entry, does not hide an earlier visit.
            visitor: link
                .filter(|id| room.link(*id).is_some())
                .or_else(|| visited(person))
                .filter(|id| room.link(*id).is_some()),
            anonymous: false,
        }
    }

    pub(crate) fn is_member(self) -> bool {
        self.creator || self.role.is_some()
    }

    /// Whether the caller is the creator or a room manager.
    pub(crate) fn manages(self) -> bool {
        self.creator || self.role == Some(Access::ROOM_MANAGER)
    }

    pub(crate) fn can_read(self, room: &Room) -> bool {
        match room.area {
            // People who may not manage rooms do not see templates, even shared ones
            // (docs/portal/templates.md#who-may-see-and-use-a-template).
            Area::Templates => self.creator || (self.role.is_some() && self.manages_rooms),
            Area::Active => self.is_member() || self.admin || self.visitor.is_some(),
            Area::Archive => self.is_member() || self.admin,
            Area::My | Area::Trash => self.creator,
        }
    }

    pub(crate) fn can_edit(self, room: &Room) -> bool {
        match room.area {
            Area::Active => self.manages(),
            Area::Templates => self.creator,
            Area::Archive | Area::My | Area::Trash => false,
        }
    }

    /// Whether the caller may change the content of the room.
    pub(crate) fn can_write(self, room: &Room) -> bool {
        room.area.is_writable() && (self.manages() || self.role == Some(Access::CONTENT_CREATOR))
    }

    /// Whether the caller may copy the room and its content
    /// (docs/portal/operations.md#duplicates-of-rooms).
    pub(crate) fn can_copy(self, room: &Room) -> bool {
        let holds = self.manages() || self.role == Some(Access::CONTENT_CREATOR);
        room.area != Area::Trash && self.can_read(room) && (holds || !room.deny_download)
    }

    pub(crate) fn can_tag(self, room: &Room) -> bool {
        match room.area {
            Area::Active => self.manages() || self.admin,
            Area::Templates => self.creator || (self.admin && self.role.is_some()),
            Area::Archive | Area::My | Area::Trash => false,
        }
    }

    pub(crate) fn can_pin(self, room: &Room) -> bool {
        room.area != Area::Archive && !self.anonymous && self.can_read(room)
    }

    /// Whether the caller may archive and restore the room.
    pub(crate) fn can_move(self, room: &Room) -> bool {
        room.area != Area::Templates && (self.creator || self.admin)
    }

    pub(crate) fn can_delete(self, room: &Room) -> bool {
        self.creator || (room.area == Area::Archive && self.admin)
    }

    /// Whether lists of the room's links show them to the caller.
    pub(crate) fn can_read_links(self, room: &Room) -> bool {
        room.area != Area::Templates && self.manages()
    }

    pub(crate) fn can_index(self, room: &Room) -> bool {
        self.manages() || (self.admin && room.area != Area::Templates)
    }

    /// Whether answers contain the space that the room uses
    /// (docs/portal/permissions.md#usedspace-quotalimit-and-iscustomquota).
    pub(crate) fn sees_usage(self, room: &Room) -> bool {
        match room.area {
            Area::Archive => self.can_delete(room),
            _ => self.manages() || self.role == Some(Access::CONTENT_CREATOR),
        }
    }

    /// Whether answers contain the quota of the room while quotas are on
    /// (docs/portal/permissions.md#usedspace-quotalimit-and-iscustomquota).
    pub(crate) fn sees_quota(self, room: &Room) -> bool {
        room.area != Area::Archive && self.sees_usage(room)
    }

    /// Whether answers report that the caller may share the room
    /// (docs/portal/permissions.md#canshare-and-sharesettings).
    pub(crate) fn can_share(self, room: &Room) -> bool {
        room.area != Area::Archive
            && self.manages()
            && !matches!(room.room_type, RoomType::EDITING | RoomType::VIRTUAL_DATA)
    }

    /// Whether the caller may share entries of the room, even if the room itself cannot be shared
    /// (recordings content/folders and walks/102).
    pub(crate) fn can_share_content(self, room: &Room) -> bool {
        !matches!(room.area, Area::Archive | Area::Trash) && self.manages()
    }

    /// The field `access` of the room (docs/portal/permissions.md#access). `listed` is true in
    /// lists of rooms.
    pub(crate) fn access(self, room: &Room, listed: bool) -> Access {
        if self.creator {
            // A creator who is also a member sees that access level in lists only (recording
            // walks/005).
            return self.role.filter(|_| listed && room.area != Area::Templates).unwrap_or(Access::NONE);
        }
        match self.role {
            None if self.admin && room.area == Area::Archive && room.deny_download => Access::RESTRICT,
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
