//! Methods on room links.

use crate::types::{LinkId, RoomLink};
use crate::{LinkType, Secret, Timestamp};

impl From<&RoomLink> for LinkId {
    fn from(link: &RoomLink) -> Self {
        link.id()
    }
}

impl RoomLink {
    /// The id of the link, unique within its room.
    pub fn id(&self) -> LinkId {
        self.shared_link.id
    }

    /// The address to share.
    pub fn url(&self) -> &str {
        &self.shared_link.share_link
    }

    /// The title of the link.
    pub fn title(&self) -> &str {
        &self.shared_link.title
    }

    /// Whether the link is the primary external link of the room.
    pub fn is_primary(&self) -> bool {
        self.shared_link.primary
    }

    /// Whether the link makes the person who follows it a member of the room.
    pub fn is_invitation(&self) -> bool {
        self.shared_link.link_type == LinkType::Invitation
    }

    /// Whether the link has expired.
    pub fn is_expired(&self) -> bool {
        self.shared_link.is_expired
    }

    /// When the link expires or has expired. `None` for a link without an expiry date.
    ///
    /// The primary links of public and form-filling rooms never have an expiry date.
    pub fn expires(&self) -> Option<Timestamp> {
        self.shared_link.expiration_date
    }

    /// The password of the link. `None` for a link without a password.
    ///
    /// The portal returns the password in plain text to every caller who can see the link.
    pub fn password(&self) -> Option<&Secret> {
        self.shared_link.password.as_ref()
    }

    /// The key that visitors send. `None` for an invitation link, and in the response to revoking a
    /// primary link.
    pub fn key(&self) -> Option<&Secret> {
        self.shared_link.request_token.as_ref()
    }

    /// Whether the link is only for people with an account.
    pub fn is_internal(&self) -> bool {
        self.shared_link.internal
    }

    /// Whether visitors are prevented from downloading, copying and printing.
    pub fn denies_download(&self) -> bool {
        self.shared_link.deny_download
    }

    /// The number of times an invitation link was used. `None` for other links.
    pub fn uses(&self) -> Option<i32> {
        self.shared_link.current_use_count
    }

    /// The maximum number of uses of an invitation link. `None` for other links, and without a
    /// limit.
    pub fn max_uses(&self) -> Option<i32> {
        self.shared_link.max_use_count
    }
}
