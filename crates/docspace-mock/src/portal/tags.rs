//! Adding tags to rooms, and removing tags that no room has from the catalog.

use std::collections::HashSet;

use crate::portal::Portal;
use crate::wire::failure::Failure;

impl Portal {
    /// Adds tags to a room by name. Tags that the room has already keep their position.
    pub(crate) fn add_tags(&mut self, room: i64, names: &[Option<String>]) -> Result<(), Failure> {
        for name in names {
            match name.as_deref() {
                None => return Err(Failure::null_argument("name")),
                Some("") => return Err(Failure::empty_argument("name")),
                Some(_) => {}
            }
        }
        for name in names.iter().flatten() {
            let tag = self.tags.ensure(name);
            if let Some(room) = self.rooms.get_mut(room).filter(|room| !room.tags.contains(&tag.id)) {
                room.tags.push(tag.id);
            }
        }
        Ok(())
    }

    /// Removes every tag that no room has from the catalog, as the delete of a room does
    /// (docs/portal/tags-groups-logos-quotas.md#when-tags-disappear).
    pub(crate) fn remove_all_unused_tags(&mut self) {
        let used: HashSet<u64> = self.rooms.iter().flat_map(|room| room.tags.iter().copied()).collect();
        self.tags.retain(|tag| used.contains(&tag));
    }
}
