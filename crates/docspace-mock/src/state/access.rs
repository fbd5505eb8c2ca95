//! The roles of members and links, and which of them a room type allows (portal-facts 4 and 7.1).

/// FileShare: names as a body may spell them, and numbers.
pub(crate) const ACCESS_NAMES: [(&str, i64); 12] = [
    ("None", 0),
    ("ReadWrite", 1),
    ("Read", 2),
    ("Restrict", 3),
    ("Varies", 4),
    ("Review", 5),
    ("Comment", 6),
    ("FillForms", 7),
    ("CustomFilter", 8),
    ("RoomManager", 9),
    ("Editing", 10),
    ("ContentCreator", 11),
];

pub(crate) const NONE: i64 = 0;
pub(crate) const READ_WRITE: i64 = 1;
pub(crate) const READ: i64 = 2;
pub(crate) const RESTRICT: i64 = 3;
pub(crate) const FILL_FORMS: i64 = 7;
pub(crate) const ROOM_MANAGER: i64 = 9;
pub(crate) const CONTENT_CREATOR: i64 = 11;

/// RoomType, by name and number.
pub(crate) const ROOM_TYPES: [(&str, i64); 6] = [
    ("FillingFormsRoom", 1),
    ("EditingRoom", 2),
    ("CustomRoom", 5),
    ("PublicRoom", 6),
    ("VirtualDataRoom", 8),
    ("AiRoom", 9),
];

pub(crate) const FILLING_FORMS: i64 = 1;
pub(crate) const EDITING: i64 = 2;
pub(crate) const CUSTOM: i64 = 5;
pub(crate) const PUBLIC: i64 = 6;
pub(crate) const VIRTUAL_DATA: i64 = 8;
pub(crate) const AI: i64 = 9;

/// What a link may grant; the strongest first.
const LINK_ROLES: &[i64] = &[10, 7, 5, 6, 2, 0];

/// Roles of invitation links of a room type, and of members that are no managers.
pub(crate) fn invitation_roles(room_type: i64) -> &'static [i64] {
    match room_type {
        CUSTOM => &[11, 10, 5, 6, 2, 0],
        PUBLIC | AI => &[11, 2, 0],
        FILLING_FORMS => &[11, 7, 0],
        EDITING => &[11, 10, 2, 0],
        _ => &[11, 10, 2, 7, 0],
    }
}

/// Roles of external links of a room type; none where a room has no such links.
pub(crate) fn external_roles(room_type: i64) -> &'static [i64] {
    match room_type {
        CUSTOM | PUBLIC => LINK_ROLES,
        FILLING_FORMS => &[7, 2, 0],
        _ => &[],
    }
}

/// Roles that members of a room type may have; managers only who may manage rooms.
pub(crate) fn member_roles(room_type: i64) -> &'static [i64] {
    match room_type {
        PUBLIC => &[11, 0],
        other => invitation_roles(other),
    }
}

/// How many additional external links a room type may have.
pub(crate) fn most_external_links(room_type: i64) -> usize {
    if matches!(room_type, CUSTOM | PUBLIC) { 5 } else { 0 }
}

/// The order of links and members: the strongest role first.
pub(crate) fn strength(access: i64) -> usize {
    [1, 9, 11, 10, 8, 7, 5, 6, 2].iter().position(|known| *known == access).unwrap_or(usize::MAX)
}
