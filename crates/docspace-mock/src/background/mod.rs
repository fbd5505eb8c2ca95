//! What happens by itself as time passes: operations run, templates are made, the cleaner sweeps.
//!
//! Everything is kept as "due at"; [`catch_up`] lets it happen in order, so that a test which moves the
//! clock by an hour sees the same as one that polls.

mod templates;

use chrono::{DateTime, TimeDelta, Utc};

use crate::portal::Portal;
use crate::state::operations::{OperationType, PACE, Stage, Task};
use crate::state::rooms::{Area, Room, Rooms};
use crate::state::templates::Step;

/// How often the cleaner sweeps.
const BEAT: TimeDelta = TimeDelta::seconds(10);

enum Due {
    Operation(usize),
    Template,
    Room,
    Cleaning,
}

/// Lets everything happen that is due by now, the earliest first.
pub(crate) fn catch_up(portal: &mut Portal) {
    let now = portal.now();
    if is_idle(portal) {
        // A portal at rest does not count the ten seconds; its beat goes on when there is work again.
        let missed = (now - portal.next_cleaning).num_seconds().max(0) / BEAT.num_seconds();
        portal.next_cleaning += BEAT * i32::try_from(missed).unwrap_or(i32::MAX);
        return;
    }
    while let Some((at, what)) = next(portal).filter(|(at, _)| *at <= now) {
        match what {
            Due::Operation(index) => step(portal, index, at),
            Due::Template => templates::step_template(portal, at),
            Due::Room => templates::step_room(portal, at),
            Due::Cleaning => clean(portal, at),
        }
    }
}

/// Nothing runs and nothing waits to be read.
fn is_idle(portal: &Portal) -> bool {
    portal.operations.all.is_empty() && portal.template_slot.is_none() && portal.room_slot.is_none()
}

fn next(portal: &Portal) -> Option<(DateTime<Utc>, Due)> {
    let running = |stage: Stage| stage != Stage::Done;
    let operations = portal.operations.all.iter().enumerate();
    let operation = operations
        .filter(|(_, operation)| running(operation.stage) && !operation.rejected)
        .min_by_key(|(_, operation)| operation.due)
        .map(|(index, operation)| (operation.due, Due::Operation(index)));
    let template = portal.template_slot.as_ref().filter(|slot| slot.step != Step::Completed);
    let room = portal.room_slot.as_ref().filter(|slot| slot.step != Step::Completed);
    let due = [
        operation,
        template.map(|slot| (slot.due, Due::Template)),
        room.map(|slot| (slot.due, Due::Room)),
        Some((portal.next_cleaning, Due::Cleaning)).filter(|_| !is_idle(portal)),
    ];
    due.into_iter().flatten().min_by_key(|(at, _)| *at)
}

/// The cleaner: every ten seconds it drops what has not changed for a minute (portal-facts 8.1, 8.2).
fn clean(portal: &mut Portal, at: DateTime<Utc>) {
    portal.operations.clean(at);
    let stale = |changed: DateTime<Utc>| at - changed > TimeDelta::seconds(60);
    portal.template_slot.take_if(|slot| stale(slot.changed));
    portal.room_slot.take_if(|slot| stale(slot.changed));
    portal.next_cleaning = at + BEAT;
}

fn step(portal: &mut Portal, index: usize, at: DateTime<Utc>) {
    let operation = &mut portal.operations.all[index];
    operation.changed = at;
    match operation.stage {
        Stage::Created => {
            operation.stage = Stage::Running;
            operation.entries = match operation.task {
                Task::Delete => entries(&portal.rooms, operation.folder),
                Task::Move(_) | Task::DeleteFile | Task::MarkAsRead => 1,
            };
            operation.due = at + PACE.step;
        }
        Stage::Running if operation.cancelled && operation.task.operation_type() == OperationType::DELETE => {
            finish(portal, index)
        }
        Stage::Running => {
            operation.processed += 1;
            if operation.processed < operation.entries {
                operation.due = at + TimeDelta::milliseconds(12);
                let folder = operation.folder;
                remove_one_entry(portal, folder);
                return;
            }
            match operation.task {
                Task::Delete => {
                    let id = operation.folder;
                    delete(portal, id);
                }
                Task::DeleteFile => {
                    let id = operation.folder;
                    portal.rooms.remove_file(id);
                }
                Task::Move(area) => move_room(portal, index, area, at),
                Task::MarkAsRead => mark_as_read(portal, index),
            }
            finish(portal, index);
        }
        Stage::Done => {}
    }
}

/// What a delete goes through, entry by entry.
fn entries(rooms: &Rooms, folder: i64) -> usize {
    let inside = || rooms.around(folder).map(|room| room.entries_in(folder));
    rooms.get(folder).map(Room::entries).or_else(inside).unwrap_or(1)
}

/// The end of a delete: of a room, or of a folder in one.
fn delete(portal: &mut Portal, id: i64) {
    if portal.rooms.remove(id).is_some() {
        portal.remove_from_groups(id);
        portal.drop_all_unused_tags();
        return;
    }
    let around = portal.rooms.around(id).map(|room| room.id);
    if let Some(room) = around.and_then(|room| portal.rooms.get_mut(room)) {
        room.remove_folder(id);
    }
}

fn finish(portal: &mut Portal, index: usize) {
    let operation = &mut portal.operations.all[index];
    operation.stage = Stage::Done;
    operation.hidden = false;
}

/// A delete goes entry by entry; the room itself is the last.
fn remove_one_entry(portal: &mut Portal, folder: i64) {
    let Some(room) = portal.rooms.get_mut(folder) else { return };
    if room.files.pop().is_none() {
        room.folders.pop();
    }
}

/// Tells of the folder, as long as whoever asked may still read it [R permissions/matrix].
fn mark_as_read(portal: &mut Portal, index: usize) {
    let (folder, owner) = (portal.operations.all[index].folder, portal.operations.all[index].owner);
    let root = Area::of_root(folder).is_some();
    let readable = portal.rooms.get(folder).is_some_and(|room| portal.standing(room, Some(owner), None).can_read(room));
    let operation = &mut portal.operations.all[index];
    if root || readable {
        operation.folders = vec![folder];
    } else {
        operation.processed = 0;
    }
}

fn move_room(portal: &mut Portal, index: usize, area: Area, at: DateTime<Utc>) {
    let operation = &mut portal.operations.all[index];
    operation.folders = vec![area.root()];
    let Some(room) = portal.rooms.get_mut(operation.folder).filter(|room| room.area != area) else {
        // Archiving what is archived: accepted, nothing is moved [R rooms/archived].
        operation.processed = 0;
        return;
    };
    room.area = area;
    room.updated = at;
    room.updated_by = operation.owner;
    if area == Area::Archive {
        // Pins and the lifetime are gone for good, also after a restore (portal-facts 6.6).
        room.pinned_by.clear();
        room.lifetime = None;
    }
    operation.folders.push(room.id);
    operation.folders.sort_unstable();
}
