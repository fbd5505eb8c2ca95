//! Rights in rooms and templates: the measured matrix of portal-facts 5.1.1.

use std::sync::LazyLock;

use crate::state::access::Access;
use crate::state::rights::{Rights, Table};
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::state::standing::Standing;

/// The rights in a room, by how somebody stands to it.
///
/// - `+`: granted.
/// - `link`: granted while the room has a primary or an additional external link.
/// - `index`: granted while the room's entries are numbered; `index*`: the same, but not in a template.
const ROOM: [&str; 24] = [
    //                 In a room or a template:                                                In the archive:
    //                creator  creator  manager  content  member   admin    admin    visitor  creator  manager  member
    //                         of AI             creator           member                     or admin
    "Read             +        +        +        +        +        +        +        +        +        +        +",
    "Create           +        -        +        +        -        -        -        -        -        -        -",
    "Delete           +        +        -        -        -        -        -        -        +        -        -",
    "EditRoom         +        +        +        -        -        -        -        -        -        -        -",
    "Rename           +        +        +        -        -        -        -        -        -        -        -",
    "CopyTo           +        -        +        +        -        -        -        -        -        -        -",
    "Copy             +        -        +        +        +        +        +        +        +        +        +",
    "MoveTo           +        -        +        +        -        -        -        -        -        -        -",
    "Move             +        -        -        -        -        +        +        -        +        -        -",
    "Pin              +        +        +        +        +        +        +        +        -        -        -",
    "Mute             +        +        +        +        +        +        -        +        -        -        -",
    "EditAccess       +        +        +        -        -        -        -        -        -        -        -",
    "Duplicate        +        -        +        -        -        +        +        -        -        -        -",
    "Download         +        +        +        +        +        +        +        +        +        +        +",
    "CopySharedLink   +        +        +        -        -        link     link     +        -        -        -",
    "Reconnect        -        -        -        -        -        -        -        -        -        -        -",
    "CreateRoomFrom   -        -        -        -        -        -        -        -        -        -        -",
    "CopyLink         +        +        +        +        +        +        -        +        -        -        -",
    "Embed            link     link     link     -        -        -        -        -        -        -        -",
    "ChangeOwner      +        +        -        -        -        +        +        -        -        -        -",
    "IndexExport      index    index    index    -        -        index*   index*   -        index    index    -",
    "UseChat          -        +        -        -        -        -        -        -        -        -        -",
    "UpdateXlsx       -        -        -        -        -        -        -        -        -        -        -",
    "AnalyzeResponses -        -        -        -        -        -        -        -        -        -        -",
];

pub(super) static ROOM_TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&ROOM));

/// A column of [`ROOM`].
#[derive(Clone, Copy, Debug)]
enum Column {
    Creator,
    AiCreator,
    Manager,
    ContentCreator,
    /// A member with any other role.
    Member,
    /// An administrator of the portal who is a member, or to whom the room is listed.
    AdminMember,
    Admin,
    Visitor,
    ArchiveCreator,
    ArchiveManager,
    ArchiveMember,
}

impl Column {
    /// The column that applies; `listed` in lists of rooms.
    fn of(standing: Standing, room: &Room, listed: bool) -> Option<Self> {
        if room.area == Area::Archive {
            return match standing.role {
                _ if standing.creator || standing.admin => Some(Self::ArchiveCreator),
                Some(Access::ROOM_MANAGER) => Some(Self::ArchiveManager),
                Some(_) => Some(Self::ArchiveMember),
                None => None,
            };
        }
        match standing.role {
            _ if standing.creator && room.room_type == RoomType::AI => Some(Self::AiCreator),
            _ if standing.creator => Some(Self::Creator),
            Some(Access::ROOM_MANAGER) => Some(Self::Manager),
            None if standing.admin && !listed => Some(Self::Admin),
            _ if standing.admin => Some(Self::AdminMember),
            Some(Access::CONTENT_CREATOR) => Some(Self::ContentCreator),
            Some(_) if standing.can_read(room) => Some(Self::Member),
            _ => standing.visitor.map(|_| Self::Visitor),
        }
    }
}

/// The rights of somebody in a room. `listed` in lists of rooms; `fresh` in the answer to its creation,
/// which knows no links yet.
pub(crate) fn of_room(standing: Standing, room: &Room, listed: bool, fresh: bool) -> Rights {
    let column = Column::of(standing, room, listed).map(|column| column as usize);
    ROOM_TABLE.rights(column, |cell| match cell {
        "+" => true,
        "link" => room.has_external_link() && !fresh,
        "index" => room.indexing,
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
        Room { area, ..portal.blank_room("Room".into(), room_type, owner) }
    }

    fn with_link_and_numbers(mut room: Room) -> Room {
        let link = Portal::new().new_link(LINK, LinkKind::Primary, "Link".into(), Access::READ);
        room.links.push(link);
        room.indexing = true;
        room
    }

    fn creator() -> Standing {
        Standing { creator: true, manages_rooms: true, ..Standing::default() }
    }

    fn member(role: Access) -> Standing {
        Standing { role: Some(role), personal: true, ..Standing::default() }
    }

    fn admin() -> Standing {
        Standing { admin: true, manages_rooms: true, ..Standing::default() }
    }

    /// The names of the rights that are granted.
    fn granted(standing: Standing, room: &Room, listed: bool) -> String {
        let Rights(rights) = of_room(standing, room, listed, false);
        rights.into_iter().filter(|(_, granted)| *granted).map(|(right, _)| right).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rights_in_a_room_follow_from_the_standing() {
        let room = room(RoomType::CUSTOM, Area::Active);
        let visitor = Standing { visitor: Some(LINK), anonymous: true, ..Standing::default() };
        for (standing, expected) in [
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
                Standing { role: Some(Access::READ), ..admin() },
                "Read Copy Move Pin Mute Duplicate Download CopyLink ChangeOwner",
            ),
            (visitor, "Read Copy Pin Mute Download CopySharedLink CopyLink"),
            (Standing::default(), ""),
        ] {
            assert_eq!(granted(standing, &room, false), expected, "{standing:?}");
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
    fn rights_in_the_archive_are_few() {
        let room = room(RoomType::CUSTOM, Area::Archive);
        for standing in [creator(), admin()] {
            assert_eq!(granted(standing, &room, true), "Read Delete Copy Move Download");
        }
        for role in [Access::ROOM_MANAGER, Access::READ] {
            assert_eq!(granted(member(role), &room, true), "Read Copy Download");
        }
        assert_eq!(granted(Standing { visitor: Some(LINK), ..Standing::default() }, &room, true), "");
    }

    #[test]
    fn templates_are_read_by_those_who_manage_rooms() {
        let template = room(RoomType::CUSTOM, Area::Templates);
        let room_admin = Standing { manages_rooms: true, ..member(Access::READ) };
        assert_eq!(granted(room_admin, &template, false), "Read Copy Pin Mute Download CopyLink");
        assert_eq!(granted(member(Access::READ), &template, false), "");
    }

    #[test]
    fn external_links_and_numbered_entries_add_rights() {
        let has = |standing: Standing, room: &Room, right: &str| {
            granted(standing, room, false).split(' ').any(|granted| granted == right)
        };
        let active = with_link_and_numbers(room(RoomType::CUSTOM, Area::Active));
        let archived = with_link_and_numbers(room(RoomType::CUSTOM, Area::Archive));
        let template = with_link_and_numbers(room(RoomType::CUSTOM, Area::Templates));
        for (standing, expected) in [
            (creator(), ["Embed", "CopySharedLink", "IndexExport"].as_slice()),
            (member(Access::ROOM_MANAGER), &["Embed", "CopySharedLink", "IndexExport"]),
            (admin(), &["CopySharedLink", "IndexExport"]),
            (member(Access::READ), &[]),
        ] {
            for right in ["Embed", "CopySharedLink", "IndexExport"] {
                assert_eq!(has(standing, &active, right), expected.contains(&right), "{standing:?} {right}");
            }
            assert!(!has(standing, &archived, "Embed"), "{standing:?}");
        }
        for (standing, expected) in [(creator(), true), (admin(), true), (member(Access::ROOM_MANAGER), true)] {
            assert_eq!(has(standing, &archived, "IndexExport"), expected, "{standing:?}");
        }
        assert!(has(creator(), &template, "IndexExport"));
        assert!(!has(admin(), &template, "IndexExport"));
        let Rights(fresh) = of_room(creator(), &active, false, true);
        assert!(fresh.contains(&("Embed", false)), "the answer to the creation knows no links");
    }
}
