//! Checks that find an invalid change of members before it is sent.

use docspace_api::Access;
use docspace_api::types::{Member, PeopleGroupId, PersonId};

use super::set::{Change, SetMembers, duplicate_error};
use super::{Invitee, MemberFilter, roles};
use crate::error::{Call, Error, ErrorKind, Result};
use crate::people::repeated;
use crate::support::pages::PAGE;

impl SetMembers {
    /// Checks that the given accesses exist in a room of this type. Access can always be removed.
    pub(super) async fn check_roles(&self) -> Result<()> {
        let mut given: Vec<Access> = self.changes.iter().map(|change| change.access).collect();
        given.retain(|access| *access != Access::None);
        if given.is_empty() {
            return Ok(());
        }
        let room_type = self.members.room.room_type(&self.members.portal).await?;
        given.into_iter().try_for_each(|access| roles::check(room_type, access))
    }

    /// Checks that no change is about the owner. The portal would list the owner twice and change
    /// nothing (docs/portal/members.md#the-owner-in-the-list-of-entries). Callers who can see the
    /// members get the owner first.
    pub(super) async fn check_owner(&self, call: &Call) -> Result<()> {
        let first = self.members.page(0, 1, MemberFilter::All).await?.items.into_iter().next();
        let Some(owner) = first.filter(|member| member.is_owner) else { return Ok(()) };
        if !self.changes.iter().any(|change| change.is_about(&owner)) {
            return Ok(());
        }
        let name = owner.name().unwrap_or("this person");
        let reason = format!("{name} owns the room and has every right in it");
        Err(Error::invalid(reason).of(call).advise("change the owner of the room first"))
    }

    /// Finds the members whose addresses are to be removed. A portal removes members by id only,
    /// and may invite an address that it does not know
    /// (docs/portal/members.md#naming-people-by-e-mail).
    pub(super) async fn find_removed(&mut self, call: &Call) -> Result<()> {
        for change in self.changes.iter_mut().filter(|change| change.access == Access::None) {
            let Invitee::Email(email) = &change.who else { continue };
            let listed = self.members.page(0, PAGE, MemberFilter::Text(email)).await?.items;
            change.member = listed.iter().find(|member| change.who.is(member)).and_then(Member::id);
            if change.member.is_none() {
                let reason = format!("{email} is not a member of the room, or you are not allowed to see its members");
                return Err(Error::new(ErrorKind::NotFound, reason).of(call).advise("list the members"));
            }
        }
        Ok(())
    }

    /// Finds everyone who is to get access.
    pub(super) async fn look_up(&mut self, call: &Call) -> Result<()> {
        let portal = self.members.portal.clone();
        for change in &mut self.changes {
            if change.access == Access::None {
                continue;
            }
            let id = match &change.who {
                Invitee::Email(email) => {
                    let unknown = || {
                        let reason =
                            format!("no person on the portal has the address {email}, so the portal would invite it");
                        Error::new(ErrorKind::NotFound, reason)
                            .of(call)
                            .advise("correct the address, or allow the portal to invite it")
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
                    group.map_err(|error| if error.is_not_found() { unknown_id(&change.who, call) } else { error })?;
                }
                Err(error) => return Err(error),
            }
        }
        match repeated(&self.changes, |one, other| one.id().is_some() && one.id() == other.id()) {
            Some(duplicate) => Err(duplicate_error(duplicate).of(call)),
            None => Ok(()),
        }
    }

    /// Checks that a room manager is not a user, guest or people group. If the caller is not
    /// allowed to look up people, the portal makes this check.
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
                            return Err(cannot_manage(change, "a people group", call));
                        }
                        None
                    }
                    Err(_) => None,
                },
            };
            if let Some(person_type) = person.filter(|person| !person.manages_rooms()).and_then(|one| one.person_type())
            {
                return Err(cannot_manage(change, &format!("a {person_type}"), call));
            }
        }
        Ok(())
    }
}

fn cannot_manage(change: &Change, what: &str, call: &Call) -> Error {
    let reason = format!("{} is {what} and cannot be RoomManager", change.who);
    Error::invalid(reason).of(call).advise("give another access, or make the person a RoomAdmin of the portal first")
}

/// An id that belongs to neither a person nor a group.
pub(super) fn unknown_id(who: &Invitee, call: &Call) -> Error {
    let reason = format!("no person or people group has the id {who}");
    Error::new(ErrorKind::NotFound, reason).of(call).advise("look up the person or the people group")
}
