//! Types of rooms, and which roles and links each of them allows (portal-facts 4 and 7.1).

use crate::numbered::numbered;
use crate::state::access::Access;
use crate::state::entries::FolderType;

numbered! {
    /// RoomType.
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
    /// The type's name in the portal's code, which complaints about a body name.
    pub(crate) const TYPE_NAME: &'static str = "ASC.Files.Core.ApiModels.RequestDto.RoomType";

    /// The type of the folder that a room of this type is.
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

    /// Roles of invitation links, and of members that are not managers.
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

    /// Roles of external links; none where a room has no such links.
    pub(crate) fn external_roles(self) -> &'static [Access] {
        match self {
            Self::CUSTOM | Self::PUBLIC => {
                &[Access::EDITING, Access::FILL_FORMS, Access::REVIEW, Access::COMMENT, Access::READ, Access::NONE]
            }
            Self::FILLING_FORMS => &[Access::FILL_FORMS, Access::READ, Access::NONE],
            _ => &[],
        }
    }

    /// Roles that members may have, apart from managers.
    pub(crate) fn member_roles(self) -> &'static [Access] {
        match self {
            Self::PUBLIC => &[Access::CONTENT_CREATOR, Access::NONE],
            other => other.invitation_roles(),
        }
    }

    /// Roles that `availableShareRights` offers for links of both kinds, apart from `NONE`.
    pub(crate) fn share_rights(self) -> &'static [Access] {
        match self {
            Self::FILLING_FORMS => &[Access::FILL_FORMS],
            Self::VIRTUAL_DATA => &[Access::EDITING, Access::FILL_FORMS, Access::REVIEW, Access::COMMENT, Access::READ],
            _ => &[Access::EDITING, Access::REVIEW, Access::COMMENT, Access::READ],
        }
    }

    /// How many additional external links a room may have.
    pub(crate) fn most_external_links(self) -> usize {
        if matches!(self, Self::CUSTOM | Self::PUBLIC) { 5 } else { 0 }
    }

    /// Whether a room has a primary link from the start, which never expires and comes back when it is
    /// revoked.
    pub(crate) fn has_lasting_primary_link(self) -> bool {
        matches!(self, Self::PUBLIC | Self::FILLING_FORMS)
    }
}
