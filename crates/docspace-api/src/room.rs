//! What the generator cannot say about rooms.

use crate::types::{Folder, Room};
use crate::{FolderId, FolderType, printable};

/// A folder that is no room.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` ({}) is a folder, not a room", printable(title), printable(&id.to_string()))]
pub struct NotARoom {
    /// The folder.
    pub id: FolderId,
    /// Its title.
    pub title: String,
}

impl Room {
    /// Whether the room is in the archive.
    pub fn is_archived(&self) -> bool {
        self.root_folder_type == FolderType::Archive
    }

    /// Whether the room is a template.
    pub fn is_template(&self) -> bool {
        self.root_folder_type == FolderType::RoomTemplates
    }

    /// Whether the room is neither archived nor a template.
    pub fn is_active(&self) -> bool {
        self.root_folder_type == FolderType::Rooms
    }
}

/// A portal answers for any folder where it is asked for a room; only a room has a type.
impl TryFrom<Folder> for Room {
    type Error = NotARoom;

    fn try_from(folder: Folder) -> Result<Self, NotARoom> {
        // The two differ only in what is optional, so by way of JSON no field can be forgotten here.
        let room = serde_json::to_value(&folder).and_then(serde_json::from_value);
        room.map_err(|_| NotARoom { id: folder.id, title: folder.title })
    }
}
