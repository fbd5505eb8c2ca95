//! Methods on rooms, and the conversion from a folder to a room.

use crate::types::{Folder, Room};
use crate::{FolderId, FolderType, RoomId, printable};

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

/// Makes a room of a folder, given the properties of the same type in both. The compiler rejects a
/// list that lacks a property.
macro_rules! room {
    ($folder:ident => $($same:ident,)*) => {{
        let Folder { id, in_room, logo, room_type, tags, title, $($same),* } = $folder;
        match (in_room, logo, room_type, tags) {
            (Some(in_room), Some(logo), Some(room_type), Some(tags)) => {
                Ok(Room { id: room_id(id), in_room, logo, room_type, tags, title, $($same),* })
            }
            _ => Err(NotARoom { id, title }),
        }
    }};
}

/// Converts a folder that is a room.
///
/// A portal also returns folders that are not rooms from the calls that read a room. Only a room
/// has a room type.
impl TryFrom<Folder> for Room {
    type Error = NotARoom;

    fn try_from(folder: Folder) -> Result<Self, NotARoom> {
        room!(folder =>
            access, auto_delete, available_share_rights, can_share, chat_settings, created,
            created_by, deny_download, expiration_date, expired, external, file_entry_type,
            files_count, folders_count, indexing, is_custom_quota, is_favorite, is_link_expired,
            is_shareable, lifetime, mute, new, order, origin_id, origin_room_id, origin_room_title,
            origin_title, original_form_id, owned_by, parent_id, parent_room_type, parent_shared,
            password_protected, pinned, private, provider_id, provider_item, provider_key,
            quota_limit, request_token, root_folder_id, root_folder_type, root_room_type,
            save_form_as_xlsx, security, send_form_to_external_db, share_settings, shared,
            shared_by, shared_external, shared_for_user, short_web_url, type_, updated, updated_by,
            used_space, watermark,
        )
    }
}

fn room_id(id: FolderId) -> RoomId {
    match id {
        FolderId::Number(number) => RoomId::Number(number),
        FolderId::Text(text) => RoomId::Text(text),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// A recorded room. A portal answers with the same properties when it reads a single one.
    fn room() -> Value {
        serde_json::from_str(include_str!("samples/room.json")).unwrap()
    }

    #[test]
    fn a_room_keeps_every_property_of_its_folder() {
        let folder: Folder = serde_json::from_value(room()).unwrap();
        let expected: Room = serde_json::from_value(room()).unwrap();
        let room = Room::try_from(folder).unwrap();
        assert_eq!(serde_json::to_value(room).unwrap(), serde_json::to_value(expected).unwrap());
    }

    #[test]
    fn a_folder_without_a_property_of_rooms_is_not_a_room() {
        for name in ["roomType", "tags", "logo", "inRoom"] {
            let mut json = room();
            json.as_object_mut().unwrap().remove(name);
            let title = json["title"].as_str().unwrap().to_owned();
            let folder: Folder = serde_json::from_value(json).unwrap();
            assert_eq!(Room::try_from(folder).unwrap_err().title, title, "{name}");
        }
    }
}
