//! Requests that say more than which properties are required.

use crate::types::{
    ChangeOwnerRequest, LinkId, MemberId, MemberInvitation, OperationRequest, PeopleGroupId, PersonId,
    SetMembersRequest, SetRoomLinkRequest,
};
use crate::{Access, FolderId, LinkType};

impl SetRoomLinkRequest {
    /// A link of this id, type and access.
    pub fn new(link_id: LinkId, link_type: LinkType, access: Access) -> Self {
        Self { link_id: Some(link_id), ..Self::required(access, link_type) }
    }
}

impl OperationRequest {
    /// An operation that stays listed until its end was read, so that the end can be read.
    pub fn keep() -> Self {
        Self { delete_after: false }
    }
}

impl SetMembersRequest {
    /// These invitations, without writing to anybody.
    pub fn quietly(invitations: impl IntoIterator<Item = MemberInvitation>) -> Self {
        Self { notify: Some(false), ..Self::new(invitations) }
    }
}

impl MemberInvitation {
    /// This access for the person or group of this id.
    pub fn by_id(id: impl Into<MemberId>, access: Access) -> Self {
        Self { id: Some(id.into()), ..Self::new(access) }
    }

    /// This access for the person of this address.
    pub fn by_email(email: impl Into<String>, access: Access) -> Self {
        Self { email: Some(email.into()), ..Self::new(access) }
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
        Self { folder_ids: Some(folders.into_iter().collect()), ..Self::new(owner) }
    }
}
