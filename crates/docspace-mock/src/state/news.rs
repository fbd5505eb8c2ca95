//! News: files that other people added or changed (docs/portal/history-and-audit.md#news).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Time until a change is news. A portal collects news in the background.
const DELAY: TimeDelta = TimeDelta::milliseconds(1_000);

/// A file that is news for a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Item {
    person: Uuid,
    file: i64,
    changed: DateTime<Utc>,
}

/// The news of all people, and the rooms that people muted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct News {
    items: Vec<Item>,
    muted: Vec<(Uuid, i64)>,
    /// The rooms that people muted before, and not any more.
    unmuted: Vec<(Uuid, i64)>,
}

impl News {
    pub(crate) fn add(&mut self, person: Uuid, file: i64, now: DateTime<Utc>) {
        self.items.retain(|item| item.person != person || item.file != file);
        self.items.push(Item { person, file, changed: now });
    }

    /// The files that are news for a person by now, and when they changed.
    pub(crate) fn of(&self, person: Uuid, now: DateTime<Utc>) -> impl Iterator<Item = (i64, DateTime<Utc>)> {
        let due = move |item: &&Item| item.person == person && now - item.changed >= DELAY;
        self.items.iter().filter(due).map(|item| (item.file, item.changed))
    }

    /// Keeps only the news of these files.
    pub(crate) fn retain(&mut self, keep: impl Fn(i64) -> bool) {
        self.items.retain(|item| keep(item.file));
    }

    /// Marks all news of a person as read.
    pub(crate) fn clear(&mut self, person: Uuid) {
        self.items.retain(|item| item.person != person);
        self.unmuted.retain(|(who, _)| *who != person);
    }

    pub(crate) fn mute(&mut self, person: Uuid, room: i64, mute: bool) {
        let was_muted = self.is_muted(person, room);
        for rooms in [&mut self.muted, &mut self.unmuted] {
            rooms.retain(|one| *one != (person, room));
        }
        if mute {
            self.muted.push((person, room));
        } else if was_muted {
            self.unmuted.push((person, room));
        }
    }

    /// Whether the root folder leaves out the news of a room: not while the room is muted, but
    /// after that (recording rooms/news, steps 137 and 145).
    pub(crate) fn is_left_out(&self, person: Uuid, room: i64) -> bool {
        self.unmuted.contains(&(person, room))
    }

    pub(crate) fn is_muted(&self, person: Uuid, room: i64) -> bool {
        self.muted.contains(&(person, room))
    }

    /// The rooms that a person muted.
    pub(crate) fn muted(&self, person: Uuid) -> impl Iterator<Item = i64> {
        self.muted.iter().filter(move |(who, _)| *who == person).map(|(_, room)| *room)
    }
}
