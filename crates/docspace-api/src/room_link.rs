//! What the generator cannot say about room links.

use crate::types::{LinkId, RoomLink};
use crate::{LinkType, Secret, Timestamp};

impl RoomLink {
    /// The link's id, unique within its room.
    pub fn id(&self) -> LinkId {
        self.shared_link.id
    }

    /// The address to give away.
    pub fn url(&self) -> &str {
        &self.shared_link.share_link
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.shared_link.title
    }

    /// Whether it is the room's primary external link.
    pub fn is_primary(&self) -> bool {
        self.shared_link.primary
    }

    /// Whether it makes whoever follows it a member of the room.
    pub fn is_invitation(&self) -> bool {
        self.shared_link.link_type == LinkType::Invitation
    }

    /// Whether it has expired.
    pub fn is_expired(&self) -> bool {
        self.shared_link.is_expired
    }

    /// When it expires, or has expired; none for a link without an end. Primary links have none in public and form-filling
    /// rooms.
    pub fn expires(&self) -> Option<Timestamp> {
        self.shared_link.expiration_date
    }

    /// The password that it asks for. A portal tells it to whoever may see the link.
    pub fn password(&self) -> Option<&Secret> {
        self.shared_link.password.as_ref()
    }

    /// The key with which visitors come. Invitations have none, and neither has the answer to revoking a primary link.
    pub fn key(&self) -> Option<&Secret> {
        self.shared_link.request_token.as_ref()
    }

    /// Whether only people with an account can use it.
    pub fn is_internal(&self) -> bool {
        self.shared_link.internal
    }

    /// Whether visitors are kept from downloading, copying and printing.
    pub fn denies_download(&self) -> bool {
        self.shared_link.deny_download
    }

    /// How often an invitation was used; none for other links.
    pub fn uses(&self) -> Option<i32> {
        self.shared_link.current_use_count
    }

    /// How often an invitation may be used; none for other links, and for one without a limit.
    pub fn max_uses(&self) -> Option<i32> {
        self.shared_link.max_use_count
    }
}
