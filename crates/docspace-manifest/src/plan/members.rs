//! Compares the members of a room.

use std::collections::BTreeMap;

use docspace::Access;
use docspace::people::PersonType;
use uuid::Uuid;

use super::action::{Action, Who};
use super::room::Comparison;
use crate::actual::{ActualMember, ActualRoom};
use crate::names::AccessName;

/// The word of an access, also of one that cannot be granted.
pub(super) fn access_word(access: Access) -> String {
    AccessName::of(access).map_or_else(|| access.to_string(), |name| name.to_string())
}

/// The plan has a problem.
struct Refused;

fn who(member: &ActualMember) -> Who {
    let id = member.id.map(|id| id.to_string());
    let name = match &member.email {
        _ if member.is_group => member.name.clone(),
        Some(email) => email.clone(),
        None => id.unwrap_or_else(|| member.name.clone()),
    };
    Who { name, id: member.id, is_group: member.is_group }
}

impl<'a> Comparison<'a> {
    /// Gives access to people and people groups. Returns the removals of those that the manifest
    /// does not list, which come later.
    pub(super) fn give_access(&mut self, room: &ActualRoom) -> (Vec<Action>, Vec<Action>) {
        let settings = &self.wanted.settings;
        (
            self.compare_members(room, settings.members.as_ref(), false),
            self.compare_members(room, settings.groups.as_ref(), true),
        )
    }

    fn compare_members(
        &mut self,
        room: &ActualRoom,
        wanted: Option<&'a BTreeMap<String, AccessName>>,
        is_group: bool,
    ) -> Vec<Action> {
        let Some(wanted) = wanted else { return Vec::new() };
        let members: Vec<&ActualMember> =
            room.members.iter().flatten().filter(|member| member.is_group == is_group).collect();
        for (name, access) in wanted {
            match members.iter().find(|member| member.is_named(name)) {
                Some(member) => self.compare_member(name, *access, member),
                None if self.is_new() && !is_group && self.actual.is_me(name) => {
                    self.note(format!("member {name} will own the room, so the access is not managed"));
                }
                None => self.give(name, *access, is_group),
            }
        }
        let me = Some(self.actual.me);
        let removable = members.into_iter().filter(|member| !member.is_owner && member.id != me);
        let mut removals = Vec::new();
        for member in removable {
            self.present += 1;
            if !wanted.keys().any(|name| member.is_named(name)) {
                removals.push(Action::RemoveMember { member: who(member), before: access_word(member.access) });
            }
        }
        removals
    }

    fn compare_member(&mut self, name: &str, access: AccessName, member: &ActualMember) {
        let shown = who(member).to_string();
        if member.is_owner {
            self.note(format!("{shown} owns the room, so the access is not managed"));
        } else if member.access == access.into() {
            self.unchanged(shown);
        } else if member.id == Some(self.actual.me) {
            let now = access_word(member.access);
            self.note(format!("{shown} is you: the access stays {now}, although the manifest has {access}"));
        } else if self.can_have(&shown, access, member.person_type) {
            let before = Some(access_word(member.access));
            let member = Who { name: name.to_owned(), ..who(member) };
            self.act(Action::Give { member, access, before });
        }
    }

    fn give(&mut self, name: &str, access: AccessName, is_group: bool) {
        let id = match name.parse() {
            Ok(id) if is_group => Some(id),
            _ if is_group => match self.people_group(name) {
                Some(id) => Some(id),
                None => return,
            },
            parsed => match self.person(name, access) {
                Ok(id) => id.or(parsed.ok()),
                Err(Refused) => return,
            },
        };
        self.act(Action::Give { member: Who { name: name.to_owned(), id, is_group }, access, before: None });
    }

    /// The id of a new member, if it was looked up.
    fn person(&mut self, name: &str, access: AccessName) -> Result<Option<Uuid>, Refused> {
        let actual = self.actual;
        match actual.people.get(&name.to_lowercase()) {
            None => Ok(None),
            Some(Some(account)) => {
                let can_have = self.can_have(&format!("member {name}"), access, account.person_type);
                can_have.then_some(Some(account.id)).ok_or(Refused)
            }
            Some(None) if name.parse::<Uuid>().is_ok() => {
                self.problem(format!("there is no person with the id {name}"), "write the e-mail address");
                Err(Refused)
            }
            Some(None) if access == AccessName::RoomManager => {
                let message = format!("member {name} has no account, and an invited guest cannot be `{access}`");
                self.problem(message, "check the spelling, or give another access");
                Err(Refused)
            }
            Some(None) => {
                self.note(format!("member {name} has no account on the portal, and needs an invitation"));
                self.without_account.insert(name.to_owned());
                Ok(None)
            }
        }
    }

    /// Checks that a person of this type can have this access: only administrators can manage rooms
    /// (docs/portal/members.md#roles-per-room-type).
    fn can_have(&mut self, shown: &str, access: AccessName, person_type: Option<PersonType>) -> bool {
        let article = match person_type {
            Some(PersonType::User) => "a user",
            Some(PersonType::Guest) => "a guest",
            _ => return true,
        };
        if access != AccessName::RoomManager {
            return true;
        }
        let message = format!("{shown} is {article} of the portal, and cannot be `{access}`");
        self.problem(message, "give another access, or make the person a room administrator of the portal first");
        false
    }

    /// The id of a people group. The plan has a problem if it is not certain.
    fn people_group(&mut self, name: &str) -> Option<Uuid> {
        let mut found = self.actual.people_groups.iter().filter(|(_, known)| known == name);
        let message = match (found.next(), found.next()) {
            (Some((id, _)), None) => return Some(*id),
            (None, _) => format!("there is no people group `{name}`"),
            (Some(_), Some(_)) => format!("several people groups have the name `{name}`"),
        };
        self.problem(message, "write the name or the id that `docspace people groups list` shows");
        None
    }

    /// Removes members, or notes that they stay.
    pub(super) fn remove_members(&mut self, removals: Vec<Action>) {
        for removal in removals {
            if let Action::RemoveMember { member, .. } = &removal {
                self.extra(member.to_string(), removal);
            }
        }
    }
}
