//! Copies, moves and deletes of folders and files, and copies of rooms
//! (docs/portal/folders-and-files.md#copy-move-delete-duplicate).

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::portal::Portal;
use crate::portal::webhooks::Entity;
use crate::state::content::{File, SubFolder, Trashed};
use crate::state::entries::EntryId;
use crate::state::operations::{Batch, ConflictRule, OperationType};
use crate::state::rooms::{Area, Room};
use crate::state::trail::Change;
use crate::state::trail::action::Action;
use crate::state::webhooks::trigger::Trigger;
use crate::wire::failure::Failure;
use crate::wire::messages::Message;

/// Maximum length of the title of a room.
const MAX_ROOM_TITLE: usize = 170;

/// A running operation, and what it has done.
struct Work<'a> {
    portal: &'a mut Portal,
    owner: Uuid,
    at: DateTime<Utc>,
    /// The folders into which other folders were copied or moved.
    targets: Vec<i64>,
    folders: Vec<i64>,
    files: Vec<i64>,
    processed: usize,
}

/// Whether the source of a transfer stays where it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transfer {
    Copy,
    Move,
}

type Outcome = Result<(), Message>;

/// Runs a whole operation.
pub(super) fn run(portal: &mut Portal, index: usize, kind: OperationType, at: DateTime<Utc>) {
    let operation = &portal.operations.all[index];
    let (owner, batch) = (operation.owner, operation.batch.clone());
    let (targets, folders, files) = (Vec::new(), Vec::new(), Vec::new());
    let mut work = Work { portal, owner, at, targets, folders, files, processed: batch.reported };
    let outcome = match kind {
        OperationType::COPY => work.transfer(&batch, Transfer::Copy),
        OperationType::MOVE => work.transfer(&batch, Transfer::Move),
        OperationType::DUPLICATE => work.duplicate(&batch),
        OperationType::MARK_AS_READ => work.mark_as_read(&batch),
        _ => work.delete(&batch),
    };
    let Work { mut targets, folders, files, processed, .. } = work;
    if !folders.is_empty() || files.is_empty() {
        targets.extend(&folders);
    } else {
        // A record with files only does not name the target.
        targets.clear();
    }
    if kind == OperationType::DUPLICATE && folders.is_empty() {
        targets.clear();
    }
    targets.sort_unstable();
    targets.dedup();
    let language = portal.people.get(owner).map(|person| person.language()).unwrap_or_default();
    let operation = &mut portal.operations.all[index];
    operation.processed = processed;
    operation.folders = targets;
    operation.files = files;
    operation.files.sort_unstable();
    operation.error = outcome.err().map(|message| message.in_language(language)).unwrap_or_default();
}

impl Work<'_> {
    fn transfer(&mut self, batch: &Batch, transfer: Transfer) -> Outcome {
        self.targets.push(batch.target);
        for file in &batch.files {
            let found = self.portal.rooms.room_with_file(*file);
            let is_trashed = self.is_trashed(found.map(|(room, _)| room));
            let from = self.portal.source(found.map_or(0, |(_, file)| file.parent));
            if let Some(id) = self.file(*file, batch.target, batch.conflicts, transfer)? {
                self.files.push(id);
                let action = if transfer == Transfer::Copy { Action::FILE_COPIED } else { Action::FILE_MOVED };
                self.portal.record_transfer(self.owner, action, EntryId::file(id), &from);
                self.moved(transfer, is_trashed, Entity::File(id));
            }
        }
        for folder in &batch.folders {
            let found = self.portal.rooms.room_with_folder(*folder);
            let is_trashed = self.is_trashed(found);
            let from = found.and_then(|room| room.folder(*folder)).map_or(0, |folder| folder.parent);
            let from = self.portal.source(from);
            if let Some(id) = self.folder(*folder, batch.target, batch.conflicts, transfer)? {
                self.folders.push(id);
                let action = if transfer == Transfer::Copy { Action::FOLDER_COPIED } else { Action::FOLDER_MOVED };
                self.portal.record_transfer(self.owner, action, EntryId::folder(id), &from);
                self.moved(transfer, is_trashed, Entity::Folder(id));
            }
        }
        Ok(())
    }

    fn is_trashed(&self, room: Option<&Room>) -> bool {
        room.is_some_and(|room| room.area == Area::Trash)
    }

    /// Sends the event of an entry that was moved. Nothing is sent for what is in a moved folder
    /// (docs/portal/webhooks.md#folder-and-file-events).
    fn moved(&mut self, transfer: Transfer, is_trashed: bool, entity: Entity) {
        let trigger = match (entity, is_trashed) {
            (Entity::File(_), true) => Trigger::FILE_RESTORED,
            (Entity::File(_), false) => Trigger::FILE_MOVED,
            (_, true) => Trigger::FOLDER_RESTORED,
            (_, false) => Trigger::FOLDER_MOVED,
        };
        if transfer == Transfer::Move {
            self.portal.happened(self.owner, trigger, entity);
        }
    }

    /// Sends the event of an entry that is about to be deleted or moved to the trash, and records it.
    fn deletes(&mut self, is_final: bool, entity: Entity) {
        match (entity, is_final) {
            (Entity::File(id), true) => self.record(Action::FILE_DELETED, EntryId::file(id)),
            (Entity::File(id), false) => self.record(Action::FILE_MOVED_TO_TRASH, EntryId::file(id)),
            (Entity::Folder(id), true) => self.record(Action::FOLDER_DELETED, EntryId::folder(id)),
            (Entity::Folder(id), false) => self.record(Action::FOLDER_MOVED_TO_TRASH, EntryId::folder(id)),
            _ => {}
        }
        let trigger = match (entity, is_final) {
            (Entity::File(_), true) => Trigger::FILE_DELETED,
            (Entity::File(_), false) => Trigger::FILE_TRASHED,
            (_, true) => Trigger::FOLDER_DELETED,
            (_, false) => Trigger::FOLDER_TRASHED,
        };
        self.portal.happened(self.owner, trigger, entity);
    }

    fn record(&mut self, action: Action, entry: EntryId) {
        self.portal.record_work_on(self.owner, action, entry);
    }

    /// Copies or moves a file. Returns the file in the target, or `None` if nothing was done.
    fn file(
        &mut self,
        id: i64,
        target: i64,
        conflicts: ConflictRule,
        transfer: Transfer,
    ) -> Result<Option<i64>, Message> {
        let Some((source, file)) = self.portal.rooms.room_with_file(id) else { return Ok(None) };
        let (source, file) = (source.id, file.clone());
        let Some(room) = self.portal.rooms.around(target) else { return Ok(None) };
        let existing = room.file_titled(target, &file.title).map(|existing| existing.id);
        if (existing.is_some() || file.parent == target) && conflicts <= ConflictRule::SKIP {
            return Ok(None);
        }
        if room.id != source || transfer == Transfer::Copy {
            self.portal.check_quota(room, file.size).map_err(message_of)?;
        }
        self.processed += 1;
        if let Some(existing) = existing.filter(|_| conflicts == ConflictRule::OVERWRITE) {
            let (at, owner) = (self.at, self.owner);
            if let Some(kept) = self.portal.rooms.file_mut(existing) {
                kept.add_version(file.size, "Overwritten", at, owner);
            }
            self.portal.rooms.note_save(target, at, owner);
            if transfer == Transfer::Move {
                self.portal.rooms.remove_file(id);
            }
            return Ok(Some(existing));
        }
        if transfer == Transfer::Move {
            self.portal.rooms.move_file(id, target);
            return Ok(Some(id));
        }
        let title = room.free_file_title(target, &file.title);
        let copy = self.portal.ids.file();
        let made = File {
            comment: Some("Copied".into()),
            dimensions: file.dimensions,
            is_blank: file.is_blank,
            ..File::new(copy, target, title, file.size, self.at, self.owner)
        };
        if let Some(room) = self.portal.rooms.around_mut(target) {
            room.add_file(made);
        }
        self.portal.rooms.note_save(target, self.at, self.owner);
        self.portal.happened(self.owner, Trigger::FILE_COPIED, Entity::File(copy));
        Ok(Some(copy))
    }

    /// Copies or moves a folder with everything in it. A folder of the same title in the target
    /// takes the content. Returns the folder in the target, or `None` if nothing was done.
    fn folder(
        &mut self,
        id: i64,
        target: i64,
        conflicts: ConflictRule,
        transfer: Transfer,
    ) -> Result<Option<i64>, Message> {
        let source = self.portal.rooms.room_with_folder(id).and_then(|room| Some((room, room.folder(id)?.clone())));
        let Some((source, folder)) = source else { return Ok(None) };
        if source.tree(id).contains(&target) {
            // Another operation has moved the target into the folder meanwhile.
            return Ok(None);
        }
        let files: Vec<i64> = source.files.iter().filter(|one| one.parent == id).map(|one| one.id).collect();
        let inner: Vec<i64> = source.folders.iter().filter(|one| one.parent == id).map(|one| one.id).collect();
        let Some(room) = self.portal.rooms.around(target) else { return Ok(None) };
        let keeps_both = transfer == Transfer::Copy && conflicts >= ConflictRule::DUPLICATE;
        let stays = folder.parent == target;
        if stays && !keeps_both {
            return Ok(None);
        }
        let existing = room.folder_titled(target, &folder.title).map(|existing| existing.id);
        let into = match existing.filter(|_| !keeps_both) {
            Some(existing) => {
                self.processed += 1;
                existing
            }
            None if transfer == Transfer::Move => {
                self.processed += 1;
                self.portal.rooms.move_folder(id, target);
                return Ok(Some(id));
            }
            None => {
                let title = room.free_folder_title(target, &folder.title);
                self.processed += if stays { 1 } else { 2 };
                let copy = self.portal.ids.folder();
                if let Some(room) = self.portal.rooms.around_mut(target) {
                    room.add_folder(SubFolder::new(copy, target, title, self.at, self.owner));
                }
                self.portal.happened(self.owner, Trigger::FOLDER_COPIED, Entity::Folder(copy));
                copy
            }
        };
        for file in files {
            self.file(file, into, conflicts, transfer)?;
        }
        for folder in inner.into_iter().filter(|inner| *inner != into) {
            self.folder(folder, into, conflicts, transfer)?;
        }
        if transfer == Transfer::Move {
            self.portal.rooms.remove_folder(id);
        }
        Ok(Some(into))
    }

    fn duplicate(&mut self, batch: &Batch) -> Outcome {
        for id in &batch.files {
            let Some((room, file)) = self.portal.rooms.room_with_file(*id) else { continue };
            let parent = file.parent;
            self.check_creation(room)?;
            let from = self.portal.source(parent);
            if let Some(copy) = self.file(*id, parent, ConflictRule::DUPLICATE, Transfer::Copy)? {
                self.files.push(copy);
                self.portal.record_transfer(self.owner, Action::FILE_COPIED, EntryId::file(copy), &from);
            }
        }
        for id in &batch.folders {
            let copy = match self.portal.rooms.get(*id) {
                Some(room) => {
                    let source = room.clone();
                    Some(self.duplicate_room(source)?)
                }
                None => {
                    let Some(room) = self.portal.rooms.room_with_folder(*id) else { continue };
                    let parent = room.folder(*id).map_or(room.id, |folder| folder.parent);
                    self.check_creation(room)?;
                    self.targets.push(parent);
                    let from = self.portal.source(parent);
                    let copy = self.folder(*id, parent, ConflictRule::DUPLICATE, Transfer::Copy)?;
                    if let Some(copy) = copy {
                        self.portal.record_transfer(self.owner, Action::FOLDER_COPIED, EntryId::folder(copy), &from);
                    }
                    copy
                }
            };
            self.folders.extend(copy);
        }
        Ok(())
    }

    fn check_creation(&self, room: &Room) -> Outcome {
        let permissions = self.portal.permissions(room, Some(self.owner), None);
        if permissions.can_write(room) { Ok(()) } else { Err(Message::CannotCreate) }
    }

    /// Copies a room with its settings and its content, but without its members and links.
    fn duplicate_room(&mut self, source: Room) -> Result<i64, Message> {
        match source.area {
            Area::Archive => return Err(Message::plain("You don't have permission to copy to this folder")),
            Area::Templates => return Err(Message::CannotCreate),
            _ => {}
        }
        if !self.portal.permissions(&source, Some(self.owner), None).can_copy(&source) {
            return Err(Message::plain("You don't have enough permission to copy the folder"));
        }
        let title = self.free_room_title(&source.title);
        let made = self.portal.new_room(title, source.room_type, self.owner);
        let id = made.id;
        let language = self.portal.people.get(self.owner).map(|person| person.language()).unwrap_or_default();
        let mut room = Room {
            created: self.at,
            updated: self.at,
            tags: source.tags.clone(),
            color: source.color.clone(),
            picture: source.picture.map(|_| self.portal.ids.hash()),
            indexing: source.indexing,
            deny_download: source.deny_download,
            lifetime: source.lifetime.clone(),
            watermark: source.watermark.clone(),
            save_as_xlsx: false,
            ..made
        };
        self.portal.add_initial_links(&mut room, language);
        let data = json!({"title": room.title, "id": id});
        let change = Change::of_room(Action::ROOM_COPIED, &room).words(&[&room.title]).noted_in(id, data);
        self.portal.rooms.insert(room);
        self.portal.record_work(self.owner, change);
        self.portal.happened(self.owner, Trigger::ROOM_COPIED, Entity::Folder(id));
        self.targets.push(source.area.root());
        self.processed += 2;
        for file in source.files.iter().filter(|file| file.parent == source.id) {
            self.file(file.id, id, ConflictRule::DUPLICATE, Transfer::Copy)?;
        }
        let is_own = |folder: &&SubFolder| folder.system_type == Default::default();
        for folder in source.folders.iter().filter(|folder| folder.parent == source.id).filter(is_own) {
            self.folder(folder.id, id, ConflictRule::DUPLICATE, Transfer::Copy)?;
        }
        Ok(id)
    }

    /// The title with the first free number, cut like other titles (recording walks/101).
    fn free_room_title(&self, title: &str) -> String {
        let taken = |wanted: &String| self.portal.rooms.in_area(Area::Active).any(|room| room.title == *wanted);
        let free = (1..).map(|number| format!("{title} ({number})")).find(|title| !taken(title));
        free.unwrap_or_default().chars().take(MAX_ROOM_TITLE).collect()
    }

    /// Deletes entries, or moves them to the trash of the person. What is already in the trash is
    /// deleted.
    fn delete(&mut self, batch: &Batch) -> Outcome {
        for id in &batch.files {
            let Some((room, file)) = self.portal.rooms.room_with_file(*id) else { continue };
            let origin = file.parent;
            let is_final = batch.immediately || room.area == Area::Trash;
            self.processed += 1;
            self.deletes(is_final, Entity::File(*id));
            if is_final {
                self.portal.rooms.delete_file(*id);
                continue;
            }
            let (at, by) = (self.at, self.owner);
            let trash = self.portal.own_root(Area::Trash, by);
            self.portal.rooms.move_file(*id, trash);
            if let Some(file) = self.portal.rooms.file_mut(*id) {
                file.trashed = Some(Trashed { origin, at });
                file.updated = at;
                file.updated_by = by;
            }
        }
        for id in &batch.folders {
            if let Some(room) = self.portal.rooms.get(*id) {
                let change = Change::of_room(Action::ROOM_DELETED, room).words(&[&room.title]);
                self.portal.record_work(self.owner, change);
                self.portal.happened(self.owner, Trigger::ROOM_DELETED, Entity::Folder(*id));
            }
            if let Some(room) = self.portal.rooms.remove(*id) {
                self.processed += room.entry_count();
                self.portal.remove_from_groups(*id);
                self.portal.remove_all_unused_tags();
                continue;
            }
            let Some(room) = self.portal.rooms.room_with_folder(*id) else { continue };
            let origin = room.folder(*id).map_or(room.id, |folder| folder.parent);
            let is_final = batch.immediately || room.area == Area::Trash;
            let entries = room.entry_count_in(*id);
            self.deletes(is_final, Entity::Folder(*id));
            if is_final {
                self.processed += entries;
                self.portal.rooms.delete_folder(*id);
                continue;
            }
            self.processed += 1;
            let (at, by) = (self.at, self.owner);
            let trash = self.portal.own_root(Area::Trash, by);
            self.portal.rooms.move_folder(*id, trash);
            if let Some(folder) = self.portal.rooms.folder_mut(*id) {
                folder.trashed = Some(Trashed { origin, at });
                folder.updated = at;
                folder.updated_by = by;
            }
        }
        self.portal.reuse_file_ids();
        Ok(())
    }

    /// Lists the entries that the person may read.
    fn mark_as_read(&mut self, batch: &Batch) -> Outcome {
        let portal = &*self.portal;
        let can_read = |room: &Room| portal.permissions(room, Some(self.owner), None).can_read(room);
        let folders = batch
            .folders
            .iter()
            .filter(|id| Area::of_root(**id).is_some() || portal.rooms.around(**id).is_some_and(can_read));
        self.folders = folders.copied().collect();
        let files =
            batch.files.iter().filter(|id| portal.rooms.room_with_file(**id).is_some_and(|(room, _)| can_read(room)));
        self.files = files.copied().collect();
        self.processed = self.folders.len() + self.files.len();
        self.portal.mark_as_read(self.owner, &self.folders, &self.files);
        Ok(())
    }
}

fn message_of(failure: Failure) -> Message {
    match failure {
        Failure::Thrown(_, message) => message,
        _ => Message::CannotPerform,
    }
}
