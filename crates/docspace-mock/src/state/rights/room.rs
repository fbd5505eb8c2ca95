//! Rights in rooms and templates, as measured (docs/portal/permissions.md#security).

use std::sync::LazyLock;

use crate::state::access::Access;
use crate::state::permissions::Permissions;
use crate::state::rights::{Rights, Table};
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};

/// The rights in a room, by the relation of the caller to it.
///
/// - `+`: granted.
/// - `link`: granted if the room has a primary or an additional external link.
/// - `copy`: granted, except if the room denies downloads and the caller sees it only as an admin.
/// - `index`: granted if the room has indexing on; `index*`: the same, but not in a template.
const ROOM: [&str; 24] = [
    //                 In a room or a template:                                                In the archive:
    //                creator  creator  manager  content  member   admin    admin    visitor  creator  manager  member   an admin
    //                         of AI             creator           member                     or admin                   as manager
    "Read             +        +        +        +        +        +        +        +        +        +        +        +",
    "Create           +        -        +        +        -        -        -        -        -        -        -        +",
    "Delete           +        +        -        -        -        -        -        -        +        -        -        -",
    "EditRoom         +        +        +        -        -        -        -        -        -        -        -        +",
    "Rename           +        +        +        -        -        -        -        -        -        -        -        +",
    "CopyTo           +        -        +        +        -        -        -        -        -        -        -        +",
    "Copy             +        -        +        +        +        copy     copy     +        +        +        +        +",
    "MoveTo           +        -        +        +        -        -        -        -        -        -        -        +",
    "Move             +        -        -        -        -        +        +        -        +        -        -        +",
    "Pin              +        +        +        +        +        +        +        +        -        -        -        +",
    "Mute             +        +        +        +        +        +        -        +        -        -        -        +",
    "EditAccess       +        +        +        -        -        -        -        -        -        -        -        +",
    "Duplicate        +        -        +        -        -        copy     copy     -        -        -        -        +",
    "Download         +        +        +        +        +        copy     copy     +        copy     +        +        +",
    "CopySharedLink   +        +        +        -        -        link     link     +        -        -        -        +",
    "Reconnect        -        -        -        -        -        -        -        -        -        -        -        -",
    "CreateRoomFrom   -        -        -        -        -        -        -        -        -        -        -        -",
    "CopyLink         +        +        +        +        +        +        -        +        -        -        -        +",
    "Embed            link     link     link     -        -        -        -        -        -        -        -        link",
    "ChangeOwner      +        +        -        -        -        +        +        -        -        -        -        +",
    "IndexExport      index    index    index    -        -        index*   index*   -        index    index    -        index",
    "UseChat          -        +        -        -        -        -        -        -        -        -        -        -",
    "UpdateXlsx       -        -        -        -        -        -        -        -        -        -        -        -",
    "AnalyzeResponses -        -        -        -        -        -        -        -        -        -        -        -",
];

pub(super) static ROOM_TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&ROOM));

/// A column of [`ROOM`].
#[derive(Clone, Copy, Debug)]
enum Column {
    Creator,
    AiCreator,
    Manager,
    ContentCreator,
    /// A member with any other access level.
    Member,
    /// A portal admin who is a member, or any portal admin in a list of rooms.
    AdminMember,
    Admin,
    Visitor,
    ArchiveCreator,
    ArchiveManager,
    ArchiveMember,
    /// A portal admin who is a manager of the room.
    AdminManager,
}

impl Column {
    /// The column of a caller. `listed` is true in lists of rooms.
    fn of(permissions: Permissions, room: &Room, listed: bool) -> Option<Self> {
        if room.area == Area::Archive {
            return match permissions.role {
                _ if permissions.creator || permissions.admin => Some(Self::ArchiveCreator),
                Some(Access::ROOM_MANAGER) => Some(Self::ArchiveManager),
                Some(_) => Some(Self::ArchiveMember),
                None => None,
            };
        }
        match permissions.role {
            _ if permissions.creator && room.room_type == RoomType::AI => Some(Self::AiCreator),
            _ if permissions.creator => Some(Self::Creator),
            Some(Access::ROOM_MANAGER) if permissions.admin => Some(Self::AdminManager),
            Some(Access::ROOM_MANAGER) => Some(Self::Manager),
            None if permissions.admin && !listed => Some(Self::Admin),
            _ if permissions.admin => Some(Self::AdminMember),
            Some(Access::CONTENT_CREATOR) => Some(Self::ContentCreator),
            Some(_) if permissions.can_read(room) => Some(Self::Member),
            _ => permissions.visitor.map(|_| Self::Visitor),
        }
    }
}

/// The rights of a caller in a room. `listed` is true in lists of rooms. `fresh` is true in the
/// answer that creates the room, which does not show its links yet.
pub(crate) fn of_room(permissions: Permissions, room: &Room, listed: bool, fresh: bool) -> Rights {
    let column = Column::of(permissions, room, listed).map(|column| column as usize);
    ROOM_TABLE.rights(column, |cell| match cell {
        "+" => true,
        "link" => room.has_external_link() && !fresh,
        "index" => room.indexing,
        "copy" => !(room.deny_download && permissions.admin && !permissions.is_member()),
        "index*" => room.indexing && room.area != Area::Templates,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::portal::Portal;
    use crate::state::links::LinkKind;

    const LINK: Uuid = Uuid::from_u128(1);

    fn room(room_type: RoomType, area: Area) -> Room {
        let mut portal = Portal::new();
        let owner = portal.people.owner();
        Room { area, ..portal.new_room("Room".into(), room_type, owner) }
    }

    fn with_link_and_indexing(mut room: Room) -> Room {
        let link = Portal::new().new_link(LINK, LinkKind::Primary, "Link".into(), Access::READ);
        room.links.push(link);
        room.indexing = true;
        room
    }

    fn creator() -> Permissions {
        Permissions { creator: true, manages_rooms: true, ..Permissions::default() }
    }

    fn member(role: Access) -> Permissions {
        Permissions { role: Some(role), personal: true, ..Permissions::default() }
    }

    fn admin() -> Permissions {
        Permissions { admin: true, manages_rooms: true, ..Permissions::default() }
    }

    /// The names of the rights that are granted.
    fn granted(permissions: Permissions, room: &Room, listed: bool) -> String {
        let rights = of_room(permissions, room, listed, false);
        rights.iter().filter(|(_, granted)| *granted).map(|(right, _)| right).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rights_in_a_room_depend_on_the_caller() {
        let room = room(RoomType::CUSTOM, Area::Active);
        let visitor = Permissions { visitor: Some(LINK), anonymous: true, ..Permissions::default() };
        for (permissions, expected) in [
            (
                creator(),
                "Read Create Delete EditRoom Rename CopyTo Copy MoveTo Move Pin Mute EditAccess Duplicate Download \
                 CopySharedLink CopyLink ChangeOwner",
            ),
            (
                member(Access::ROOM_MANAGER),
                "Read Create EditRoom Rename CopyTo Copy MoveTo Pin Mute EditAccess Duplicate Download \
                 CopySharedLink CopyLink",
            ),
            (member(Access::CONTENT_CREATOR), "Read Create CopyTo Copy MoveTo Pin Mute Download CopyLink"),
            (member(Access::EDITING), "Read Copy Pin Mute Download CopyLink"),
            (member(Access::READ), "Read Copy Pin Mute Download CopyLink"),
            (admin(), "Read Copy Move Pin Duplicate Download ChangeOwner"),
            (
                Permissions { role: Some(Access::READ), ..admin() },
                "Read Copy Move Pin Mute Duplicate Download CopyLink ChangeOwner",
            ),
            (visitor, "Read Copy Pin Mute Download CopySharedLink CopyLink"),
            (Permissions::default(), ""),
        ] {
            assert_eq!(granted(permissions, &room, false), expected, "{permissions:?}");
        }
    }

    #[test]
    fn admins_have_the_rights_of_a_member_in_lists() {
        let expected = "Read Copy Move Pin Mute Duplicate Download CopyLink ChangeOwner";
        assert_eq!(granted(admin(), &room(RoomType::CUSTOM, Area::Active), true), expected);
    }

    #[test]
    fn creators_of_ai_rooms_have_no_rights_to_create_and_to_copy() {
        let expected =
            "Read Delete EditRoom Rename Pin Mute EditAccess Download CopySharedLink CopyLink ChangeOwner UseChat";
        assert_eq!(granted(creator(), &room(RoomType::AI, Area::Active), false), expected);
    }

    #[test]
    fn archived_rooms_grant_few_rights() {
        let room = room(RoomType::CUSTOM, Area::Archive);
        for permissions in [creator(), admin()] {
            assert_eq!(granted(permissions, &room, true), "Read Delete Copy Move Download");
        }
        for role in [Access::ROOM_MANAGER, Access::READ] {
            assert_eq!(granted(member(role), &room, true), "Read Copy Download");
        }
        assert_eq!(granted(Permissions { visitor: Some(LINK), ..Permissions::default() }, &room, true), "");
    }

    #[test]
    fn only_people_who_manage_rooms_can_read_templates() {
        let template = room(RoomType::CUSTOM, Area::Templates);
        let room_admin = Permissions { manages_rooms: true, ..member(Access::READ) };
        assert_eq!(granted(room_admin, &template, false), "Read Copy Pin Mute Download CopyLink");
        assert_eq!(granted(member(Access::READ), &template, false), "");
    }

    #[test]
    fn external_links_and_indexing_add_rights() {
        let has = |permissions: Permissions, room: &Room, right: &str| {
            granted(permissions, room, false).split(' ').any(|granted| granted == right)
        };
        let active = with_link_and_indexing(room(RoomType::CUSTOM, Area::Active));
        let archived = with_link_and_indexing(room(RoomType::CUSTOM, Area::Archive));
        let template = with_link_and_indexing(room(RoomType::CUSTOM, Area::Templates));
        for (permissions, expected) in [
            (creator(), ["Embed", "CopySharedLink", "IndexExport"].as_slice()),
            (member(Access::ROOM_MANAGER), &["Embed", "CopySharedLink", "IndexExport"]),
            (admin(), &["CopySharedLink", "IndexExport"]),
            (member(Access::READ), &[]),
        ] {
            for right in ["Embed", "CopySharedLink", "IndexExport"] {
                assert_eq!(has(permissions, &active, right), expected.contains(&right), "{permissions:?} {right}");
            }
            assert!(!has(permissions, &archived, "Embed"), "{permissions:?}");
        }
        for (permissions, expected) in [(creator(), true), (admin(), true), (member(Access::ROOM_MANAGER), true)] {
            assert_eq!(has(permissions, &archived, "IndexExport"), expected, "{permissions:?}");
        }
        assert!(has(creator(), &template, "IndexExport"));
        assert!(!has(admin(), &template, "IndexExport"));
        let fresh = of_room(creator(), &active, false, true);
        assert!(
            fresh.iter().any(|right| right == ("Embed", false)),
            "the answer that creates the room does not show links"
        );
    }
}
