//! People and people groups as arguments.

use std::fmt;
use std::str::FromStr;

use clap::builder::{PossibleValue, TypedValueParser};
use docspace::Portal;
use docspace::members::Invitee;
use docspace::people::{PeopleGroupId, PersonId, PersonType, Profile};
use uuid::Uuid;

use super::values::one_of;
use crate::failure::Failure;
use crate::names::only_named;
use crate::text::trimmed;

/// The types of people, with their names on the command line.
const PERSON_TYPES: [(&str, PersonType); 4] = [
    ("docspace-admin", PersonType::DocSpaceAdmin),
    ("room-admin", PersonType::RoomAdmin),
    ("user", PersonType::User),
    ("guest", PersonType::Guest),
];

/// Parses the type of a person.
pub(crate) fn person_type() -> impl TypedValueParser<Value = PersonType> {
    one_of(PERSON_TYPES.map(|(name, known)| (PossibleValue::new(name).alias(known.to_string()), known)).into())
}

/// Returns the name of a type of person on the command line.
pub(crate) fn person_type_name(person_type: PersonType) -> &'static str {
    PERSON_TYPES.iter().find(|(_, known)| *known == person_type).map_or("all", |(name, _)| name)
}

/// Returns the names of the types of people on the command line.
pub(crate) fn person_type_names() -> impl Iterator<Item = &'static str> {
    PERSON_TYPES.iter().map(|(name, _)| *name)
}

/// A person, given by e-mail address or id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PersonName {
    Email(String),
    Id(PersonId),
}

impl FromStr for PersonName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = trimmed(text)?;
        match text.parse::<Uuid>() {
            Ok(id) => Ok(Self::Id(PersonId(id))),
            Err(_) if text.contains('@') => Ok(Self::Email(text.to_owned())),
            Err(_) => Err("not a person: use an e-mail address, or an id (see `docspace people list`)".to_owned()),
        }
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Email(email) => email.fmt(f),
            Self::Id(id) => id.fmt(f),
        }
    }
}

impl From<&PersonName> for Invitee {
    fn from(name: &PersonName) -> Self {
        match name {
            PersonName::Email(email) => email.into(),
            PersonName::Id(id) => (*id).into(),
        }
    }
}

impl PersonName {
    /// Reads the person.
    pub(crate) async fn profile(&self, portal: &Portal) -> Result<Profile, Failure> {
        match self {
            Self::Id(id) => Ok(portal.people().get(*id).await?),
            Self::Email(email) => portal.people().find(email).await?.ok_or_else(|| {
                Failure::not_found(format!("no person on the portal has the address {email}"))
                    .advise("check the address, or list the people with `docspace people list --status all`")
            }),
        }
    }

    /// Returns the id of the person. Looks up an e-mail address.
    pub(crate) async fn id(&self, portal: &Portal) -> Result<PersonId, Failure> {
        match self {
            Self::Id(id) => Ok(*id),
            Self::Email(_) => Ok(self.profile(portal).await?.id),
        }
    }
}

/// A people group, given by name or id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PeopleGroupName {
    Name(String),
    Id(PeopleGroupId),
}

impl FromStr for PeopleGroupName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = trimmed(text)?;
        match text.parse::<Uuid>() {
            Ok(id) => Ok(Self::Id(PeopleGroupId(id))),
            Err(_) if text.is_empty() => Err("the name of a people group is empty".to_owned()),
            Err(_) => Ok(Self::Name(text.to_owned())),
        }
    }
}

impl PeopleGroupName {
    /// Returns the id of the group. Looks up a name, in any case.
    pub(crate) async fn id(&self, portal: &Portal) -> Result<PeopleGroupId, Failure> {
        let name = match self {
            Self::Id(id) => return Ok(*id),
            Self::Name(name) => name,
        };
        let groups = portal.people_groups().list().await?;
        Ok(only_named(name, groups, |group| (group.id, &group.name), "people group", "docspace people groups list")?.id)
    }

    /// Returns the ids of several groups, in their order.
    pub(crate) async fn ids(names: &[Self], portal: &Portal) -> Result<Vec<PeopleGroupId>, Failure> {
        let mut ids = Vec::with_capacity(names.len());
        for name in names {
            ids.push(name.id(portal).await?);
        }
        Ok(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

    #[test]
    fn people_are_given_by_address_or_id() {
        assert_eq!(" ann@acme.com ".parse(), Ok(PersonName::Email("ann@acme.com".to_owned())));
        assert_eq!(ID.parse(), Ok(PersonName::Id(PersonId(ID.parse().expect("an id")))));
        assert!("ann".parse::<PersonName>().is_err());
    }

    #[test]
    fn people_groups_are_given_by_name_or_id() {
        assert_eq!("Auditors".parse(), Ok(PeopleGroupName::Name("Auditors".to_owned())));
        assert_eq!(ID.parse(), Ok(PeopleGroupName::Id(PeopleGroupId(ID.parse().expect("an id")))));
        assert!(" ".parse::<PeopleGroupName>().is_err());
    }
}
