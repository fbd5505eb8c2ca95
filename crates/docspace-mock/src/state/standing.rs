//! How somebody stands to a room, and which calls that lets them make (portal-facts 6.0).

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
