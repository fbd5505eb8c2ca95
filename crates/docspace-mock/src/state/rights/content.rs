//! Rights in folders and files inside rooms (recordings content/folders, content/files and
//! templates/with-files).

use std::sync::LazyLock;

use crate::state::access::Access;
use crate::state::permissions::Permissions;
use crate::state::rights::room::ROOM_TABLE;
use crate::state::rights::{Rights, Table};
use crate::state::rooms::{Area, Room};

/// The rights in a folder. Rights that are not listed are never granted. Content of templates
/// cannot be shared (recording templates/failed-jobs).
const FOLDER: [&str; 15] = [
    //              manager  writer    content creator:  member  admin  in archive,  own folders:
    //                       in        own     others'                  reader of    see FILE
    //                       template                                   template
    "Read           +        +         +       +         +       +      +            +        +        +",
    "Create         +        +         +       +         -       -      -            +        +        -",
    "Delete         +        +         +       -         -       -      -            +        +        +",
    "EditRoom       +        +         -       -         -       -      -            +        +        -",
    "Rename         +        +         +       -         -       -      -            +        +        -",
    "CopyTo         +        +         +       +         -       -      -            +        +        -",
    "Copy           +        +         +       +         +       -      +            +        +        -",
    "MoveTo         +        +         +       +         -       -      -            +        +        -",
    "Move           +        +         +       -         -       -      -            +        +        +",
    "EditAccess     +        -         -       -         -       -      -            +        +        -",
    "Duplicate      +        +         +       -         -       -      -            +        +        -",
    "Download       +        +         +       +         +       +      +            +        +        -",
    "CopySharedLink +        +         -       -         -       -      -            +        +        -",
    "CreateRoomFrom -        -         -       -         -       -      -            +        -        -",
    "CopyLink       +        +         +       +         +       -      -            +        +        -",
];

/// The rights in a file.
///
/// - `text`: granted for documents, spreadsheets, presentations and PDF files.
/// - `form`: granted for forms.
///
/// The last three columns are My documents of people who manage rooms and of others, and the trash.
const FILE: [&str; 27] = [
    //                     owner    manager,  content  editor  member  admin   in archive:      own files,
    //                     of room  own file  creator                          owner   others   see above
    "Read                  +        +         +        +       +       +       +       +        +       +      +",
    "Comment               +        +         +        +       -       -       -       -        +       +      -",
    "FillForms             -        -         -        -       -       -       -       -        -       -      -",
    "Review                +        +         +        +       -       -       -       -        +       +      -",
    "Edit                  +        +         +        +       -       -       -       -        +       +      -",
    "Delete                +        +         -        -       -       -       -       -        +       +      +",
    "CustomFilter          +        +         +        +       -       -       -       -        +       +      -",
    "Rename                +        +         -        -       -       -       -       -        +       +      -",
    "ReadHistory           +        +         +        +       -       -       +       -        +       +      -",
    "Lock                  +        +         +        -       -       -       -       -        +       +      -",
    "EditHistory           +        +         +        -       -       -       -       -        +       +      -",
    "Copy                  +        +         +        +       +       -       +       +        +       +      -",
    "Move                  +        +         -        -       -       -       -       -        +       +      +",
    "Duplicate             +        +         -        -       -       -       -       -        +       +      -",
    "SubmitToFormGallery   text     -         -        -       -       -       -       -        text    text   -",
    "Download              +        +         +        +       +       +       +       +        +       +      -",
    "Convert               +        +         +        -       -       -       -       -        +       +      -",
    "CreateRoomFrom        -        -         -        -       -       -       -       -        +       -      -",
    "CopyLink              +        +         +        +       +       +       -       -        +       +      -",
    "Embed                 -        -         -        -       -       -       -       -        -       -      -",
    "StartFilling          -        -         -        -       -       -       -       -        -       -      -",
    "FillingStatus         -        -         -        -       -       -       -       -        -       -      -",
    "ResetFilling          -        -         -        -       -       -       -       -        -       -      -",
    "StopFilling           -        -         -        -       -       -       -       -        -       -      -",
    "OpenForm              form     form      form     form    form    form    form    form     text    text   -",
    "Vectorization         -        -         -        -       -       -       -       -        -       -      -",
    "AskAi                 -        -         -        -       -       -       -       -        -       -      -",
];

pub(super) static FOLDER_TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&FOLDER));
pub(super) static FILE_TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&FILE));

/// The rights in a folder. `own` is whether the caller made it.
pub(crate) fn of_folder(permissions: Permissions, room: &Room, own: bool) -> Rights {
    let column = match room.area {
        Area::Templates if permissions.can_edit(room) => 1,
        Area::Templates | Area::Archive => 6,
        Area::My => 7 + usize::from(!permissions.manages_rooms),
        Area::Trash => 9,
        Area::Active if permissions.manages() => 0,
        Area::Active => match permissions.role {
            Some(Access::CONTENT_CREATOR) => {
                if own {
                    2
                } else {
                    3
                }
            }
            None if permissions.admin && permissions.visitor.is_none() => 5,
            _ => 4,
        },
    };
    ROOM_TABLE.rights_of_part(&FOLDER_TABLE, column)
}

/// The rights in a file. `own` is whether the caller made it, `text` whether it is a document, a
/// spreadsheet, a presentation or a PDF file, and `form` whether it is a form.
pub(crate) fn of_file(permissions: Permissions, room: &Room, own: bool, text: bool, form: bool) -> Rights {
    let column = match room.area {
        Area::Archive => {
            if permissions.manages() {
                6
            } else {
                7
            }
        }
        Area::Templates => {
            if permissions.can_edit(room) {
                0
            } else {
                4
            }
        }
        Area::My => 8 + usize::from(!permissions.manages_rooms),
        Area::Trash => 10,
        Area::Active if permissions.creator => 0,
        Area::Active if permissions.manages() => 1,
        Area::Active => match permissions.role {
            Some(Access::CONTENT_CREATOR) => {
                if own {
                    1
                } else {
                    2
                }
            }
            Some(Access::EDITING) => 3,
            None if permissions.admin && permissions.visitor.is_none() => 5,
            _ => 4,
        },
    };
    FILE_TABLE.rights(Some(column), |cell| match cell {
        "+" => true,
        "text" => text,
        "form" => form,
        _ => false,
    })
}
