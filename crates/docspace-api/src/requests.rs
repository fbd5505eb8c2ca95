//! Requests with only what a portal demands; the rest is set field by field.

use crate::types::{
    ChangeOwnerRequest, CreateKeyRequest, CreatePeopleGroupRequest, CreatePersonRequest, CreateRoomFromTemplateRequest,
    CreateRoomRequest, CreateTemplateRequest, CreateThirdPartyRoomRequest, LinkId, MemberId, MemberInvitation,
    OperationRequest, PeopleGroupId, PersonId, PersonType, SetMembersRequest, SetRoomLinkRequest,
};
use crate::{Access, FolderId, LinkType, RoomType};

impl CreateRoomRequest {
    /// A room of this title and type.
    pub fn new(title: impl Into<String>, room_type: RoomType) -> Self {
        Self {
            title: title.into(),
            room_type,
            tags: None,
            color: None,
            cover: None,
            logo: None,
            quota: None,
            indexing: None,
            deny_download: None,
            lifetime: None,
            watermark: None,
            private: None,
            share: None,
            chat_settings: None,
            send_form_to_external_db: None,
            save_form_as_xlsx: None,
        }
    }
}

impl SetRoomLinkRequest {
    /// A link of this id, type and access.
    pub fn new(link_id: LinkId, link_type: LinkType, access: Access) -> Self {
        Self {
            link_id: Some(link_id),
            link_type,
            access,
            title: None,
            expiration_date: None,
            internal: None,
            password: None,
            deny_download: None,
            max_use_count: None,
        }
    }
}

impl CreateTemplateRequest {
    /// A template of this title, made from this room.
    pub fn new(room_id: i32, title: impl Into<String>) -> Self {
        Self {
            room_id,
            title: title.into(),
            copy_logo: None,
            logo: None,
            share: None,
            groups: None,
            public: None,
            tags: None,
            color: None,
            cover: None,
            quota: None,
        }
    }
}

impl CreateRoomFromTemplateRequest {
    /// A room of this title, made from this template.
    pub fn new(template_id: i32, title: impl Into<String>) -> Self {
        Self {
            template_id,
            title: title.into(),
            copy_logo: None,
            logo: None,
            tags: None,
            color: None,
            cover: None,
            quota: None,
            indexing: None,
            deny_download: None,
            lifetime: None,
            watermark: None,
            private: None,
        }
    }
}

impl OperationRequest {
    /// An operation that stays listed until its end was read, so that the end can be read.
    pub fn keep() -> Self {
        Self { delete_after: false }
    }
}

impl CreateThirdPartyRoomRequest {
    /// A room of this title and type.
    pub fn new(title: impl Into<String>, room_type: RoomType) -> Self {
        Self {
            title: title.into(),
            room_type,
            create_as_new_folder: None,
            tags: None,
            color: None,
            cover: None,
            logo: None,
            indexing: None,
            deny_download: None,
            private: None,
        }
    }
}

impl SetMembersRequest {
    /// These invitations, without writing to anybody.
    pub fn quietly(invitations: impl IntoIterator<Item = MemberInvitation>) -> Self {
        Self {
            invitations: invitations.into_iter().collect(),
            notify: Some(false),
            message: None,
            culture: None,
            force: None,
        }
    }
}

impl MemberInvitation {
    /// This access for the person or group of this id.
    pub fn by_id(id: impl Into<MemberId>, access: Access) -> Self {
        Self { id: Some(id.into()), email: None, access }
    }

    /// This access for the person of this address.
    pub fn by_email(email: impl Into<String>, access: Access) -> Self {
        Self { id: None, email: Some(email.into()), access }
    }
}

/// Every person can be a member.
impl From<PersonId> for MemberId {
    fn from(id: PersonId) -> Self {
        Self(id.0)
    }
}

/// Every group of people can be a member.
impl From<PeopleGroupId> for MemberId {
    fn from(id: PeopleGroupId) -> Self {
        Self(id.0)
    }
}

impl ChangeOwnerRequest {
    /// This owner for these rooms or other folders.
    pub fn of_folders(owner: PersonId, folders: impl IntoIterator<Item = FolderId>) -> Self {
        Self { user_id: owner, folder_ids: Some(folders.into_iter().collect()), file_ids: None }
    }
}

impl CreateKeyRequest {
    /// A key of this name that is allowed everything and never expires.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), permissions: None, expires_in_days: None }
    }
}

impl CreatePeopleGroupRequest {
    /// A group of this name, without members.
    pub fn new(name: impl Into<String>) -> Self {
        Self { group_name: name.into(), group_manager: None, members: None }
    }
}

impl CreatePersonRequest {
    /// A person of this address, name and type. A password, or its hash, is still to be set.
    pub fn new(
        email: impl Into<String>,
        first_name: impl Into<String>,
        last_name: impl Into<String>,
        person_type: PersonType,
    ) -> Self {
        Self {
            email: email.into(),
            first_name: first_name.into(),
            last_name: last_name.into(),
            type_: person_type,
            password: None,
            password_hash: None,
            department: None,
            location: None,
            comment: None,
            contacts: None,
            files: None,
            culture_name: None,
            spam: None,
        }
    }
}
