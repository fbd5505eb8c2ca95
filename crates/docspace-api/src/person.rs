//! Methods on the profile of a person.

use crate::PersonStatus;
use crate::types::{PersonType, Profile};

impl Profile {
    /// The type of the person. `None` for a profile that was removed.
    ///
    /// The owner of the portal is a `DocSpaceAdmin`.
    pub fn person_type(&self) -> Option<PersonType> {
        // The portal sets exactly one of these flags (docs/portal/credentials.md#the-callers-role).
        [
            (self.is_owner || self.is_admin, PersonType::DocSpaceAdmin),
            (self.is_room_admin, PersonType::RoomAdmin),
            (self.is_collaborator, PersonType::User),
            (self.is_visitor, PersonType::Guest),
        ]
        .into_iter()
        .find_map(|(is, person_type)| is.then_some(person_type))
    }

    /// Whether the person is allowed to create and manage rooms. Users and guests are not.
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
