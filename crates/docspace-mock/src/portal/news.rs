//! Which changes are news for whom (docs/portal/history-and-audit.md#news).

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::portal::Portal;
use crate::state::content::File;
use crate::state::entries::EntryId;
use crate::state::rooms::{Area, Room};

/// A file that is news for a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewFile<'a> {
    pub(crate) room: &'a Room,
    pub(crate) file: &'a File,
    pub(crate) changed: DateTime<Utc>,
}

impl Portal {
    /// Notes that a person added a file or a version: it is news for the owner and the members of
    /// the room.
    pub(crate) fn announce(&mut self, file: i64, by: Uuid) {
        let now = self.now();
        let Some((room, _)) = self.rooms.room_with_file(file) else { return };
        if room.area != Area::Active {
            return;
        }
        let is_reader = |person: Uuid| {
            let member = |subject: Uuid, is_group: bool| {
                if is_group { self.is_in_group(person, subject) } else { subject == person }
            };
            room.owner == person || room.members.iter().any(|one| member(one.subject, one.is_group))
        };
        let readers: Vec<Uuid> =
            self.people.all().iter().map(|person| person.id).filter(|id| *id != by && is_reader(*id)).collect();
        for person in readers {
            self.news.add(person, file, now);
        }
    }

    /// The files that are news for a person, oldest first. Only active rooms that the person
    /// may read have news.
    pub(crate) fn new_files(&self, person: Uuid) -> Vec<NewFile<'_>> {
        let found = self.news.of(person, self.now()).filter_map(|(file, changed)| {
            let (room, file) = self.rooms.room_with_file(file)?;
            Some(NewFile { room, file, changed })
        });
        let mut files: Vec<_> = found
            .filter(|new| new.room.area == Area::Active && self.permissions(new.room, Some(person), None).is_member())
            .collect();
        files.sort_by_key(|new| new.file.id);
        files
    }

    /// The news below a room or a folder.
    pub(crate) fn new_files_in(&self, person: Uuid, folder: i64) -> Vec<NewFile<'_>> {
        let is_inside = |new: &NewFile<'_>| {
            let around = new.room.entry_and_parents(EntryId::file(new.file.id));
            new.room.id == folder || around.contains(&EntryId::folder(folder))
        };
        self.new_files(person).into_iter().filter(is_inside).collect()
    }

    /// Removes the links, marks and news of entries that do not exist any more. A new file may get
    /// the number of a deleted one.
    pub(crate) fn forget_missing_entries(&mut self) {
        let rooms = &self.rooms;
        self.entry_links.retain(|entry| rooms.room_with(entry).is_some());
        self.marks.retain(|entry| rooms.room_with(entry).is_some());
        self.news.retain(|file| rooms.room_with_file(file).is_some());
    }

    /// Marks folders and files as read. If anything in them is news, all news of the person is read
    /// (recording rooms/news).
    pub(crate) fn mark_as_read(&mut self, person: Uuid, folders: &[i64], files: &[i64]) {
        let has_news = folders.iter().any(|folder| !self.new_files_in(person, *folder).is_empty())
            || self.new_files(person).iter().any(|new| files.contains(&new.file.id));
        if has_news {
            self.news.clear(person);
        }
    }
}
