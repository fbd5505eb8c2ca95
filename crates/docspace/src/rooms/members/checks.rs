//! What can be known to be wrong before a member is changed.

use docspace_api::Access;
use docspace_api::types::{Member, PeopleGroupId, PersonId};

use super::set::{Change, SetMembers, named_twice};
use super::{Invitee, Which, roles};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::people::repeated;
use crate::support::pages::PAGE;

impl SetMembers {
    /// Whether such a room has these roles. Taking access away always fits.
    pub(super) async fn check_roles(&self) -> Result<()> {
        let mut given: Vec<Access> = self.changes.iter().map(|change| change.access).collect();
        given.retain(|access| *access != Access::None);
        if given.is_empty() {
            return Ok(());
        }
        let room_type = self.members.room.room_type(&self.members.portal).await?;
        given.into_iter().try_for_each(|access| roles::check(room_type, access))
    }

    /// A portal would list the owner a second time, and change nothing (portal-facts 6.7). The owner is listed first, for
    /// those who may see the members.
    pub(super) async fn check_owner(&self, call: &Call) -> Result<()> {
        let first = self.members.page(0, 1, Which::All).await?.items.into_iter().next();
        let Some(owner) = first.filter(|member| member.is_owner) else { return Ok(()) };
        if !self.changes.iter().any(|change| change.is_about(&owner)) {
            return Ok(());
        }
        let name = owner.name().unwrap_or("this person");
        let reason = format!("{name} owns the room and has every right in it");
        Err(Error::invalid(reason).of(call).advise("give the room to somebody else first"))
    }

    /// Looks up whose address is to lose access. Portals were seen to take it from an id only; an address that they do
    /// not know they may invite.
    pub(super) async fn find_removed(&mut self, call: &Call) -> Result<()> {
        for change in self.changes.iter_mut().filter(|change| change.access == Access::None) {
            let Invitee::Email(email) = &change.who else { continue };
            let listed = self.members.page(0, PAGE, Which::Text(email)).await?.items;
            change.member = listed.iter().find(|member| change.who.is(member)).and_then(Member::id);
            if change.member.is_none() {
                let reason = format!("{email} is no member of the room, or you may not see its members");
                return Err(Error::new(ErrorKind::NotFound, reason).of(call).advise("list the members"));
            }
        }
        Ok(())
    }

    /// Looks everybody up who is to get access.
    pub(super) async fn look_up(&mut self, call: &Call) -> Result<()> {
        let portal = self.members.portal.clone();
        for change in &mut self.changes {
            if change.access == Access::None {
                continue;
            }
            let id = match &change.who {
                Invitee::Email(email) => {
                    let unknown = || {
                        let reason = format!("nobody on the portal has the address {email}, so it would be invited");
                        Error::new(ErrorKind::NotFound, reason).of(call).advise("correct the address, or invite it")
                    };
                    change.person = Some(portal.people().find(email).await?.ok_or_else(unknown)?);
                    continue;
                }
                Invitee::Id(id) => id.0,
            };
            match portal.people().get(PersonId(id)).await {
                Ok(person) => change.person = Some(person),
                Err(error) if error.is_not_found() => {
                    let group = portal.people_groups().get(PeopleGroupId(id)).await;
                    group.map_err(|error| if error.is_not_found() { nobody(&change.who, call) } else { error })?;
                }
                Err(error) => return Err(error),
            }
        }
        match repeated(&self.changes, |one, other| one.id().is_some() && one.id() == other.id()) {
            Some(twice) => Err(named_twice(twice).of(call)),
            None => Ok(()),
        }
    }

    /// Users, guests and groups of people cannot manage a room. Whoever may not look people up leaves it to the portal.
    pub(super) async fn check_managers(&self, call: &Call) -> Result<()> {
        let portal = &self.members.portal;
        for change in &self.changes {
            if change.access != Access::RoomManager {
                continue;
            }
            let person = match (&change.person, &change.who) {
                (Some(person), _) => Some(person.clone()),
                (None, Invitee::Email(email)) => portal.people().find(email).await.ok().flatten(),
                (None, Invitee::Id(id)) => match portal.people().get(PersonId(id.0)).await {
                    Ok(person) => Some(person),
                    Err(error) if error.is_not_found() => {
                        if portal.people_groups().get(PeopleGroupId(id.0)).await.is_ok() {
                            return Err(no_manager(change, "a group of people", call));
                        }
                        None
                    }
                    Err(_) => None,
                },
            };
            if let Some(person_type) = person.filter(|person| !person.manages_rooms()).and_then(|one| one.person_type())
            {
                return Err(no_manager(change, &format!("a {person_type}"), call));
            }
        }
        Ok(())
    }
}

fn no_manager(change: &Change, what: &str, call: &Call) -> Error {
    let reason = format!("{} is {what} and cannot be RoomManager", change.who);
    Error::invalid(reason).of(call).advise("give another access, or make the person a RoomAdmin of the portal first")
}

/// Nobody has this id, neither a person nor a group.
pub(super) fn nobody(who: &Invitee, call: &Call) -> Error {
    let reason = format!("the portal has nobody with the id {who}");
    Error::new(ErrorKind::NotFound, reason).of(call).advise("look the person or the group of people up")
}
