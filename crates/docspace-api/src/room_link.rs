//! What the generator cannot say about room links.

use crate::LinkType;
use crate::types::{LinkId, RoomLink};

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
}
