//! Checking the members of new rooms before anything is created.

use std::collections::HashMap;

use docspace::people::{PersonType, Profile};
use docspace::{Access, ErrorKind};
use futures::{StreamExt, TryStreamExt, stream};

use super::row::{NewRoom, entry};
use crate::args::people::PersonName;
use crate::csv::Problems;
use crate::failure::Failure;
use crate::output::Bar;
use crate::session::Session;

/// Number of people that are read in parallel.
const PARALLEL_READS: usize = 8;

/// Adds a problem for each member who cannot become one. Only reads.
pub(super) async fn check(
    session: &Session,
    rooms: &[NewRoom],
    invite: bool,
    problems: &mut Problems,
) -> Result<(), Failure> {
    let mut names: HashMap<String, &PersonName> = HashMap::new();
    for (person, _) in rooms.iter().flat_map(|room| &room.members) {
        names.entry(key(person)).or_insert(person);
    }
    if names.is_empty() {
        return Ok(());
    }
    let me = session.portal.my_id().await?;
    let bar = Bar::start(session.terminal, "looking up people", names.len());
    let found = stream::iter(names).map(|(key, person)| {
        let bar = bar.clone();
        async move {
            let found = find(session, person, invite).await?;
            bar.done();
            Ok::<_, Failure>((key, found))
        }
    });
    let found: HashMap<String, Found> = found.buffer_unordered(PARALLEL_READS).try_collect().await?;
    for room in rooms {
        for (person, access) in &room.members {
            let reason = match found.get(&key(person)) {
                Some(Found::Person(profile)) if profile.id == me => {
                    Some("you own the new room, so you are not one of its other members")
                }
                Some(found) => found.obstacle(person, *access, invite),
                None => None,
            };
            if let Some(reason) = reason {
                problems.add(room.line, "members", &entry(person, *access), reason);
            }
        }
    }
    Ok(())
}

/// Returns the same text for the same address in another case.
fn key(person: &PersonName) -> String {
    person.to_string().to_lowercase()
}

/// The answer to the search for a person.
enum Found {
    Person(Box<Profile>),
    Nobody,
    NotAnAddress,
    /// The caller is not allowed to look up people.
    Hidden,
}

async fn find(session: &Session, person: &PersonName, invite: bool) -> Result<Found, Failure> {
    let people = session.portal.people();
    let found = match person {
        PersonName::Email(email) => people.find(email).await,
        PersonName::Id(id) => people.get(*id).await.map(Some),
    };
    match found {
        Ok(Some(profile)) => Ok(Found::Person(Box::new(profile))),
        Ok(None) => Ok(Found::Nobody),
        Err(error) => match error.kind() {
            ErrorKind::NotFound => Ok(Found::Nobody),
            ErrorKind::Invalid => Ok(Found::NotAnAddress),
            // The portal then finds the people itself, and invites those that it does not have.
            ErrorKind::Forbidden if invite => Ok(Found::Hidden),
            ErrorKind::Forbidden => {
                let failure = Failure::from(error);
                Err(failure.advise("use a key with the scope accounts:read, or add --invite"))
            }
            _ => Err(error.into()),
        },
    }
}

impl Found {
    /// Returns the reason why the person cannot get the access.
    fn obstacle(&self, person: &PersonName, access: Access, invite: bool) -> Option<&'static str> {
        let is_manager = access == Access::RoomManager;
        match (self, person) {
            (Self::Hidden, _) => None,
            (Self::NotAnAddress, _) => Some("it is not an e-mail address"),
            (Self::Nobody, PersonName::Id(_)) => Some("no person on the portal has this id"),
            (Self::Nobody, PersonName::Email(_)) if !invite => {
                Some("no person on the portal has this address; check it, or add --invite to invite guests")
            }
            (Self::Nobody, _) => is_manager.then_some("an invited guest cannot be a room manager"),
            (Self::Person(profile), _) if profile.is_disabled() => Some("the account is disabled"),
            (Self::Person(profile), _) => {
                let cannot_manage = matches!(profile.person_type(), Some(PersonType::User | PersonType::Guest));
                (is_manager && cannot_manage).then_some("a user or guest cannot be a room manager")
            }
        }
    }
}
