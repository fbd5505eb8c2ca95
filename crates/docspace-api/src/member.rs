//! Methods on the members of a room.

use crate::types::{Member, MemberId, PersonType, Profile};

impl Member {
    /// The id of the person or people group. `None` for an entry that is neither.
    pub fn id(&self) -> Option<MemberId> {
        let person = self.shared_to_user.as_ref().map(|person| MemberId(person.id.0));
        person.or_else(|| self.shared_to_group.as_ref().map(|group| MemberId(group.id.0)))
    }

    /// The name of the person or people group. `None` for an entry that is neither.
    pub fn name(&self) -> Option<&str> {
        let person = self.shared_to_user.as_ref().map(|person| person.display_name.as_str());
        person.or_else(|| self.shared_to_group.as_ref().map(|group| group.name.as_str()))
    }

    /// The e-mail address. `None` for people groups and for people without an address.
    pub fn email(&self) -> Option<&str> {
        self.shared_to_user.as_ref()?.email.as_deref()
    }

    /// Whether the member is a person, including a person who was removed from the portal.
    pub fn is_person(&self) -> bool {
        self.shared_to_user.is_some()
    }

    /// Whether the member is a people group.
    pub fn is_group(&self) -> bool {
        self.shared_to_group.is_some()
    }

    /// Whether the member is a guest of the portal.
    pub fn is_guest(&self) -> bool {
        self.shared_to_user.as_ref().and_then(Profile::person_type) == Some(PersonType::Guest)
    }

    /// Whether the portal has no person with this id.
    ///
    /// The person was removed from the portal, or never existed: a portal also accepts unknown ids
    /// as members.
    pub fn is_unknown_person(&self) -> bool {
        self.shared_to_user.as_ref().is_some_and(|person| person.email.is_none() && person.user_name.is_none())
    }
}
