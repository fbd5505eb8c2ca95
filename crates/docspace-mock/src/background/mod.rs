//! Background work: operations, jobs of templates, and the removal of old records.
//!
//! Each piece of work has the time at which its next step is due. [`catch_up`] runs the due steps
//! in order, so that a test that moves the clock by an hour sees the same result as a test that
//! polls.

mod batch;
mod templates;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::portal::Portal;
use crate::portal::webhooks::Entity;
use crate::state::entries::EntryId;
use crate::state::operations::{FIRST_ENTRY_DELAY, OperationType, Stage, Task};
use crate::state::rooms::{Area, Room};
use crate::state::templates::Step;
use crate::state::trail::Change;
use crate::state::trail::action::Action;

/// Time between two removals of old records.
const CLEANING_INTERVAL: TimeDelta = TimeDelta::seconds(10);

/// Records that did not change for this long are removed.
const RECORD_LIFETIME: TimeDelta = TimeDelta::seconds(60);

enum Due {
    Operation(usize),
    Template,
    Room,
    Cleaning,
}

/// Runs all steps that are due by now, the earliest first.
pub(crate) fn catch_up(portal: &mut Portal) {
    let now = portal.now();
    if is_idle(portal) {
        // An idle portal needs no cleaning: skip the intervals that have passed.
        let missed = (now - portal.next_cleaning).num_seconds().max(0) / CLEANING_INTERVAL.num_seconds();
        portal.next_cleaning += CLEANING_INTERVAL * i32::try_from(missed).unwrap_or(i32::MAX);
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

/// Whether the portal has no operations and no jobs, running or finished.
fn is_idle(portal: &Portal) -> bool {
    portal.operations.all.is_empty() && portal.template_job.is_none() && portal.room_job.is_none()
}

fn next(portal: &Portal) -> Option<(DateTime<Utc>, Due)> {
    let running = |stage: Stage| stage != Stage::Done;
    let operations = portal.operations.all.iter().enumerate();
    let operation = operations
        .filter(|(_, operation)| running(operation.stage) && !operation.rejected)
        .min_by_key(|(_, operation)| operation.due)
        .map(|(index, operation)| (operation.due, Due::Operation(index)));
    let template = portal.template_job.as_ref().filter(|job| job.step != Step::Completed);
    let room = portal.room_job.as_ref().filter(|job| job.step != Step::Completed);
    let due = [
        operation,
        template.map(|job| (job.due, Due::Template)),
        room.map(|job| (job.due, Due::Room)),
        Some((portal.next_cleaning, Due::Cleaning)).filter(|_| !is_idle(portal)),
    ];
    due.into_iter().flatten().min_by_key(|(at, _)| *at)
}

/// Removes the operations and jobs that did not change for a minute
/// (docs/portal/operations.md#what-removes-a-finished-record).
fn clean(portal: &mut Portal, at: DateTime<Utc>) {
    portal.operations.clean(at);
    let stale = |changed: DateTime<Utc>| at - changed > RECORD_LIFETIME;
    portal.template_job.take_if(|job| stale(job.changed));
    portal.room_job.take_if(|job| stale(job.changed));
    portal.next_cleaning = at + CLEANING_INTERVAL;
}

fn step(portal: &mut Portal, index: usize, at: DateTime<Utc>) {
    let entries = entry_count(portal, portal.operations.all[index].folder);
    let operation = &mut portal.operations.all[index];
    operation.changed = at;
    match operation.stage {
        Stage::Created => {
            operation.stage = Stage::Running;
            operation.entries = match operation.task {
                Task::Delete => entries,
                Task::Move(_) | Task::MarkAsRead | Task::Batch(_) => 1,
            };
            operation.due = at + FIRST_ENTRY_DELAY;
        }
        Stage::Running if operation.canceled && operation.task.operation_type() == OperationType::DELETE => {
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
                    let (id, owner) = (operation.folder, operation.owner);
                    portal.happened(owner, portal.trigger_of_delete(id), Entity::Folder(id));
                    record_delete(portal, owner, id);
                    delete(portal, id);
                }
                Task::Move(area) => move_room(portal, index, area, at),
                Task::MarkAsRead => mark_as_read(portal, index),
                Task::Batch(kind) => batch::run(portal, index, kind, at),
            }
            finish(portal, index);
        }
        Stage::Done => {}
    }
}

/// The number of entries that a delete removes one by one.
fn entry_count(portal: &Portal, folder: i64) -> usize {
    let inside = || portal.rooms.room_with_folder(folder).map(|room| room.entry_count_in(folder));
    portal.rooms.get(folder).map(Room::entry_count).or_else(inside).unwrap_or(1)
}

/// Completes the delete of a room, or of a folder in a room.
fn delete(portal: &mut Portal, id: i64) {
    if portal.rooms.remove(id).is_some() {
        portal.remove_from_groups(id);
        portal.remove_all_unused_tags();
    } else {
        portal.rooms.delete_folder(id);
    }
    portal.reuse_file_ids();
}

/// Records the delete of a room, or of a folder in a room, before it happens.
fn record_delete(portal: &mut Portal, by: Uuid, id: i64) {
    match portal.rooms.get(id) {
        Some(room) => {
            let change = Change::of_room(Action::ROOM_DELETED, room).words(&[&room.title]);
            portal.record_work(by, change);
        }
        None => portal.record_work_on(by, Action::FOLDER_MOVED_TO_TRASH, EntryId::folder(id)),
    }
}

fn finish(portal: &mut Portal, index: usize) {
    let operation = &mut portal.operations.all[index];
    operation.stage = Stage::Done;
    operation.hidden = false;
    portal.forget_missing_entries();
}

/// Removes one entry of a room. A delete removes the room itself last.
fn remove_one_entry(portal: &mut Portal, folder: i64) {
    let Some(room) = portal.rooms.get_mut(folder) else { return };
    if room.files.pop().is_none() {
        room.folders.pop();
    }
}

/// Adds the folder to the record, if the person who started the operation may still read it
/// (recording permissions/matrix).
fn mark_as_read(portal: &mut Portal, index: usize) {
    let (folder, owner) = (portal.operations.all[index].folder, portal.operations.all[index].owner);
    let root = Area::of_root(folder).is_some();
    portal.mark_as_read(owner, &[folder], &[]);
    let readable =
        portal.rooms.around(folder).is_some_and(|room| portal.permissions(room, Some(owner), None).can_read(room));
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
        // Archiving an archived room is accepted but moves nothing (recording rooms/archived).
        operation.processed = 0;
        return;
    };
    room.area = area;
    room.updated = at;
    room.updated_by = operation.owner;
    if area == Area::Archive {
        // Restoring the room does not bring back its pins and its lifetime
        // (docs/portal/rooms.md#archiving-and-restoring).
        room.pinned_by.clear();
        room.lifetime = None;
    }
    operation.folders.push(room.id);
    operation.folders.sort_unstable();
    let action = if area == Area::Archive { Action::ROOM_ARCHIVED } else { Action::ROOM_UNARCHIVED };
    let data = json!({"title": room.title, "id": room.id});
    let change = Change::of_room(action, room).words(&[&room.title]).noted_in(room.id, data);
    let (owner, trigger, room) = (operation.owner, Portal::trigger_of_move(area), Entity::Folder(room.id));
    portal.record_work(owner, change);
    portal.happened(owner, trigger, room);
}
