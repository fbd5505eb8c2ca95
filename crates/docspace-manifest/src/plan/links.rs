//! Compares the links of a room.
//!
//! A link of a manifest is, in this order: the link with its `id`; the primary link or the
//! invitation of the room, of which there is at most one; the link with the id that is derived from
//! its name; the only additional link with its title. The last rule adopts links that a person
//! made, and keeps the address of a link whose name in the file changes.

use std::collections::BTreeMap;

use docspace::{Access, Timestamp};

use super::action::Action;
use super::members::access_word;
use super::options::Prune;
use super::outcome::Extra;
use super::room::Comparison;
use super::setting::{LinkChange, LinkSetting, shown};
use crate::actual::{ActualLink, ActualRoom};
use crate::manifest::Link;
use crate::names::LinkTypeName;
use crate::rules;
use crate::values::{Date, Password};

/// A link of a manifest with its name, and the link that it is.
type Matched<'m> = (&'m String, &'m Link, Option<&'m ActualLink>);

impl<'a> Comparison<'a> {
    pub(super) fn compare_links(&mut self, room: &ActualRoom) {
        let Some(wanted) = &self.wanted.settings.links else { return };
        let actual = room.links.as_deref().unwrap_or_default();
        let Some(matched) = self.match_links(wanted, actual) else { return };
        let mut creations = Vec::new();
        for (name, link, found) in &matched {
            match found {
                Some(found) => self.compare_link(name, link, found),
                None => creations.extend(self.create_link(name, link)),
            }
        }
        let is_free =
            |link: &&ActualLink| !matched.iter().any(|(_, _, found)| found.is_some_and(|found| found.id == link.id));
        let mut free: Vec<&ActualLink> = actual.iter().filter(is_free).collect();
        // The order of a portal depends on ids, which are random for links that others made.
        free.sort_by(|one, other| (&one.title, one.id).cmp(&(&other.title, other.id)));
        let kept = self.revoke_links(room, free.into_iter());
        let created = creations.iter().filter(|(link_type, _)| *link_type == LinkTypeName::External).count();
        let present =
            matched.iter().filter(|(_, link, found)| found.is_some() && link.link_type == LinkTypeName::External);
        let (total, max) = (present.count() + kept + created, rules::max_links(room.room_type, LinkTypeName::External));
        if created > 0 && total > max {
            let message = format!("the room would have {total} additional links, {kept} of them not in the manifest");
            self.problem(
                message,
                format!(
                    "a room has at most {max}: revoke some, or use --prune, or --prune=all for links that others made"
                ),
            );
        }
        for (_, creation) in creations {
            self.act(creation);
        }
    }

    /// Finds the link that each link of the manifest is. `None` if that is not certain.
    fn match_links<'m>(
        &mut self,
        wanted: &'m BTreeMap<String, Link>,
        actual: &'m [ActualLink],
    ) -> Option<Vec<Matched<'m>>> {
        let problems = self.problems.len();
        let mut matched: Vec<Matched<'m>> = Vec::new();
        for (name, link) in wanted {
            let found = match link.link_type {
                _ if link.id.is_some() => {
                    let found = actual.iter().find(|other| Some(other.id) == link.id);
                    if found.is_none_or(|found| found.link_type != link.link_type) {
                        let message = format!("link {name}: the room has no {} link with its id", link.link_type);
                        self.problem(message, "take the `id` out");
                    }
                    found
                }
                LinkTypeName::External => {
                    let id = self.ids.as_ref().map(|ids| ids.id(link.link_type, name));
                    actual.iter().find(|other| Some(other.id) == id)
                }
                single => actual.iter().find(|other| other.link_type == single),
            };
            matched.push((name, link, found));
        }
        let mut taken: Vec<_> = matched.iter().filter_map(|(_, _, found)| found.map(|found| found.id)).collect();
        for (name, link, found) in &mut matched {
            if found.is_some() || link.link_type != LinkTypeName::External || link.id.is_some() {
                continue;
            }
            let title = link.title(name);
            let is_same = |other: &&ActualLink| {
                other.link_type == link.link_type && other.title == title && !taken.contains(&other.id)
            };
            let same: Vec<&ActualLink> = actual.iter().filter(is_same).collect();
            match *same {
                [] => {}
                [only] => {
                    taken.push(only.id);
                    *found = Some(only);
                }
                _ => {
                    let ids: Vec<String> = same.iter().map(|link| link.id.to_string()).collect();
                    let message = format!("link {name}: several links of the room have this title: {}", ids.join(", "));
                    self.problem(message, "write the `id` of the one that you mean");
                }
            }
        }
        (self.problems.len() == problems).then_some(matched)
    }

    fn compare_link(&mut self, name: &str, wanted: &Link, actual: &ActualLink) {
        self.present += usize::from(!actual.id.is_nil());
        let mut changes = Vec::new();
        let mut compare = |differs: bool, before: String, after: LinkSetting| {
            if differs {
                changes.push(LinkChange { before, after });
            }
        };
        let title = wanted.title(name);
        compare(actual.title != title, actual.title.clone(), LinkSetting::Title(title.to_owned()));
        compare(
            actual.access != Access::from(wanted.access),
            access_word(actual.access),
            LinkSetting::Access(wanted.access),
        );
        if let Some(expires) = wanted.expires {
            compare(actual.expires != expires, shown(actual.expires.as_ref()), LinkSetting::Expires(expires));
        }
        if let Some(password) = &wanted.password {
            let before = shown(actual.password.as_ref().map(|_| "one").as_ref());
            compare(!is_password(password.as_ref(), actual), before, LinkSetting::Password(password.clone()));
        }
        if let Some(internal) = wanted.internal {
            compare(actual.internal != internal, actual.internal.to_string(), LinkSetting::Internal(internal));
        }
        if let Some(denied) = wanted.deny_download {
            compare(
                actual.deny_download != denied,
                actual.deny_download.to_string(),
                LinkSetting::DenyDownload(denied),
            );
        }
        if let Some(uses) = wanted.max_uses {
            compare(actual.max_uses != uses, shown(actual.max_uses.as_ref()), LinkSetting::MaxUses(uses));
        }
        let changes_expiry = changes.iter().any(|change| matches!(change.after, LinkSetting::Expires(_)));
        if changes.is_empty() {
            self.unchanged(format!("link {name}"));
            if actual.is_expired {
                let on = actual.expires.map(|expires| format!(" on {expires}")).unwrap_or_default();
                self.note(format!("link {name}: it expired{on}; a later `expires` opens it again"));
            }
            return;
        }
        if actual.is_expired && !changes_expiry {
            self.problem(
                format!("link {name} has expired, so it cannot be changed"),
                "write a new `expires`, or `expires: null`",
            );
            return;
        }
        let may_be = changes.iter().all(|change| match &change.after {
            LinkSetting::Expires(Some(expires)) => self.can_expire(name, *expires),
            LinkSetting::Password(Some(password)) => self.is_usable(name, password),
            _ => true,
        });
        if may_be {
            let id = (!actual.id.is_nil()).then_some(actual.id);
            self.act(Action::ChangeLink { name: name.to_owned(), link_type: wanted.link_type, id, changes });
        }
    }

    fn create_link(&mut self, name: &str, link: &Link) -> Option<(LinkTypeName, Action)> {
        if let Some(Some(expires)) = link.expires {
            if Timestamp::from(expires) <= self.now {
                self.note(format!(
                    "link {name}: the expiry date has passed and the room has no such link, so none is created"
                ));
                return None;
            }
            if !self.can_expire(name, expires) {
                return None;
            }
        }
        if let Some(Some(password)) = &link.password
            && !self.is_usable(name, password)
        {
            return None;
        }
        Some((link.link_type, Action::CreateLink { name: name.to_owned(), link: Box::new(link.clone()) }))
    }

    /// Revokes links that the manifest does not list, or notes that they stay. Returns how many
    /// additional links stay.
    fn revoke_links<'l>(&mut self, room: &ActualRoom, links: impl Iterator<Item = &'l ActualLink>) -> usize {
        let mut kept = 0;
        for link in links {
            if link.link_type == LinkTypeName::Primary && rules::is_primary_fixed(room.room_type) {
                continue;
            }
            self.present += 1;
            let own = self.ids.as_ref().is_some_and(|ids| ids.is_own(link.id));
            if self.prune == Prune::All || (self.prune == Prune::Own && own) {
                self.act(Action::RevokeLink { title: link.title.clone(), id: link.id, own });
            } else {
                kept += usize::from(link.link_type == LinkTypeName::External);
                self.plan.not_managed.push(Extra { name: format!("link {}", link.title), own });
            }
        }
        kept
    }

    /// Checks that a portal accepts an expiry: it ignores dates that have passed, and refuses dates
    /// more than ten years ahead (docs/portal/links.md#expiry-dates).
    fn can_expire(&mut self, name: &str, expires: Date) -> bool {
        let time = Timestamp::from(expires).to_utc();
        let now = self.now.to_utc();
        if time <= now {
            let advice = "write a date in the future; to end the link, take it out and use --prune";
            self.problem(format!("link {name}: the expiry {expires} has passed"), advice);
        } else if time > now + chrono::Months::new(120) {
            self.problem(
                format!("link {name}: the expiry {expires} is more than ten years ahead"),
                "write an earlier date",
            );
        } else {
            return true;
        }
        false
    }

    /// Checks that a password is known and that a portal accepts it.
    fn is_usable(&mut self, name: &str, password: &Password) -> bool {
        match password {
            Password::Env { env } => {
                let message = format!("link {name}: the variable {env} with its password is not set");
                self.problem(message, format!("set {env} in the environment"));
                false
            }
            Password::Text(text) => match rules::password(text.expose()) {
                Ok(()) => true,
                Err(rules::Impossible { message, advice }) => {
                    self.problem(format!("link {name}: {message}"), advice);
                    false
                }
            },
        }
    }
}

/// Whether a link has this password. A password whose variable is not set is any password.
fn is_password(wanted: Option<&Password>, actual: &ActualLink) -> bool {
    match (wanted, &actual.password) {
        (None, None) | (Some(Password::Env { .. }), Some(_)) => true,
        // A portal trims passwords.
        (Some(Password::Text(wanted)), Some(actual)) => wanted.expose().trim() == actual.expose().trim(),
        _ => false,
    }
}
