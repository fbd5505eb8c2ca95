//! The access levels of members and links (docs/portal/members.md#access-levels).

use crate::numbered::numbered;

numbered! {
    /// The access level of a member or a link in a room (FileShare).
    Access {
        NONE = 0 "None",
        READ_WRITE = 1 "ReadWrite",
        READ = 2 "Read",
        RESTRICT = 3 "Restrict",
        VARIES = 4 "Varies",
        REVIEW = 5 "Review",
        COMMENT = 6 "Comment",
        FILL_FORMS = 7 "FillForms",
        CUSTOM_FILTER = 8 "CustomFilter",
        ROOM_MANAGER = 9 "RoomManager",
        EDITING = 10 "Editing",
        CONTENT_CREATOR = 11 "ContentCreator",
    }
}

impl Access {
    /// The name of the type in the portal's code, which validation errors contain.
    pub(crate) const TYPE_NAME: &'static str = "ASC.Files.Core.Security.FileShare";

    /// The order of links and members. Undefined access levels come last.
    const STRONGEST_FIRST: [Self; 9] = [
        Self::READ_WRITE,
        Self::ROOM_MANAGER,
        Self::CONTENT_CREATOR,
        Self::EDITING,
        Self::CUSTOM_FILTER,
        Self::FILL_FORMS,
        Self::REVIEW,
        Self::COMMENT,
        Self::READ,
    ];

    /// The position of the access level in the order of links and members.
    pub(crate) fn rank(self) -> usize {
        Self::STRONGEST_FIRST.iter().position(|known| *known == self).unwrap_or(usize::MAX)
    }
}
