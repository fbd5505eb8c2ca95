//! Reads the members, people and people groups that a change is about.

use docspace_api::types::{PeopleGroupId, PersonId};
use futures::stream::{self, StreamExt, TryStreamExt};

use super::Invitee;
use super::change::{Change, Subject};
use super::set::SetMembers;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;

/// How many people are looked up at the same time.
const LOOKUPS: usize = 8;

impl SetMembers {
    /// Finds the members that the changes are about. If the members are replaced, adds the removal
    /// of the others.
    ///
    /// A portal removes members by id only, and may invite an address that it does not know
    /// (docs/portal/members.md#naming-people-by-e-mail).
    pub(super) async fn find_members(&mut self, call: &Call) -> Result<()> {
        let mut members = self.members.stream();
        let mut others = Vec::new();
        let mut is_empty = true;
        while self.replaces || self.changes.iter().any(|change| change.before.is_none()) {
            let Some(member) = members.try_next().await? else { break };
            is_empty = false;
            let mut is_wanted = false;
            for change in self.changes.iter_mut().filter(|change| change.who.is(&member)) {
                change.found(&member);
                is_wanted = true;
            }
            if self.replaces && !is_wanted && !member.is_owner && !member.is_unknown_person() {
                others.push(member);
            }
        }
        // Callers who can see the members get the owner at least.
        if self.replaces && is_empty {
            let reason = "you are not allowed to see the members of the room, so they cannot be replaced";
            return Err(Error::new(ErrorKind::Forbidden, reason)
                .of(call)
                .not_started()
                .advise("use an account that is a member of the room"));
        }
        self.changes.extend(others.iter().filter_map(Change::removal));
        Ok(())
    }

    /// Looks up those who are to get access and are not members.
    pub(super) async fn look_up(&mut self) -> Result<()> {
        let ids_are_known = self.ids_are_known;
        let is_new = |change: &&mut Change| {
            let is_known = ids_are_known && matches!(change.who, Invitee::Id(_));
            change.gives() && change.before.is_none() && !is_known
        };
        let mut new: Vec<&mut Change> = self.changes.iter_mut().filter(is_new).collect();
        let lookups = new.iter().map(|change| {
            let (portal, who) = (self.members.portal.clone(), change.who.clone());
            read(portal, who, self.invites_unknown)
        });
        let lookups: Vec<_> = lookups.collect();
        let subjects: Vec<Subject> = stream::iter(lookups).buffered(LOOKUPS).try_collect().await?;
        for (change, subject) in new.iter_mut().zip(subjects) {
            change.subject = subject;
        }
        Ok(())
    }
}

/// Reads a person or a people group. The portal itself checks ids that the caller is not allowed to
/// look up.
fn read(portal: Portal, who: Invitee, invites_unknown: bool) -> BoxFuture<'static, Result<Subject>> {
    Box::pin(async move {
        let id = match who {
            Invitee::Id(id) => id.0,
            Invitee::Email(email) => {
                return match portal.people().find(email).await {
                    Ok(found) => Ok(found.map_or(Subject::Unknown, |person| Subject::Person(Box::new(person)))),
                    Err(error) if error.is_forbidden() && invites_unknown => Ok(Subject::Unread),
                    Err(error) if error.is_forbidden() => Err(error.advise(
                        "give ids instead of addresses, use a key with the scope accounts:read, or call \
                         `invite_unknown`",
                    )),
                    Err(error) => Err(error),
                };
            }
        };
        match portal.people().get(PersonId(id)).await {
            Ok(person) => return Ok(Subject::Person(Box::new(person))),
            Err(error) if error.is_forbidden() => return Ok(Subject::Unread),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
        match portal.people_groups().get(PeopleGroupId(id)).await {
            Ok(group) => Ok(Subject::Group(group.name)),
            Err(error) if error.is_forbidden() => Ok(Subject::Unread),
            Err(error) if error.is_not_found() => Ok(Subject::Unknown),
            Err(error) => Err(error),
        }
    })
}
