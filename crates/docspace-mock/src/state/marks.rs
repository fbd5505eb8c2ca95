//! The marks of people on entries: favorites and locks
//! (docs/portal/folders-and-files.md#favorites-recent-files-and-thumbnails).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::state::entries::EntryId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum MarkKind {
    Favorite,
    Lock,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Mark {
    person: Uuid,
    entry: EntryId,
    kind: MarkKind,
    at: DateTime<Utc>,
}

/// The marks of all people.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Marks(Vec<Mark>);

impl Marks {
    pub(crate) fn set(&mut self, person: Uuid, entry: EntryId, kind: MarkKind, at: DateTime<Utc>) {
        self.0.retain(|mark| mark.person != person || mark.entry != entry || mark.kind != kind);
        self.0.push(Mark { person, entry, kind, at });
    }

    /// Removes a mark of one person.
    pub(crate) fn remove(&mut self, person: Uuid, entry: EntryId, kind: MarkKind) {
        self.0.retain(|mark| mark.person != person || mark.entry != entry || mark.kind != kind);
    }

    /// Removes the marks of this kind of all people.
    pub(crate) fn remove_all(&mut self, entry: EntryId, kind: MarkKind) {
        self.0.retain(|mark| mark.entry != entry || mark.kind != kind);
    }

    /// Keeps only the marks of these entries.
    pub(crate) fn retain(&mut self, keep: impl Fn(EntryId) -> bool) {
        self.0.retain(|mark| keep(mark.entry));
    }

    pub(crate) fn is_favorite(&self, person: Uuid, entry: EntryId) -> bool {
        self.0.iter().any(|mark| mark.person == person && mark.entry == entry && mark.kind == MarkKind::Favorite)
    }

    /// The time of the person's latest mark, which the portal reports as the time when the person
    /// last opened the entry (recording content/files).
    pub(crate) fn latest(&self, person: Uuid, entry: EntryId) -> Option<DateTime<Utc>> {
        self.0.iter().filter(|mark| mark.person == person && mark.entry == entry).map(|mark| mark.at).max()
    }
}
