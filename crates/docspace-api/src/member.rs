//! What the generator cannot say about the members of a room.

use crate::types::{Member, MemberId};

impl Member {
    /// The id of the person or group; none for an entry that is neither.
    pub fn id(&self) -> Option<MemberId> {
        let person = self.shared_to_user.as_ref().map(|person| MemberId(person.id.0));
        person.or_else(|| self.shared_to_group.as_ref().map(|group| MemberId(group.id.0)))
    }

    /// The name to show.
    pub fn name(&self) -> Option<&str> {
        let person = self.shared_to_user.as_ref().map(|person| person.display_name.as_str());
        person.or_else(|| self.shared_to_group.as_ref().map(|group| group.name.as_str()))
    }

    /// The e-mail address; none for groups.
    pub fn email(&self) -> Option<&str> {
        self.shared_to_user.as_ref()?.email.as_deref()
    }

    /// Whether it is a person; one who was removed from the portal too.
    pub fn is_person(&self) -> bool {
        self.shared_to_user.is_some()
    }

    /// Whether it is a group of people.
    pub fn is_group(&self) -> bool {
        self.shared_to_group.is_some()
    }

    /// Whether the person is gone from the portal, or never was there: a portal makes members of ids that nobody has.
    pub fn is_removed_profile(&self) -> bool {
        self.shared_to_user.as_ref().is_some_and(|person| person.email.is_none() && person.user_name.is_none())
    }
}
