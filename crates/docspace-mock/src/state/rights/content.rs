//! Rights in folders and files inside rooms (recording templates/with-files).

use std::sync::LazyLock;

use crate::state::rights::room::ROOM_TABLE;
use crate::state::rights::{Rights, Table};

/// The rights in a folder. Rights that are not listed are never granted. Content of templates
/// cannot be shared (recording templates/failed-jobs).
const FOLDER: [&str; 14] = [
    //                writer   writer     reader
    //                in room  in
    //                         template
    "Read             +        +        +",
    "Create           +        +        -",
    "Delete           +        +        -",
    "EditRoom         +        +        -",
    "Rename           +        +        -",
    "CopyTo           +        +        -",
    "Copy             +        +        +",
    "MoveTo           +        +        -",
    "Move             +        +        -",
    "EditAccess       +        -        -",
    "Duplicate        +        +        -",
    "Download         +        +        +",
    "CopySharedLink   +        +        -",
    "CopyLink         +        +        -",
];

/// The rights in a file.
const FILE: [&str; 27] = [
    //                     writer   reader
    "Read                  +        +",
    "Comment               +        -",
    "FillForms             -        -",
    "Review                +        -",
    "Edit                  +        -",
    "Delete                +        -",
    "CustomFilter          +        -",
    "Rename                +        -",
    "ReadHistory           +        -",
    "Lock                  +        -",
    "EditHistory           +        -",
    "Copy                  +        +",
    "Move                  +        -",
    "Duplicate             +        -",
    "SubmitToFormGallery   +        -",
    "Download              +        +",
    "Convert               +        -",
    "CreateRoomFrom        -        -",
    "CopyLink              +        +",
    "Embed                 -        -",
    "StartFilling          -        -",
    "FillingStatus         -        -",
    "ResetFilling          -        -",
    "StopFilling           -        -",
    "OpenForm              -        -",
    "Vectorization         -        -",
    "AskAi                 -        -",
];

pub(super) static FOLDER_TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&FOLDER));
pub(super) static FILE_TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&FILE));

/// The rights in a folder. `writes` is whether the caller may change the content of the room.
pub(crate) fn of_folder(writes: bool, is_in_template: bool) -> Rights {
    let column = match (writes, is_in_template) {
        (true, false) => 0,
        (true, true) => 1,
        (false, _) => 2,
    };
    ROOM_TABLE.rights_of_part(&FOLDER_TABLE, column)
}

/// The rights in a file. `writes` is whether the caller may change the content of the room.
pub(crate) fn of_file(writes: bool) -> Rights {
    FILE_TABLE.rights(Some(usize::from(!writes)), |cell| cell == "+")
}
