//! The audit trail and the login history of a portal. The history of a room consists of events of
//! the audit trail (docs/portal/history-and-audit.md).

pub(crate) mod action;
pub(crate) mod sentence;

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::state::entries::EntryId;
use crate::state::rooms::Room;
use action::Action;

/// Maximum number of events, and of logins. The oldest ones are removed, so that a mock that runs
/// for a long time does not fill the memory.
const MAX_EVENTS: usize = 20_000;

/// Maximum and initial number of days for which a portal keeps its events.
pub(crate) const MAX_LIFETIME: i64 = 180;

/// A change, before it is in the trail.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) action: Action,
    /// The id of the entity, as text.
    target: Option<String>,
    /// Where it happened, such as `Rooms: Audit 2026`.
    context: String,
    /// The words of the sentence about the change.
    words: Vec<String>,
    /// Whether the event shows the address of the call. A portal leaves it out of most events of a
    /// room (recording audit/events).
    shows_page: bool,
    note: Option<Note>,
}

/// What the history of a room, a folder or a file shows of an event.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Note {
    /// The member `data`. People in it are ids, and access levels are numbers.
    pub(crate) data: Value,
    /// Whose histories the event is in.
    pub(crate) places: Vec<EntryId>,
    /// The folder in which it happened.
    pub(crate) folder: i64,
}

impl Change {
    /// A change of the portal's settings, people or groups.
    pub(crate) fn of_portal(action: Action, context: &str, target: Option<String>) -> Self {
        Self { action, target, context: context.to_owned(), words: Vec::new(), shows_page: true, note: None }
    }

    /// A change of a room.
    pub(crate) fn of_room(action: Action, room: &Room) -> Self {
        let context = format!("Rooms: {}", room.title);
        Self { shows_page: false, ..Self::of_portal(action, &context, Some(room.id.to_string())) }
    }

    /// A change of a folder or a file of a room.
    pub(crate) fn of_entry(action: Action, room: &Room, entry: EntryId) -> Self {
        let context =
            if room.area.is_personal() { room.area.title().to_owned() } else { format!("Rooms: {}", room.title) };
        Self::of_portal(action, &context, Some(entry.id.to_string()))
    }

    /// Adds the words of the sentence about the change.
    #[must_use]
    pub(crate) fn words(mut self, words: &[&str]) -> Self {
        self.words = words.iter().map(|word| (*word).to_owned()).collect();
        self
    }

    /// Makes the event show the address of the call.
    #[must_use]
    pub(crate) fn with_page(mut self) -> Self {
        self.shows_page = true;
        self
    }

    /// Makes the event hide the address of the call.
    #[must_use]
    pub(crate) fn without_page(mut self) -> Self {
        self.shows_page = false;
        self
    }

    /// Replaces where the change happened.
    #[must_use]
    pub(crate) fn within(mut self, context: &str) -> Self {
        context.clone_into(&mut self.context);
        self
    }

    /// Adds the change to the histories of these places.
    #[must_use]
    pub(crate) fn noted(mut self, data: Value, places: Vec<EntryId>, folder: i64) -> Self {
        self.note = Some(Note { data, places, folder });
        self
    }

    /// Leaves a member of the data out.
    #[must_use]
    pub(crate) fn without(mut self, member: &str) -> Self {
        if let Some(data) = self.note.as_mut().and_then(|note| note.data.as_object_mut()) {
            data.remove(member);
        }
        self
    }

    /// Adds the change to the histories of further places.
    #[must_use]
    pub(crate) fn also_in(mut self, places: &[EntryId]) -> Self {
        if let Some(note) = &mut self.note {
            let more = places.iter().filter(|place| !note.places.contains(place)).copied().collect::<Vec<_>>();
            note.places.extend(more);
        }
        self
    }

    /// Leaves the change out of all histories.
    #[must_use]
    pub(crate) fn unnoted(self) -> Self {
        Self { note: None, ..self }
    }

    /// Adds the change to the history of a room.
    #[must_use]
    pub(crate) fn noted_in(self, room: i64, data: Value) -> Self {
        self.noted(data, vec![EntryId::folder(room)], room)
    }
}

/// Who made a change, and how.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) by: Uuid,
    /// The address of the client. `None` for a change that the portal made by itself.
    pub(crate) ip: Option<String>,
    /// The address of the call. `None` for a change in the background.
    pub(crate) page: Option<String>,
}

/// An event of the audit trail.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: Uuid,
    pub(crate) ip: Option<String>,
    pub(crate) page: Option<String>,
    pub(crate) action: Action,
    pub(crate) target: Option<String>,
    pub(crate) context: String,
    pub(crate) words: Vec<String>,
    pub(crate) note: Option<Note>,
}

/// An entry of the login history.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LoginEvent {
    pub(crate) id: i64,
    pub(crate) at: DateTime<Utc>,
    /// The person, if the login or logout succeeded.
    pub(crate) by: Option<Uuid>,
    /// The name of the person, or the address that was tried.
    pub(crate) name: String,
    pub(crate) action: Action,
    pub(crate) ip: String,
    pub(crate) page: String,
}

/// For how many days a portal keeps its events.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Lifetimes {
    pub(crate) logins: i64,
    pub(crate) events: i64,
    pub(crate) changed: Option<DateTime<Utc>>,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { logins: MAX_LIFETIME, events: MAX_LIFETIME, changed: None }
    }
}

/// The audit trail and the login history.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Trail {
    events: VecDeque<Event>,
    logins: VecDeque<LoginEvent>,
    last_event: i64,
    last_login: i64,
    pub(crate) lifetimes: Lifetimes,
    /// The portal hides the login history, so that filters have no effect.
    pub(crate) hidden: bool,
    /// From where each person called last. Events of background work show it.
    addresses: HashMap<Uuid, String>,
}

impl Trail {
    /// The events, oldest first.
    pub(crate) fn events(&self) -> &VecDeque<Event> {
        &self.events
    }

    /// The logins, oldest first.
    pub(crate) fn logins(&self) -> &VecDeque<LoginEvent> {
        &self.logins
    }

    /// Adds an event.
    pub(crate) fn add(&mut self, at: DateTime<Utc>, origin: Origin, change: Change) {
        if let Some(ip) = origin.ip.as_ref().filter(|ip| self.addresses.get(&origin.by) != Some(ip)) {
            self.addresses.insert(origin.by, ip.clone());
        }
        let oldest = at - TimeDelta::days(self.lifetimes.events);
        if self.events.len() >= MAX_EVENTS || self.events.front().is_some_and(|event| event.at < oldest) {
            self.events.pop_front();
        }
        self.last_event += 1;
        self.events.push_back(Event {
            id: self.last_event,
            at,
            by: origin.by,
            ip: origin.ip,
            page: origin.page.filter(|_| change.shows_page),
            action: change.action,
            target: change.target,
            context: change.context,
            words: change.words,
            note: change.note,
        });
    }

    /// Notes from where a person started background work.
    pub(crate) fn called_from(&mut self, person: Uuid, ip: &str) {
        if self.addresses.get(&person).is_none_or(|known| known != ip) {
            self.addresses.insert(person, ip.to_owned());
        }
    }

    /// Who made a change by background work.
    pub(crate) fn worker_of(&self, by: Uuid) -> Origin {
        Origin { by, ip: self.addresses.get(&by).cloned(), page: None }
    }

    /// Adds a login, a failed login or a logout.
    pub(crate) fn add_login(&mut self, entry: LoginEvent) {
        let oldest = entry.at - TimeDelta::days(self.lifetimes.logins);
        if self.logins.len() >= MAX_EVENTS || self.logins.front().is_some_and(|known| known.at < oldest) {
            self.logins.pop_front();
        }
        self.last_login += 1;
        self.logins.push_back(LoginEvent { id: self.last_login, ..entry });
    }
}
