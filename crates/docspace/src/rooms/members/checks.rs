//! Checks that find an invalid change of members before it is sent.

use docspace_api::{Access, RoomType};

use super::change::{Change, Subject};
use super::problems::Problems;
use super::set::SetMembers;
use super::{Invitee, roles};
use crate::error::{Call, Result};
use crate::people;

impl SetMembers {
    /// Reads what the changes are about, and reports all that is wrong with them. Changes nothing
    /// on the portal.
    pub(super) async fn prepare(&mut self, call: &Call) -> Result<()> {
        let mut problems = Problems::default();
        self.check_input(&mut problems);
        let known_type = self.members.room.room_type;
        self.check_roles(known_type, &mut problems);
        // Nothing is sent for input that is wrong in any case.
        problems.into_result(call)?;

        let mut problems = Problems::default();
        if known_type.is_none() && self.changes.iter().any(Change::gives) {
            let room_type = self.members.room.room_type(&self.members.portal).await;
            self.check_roles(Some(room_type.map_err(|error| error.of(call))?), &mut problems);
        }
        self.find_members(call).await?;
        self.look_up().await?;
        self.check_addresses(&mut problems);
        for change in &self.changes {
            self.check_member(change, &mut problems);
        }
        self.check_repeated(&mut problems, |one, other| one.id().is_some() && one.id() == other.id());
        self.check_caller(&mut problems).await?;
        problems.into_result(call)
    }

    fn check_input(&self, problems: &mut Problems) {
        if self.changes.is_empty() && !self.replaces {
            problems.invalid("there is nothing to change", "give at least one member to change");
        }
        for change in &self.changes {
            match &change.who {
                Invitee::Email(email) => {
                    if let Err(error) = people::address(email) {
                        problems.invalid(error.reason(), error.advice());
                    }
                }
                // The portal would list a member without a name
                // (docs/portal/members.md#what-each-entry-does).
                Invitee::Id(id) if id.0.is_nil() => {
                    problems.invalid("the id of the member is empty", "give the id of a person or a people group");
                }
                Invitee::Id(_) => {}
            }
            if let Access::Unknown(number) = change.access {
                let advice = format!("use one of {}", Access::NAMES.join(", "));
                problems.invalid(format!("{number} is not an access"), advice);
            }
        }
        self.check_repeated(problems, |one, other| one.who.same(&other.who));
    }

    /// Checks that no two changes are about the same person or group.
    fn check_repeated(&self, problems: &mut Problems, is_same: impl Fn(&Change, &Change) -> bool) {
        for (at, change) in self.changes.iter().enumerate() {
            if self.changes[..at].iter().any(|earlier| is_same(earlier, change)) {
                problems.invalid(format!("{change} is given twice"), "give each person or group once");
            }
        }
    }

    /// Checks that the given accesses exist in a room of this type.
    fn check_roles(&self, room_type: Option<RoomType>, problems: &mut Problems) {
        let Some(room_type) = room_type else { return };
        for change in &self.changes {
            if let Err(error) = roles::check(room_type, change.access) {
                problems.invalid(error.reason(), error.advice());
            }
        }
    }

    /// Checks that everyone who is given by address has an account, unless the portal is to invite
    /// the others.
    fn check_addresses(&self, problems: &mut Problems) {
        let is_unknown =
            |change: &&Change| matches!((&change.subject, &change.who), (Subject::Unknown, Invitee::Email(_)));
        let unknown: Vec<String> =
            self.changes.iter().filter(is_unknown).map(|change| change.who.to_string()).collect();
        if unknown.is_empty() || self.invites_unknown {
            return;
        }
        let what = if unknown.len() == 1 { "the address" } else { "any of the addresses" };
        let reason = format!("no person on the portal has {what} {}", unknown.join(", "));
        problems.not_found(reason, "check the spelling, or call `invite_unknown` to invite people to the portal");
    }

    /// Checks what is known about one member.
    fn check_member(&self, change: &Change, problems: &mut Problems) {
        if change.is_owner {
            // The portal would list the owner twice and change nothing
            // (docs/portal/members.md#the-owner-in-the-list-of-entries).
            let reason = format!("{change} owns the room and has every right in it");
            return problems.invalid(reason, "leave the owner out, or change the owner of the room first");
        }
        match (&change.subject, &change.who) {
            (_, Invitee::Email(_)) if !change.gives() && change.before.is_none() => {
                let reason = format!("{change} is not a member of the room, or you are not allowed to see its members");
                problems.not_found(reason, "list the members");
            }
            (Subject::Unknown, Invitee::Id(_)) => {
                problems.not_found(no_such_id(&change.who), CHECK_ID);
            }
            _ => {}
        }
        if change.access != Access::RoomManager {
            return;
        }
        let what = match (&change.subject, &change.who) {
            (Subject::Person(person), _) if !person.manages_rooms() => {
                person.person_type().map(|person_type| format!("is a {person_type}"))
            }
            (Subject::Group(_), _) => Some("is a people group".to_owned()),
            (Subject::Unknown, Invitee::Email(_)) if self.invites_unknown => {
                Some("would be invited as a Guest".to_owned())
            }
            _ => None,
        };
        if let Some(what) = what {
            let advice = "give another access, or make the person a RoomAdmin of the portal first";
            problems.invalid(format!("{change} {what} and cannot be RoomManager"), advice);
        }
    }

    /// Checks that callers who replace the members do not remove themselves, as they could not
    /// finish or correct the change.
    async fn check_caller(&self, problems: &mut Problems) -> Result<()> {
        if !self.replaces || self.changes.iter().all(Change::gives) {
            return Ok(());
        }
        let me = self.members.portal.caller_id().await?;
        if let Some(change) = self.changes.iter().find(|change| !change.gives() && change.id() == Some(me.into())) {
            let reason = format!("this would remove {change}, whose credentials you use");
            problems.invalid(reason, "give this person an access, and call `leave` afterwards");
        }
        Ok(())
    }
}

/// What to do about an id that belongs to neither a person nor a group.
pub(super) const CHECK_ID: &str = "look up the person or the people group";

/// Why an id is refused that belongs to neither a person nor a group.
pub(super) fn no_such_id(who: &Invitee) -> String {
    format!("no person or people group has the id {who}")
}
