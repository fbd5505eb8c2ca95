//! Rights in the root folders.

use std::sync::LazyLock;

use crate::state::people::{Person, Role};
use crate::state::rights::room::ROOM_TABLE;
use crate::state::rights::{Rights, Table};
use crate::state::rooms::Area;

/// The rights in the root folders. Rights that are not listed are never granted.
///
/// The rights of room admins in the archive were not recorded. The mock grants copying and
/// downloading there only to portal admins.
const ROOT: [&str; 7] = [
    //        Rooms:             Archive:           Templates:         My         Trash:
    //        room     others    portal   others    room     others    documents  of a    others
    //        admins             admins             admins                        Guest
    "Read     +        +         +        +         +        +         +          +       +",
    "Create   +        -         -        -         -        -         +          -       -",
    "CopyTo   -        -         -        -         -        -         +          -       -",
    "Copy     -        -         +        -         -        -         -          -       -",
    "MoveTo   +        -         +        +         +        -         +          -       +",
    "Move     -        -         -        -         -        -         -          +       -",
    "Download -        -         +        -         -        -         -          -       -",
];

pub(super) static ROOT_TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&ROOT));

/// The rights of a person in a root folder.
pub(crate) fn of_root(area: Area, person: Option<&Person>) -> Rights {
    let manages = person.is_some_and(|person| person.role.manages_rooms());
    let admin = person.is_some_and(|person| person.role.is_admin());
    let column = match area {
        Area::Active => usize::from(!manages),
        Area::Archive => 2 + usize::from(!admin),
        Area::Templates => 4 + usize::from(!manages),
        Area::My => 6,
        Area::Trash => 7 + usize::from(person.is_some_and(|person| person.role != Role::Guest)),
    };
    ROOM_TABLE.rights_of_part(&ROOT_TABLE, column)
}

/// The rights in a root folder that grants none of them.
pub(crate) fn none_of_root() -> Rights {
    ROOM_TABLE.rights(None, |_| false)
}
