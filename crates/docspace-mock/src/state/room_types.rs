//! The types of rooms, and the access levels and links that each type allows
//! (docs/portal/links.md#access-and-limits-per-room-type,
//! docs/portal/members.md#roles-per-room-type).

use crate::numbered::numbered;
use crate::state::access::Access;
use crate::state::entries::FolderType;

numbered! {
    /// The type of a room (RoomType).
    RoomType {
        FILLING_FORMS = 1 "FillingFormsRoom",
        EDITING = 2 "EditingRoom",
        CUSTOM = 5 "CustomRoom",
        PUBLIC = 6 "PublicRoom",
        VIRTUAL_DATA = 8 "VirtualDataRoom",
        AI = 9 "AiRoom",
    }
}

impl RoomType {
    /// The name of the type in the portal's code, which validation errors contain.
    pub(crate) const TYPE_NAME: &'static str = "ASC.Files.Core.ApiModels.RequestDto.RoomType";

    /// The folder type of a room of this type.
    pub(crate) fn folder_type(self) -> FolderType {
        match self {
            Self::FILLING_FORMS => FolderType::FILLING_FORMS_ROOM,
            Self::EDITING => FolderType::EDITING_ROOM,
            Self::PUBLIC => FolderType::PUBLIC_ROOM,
            Self::VIRTUAL_DATA => FolderType::VIRTUAL_DATA_ROOM,
            Self::AI => FolderType::AI_ROOM,
            _ => FolderType::CUSTOM_ROOM,
        }
    }

    /// The access levels of invitation links.
    pub(crate) fn invitation_roles(self) -> &'static [Access] {
        match self {
            Self::CUSTOM => {
                &[Access::CONTENT_CREATOR, Access::EDITING, Access::REVIEW, Access::COMMENT, Access::READ, Access::NONE]
            }
            Self::PUBLIC | Self::AI => &[Access::CONTENT_CREATOR, Access::READ, Access::NONE],
            Self::FILLING_FORMS => &[Access::CONTENT_CREATOR, Access::FILL_FORMS, Access::NONE],
            Self::EDITING => &[Access::CONTENT_CREATOR, Access::EDITING, Access::READ, Access::NONE],
            _ => &[Access::CONTENT_CREATOR, Access::EDITING, Access::READ, Access::FILL_FORMS, Access::NONE],
        }
    }

    /// The access levels of external links. Empty if rooms of this type have no external links.
    pub(crate) fn external_roles(self) -> &'static [Access] {
        match self {
            Self::CUSTOM | Self::PUBLIC => {
                &[Access::EDITING, Access::FILL_FORMS, Access::REVIEW, Access::COMMENT, Access::READ, Access::NONE]
            }
            Self::FILLING_FORMS => &[Access::FILL_FORMS, Access::READ, Access::NONE],
            _ => &[],
        }
    }

    /// The access levels of members, without `ROOM_MANAGER`.
    pub(crate) fn member_roles(self) -> &'static [Access] {
        match self {
            Self::PUBLIC => &[Access::CONTENT_CREATOR, Access::NONE],
            other => other.invitation_roles(),
        }
    }

    /// The access levels of external links in `availableShareRights`, without `NONE`.
    pub(crate) fn share_rights(self) -> &'static [Access] {
        match self {
            Self::FILLING_FORMS => &[Access::FILL_FORMS],
            Self::VIRTUAL_DATA => &[Access::EDITING, Access::FILL_FORMS, Access::REVIEW, Access::COMMENT, Access::READ],
            _ => &[Access::EDITING, Access::REVIEW, Access::COMMENT, Access::READ],
        }
    }

    /// Maximum number of additional external links.
    pub(crate) fn max_external_links(self) -> usize {
        if matches!(self, Self::CUSTOM | Self::PUBLIC) { 5 } else { 0 }
    }

    /// Whether rooms of this type are created with a primary link, which never expires and is
    /// replaced when it is revoked.
    pub(crate) fn has_permanent_primary_link(self) -> bool {
        matches!(self, Self::PUBLIC | Self::FILLING_FORMS)
    }
}
