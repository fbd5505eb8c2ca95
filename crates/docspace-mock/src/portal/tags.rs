//! Tags on rooms: put on by name, and dropped from the catalogue once no room has them.

use std::collections::HashSet;

use crate::portal::Portal;
use crate::wire::failure::Failure;

impl Portal {
    /// Adds tags by name; one that is there already stays where it is.
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

    /// Tags that are taken off their last room are gone from the catalogue; if one of those taken off together
    /// is still on a room, all stay (source).
    pub(crate) fn drop_unused_tags(&mut self, tags: &[u64]) {
        let linked = self.rooms.iter().any(|room| tags.iter().any(|tag| room.tags.contains(tag)));
        if !linked {
            self.tags.retain(|tag| !tags.contains(&tag));
        }
    }

    /// Deleting a room clears the catalogue of every tag that no room has, whoever made it
    /// [R permissions/matrix, tags/catalogue].
    pub(crate) fn drop_all_unused_tags(&mut self) {
        let used: HashSet<u64> = self.rooms.iter().flat_map(|room| room.tags.iter().copied()).collect();
        self.tags.retain(|tag| used.contains(&tag));
    }
}
