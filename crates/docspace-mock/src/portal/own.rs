//! The root folders that belong to one person, and the root folders without entries.

use uuid::Uuid;

use crate::portal::Portal;
use crate::state::entries::FolderType;
use crate::state::people::Role;
use crate::state::room_types::RoomType;
use crate::state::rooms::{Area, Room};

impl Portal {
    /// The id of a person's own root folder, which the portal makes when it is first needed.
    pub(crate) fn own_root(&mut self, area: Area, person: Uuid) -> i64 {
        if let Some(root) = self.rooms.own(area, person) {
            return root.id;
        }
        let made = self.new_room(area.title().into(), RoomType::CUSTOM, person);
        let id = made.id;
        self.rooms.insert(Room { area, ..made });
        id
    }

    /// The id of My documents, which a Guest does not have.
    pub(crate) fn my_documents(&mut self, person: Uuid) -> Option<i64> {
        let role = self.people.get(person)?.role;
        (role != Role::Guest).then(|| self.own_root(Area::My, person))
    }

    /// The id of a root folder whose entries the mock does not model.
    pub(crate) fn bare_root(&mut self, kind: FolderType) -> i64 {
        if kind == FolderType::SHARE {
            return Area::SHARE_ROOT;
        }
        if let Some((_, id)) = self.bare_roots.iter().find(|(known, _)| *known == kind) {
            return *id;
        }
        let id = self.ids.folder();
        self.bare_roots.push((kind, id));
        id
    }

    /// Makes the ids of the last files free again if these files were deleted.
    pub(crate) fn reuse_file_ids(&mut self) {
        let last = self.rooms.last_file();
        self.ids.continue_files_after(last);
    }
}
