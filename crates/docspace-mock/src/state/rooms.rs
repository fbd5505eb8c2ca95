//! Rooms, templates and the root folders they lie in.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::state::access::Access;
use crate::state::entries::FolderType;
use crate::state::links::{Link, LinkKind};
use crate::state::room_settings::{Lifetime, Watermark};
use crate::state::room_types::RoomType;

/// The root folder that a room lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Area {
    Active,
    Archive,
    Templates,
}

impl Area {
    /// The type of the root.
    pub(crate) fn folder_type(self) -> FolderType {
        match self {
            Self::Active => FolderType::VIRTUAL_ROOMS,
            Self::Archive => FolderType::ARCHIVE,
            Self::Templates => FolderType::ROOM_TEMPLATES,
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Active => "Rooms",
            Self::Archive => "Archive",
            Self::Templates => "Templates",
        }
    }

    /// The root's folder id: the first ids of a portal.
    pub(crate) fn root(self) -> i64 {
        match self {
            Self::Active => 1,
            Self::Archive => 2,
            Self::Templates => 3,
        }
    }

    /// The root with this folder id.
    pub(crate) fn of_root(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.root() == id)
    }

    /// The root that visitors with a link find rooms in.
    pub(crate) const SHARE_ROOT: i64 = 4;

    pub(crate) const ALL: [Self; 3] = [Self::Active, Self::Archive, Self::Templates];
}

/// Somebody, or a group of people, a room is shared with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Member {
    /// A person's id, a group's id, or an id that nobody has.
    pub(crate) subject: Uuid,
    pub(crate) is_group: bool,
    pub(crate) access: Access,
    /// Who gave it.
    pub(crate) by: Uuid,
}

/// A file of a room, by name and size only.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct File {
    pub(crate) id: i64,
    /// The room or the folder in it.
    pub(crate) parent: i64,
    pub(crate) title: String,
    pub(crate) size: i64,
    pub(crate) created: DateTime<Utc>,
    pub(crate) created_by: Uuid,
}

/// A folder inside a room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SubFolder {
    pub(crate) id: i64,
    pub(crate) parent: i64,
    pub(crate) title: String,
    pub(crate) created: DateTime<Utc>,
    pub(crate) created_by: Uuid,
    /// The type of a folder that the portal made itself; the default for one that a person made.
    pub(crate) system_type: FolderType,
}

/// One room or template.
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
    /// Ids of tags, in the order in which they were put on.
    pub(crate) tags: Vec<u64>,
    pub(crate) color: String,
    pub(crate) cover: Option<String>,
    /// The `hash=` of the room's picture, if it has one.
    pub(crate) picture: Option<u32>,
    pub(crate) indexing: bool,
    pub(crate) deny_download: bool,
    pub(crate) private: bool,
    /// Set for the room itself; `None` is the portal's default.
    pub(crate) quota: Option<i64>,
    pub(crate) lifetime: Option<Lifetime>,
    pub(crate) watermark: Option<Watermark>,
    pub(crate) save_as_xlsx: bool,
    pub(crate) send_to_database: bool,
    pub(crate) links: Vec<Link>,
    pub(crate) members: Vec<Member>,
    pub(crate) pinned_by: Vec<Uuid>,
    /// Accounts that opened one of the room's links, and which link.
    pub(crate) visitors: Vec<(Uuid, Uuid)>,
    pub(crate) files: Vec<File>,
    pub(crate) folders: Vec<SubFolder>,
}

impl Room {
    /// Whether somebody may be given a role here; `manages_rooms` for people who may manage rooms
    /// (portal-facts 6.0).
    pub(crate) fn allows_role(&self, access: Access, manages_rooms: bool) -> bool {
        if self.area == Area::Templates {
            return access == Access::NONE || (access == Access::READ && manages_rooms);
        }
        self.room_type.member_roles().contains(&access) || (access == Access::ROOM_MANAGER && manages_rooms)
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

    pub(crate) fn count_links(&self, kind: LinkKind) -> usize {
        self.links.iter().filter(|link| link.kind == kind).count()
    }

    pub(crate) fn used_space(&self) -> i64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// Folders that count: those that people made (portal-facts 5.1.1, AiRoom).
    pub(crate) fn folder_count(&self) -> usize {
        self.folders.iter().filter(|folder| folder.system_type == FolderType::DEFAULT).count()
    }

    /// A folder of the room and all folders inside it; nothing if it has no such folder.
    fn tree(&self, folder: i64) -> Vec<i64> {
        let mut tree: Vec<i64> = self.folders.iter().filter(|one| one.id == folder).map(|one| one.id).collect();
        let mut seen = 0;
        while let Some(parent) = tree.get(seen).copied() {
            tree.extend(self.folders.iter().filter(|one| one.parent == parent).map(|one| one.id));
            seen += 1;
        }
        tree
    }

    /// A folder of the room preceded by its parent folders, outermost first.
    pub(crate) fn path_to(&self, folder: i64) -> Vec<&SubFolder> {
        let mut path = Vec::new();
        let mut next = folder;
        while let Some(one) = self.folders.iter().find(|one| one.id == next) {
            path.insert(0, one);
            next = one.parent;
        }
        path
    }

    /// How many entries a delete of one of the room's folders goes through.
    pub(crate) fn entries_in(&self, folder: i64) -> usize {
        let tree = self.tree(folder);
        tree.len() + self.files.iter().filter(|file| tree.contains(&file.parent)).count()
    }

    /// Takes a folder out, with everything in it.
    pub(crate) fn remove_folder(&mut self, folder: i64) {
        let tree = self.tree(folder);
        self.files.retain(|file| !tree.contains(&file.parent));
        self.folders.retain(|one| !tree.contains(&one.id));
    }

    /// How many entries a delete goes through: the room, its files, its folders, those of the portal too
    /// (portal-facts 8.1, [R rooms/create-room-type-spelling]).
    pub(crate) fn entries(&self) -> usize {
        1 + self.files.len() + self.folders.len()
    }
}

/// All rooms of a portal.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Rooms {
    all: BTreeMap<i64, Room>,
}

impl Rooms {
    pub(crate) fn get(&self, id: i64) -> Option<&Room> {
        self.all.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: i64) -> Option<&mut Room> {
        self.all.get_mut(&id)
    }

    pub(crate) fn insert(&mut self, room: Room) {
        self.all.insert(room.id, room);
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

    /// The room that a folder lies in, however deep.
    pub(crate) fn around(&self, folder: i64) -> Option<&Room> {
        self.iter().find(|room| room.folders.iter().any(|one| one.id == folder))
    }

    /// The room that contains a file, and the file.
    pub(crate) fn with_file(&self, file: i64) -> Option<(&Room, &File)> {
        self.iter().find_map(|room| room.files.iter().find(|one| one.id == file).map(|one| (room, one)))
    }

    /// Removes a file from its room.
    pub(crate) fn remove_file(&mut self, file: i64) {
        for room in self.all.values_mut() {
            room.files.retain(|one| one.id != file);
        }
    }

    pub(crate) fn in_area(&self, area: Area) -> impl Iterator<Item = &Room> {
        self.iter().filter(move |room| room.area == area)
    }

    /// The room and link that a visitor's key belongs to.
    pub(crate) fn by_key(&self, key: &str) -> Option<(&Room, &Link)> {
        self.iter().find_map(|room| {
            let external = |link: &&Link| link.kind != LinkKind::Invitation && link.key == key;
            room.links.iter().find(external).map(|link| (room, link))
        })
    }
}

/// A room title as the portal stores it: trimmed, the characters that no file name may have as `_`,
/// an emoji as two (portal-facts 6.1, [R rooms/create-lenient]).
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
    fn titles_lose_what_no_file_may_be_called() {
        assert_eq!(stored_title("  a/b\\c: \u{1f600} ü  "), "a_b_c_ __ ü");
    }
}
