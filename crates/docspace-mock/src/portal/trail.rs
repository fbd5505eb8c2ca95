//! Recording changes in the audit trail. Calls record what they changed in [`crate::api::trail`],
//! and operations in [`crate::background`].

use serde_json::{Value, json};
use uuid::Uuid;

use crate::portal::Portal;
use crate::state::content::{File, SubFolder};
use crate::state::entries::{EntryId, EntryType, FileType};
use crate::state::room_settings::Lifetime;
use crate::state::rooms::Room;
use crate::state::trail::action::Action;
use crate::state::trail::{Change, Origin};

impl Portal {
    /// Hides the login history, as an administrator of the server can. From then on,
    /// `GET security/audit/events/filter` returns the last 20 events, whatever was asked for. A
    /// portal whose tariff does not include the audit trail behaves the same.
    pub fn hide_login_history(&mut self, hidden: bool) {
        self.trail.hidden = hidden;
    }

    /// Adds a change to the audit trail, and to the histories that it belongs to.
    pub(crate) fn record(&mut self, origin: Origin, change: Change) {
        let now = self.now();
        self.trail.add(now, origin, change);
    }

    /// Adds a change that background work of a person made.
    pub(crate) fn record_work(&mut self, by: Uuid, change: Change) {
        let origin = self.trail.worker_of(by);
        self.record(origin, change);
    }

    /// Adds a change of an entry of a room that background work made, as the entry is now.
    pub(crate) fn record_work_on(&mut self, by: Uuid, action: Action, entry: EntryId) {
        // The history of a room does not contain who read in it.
        let is_reading = action == Action::FILE_DOWNLOADED || action == Action::FOLDER_DOWNLOADED;
        if let Some(change) = self.entry_change(action, entry, |_| json!({})) {
            self.record_work(by, if is_reading { change.unnoted() } else { change });
        }
    }

    /// A change of an entry of a room, as the entry is now. `details` makes members of the data
    /// from the folder of the entry.
    fn entry_change(&self, action: Action, entry: EntryId, details: impl FnOnce(i64) -> Value) -> Option<Change> {
        if entry.kind == EntryType::FILE {
            let (room, file) = self.rooms.room_with_file(entry.id)?;
            return Some(file_change(self, action, room, file, details(file.parent)));
        }
        let room = self.rooms.room_with_folder(entry.id)?;
        let folder = room.folder(entry.id)?;
        Some(folder_change(action, room, folder, details(folder.parent)))
    }

    /// Adds the removal of an earlier version of a file.
    pub(crate) fn record_removed_version(&mut self, by: Uuid, file: i64, version: i64) {
        let details = |_| json!({"version": version});
        if let Some(change) = self.entry_change(Action::FILE_VERSION_REMOVED, EntryId::file(file), details) {
            self.record_work(by, change);
        }
    }

    /// Adds a copy or a move of an entry from another folder. It is in the histories of both
    /// folders (assumption: the recordings copy and move inside one room).
    pub(crate) fn record_transfer(&mut self, by: Uuid, action: Action, entry: EntryId, from: &Source) {
        let details = |parent: i64| {
            json!({
                "toFolderId": parent.to_string(),
                "fromFolderId": from.folder,
                "fromParentTitle": from.title,
                "fromParentType": from.kind,
            })
        };
        let change = self.entry_change(action, entry, details);
        if let Some(change) = change.map(|change| change.without("parentId").also_in(&from.places)) {
            self.record_work(by, change);
        }
    }

    /// A folder from which entries are copied or moved.
    pub(crate) fn source(&self, folder: i64) -> Source {
        let Some(room) = self.rooms.around(folder) else { return Source::default() };
        let (title, kind) = parent(room, folder);
        Source { folder, title, kind, places: places(room, EntryId::folder(folder)) }
    }
}

/// A folder from which an entry was copied or moved.
#[derive(Clone, Debug, Default)]
pub(crate) struct Source {
    folder: i64,
    title: String,
    kind: Value,
    places: Vec<EntryId>,
}

/// The histories in which an event of an entry is: its own, and those of the folders around it.
/// There is none for what is in the folders of one person (recording audit/room-history).
fn places(room: &Room, entry: EntryId) -> Vec<EntryId> {
    if room.area.is_personal() {
        return Vec::new();
    }
    let mut places = if entry == EntryId::folder(room.id) { Vec::new() } else { room.entry_and_parents(entry) };
    places.push(EntryId::folder(room.id));
    places
}

/// The title and the type of a room or a folder in it.
fn parent(room: &Room, folder: i64) -> (String, Value) {
    match room.folder(folder) {
        Some(folder) => (folder.title.clone(), json!(folder.system_type)),
        None => (room.title.clone(), json!(room.room_type.folder_type())),
    }
}

fn add_parent(data: &mut Value, room: &Room, folder: i64) {
    let (title, kind) = parent(room, folder);
    data["parentId"] = json!(folder);
    data["parentTitle"] = json!(title);
    data["parentType"] = kind;
}

/// A change of a folder inside a room. `details` are members of the data beside the usual ones.
pub(crate) fn folder_change(action: Action, room: &Room, folder: &SubFolder, details: Value) -> Change {
    let mut data = json!({"id": folder.id});
    // A history does not say from where an entry was deleted.
    if action != Action::FOLDER_MOVED_TO_TRASH && action != Action::FOLDER_DELETED {
        add_parent(&mut data, room, folder.parent);
    }
    if action == Action::FOLDER_CREATED {
        data["type"] = json!(folder.system_type);
    }
    let renamed = details.get("newTitle").is_some();
    if !renamed {
        data["title"] = json!(folder.title);
    }
    add(&mut data, details);
    let entry = EntryId::folder(folder.id);
    Change::of_entry(action, room, entry).words(&[&folder.title]).noted(data, places(room, entry), folder.parent)
}

/// A change of a file. `details` are members of the data beside the usual ones.
pub(crate) fn file_change(portal: &Portal, action: Action, room: &Room, file: &File, details: Value) -> Change {
    let mut data = json!({"id": file.id});
    let is_deleted = action == Action::FILE_MOVED_TO_TRASH || action == Action::FILE_DELETED;
    if !is_deleted {
        add_parent(&mut data, room, file.parent);
    }
    if !is_deleted && action != Action::FILE_VERSION_REMOVED {
        data["accessibility"] = FileType::of_extension(&file.extension()).view_accessibility();
        data["viewUrl"] = json!(format!("{}/filehandler.ashx?action=download&fileid={}", portal.base_url, file.id));
    }
    if details.get("newTitle").is_none() {
        data["title"] = json!(file.title);
    }
    add(&mut data, details);
    let entry = EntryId::file(file.id);
    Change::of_entry(action, room, entry).words(&[&file.title]).noted(data, places(room, entry), file.parent)
}

fn add(data: &mut Value, details: Value) {
    if let (Value::Object(data), Value::Object(details)) = (data, details) {
        data.extend(details);
    }
}

/// The title and the id of a room, which most of its events show.
pub(crate) fn named(room: &Room) -> Value {
    json!({"title": room.title, "id": room.id})
}

/// The events of a new room.
pub(crate) fn new_room(portal: &Portal, room: &Room) -> Vec<Change> {
    let created = Change::of_room(Action::ROOM_CREATED, room).with_page().noted_in(room.id, named(room));
    let tags = tags(portal, Action::ADDED_ROOM_TAGS, room, &room.tags).map(Change::with_page);
    std::iter::once(created).chain(tags).chain(initial_settings(room)).collect()
}

/// The events of the settings that are on in a new room or template. A template has no other events
/// at its start (recording audit/room-history, step 190). Of rooms, the recordings do not show
/// them.
pub(crate) fn initial_settings(room: &Room) -> Vec<Change> {
    let switched = |action, is_on: bool| {
        is_on.then(|| Change::of_room(action, room).words(&[&room.title]).noted_in(room.id, named(room)))
    };
    let switches = [
        switched(Action::ROOM_INDEXING_ENABLED, room.indexing),
        switched(Action::ROOM_DENY_DOWNLOAD_ENABLED, room.deny_download),
        room.lifetime.as_ref().map(|lifetime| lifetime_set(room, lifetime)),
        switched(Action::ROOM_WATERMARK_SET, room.watermark.is_some()),
    ];
    switches.into_iter().flatten().collect()
}

/// One event for all tags that were added to a room, or removed from it.
pub(crate) fn tags(portal: &Portal, action: Action, room: &Room, tags: &[u64]) -> Option<Change> {
    let names: Vec<&str> = tags.iter().filter_map(|tag| portal.tags.name(*tag)).collect();
    let change = Change::of_room(action, room).words(&names).noted_in(room.id, json!({"tags": names}));
    (!names.is_empty()).then_some(change)
}

/// The event of a lifetime that was set.
pub(crate) fn lifetime_set(room: &Room, lifetime: &Lifetime) -> Change {
    let mut data = named(room);
    data["lifeTime"] = json!({
        "deletePermanently": lifetime.delete_permanently,
        "period": lifetime.period,
        "value": lifetime.value,
    });
    Change::of_room(Action::ROOM_LIFETIME_SET, room).words(&[&room.title]).noted_in(room.id, data)
}
