//! What the generator cannot say about people.

use crate::PersonStatus;
use crate::types::{PersonType, Profile};

impl Profile {
    /// What the person is in the portal; the owner is a `DocSpaceAdmin`. None for a profile that was removed.
    pub fn person_type(&self) -> Option<PersonType> {
        // A portal sets exactly one of these (portal-facts 2.6).
        [
            (self.is_owner || self.is_admin, PersonType::DocSpaceAdmin),
            (self.is_room_admin, PersonType::RoomAdmin),
            (self.is_collaborator, PersonType::User),
            (self.is_visitor, PersonType::Guest),
        ]
        .into_iter()
        .find_map(|(is, person_type)| is.then_some(person_type))
    }

    /// Whether the person may make and manage rooms. Users and guests may not.
    pub fn manages_rooms(&self) -> bool {
        matches!(self.person_type(), Some(PersonType::DocSpaceAdmin | PersonType::RoomAdmin))
    }

    /// Whether the person was invited and has not accepted yet.
    pub fn is_invited(&self) -> bool {
        self.status == PersonStatus::Pending
    }

    /// Whether the account is disabled.
    pub fn is_disabled(&self) -> bool {
        self.status == PersonStatus::Terminated
    }
}
