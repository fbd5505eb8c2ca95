//! Which accesses members can have in a type of room (portal-facts 6.0 and 7.1).

use docspace_api::{Access, RoomType};

use crate::error::{Error, Result};

/// What can be given to somebody; none for a type that this version does not know, where the portal decides. The portal
/// also refuses `RoomManager` to users and guests.
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

/// Whether somebody can have this access in such a room. `None` takes it away, which always works.
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
    fn a_role_that_does_not_fit_is_answered_with_those_that_do() {
        let error = check(RoomType::Public, Access::Read).unwrap_err().to_string();
        assert!(error.contains("RoomManager, ContentCreator"), "{error}");
    }

    #[test]
    fn taking_access_away_always_fits() {
        for room in RoomType::ALL {
            assert!(check(*room, Access::None).is_ok());
        }
    }
}
