//! Rooms, templates and their root folders.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::state::access::Access;
use crate::state::content::{File, SubFolder, numbered_title};
use crate::state::entries::{EntryId, EntryType, FolderType};
use crate::state::links::{Link, LinkKind};
use crate::state::room_settings::{Lifetime, Watermark};
use crate::state::room_types::RoomType;

/// The root folder of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Area {
    Active,
    Archive,
    Templates,
    /// My documents of a person.
    My,
    /// The trash of a person.
    Trash,
}

impl Area {
    /// The type of the root folder.
    pub(crate) fn folder_type(self) -> FolderType {
        match self {
            Self::Active => FolderType::VIRTUAL_ROOMS,
            Self::Archive => FolderType::ARCHIVE,
            Self::Templates => FolderType::ROOM_TEMPLATES,
            Self::My => FolderType::USER,
            Self::Trash => FolderType::TRASH,
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Active => "Rooms",
            Self::Archive => "Archive",
            Self::Templates => "Templates",
            Self::My => "My documents",
            Self::Trash => "Trash",
        }
    }

    /// The id of the root folder. The root folders have the first ids of a portal. People's own
    /// folders are roots themselves, see [`Room::root`].
    pub(crate) fn root(self) -> i64 {
        match self {
            Self::Active => 1,
            Self::Archive => 2,
            Self::Templates => 3,
            Self::My | Self::Trash => 0,
        }
    }

    /// Whether the area belongs to one person.
    pub(crate) fn is_personal(self) -> bool {
        matches!(self, Self::My | Self::Trash)
    }

    /// Whether people may add and change entries in the area.
    pub(crate) fn is_writable(self) -> bool {
        matches!(self, Self::Active | Self::My)
    }

    /// The root folder with this id.
    pub(crate) fn of_root(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.root() == id)
    }

    /// The id of the root folder that anonymous callers with a link see as the parent of rooms.
    pub(crate) const SHARE_ROOT: i64 = 4;

    pub(crate) const ALL: [Self; 3] = [Self::Active, Self::Archive, Self::Templates];
}

/// A person or a people group with access to a room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Member {
    /// The id of a person or a people group. It may be an id that does not exist.
    pub(crate) subject: Uuid,
    pub(crate) is_group: bool,
    pub(crate) access: Access,
    /// The person who shared the room.
    pub(crate) by: Uuid,
}

/// A room or a template, or a person's own root folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Room {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) room_type: RoomType,
    pub(crate) area: Area,
    pub(crate) owner: Uuid,
    pub(crate) created: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
    pub(crate) updated_by: Uuid,
    /// The ids of the tags, in the order in which they were added.
    pub(crate) tags: Vec<u64>,
    pub(crate) color: String,
    pub(crate) cover: Option<String>,
    /// The `hash` parameter in the address of the room's picture, if it has one.
    pub(crate) picture: Option<u32>,
    pub(crate) indexing: bool,
    pub(crate) deny_download: bool,
    pub(crate) private: bool,
    /// The room's own quota, or `None` for the default of the portal.
    pub(crate) quota: Option<i64>,
    pub(crate) lifetime: Option<Lifetime>,
    pub(crate) watermark: Option<Watermark>,
    pub(crate) save_as_xlsx: bool,
    pub(crate) send_to_database: bool,
    pub(crate) links: Vec<Link>,
    pub(crate) members: Vec<Member>,
    pub(crate) pinned_by: Vec<Uuid>,
    /// The people who opened a link of the room, and the link.
    pub(crate) visitors: Vec<(Uuid, Uuid)>,
    pub(crate) files: Vec<File>,
    pub(crate) folders: Vec<SubFolder>,
    /// The space of files and versions that are not here any more and still count as used. Dumps of
    /// earlier versions do not contain it.
    #[serde(default)]
    pub(crate) deleted_space: i64,
}

impl Room {
    /// Whether a person may get this access level. `manages_rooms` is whether the person may manage
    /// rooms (docs/portal/permissions.md#roles-a-room-accepts).
    pub(crate) fn allows_role(&self, access: Access, manages_rooms: bool) -> bool {
        if self.area == Area::Templates {
            return access == Access::NONE || (access == Access::READ && manages_rooms);
        }
        self.room_type.member_roles().contains(&access) || (access == Access::ROOM_MANAGER && manages_rooms)
    }

    /// Whether a people group may get this access level
    /// (docs/portal/members.md#people-groups-in-a-room).
    pub(crate) fn allows_group(&self, access: Access) -> bool {
        self.allows_role(access, self.area == Area::Templates) && access != Access::ROOM_MANAGER
    }

    /// The id of the root folder.
    pub(crate) fn root(&self) -> i64 {
        if self.area.is_personal() { self.id } else { self.area.root() }
    }

    pub(crate) fn link(&self, id: Uuid) -> Option<&Link> {
        self.links.iter().find(|link| link.id == id)
    }

    pub(crate) fn primary(&self) -> Option<&Link> {
        self.links.iter().find(|link| link.kind == LinkKind::Primary)
    }

    pub(crate) fn has_external_link(&self) -> bool {
        self.links.iter().any(|link| link.kind != LinkKind::Invitation)
    }

    /// Whether the room has an external link that anonymous callers can use.
    pub(crate) fn has_public_link(&self) -> bool {
        self.links.iter().any(|link| link.kind != LinkKind::Invitation && !link.internal)
    }

    pub(crate) fn count_links(&self, kind: LinkKind) -> usize {
        self.links.iter().filter(|link| link.kind == kind).count()
    }

    /// The space of all versions of the files (recording walks/105), and of files that were deleted
    /// without the trash (recording walks/103).
    pub(crate) fn used_space(&self) -> i64 {
        let versions = self.files.iter().flat_map(|file| std::iter::once(file).chain(&file.earlier));
        self.deleted_space + versions.map(|version| version.size).sum::<i64>()
    }

    /// Runs a permanent delete of entries, whose space still counts as used.
    pub(crate) fn delete_for_good(&mut self, delete: impl FnOnce(&mut Self)) {
        let used = self.used_space();
        delete(self);
        self.deleted_space += used - self.used_space();
    }

    /// Number of folders that people created. The folders that the portal creates in an AI room do
    /// not count (docs/portal/rooms.md#room-types).
    pub(crate) fn folder_count(&self) -> usize {
        self.folders.iter().filter(|folder| folder.system_type == FolderType::DEFAULT).count()
    }

    /// A folder inside the room, at any depth.
    pub(crate) fn folder(&self, id: i64) -> Option<&SubFolder> {
        self.folders.iter().find(|folder| folder.id == id)
    }

    /// Numbers of files and of folders at every depth below a folder inside the room.
    pub(crate) fn counts_below(&self, folder: i64) -> (usize, usize) {
        let tree = self.tree(folder);
        let files = self.files.iter().filter(|file| tree.contains(&file.parent)).count();
        (files, tree.len().saturating_sub(1))
    }

    /// The next place among the entries of a folder.
    pub(crate) fn next_order(&self, parent: i64) -> i64 {
        let folders = self.folders.iter().filter(|one| one.parent == parent).map(|one| one.order);
        let files = self.files.iter().filter(|one| one.parent == parent).map(|one| one.order);
        folders.chain(files).max().unwrap_or(0) + 1
    }

    /// Numbers the entries of a folder 1, 2, 3, sorted by `key` of their type and their number.
    pub(crate) fn renumber(&mut self, parent: i64, key: impl Fn(EntryType, i64) -> (u8, i64)) {
        let folders = self.folders.iter_mut().filter(|one| one.parent == parent);
        let folders = folders.map(|one| (key(EntryType::FOLDER, one.order), &mut one.order));
        let files = self.files.iter_mut().filter(|one| one.parent == parent);
        let files = files.map(|one| (key(EntryType::FILE, one.order), &mut one.order));
        let mut entries: Vec<_> = folders.chain(files).collect();
        entries.sort_by_key(|(key, _)| *key);
        for (number, (_, order)) in (1..).zip(entries) {
            *order = number;
        }
    }

    /// Switches the index on or off. A new index numbers files before folders (recording
    /// content/order).
    pub(crate) fn set_indexing(&mut self, indexing: bool) {
        if indexing && !self.indexing {
            let parents: Vec<i64> =
                std::iter::once(self.id).chain(self.folders.iter().map(|folder| folder.id)).collect();
            for parent in parents {
                self.renumber(parent, |kind, order| (u8::from(kind == EntryType::FOLDER), order));
            }
        }
        self.indexing = indexing;
    }

    /// The index of an entry, such as `2.1`: the places of its parents and its own.
    pub(crate) fn index_of(&self, parent: i64, order: i64) -> String {
        let mut index = String::new();
        for folder in self.path_to(parent) {
            index += &format!("{}.", folder.order);
        }
        index + &order.to_string()
    }

    /// The title, or the title with the first free number if a file of the folder has it.
    pub(crate) fn free_file_title(&self, parent: i64, title: &str) -> String {
        let taken = |title: &str| {
            self.files.iter().any(|file| file.parent == parent && file.title.to_lowercase() == title.to_lowercase())
        };
        let numbered = (1..).map(|number| numbered_title(title, number));
        std::iter::once(title.to_owned()).chain(numbered).find(|title| !taken(title)).unwrap_or_default()
    }

    /// The title, or the title with the first free number if a folder of the parent has it.
    pub(crate) fn free_folder_title(&self, parent: i64, title: &str) -> String {
        let taken = |title: &str| self.folder_titled(parent, title).is_some();
        let numbered = (1..).map(|number| format!("{title} ({number})"));
        std::iter::once(title.to_owned()).chain(numbered).find(|title| !taken(title)).unwrap_or_default()
    }

    /// The folder in the parent with this title, in any case.
    pub(crate) fn folder_titled(&self, parent: i64, title: &str) -> Option<&SubFolder> {
        let title = title.to_lowercase();
        self.folders.iter().find(|one| one.parent == parent && one.title.to_lowercase() == title)
    }

    /// The file in the parent with this title, in any case.
    pub(crate) fn file_titled(&self, parent: i64, title: &str) -> Option<&File> {
        let title = title.to_lowercase();
        self.files.iter().find(|one| one.parent == parent && one.title.to_lowercase() == title)
    }

    /// Adds a folder as the last entry of its parent.
    pub(crate) fn add_folder(&mut self, mut folder: SubFolder) {
        folder.order = self.next_order(folder.parent);
        self.folders.push(folder);
    }

    /// Adds a file as the last entry of its parent.
    pub(crate) fn add_file(&mut self, mut file: File) {
        file.order = self.next_order(file.parent);
        self.files.push(file);
    }

    /// Sets the last change of the room or of a folder inside it.
    pub(crate) fn touch(&mut self, folder: i64, now: DateTime<Utc>, by: Uuid) {
        if self.id == folder {
            self.updated = now;
            self.updated_by = by;
        }
        for folder in self.folders.iter_mut().filter(|one| one.id == folder) {
            folder.updated = now;
            folder.updated_by = by;
        }
    }

    /// The ids of a folder of the room and all folders inside it. Empty if the room has no such
    /// folder.
    pub(crate) fn tree(&self, folder: i64) -> Vec<i64> {
        let mut tree: Vec<i64> = self.folders.iter().filter(|one| one.id == folder).map(|one| one.id).collect();
        let mut seen = 0;
        while let Some(parent) = tree.get(seen).copied() {
            tree.extend(self.folders.iter().filter(|one| one.parent == parent).map(|one| one.id));
            seen += 1;
        }
        tree
    }

    /// A folder of the room, preceded by its parent folders, outermost first.
    pub(crate) fn path_to(&self, folder: i64) -> Vec<&SubFolder> {
        let mut path = Vec::new();
        let mut next = folder;
        while let Some(one) = self.folders.iter().find(|one| one.id == next) {
            path.insert(0, one);
            next = one.parent;
        }
        path
    }

    /// An entry of the room, and the folders around it, innermost first.
    pub(crate) fn entry_and_parents(&self, entry: EntryId) -> Vec<EntryId> {
        let parent = match entry.kind {
            EntryType::FILE => self.files.iter().find(|file| file.id == entry.id).map(|file| file.parent),
            _ => self.folder(entry.id).map(|folder| folder.parent),
        };
        let parents = parent.map(|parent| self.path_to(parent)).unwrap_or_default();
        std::iter::once(entry).chain(parents.into_iter().rev().map(|folder| EntryId::folder(folder.id))).collect()
    }

    /// Number of entries that the delete of a folder removes.
    pub(crate) fn entry_count_in(&self, folder: i64) -> usize {
        let tree = self.tree(folder);
        tree.len() + self.files.iter().filter(|file| tree.contains(&file.parent)).count()
    }

    /// Removes a folder and everything in it.
    pub(crate) fn remove_folder(&mut self, folder: i64) {
        let tree = self.tree(folder);
        self.files.retain(|file| !tree.contains(&file.parent));
        self.folders.retain(|one| !tree.contains(&one.id));
    }

    /// Number of entries that a delete removes: the room, its files and its folders, including
    /// those that the portal created (recording rooms/create-room-type-spelling).
    pub(crate) fn entry_count(&self) -> usize {
        1 + self.files.len() + self.folders.len()
    }
}

/// All rooms of a portal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Rooms {
    all: BTreeMap<i64, Room>,
    /// My documents and the trash of people. Only the functions that find entries know them. Dumps
    /// of earlier versions do not contain them.
    #[serde(default)]
    personal: BTreeMap<i64, Room>,
    /// When a file in any active room was saved last, and by whom.
    #[serde(default)]
    pub(crate) last_save: Option<(DateTime<Utc>, Uuid)>,
}

impl Rooms {
    pub(crate) fn get(&self, id: i64) -> Option<&Room> {
        self.all.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut Room> {
        self.all.get_mut(&id)
    }

    pub(crate) fn insert(&mut self, room: Room) {
        let all = if room.area.is_personal() { &mut self.personal } else { &mut self.all };
        all.insert(room.id, room);
    }

    /// A person's own root folder, if the portal has made it.
    pub(crate) fn own(&self, area: Area, person: Uuid) -> Option<&Room> {
        self.personal.values().find(|root| root.area == area && root.owner == person)
    }

    /// The rooms, and the own root folders of people.
    fn everywhere(&self) -> impl Iterator<Item = &Room> {
        self.all.values().chain(self.personal.values())
    }

    fn everywhere_mut(&mut self) -> impl Iterator<Item = &mut Room> {
        self.all.values_mut().chain(self.personal.values_mut())
    }

    pub(crate) fn remove(&mut self, id: i64) -> Option<Room> {
        self.all.remove(&id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Room> {
        self.all.values()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Room> {
        self.all.values_mut()
    }

    /// The room that contains a folder, at any depth.
    pub(crate) fn room_with_folder(&self, folder: i64) -> Option<&Room> {
        self.everywhere().find(|room| room.folders.iter().any(|one| one.id == folder))
    }

    /// The room that contains a file, and the file.
    pub(crate) fn room_with_file(&self, file: i64) -> Option<(&Room, &File)> {
        self.everywhere().find_map(|room| room.files.iter().find(|one| one.id == file).map(|one| (room, one)))
    }

    /// The room with this id, or the room that contains a folder with this id.
    pub(crate) fn around(&self, folder: i64) -> Option<&Room> {
        self.get(folder).or_else(|| self.personal.get(&folder)).or_else(|| self.room_with_folder(folder))
    }

    /// The room that contains an entry.
    pub(crate) fn room_with(&self, entry: EntryId) -> Option<&Room> {
        match entry.kind {
            EntryType::FILE => self.room_with_file(entry.id).map(|(room, _)| room),
            _ => self.room_with_folder(entry.id),
        }
    }

    /// The same as [`Self::around`], to change it.
    pub(crate) fn around_mut(&mut self, folder: i64) -> Option<&mut Room> {
        let id = self.around(folder)?.id;
        self.everywhere_mut().find(|room| room.id == id)
    }

    /// A file of any room, to change it.
    pub(crate) fn file_mut(&mut self, file: i64) -> Option<&mut File> {
        self.everywhere_mut().flat_map(|room| &mut room.files).find(|one| one.id == file)
    }

    /// A folder inside any room, to change it.
    pub(crate) fn folder_mut(&mut self, folder: i64) -> Option<&mut SubFolder> {
        self.everywhere_mut().flat_map(|room| &mut room.folders).find(|one| one.id == folder)
    }

    /// Notes that a file was saved in a folder or room. This changes all folders around it, up to
    /// the root folder (recording walks/105).
    pub(crate) fn note_save(&mut self, folder: i64, now: DateTime<Utc>, by: Uuid) {
        let Some(room) = self.around_mut(folder) else { return };
        let around: Vec<i64> = room.path_to(folder).iter().map(|one| one.id).collect();
        for id in around {
            room.touch(id, now, by);
        }
        let id = room.id;
        room.touch(id, now, by);
        if room.area == Area::Active {
            self.last_save = Some((now, by));
        }
    }

    /// Permanently deletes a file.
    pub(crate) fn delete_file(&mut self, file: i64) {
        if let Some(room) = self.everywhere_mut().find(|room| room.files.iter().any(|one| one.id == file)) {
            room.delete_for_good(|room| room.files.retain(|one| one.id != file));
        }
    }

    /// Permanently deletes a folder and everything in it.
    pub(crate) fn delete_folder(&mut self, folder: i64) {
        if let Some(room) = self.everywhere_mut().find(|room| room.folders.iter().any(|one| one.id == folder)) {
            room.delete_for_good(|room| room.remove_folder(folder));
        }
    }

    /// The highest id of a file, or 0.
    pub(crate) fn last_file(&self) -> i64 {
        self.everywhere().flat_map(|room| &room.files).map(|file| file.id).max().unwrap_or(0)
    }

    /// Removes a file from its room.
    pub(crate) fn remove_file(&mut self, file: i64) {
        for room in self.everywhere_mut() {
            room.files.retain(|one| one.id != file);
        }
    }

    /// Removes a folder with everything in it from its room.
    pub(crate) fn remove_folder(&mut self, folder: i64) {
        if let Some(room) = self.room_with_folder(folder).map(|room| room.id).and_then(|id| self.around_mut(id)) {
            room.remove_folder(folder);
        }
    }

    /// Moves a file into a folder or room.
    pub(crate) fn move_file(&mut self, file: i64, parent: i64) {
        let Some(moved) = self.room_with_file(file).map(|(_, file)| file.clone()) else { return };
        if self.around(parent).is_none() {
            return;
        }
        let earlier = earlier_space(std::slice::from_ref(&moved));
        if let Some(room) = self.around_mut(moved.parent) {
            room.files.retain(|one| one.id != file);
            room.deleted_space += earlier;
        }
        if let Some(room) = self.around_mut(parent) {
            room.add_file(File { parent, trashed: None, ..moved });
            room.deleted_space -= earlier;
        }
    }

    /// Moves a folder with everything in it into a folder or room.
    pub(crate) fn move_folder(&mut self, folder: i64, parent: i64) {
        let Some(room) = self.room_with_folder(folder) else { return };
        let tree = room.tree(folder);
        let files: Vec<File> = room.files.iter().filter(|one| tree.contains(&one.parent)).cloned().collect();
        let mut folders: Vec<SubFolder> = room.folders.iter().filter(|one| tree.contains(&one.id)).cloned().collect();
        if self.around(parent).is_none() || tree.contains(&parent) {
            return;
        }
        let earlier = earlier_space(&files);
        if let Some(room) = self.around_mut(folder) {
            room.remove_folder(folder);
            room.deleted_space += earlier;
        }
        let Some(room) = self.around_mut(parent) else { return };
        room.deleted_space -= earlier;
        if let Some(at) = folders.iter().position(|one| one.id == folder) {
            let moved = folders.remove(at);
            room.add_folder(SubFolder { parent, trashed: None, ..moved });
        }
        room.folders.extend(folders);
        room.files.extend(files);
    }

    pub(crate) fn in_area(&self, area: Area) -> impl Iterator<Item = &Room> {
        self.iter().filter(move |room| room.area == area)
    }

    /// The external link with this key, and its room.
    pub(crate) fn by_key(&self, key: &str) -> Option<(&Room, &Link)> {
        self.iter().find_map(|room| {
            let external = |link: &&Link| link.kind != LinkKind::Invitation && link.key == key;
            room.links.iter().find(external).map(|link| (room, link))
        })
    }
}

/// The space of the earlier versions of files. The portal counts it where they were saved, even
/// after the files were moved (recording audit/room-history).
fn earlier_space(files: &[File]) -> i64 {
    files.iter().flat_map(|file| &file.earlier).map(|version| version.size).sum()
}

/// A title as the portal stores it: trimmed, with `_` for reserved characters and `__` for an emoji
/// (docs/portal/dates-and-names.md#trimmed-and-replaced).
pub(crate) fn stored_title(title: &str) -> String {
    let mut stored = String::with_capacity(title.len());
    for letter in title.trim().chars() {
        match letter {
            '\t' | '*' | '+' | ':' | '"' | '<' | '>' | '?' | '|' | '\\' | '/' => stored.push('_'),
            beyond if beyond.len_utf16() == 2 => stored.push_str("__"),
            other => stored.push(other),
        }
    }
    stored
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_characters_in_titles_are_replaced() {
        assert_eq!(stored_title("  a/b\\c: \u{1f600} ü  "), "a_b_c_ __ ü");
    }
}
