//! Additional constructors of requests.

use crate::types::{
    ChangeOwnerRequest, LinkId, MemberId, MemberInvitation, OperationRequest, PeopleGroupId, PersonId,
    SetMembersRequest, SetRoomLinkRequest,
};
use crate::{Access, FolderId, LinkType};

impl SetRoomLinkRequest {
    /// Creates or changes the link with this id.
    pub fn new(link_id: LinkId, link_type: LinkType, access: Access) -> Self {
        Self { link_id: Some(link_id), ..Self::required(access, link_type) }
    }
}

impl OperationRequest {
    /// Keeps the record of the operation until its result has been read.
    pub fn keep_record() -> Self {
        Self { delete_after: false }
    }
}

impl SetMembersRequest {
    /// Applies these invitations without sending e-mails.
    pub fn without_notification(invitations: impl IntoIterator<Item = MemberInvitation>) -> Self {
        Self { notify: Some(false), ..Self::new(invitations) }
    }
}

impl MemberInvitation {
    /// Gives this access to the person or people group with this id.
    pub fn by_id(id: impl Into<MemberId>, access: Access) -> Self {
        Self { id: Some(id.into()), ..Self::new(access) }
    }

    /// Gives this access to the person with this e-mail address.
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

/// Every people group can be a member.
impl From<PeopleGroupId> for MemberId {
    fn from(id: PeopleGroupId) -> Self {
        Self(id.0)
    }
}

impl ChangeOwnerRequest {
    /// Makes this person the owner of these rooms or other folders.
    pub fn of_folders(owner: PersonId, folders: impl IntoIterator<Item = FolderId>) -> Self {
        Self { folder_ids: Some(folders.into_iter().collect()), ..Self::new(owner) }
    }
}
