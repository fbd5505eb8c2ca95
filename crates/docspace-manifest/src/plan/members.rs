//! Compares the members of a room.

use std::collections::BTreeMap;

use docspace::Access;
use uuid::Uuid;

use super::action::{Action, Who};
use super::room::Comparison;
use crate::actual::{ActualMember, ActualRoom};
use crate::names::AccessName;

/// The word of an access, also of one that cannot be granted.
pub(super) fn access_word(access: Access) -> String {
    AccessName::of(access).map_or_else(|| access.to_string(), |name| name.to_string())
}

/// Whether the name in a manifest is this member.
fn is_named(member: &ActualMember, name: &str) -> bool {
    if name.parse::<Uuid>().is_ok_and(|id| Some(id) == member.id) {
        return true;
    }
    match &member.email {
        _ if member.is_group => member.name == name,
        Some(email) => email.eq_ignore_ascii_case(name),
        None => false,
    }
}

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
            match members.iter().find(|member| is_named(member, name)) {
                Some(member) => self.compare_member(name, *access, member),
                None if self.is_new() && !is_group && self.is_me(name) => {
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
            if !wanted.keys().any(|name| is_named(member, name)) {
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
        } else {
            let before = Some(access_word(member.access));
            let member = Who { name: name.to_owned(), ..who(member) };
            self.act(Action::Give { member, access, before });
        }
    }

    /// Whether this address or id is that of the caller.
    fn is_me(&self, name: &str) -> bool {
        name.parse::<Uuid>().is_ok_and(|id| id == self.actual.me)
            || self.actual.my_email.as_ref().is_some_and(|email| email.eq_ignore_ascii_case(name))
    }

    fn give(&mut self, name: &str, access: AccessName, is_group: bool) {
        let mut id = name.parse().ok();
        if id.is_none() && is_group {
            let mut found = self.actual.people_groups.iter().filter(|(_, known)| known == name);
            id = found.next().map(|(id, _)| *id);
            if id.is_none() || found.next().is_some() {
                let message = match id {
                    None => format!("there is no people group `{name}`"),
                    Some(_) => format!("several people groups have the name `{name}`"),
                };
                self.problem(message, "write the name or the id that `docspace people groups list` shows");
                return;
            }
        }
        self.act(Action::Give { member: Who { name: name.to_owned(), id, is_group }, access, before: None });
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
