//! New rooms, and the pictures of rooms.

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::content::SubFolder;
use crate::state::entries::FolderType;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};
use crate::wire::failure::Failure;

impl Portal {
    /// Creates an empty room without adding it to the portal.
    pub(crate) fn new_room(&mut self, title: String, room_type: RoomType, owner: Uuid) -> Room {
        let now = self.now();
        let mut room = Room {
            id: self.ids.folder(),
            title,
            room_type,
            area: Area::Active,
            owner,
            created: now,
            updated: now,
            updated_by: owner,
            tags: Vec::new(),
            color: self.ids.room_color().to_owned(),
            cover: None,
            picture: None,
            indexing: false,
            deny_download: false,
            private: false,
            quota: None,
            lifetime: None,
            watermark: None,
            save_as_xlsx: room_type == RoomType::FILLING_FORMS,
            send_to_database: false,
            links: Vec::new(),
            members: Vec::new(),
            pinned_by: Vec::new(),
            visitors: Vec::new(),
            files: Vec::new(),
            folders: Vec::new(),
            deleted_space: 0,
        };
        if room_type == RoomType::AI {
            for (system_type, title) in
                [(FolderType::KNOWLEDGE, "Knowledge"), (FolderType::RESULT_STORAGE, "Result storage")]
            {
                let id = self.ids.folder();
                let folder = SubFolder::new(id, room.id, title.into(), now, owner);
                room.add_folder(SubFolder { system_type, ..folder });
            }
        }
        room
    }

    /// Sets the picture of a room from a file that the same person uploaded. The name of the file
    /// is enough (docs/portal/tags-groups-logos-quotas.md#setting-a-logo).
    pub(crate) fn set_picture(&mut self, room: i64, file: &str, by: Uuid) -> Result<(), Failure> {
        let name = file.rsplit('/').next().unwrap_or(file);
        if !self.uploads.iter().any(|(known, owner)| known == name && *owner == by) {
            return Err(Failure::denied());
        }
        let (hash, now) = (self.ids.hash(), self.now());
        if let Some(room) = self.rooms.get_mut(room) {
            room.picture = Some(hash);
            room.updated = now;
            room.updated_by = by;
        }
        Ok(())
    }
}
