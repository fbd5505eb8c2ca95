//! The links of folders and files inside rooms, and the people who opened them
//! (docs/portal/links.md#links-of-folders-and-files).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::state::entries::EntryId;
use crate::state::links::{Link, LinkKind};

/// A link of a folder or a file inside a room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EntryLink {
    pub(crate) entry: EntryId,
    pub(crate) link: Link,
}

/// A person opened a link.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Visit {
    person: Uuid,
    link: Uuid,
    at: DateTime<Utc>,
}

/// The links of all folders and files. A link stays if its entry moves.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct EntryLinks {
    all: Vec<EntryLink>,
    /// The latest visit is the last one.
    visits: Vec<Visit>,
}

impl EntryLinks {
    /// The links of an entry: primary links first, then by id.
    pub(crate) fn of(&self, entry: EntryId) -> Vec<&Link> {
        let mut links: Vec<&Link> = self.all.iter().filter(|one| one.entry == entry).map(|one| &one.link).collect();
        links.sort_by_key(|link| (link.kind != LinkKind::Primary, link.id));
        links
    }

    pub(crate) fn get(&self, entry: EntryId, link: Uuid) -> Option<&Link> {
        self.all.iter().find(|one| one.entry == entry && one.link.id == link).map(|one| &one.link)
    }

    pub(crate) fn by_key(&self, key: &str) -> Option<&EntryLink> {
        self.all.iter().find(|one| one.link.key == key)
    }

    pub(crate) fn by_id(&self, link: Uuid) -> Option<&EntryLink> {
        self.all.iter().find(|one| one.link.id == link)
    }

    /// Adds a link, or replaces the link of the entry with the same id.
    pub(crate) fn set(&mut self, entry: EntryId, link: Link) {
        match self.all.iter_mut().find(|one| one.entry == entry && one.link.id == link.id) {
            Some(known) => known.link = link,
            None => self.all.push(EntryLink { entry, link }),
        }
    }

    pub(crate) fn remove(&mut self, entry: EntryId, link: Uuid) {
        self.all.retain(|one| one.entry != entry || one.link.id != link);
        self.visits.retain(|visit| visit.link != link);
    }

    /// Keeps only the links of these entries.
    pub(crate) fn retain(&mut self, keep: impl Fn(EntryId) -> bool) {
        self.all.retain(|one| keep(one.entry));
    }

    /// Notes that a person opened a link.
    pub(crate) fn visit(&mut self, person: Uuid, link: Uuid, at: DateTime<Utc>) {
        self.visits.retain(|visit| visit.person != person || visit.link != link);
        self.visits.push(Visit { person, link, at });
    }

    /// The links that a person opened, the latest first.
    pub(crate) fn visited(&self, person: Uuid) -> impl Iterator<Item = &EntryLink> {
        self.visits.iter().rev().filter(move |visit| visit.person == person).filter_map(|visit| self.by_id(visit.link))
    }

    /// When a person last opened a link of this entry.
    pub(crate) fn visited_at(&self, person: Uuid, entry: EntryId) -> Option<DateTime<Utc>> {
        let own = |visit: &&Visit| visit.person == person && self.get(entry, visit.link).is_some();
        self.visits.iter().rev().find(own).map(|visit| visit.at)
    }
}
