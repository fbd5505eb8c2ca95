//! The person or people group whose access is changed.

use docspace_api::types::{Member, MemberId, PeopleGroupId, Person, PersonId, Profile};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Identifies a person or a people group: by id, or a person by e-mail address. Ids, strings,
/// people and members convert into it.
///
/// ```
/// use docspace::Access;
///
/// # doc_examples::with_people(async |portal, room, ann, _| {
/// let members = room.members();
/// members.add(ann, Access::Read).await?; // by address
/// if let Some(person) = portal.people().find(ann).await? {
///     members.add(person.id, Access::Editing).await?; // by id
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Invitee {
    /// The id of a person or a people group.
    Id(MemberId),
    /// The e-mail address of a person.
    Email(String),
}

impl Invitee {
    /// Whether this is the given member.
    pub(crate) fn is(&self, member: &Member) -> bool {
        match self {
            Self::Id(id) => member.id() == Some(*id),
            Self::Email(email) => member.email().is_some_and(|known| known.eq_ignore_ascii_case(email)),
        }
    }

    /// Whether both have the same id or the same address.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Id(one), Self::Id(other)) => one == other,
            (Self::Email(one), Self::Email(other)) => one.eq_ignore_ascii_case(other),
            _ => false,
        }
    }
}

impl From<MemberId> for Invitee {
    fn from(id: MemberId) -> Self {
        Self::Id(id)
    }
}

impl From<PersonId> for Invitee {
    fn from(id: PersonId) -> Self {
        Self::Id(MemberId(id.0))
    }
}

impl From<PeopleGroupId> for Invitee {
    fn from(id: PeopleGroupId) -> Self {
        Self::Id(MemberId(id.0))
    }
}

impl From<&Person> for Invitee {
    fn from(person: &Person) -> Self {
        person.id.into()
    }
}

impl From<&Profile> for Invitee {
    fn from(person: &Profile) -> Self {
        person.id.into()
    }
}

/// A member that is neither a person nor a people group has no id. A change of it is then rejected
/// before anything is sent.
impl From<&Member> for Invitee {
    fn from(member: &Member) -> Self {
        Self::Id(member.id().unwrap_or(MemberId(Uuid::nil())))
    }
}

impl From<&String> for Invitee {
    fn from(email: &String) -> Self {
        email.as_str().into()
    }
}

impl From<&str> for Invitee {
    fn from(email: &str) -> Self {
        Self::Email(email.trim().to_owned())
    }
}

impl From<String> for Invitee {
    fn from(email: String) -> Self {
        email.as_str().into()
    }
}

impl std::fmt::Display for Invitee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.0.fmt(f),
            Self::Email(email) => email.fmt(f),
        }
    }
}
