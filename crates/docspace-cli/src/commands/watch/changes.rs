//! Finds the changes of a room, from how it was and is, and from its history.
//!
//! - The lists show every change that lasts, but not who made it.
//! - The history shows who made a change and also changes that were undone since, but not all kinds
//!   of changes.
//!
//! So a change in the lists takes person and time from its event in the history. An event without a
//! change in the lists is a change of its own, unless that change was printed before, when the
//! portal had not written the event yet.

use std::collections::{BTreeMap, BTreeSet};

use docspace::audit::AuditAction;
use docspace::history::{HistoryEvent, HistoryTarget};
use docspace::{RoomId, Timestamp};

use super::event::{Change, Event, EventKind};
use super::snapshot::{Item, Snapshot};
use super::state::Unexplained;

/// For how many looks an event of the history may come late.
const LATEST: u8 = 5;

/// A change of a link, a member or a tag.
#[derive(Debug)]
pub(super) struct Found {
    kind: EventKind,
    id: String,
    item: Item,
    changes: BTreeMap<String, Change>,
    by: Option<String>,
    /// The time and the id of the event in the history.
    written: Option<(Timestamp, i32)>,
}

impl Found {
    pub(super) fn event(self, room_id: &RoomId, room: &str) -> Event {
        let event = Event::of_room(self.kind, room_id, room).about(&self.id, &self.item);
        Event { by: self.by, time: self.written.map(|(time, _)| time), changes: self.changes, ..event }
    }

    fn key(&self) -> String {
        // The history names a deleted link only by its title.
        let subject = if self.kind == EventKind::LinkRevoked { &self.item.name } else { &self.id };
        key(self.kind, subject)
    }
}

fn key(kind: EventKind, subject: &str) -> String {
    format!("{kind:?} {subject}")
}

/// The changes between two looks. `history` has the events in between, the oldest first.
pub(super) fn between(
    before: &Snapshot,
    now: &Snapshot,
    history: &[HistoryEvent],
    unexplained: &mut Vec<Unexplained>,
) -> Vec<Found> {
    let mut found = compare(&before.links, &now.links, LINKS);
    found.extend(compare(&before.members, &now.members, MEMBERS));
    found.extend(compare(&tags(&before.tags), &tags(&now.tags), TAGS));
    let mut traces: Vec<Option<Found>> = history.iter().flat_map(traces).map(Some).collect();
    let mut late = Vec::new();
    for change in &mut found {
        let key = change.key();
        // Of several events, the last one led to the present state.
        let trace = traces.iter_mut().rev().find(|trace| trace.as_ref().is_some_and(|trace| trace.key() == key));
        match trace.and_then(Option::take) {
            Some(trace) => (change.by, change.written) = (trace.by, trace.written),
            None => late.push(Unexplained { key, polls: LATEST }),
        }
    }
    for trace in traces.into_iter().flatten() {
        match unexplained.iter().position(|waiting| waiting.key == trace.key()) {
            Some(index) => drop(unexplained.swap_remove(index)),
            // A portal writes tags of a room that stay as removed and added.
            None if matches!(trace.kind, EventKind::TagAdded | EventKind::TagRemoved) => {}
            None => found.push(trace),
        }
    }
    unexplained.retain_mut(|waiting| {
        waiting.polls = waiting.polls.saturating_sub(1);
        waiting.polls > 0
    });
    unexplained.append(&mut late);
    // Changes without a time were found by comparison alone, so they are the newest.
    found.sort_by_key(|change| (change.written.is_none(), change.written));
    found
}

/// The kinds of events for an added, a changed and a removed thing.
type Kinds = (EventKind, EventKind, EventKind);

const LINKS: Kinds = (EventKind::LinkCreated, EventKind::LinkChanged, EventKind::LinkRevoked);
const MEMBERS: Kinds = (EventKind::MemberAdded, EventKind::MemberChanged, EventKind::MemberRemoved);
const TAGS: Kinds = (EventKind::TagAdded, EventKind::TagAdded, EventKind::TagRemoved);

fn tags(names: &BTreeSet<String>) -> BTreeMap<String, Item> {
    names.iter().map(|name| (name.clone(), Item { name: name.clone(), ..Item::default() })).collect()
}

fn compare(before: &BTreeMap<String, Item>, now: &BTreeMap<String, Item>, kinds: Kinds) -> Vec<Found> {
    let (added, changed, removed) = kinds;
    let found = |kind, id: &String, item: &Item, changes| Found {
        kind,
        id: id.clone(),
        item: item.clone(),
        changes,
        by: None,
        written: None,
    };
    let gone = before.iter().filter(|(id, _)| !now.contains_key(*id));
    let mut all: Vec<Found> = gone.map(|(id, item)| found(removed, id, item, BTreeMap::new())).collect();
    for (id, item) in now {
        match before.get(id) {
            None => all.push(found(added, id, item, BTreeMap::new())),
            Some(old) if old.details != item.details => all.push(found(changed, id, item, differences(old, item))),
            Some(_) => {}
        }
    }
    all
}

fn differences(old: &Item, new: &Item) -> BTreeMap<String, Change> {
    let names: BTreeSet<&String> = old.details.keys().chain(new.details.keys()).collect();
    let value = |item: &Item, name: &String| item.details.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .map(|name| (name.clone(), Change { from: value(old, name), to: value(new, name) }))
        .filter(|(_, change)| change.from != change.to)
        .collect()
}

/// The changes of links, members and tags that an event of the history stands for.
fn traces(event: &HistoryEvent) -> Vec<Found> {
    let Some(data) = &event.data else { return Vec::new() };
    let trace = |kind, id: String, name: String| Found {
        kind,
        id,
        item: Item { name, ..Item::default() },
        changes: BTreeMap::new(),
        by: Some(event.initiator.display_name.clone()),
        written: Some((event.date, event.id)),
    };
    let link = |kind| {
        let id = match &data.id {
            Some(HistoryTarget::String(id)) => id.clone(),
            _ => String::new(),
        };
        vec![trace(kind, id, data.title.clone().unwrap_or_default())]
    };
    let member = |kind| {
        let person = data.user.as_ref().map(|person| (person.id.0.to_string(), person.display_name.clone()));
        let group = data.group.as_ref().map(|group| (group.id.0.to_string(), group.name.clone()));
        person.or(group).map(|(id, name)| trace(kind, id, name)).into_iter().collect()
    };
    let tag = |kind| data.tags.iter().flatten().map(|tag| trace(kind, tag.clone(), tag.clone())).collect();
    match event.action.id {
        AuditAction::RoomExternalLinkCreated => link(EventKind::LinkCreated),
        AuditAction::RoomExternalLinkRenamed => link(EventKind::LinkChanged),
        AuditAction::RoomExternalLinkDeleted => link(EventKind::LinkRevoked),
        AuditAction::RoomCreateUser | AuditAction::RoomGroupAdded => member(EventKind::MemberAdded),
        AuditAction::RoomUpdateAccessForUser | AuditAction::RoomUpdateAccessForGroup => {
            member(EventKind::MemberChanged)
        }
        AuditAction::RoomRemoveUser | AuditAction::RoomGroupRemove => member(EventKind::MemberRemoved),
        AuditAction::AddedRoomTags => tag(EventKind::TagAdded),
        AuditAction::DeletedRoomTags => tag(EventKind::TagRemoved),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
