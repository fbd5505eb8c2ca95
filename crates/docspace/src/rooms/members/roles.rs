//! Which accesses a member can have, depending on the type of the room
//! (docs/portal/members.md#roles-per-room-type).

use docspace_api::{Access, RoomType};

use crate::error::{Error, Result};

/// Returns the accesses that can be given in a room of this type, or `None` for a type that this
/// version does not know. The portal also refuses `RoomManager` to users, guests and people groups.
pub(super) fn accesses(room: RoomType) -> Option<&'static [Access]> {
    use Access::{Comment, ContentCreator, Editing, FillForms, Read, Review, RoomManager};
    Some(match room {
        RoomType::FillingForms => &[RoomManager, ContentCreator, FillForms],
        RoomType::Editing => &[RoomManager, ContentCreator, Editing, Read],
        RoomType::Custom => &[RoomManager, ContentCreator, Editing, Review, Comment, Read],
        RoomType::Public => &[RoomManager, ContentCreator],
        RoomType::VirtualData => &[RoomManager, ContentCreator, Editing, Read, FillForms],
        RoomType::Ai => &[RoomManager, ContentCreator, Read],
        _ => return None,
    })
}

/// Checks that a member can have this access. `None` removes the member, which is always possible.
pub(crate) fn check(room: RoomType, access: Access) -> Result<()> {
    match accesses(room) {
        Some(allowed) if access != Access::None && !allowed.contains(&access) => {
            let names: Vec<String> = allowed.iter().map(Access::to_string).collect();
            let what = format!("a member of a room of type {room} cannot have the access {access}");
            Err(Error::invalid(what).advise(format!("use one of {}", names.join(", "))))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_for_a_wrong_role_names_the_allowed_ones() {
        let error = check(RoomType::Public, Access::Read).unwrap_err().to_string();
        assert!(error.contains("RoomManager, ContentCreator"), "{error}");
    }

    #[test]
    fn access_can_be_removed_in_every_room_type() {
        for room in RoomType::ALL {
            assert!(check(*room, Access::None).is_ok());
        }
    }
}
