//! Methods on rooms, and the conversion from a folder to a room.

use crate::types::{Folder, Room};
use crate::{FolderId, FolderType, printable};

/// A folder that is not a room.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` ({}) is a folder, not a room", printable(title), printable(&id.to_string()))]
#[non_exhaustive]
pub struct NotARoom {
    /// The id of the folder.
    pub id: FolderId,
    /// The title of the folder.
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

/// Converts a folder that is a room.
///
/// A portal also returns folders that are not rooms from the calls that read a room. Only a room
/// has a room type.
impl TryFrom<Folder> for Room {
    type Error = NotARoom;

    fn try_from(folder: Folder) -> Result<Self, NotARoom> {
        // The types differ only in the properties that are optional. A conversion through JSON
        // cannot forget a property.
        let room = serde_json::to_value(&folder).and_then(serde_json::from_value);
        room.map_err(|_| NotARoom { id: folder.id, title: folder.title })
    }
}
