//! Which links a type of room can have (portal-facts 7.1).
//!
//! The portal refuses the others too, but with a text in its caller's language that does not say what would do.

use docspace_api::{Access, LinkType, RoomType};

use super::name;
use crate::error::{Error, Result};

/// The accesses that a link of this kind can give in a room of this type; none for a type that this version does not
/// know, where the portal decides.
fn accesses(room: RoomType, kind: LinkType) -> Option<&'static [Access]> {
    use Access::{Comment, ContentCreator, Editing, FillForms, Read, Review};
    let free: &[Access] = &[Editing, FillForms, Review, Comment, Read];
    Some(match (kind, room) {
        (LinkType::External, RoomType::Custom | RoomType::Public) => free,
        (LinkType::External, RoomType::FillingForms) => &[FillForms, Read],
        (LinkType::External, RoomType::Editing | RoomType::VirtualData | RoomType::Ai) => &[],
        (LinkType::Invitation, RoomType::Custom) => &[ContentCreator, Editing, Review, Comment, Read],
        (LinkType::Invitation, RoomType::FillingForms) => &[ContentCreator, FillForms],
        (LinkType::Invitation, RoomType::Editing) => &[ContentCreator, Editing, Read],
        (LinkType::Invitation, RoomType::VirtualData) => &[ContentCreator, Editing, Read, FillForms],
        (LinkType::Invitation, RoomType::Public | RoomType::Ai) => &[ContentCreator, Read],
        _ => return None,
    })
}

/// Whether such a room can have a primary link at all.
pub(super) fn primary(room: RoomType) -> Result<()> {
    if accesses(room, LinkType::External) == Some(&[]) { Err(takes_none(room)) } else { Ok(()) }
}

/// Whether such a room can have a further external link with this access.
pub(super) fn additional(room: RoomType, access: Access) -> Result<()> {
    if room == RoomType::FillingForms {
        return Err(Error::invalid("a FillingForms room has only its primary link").advise("change the primary link"));
    }
    check(room, LinkType::External, access)
}

/// Whether a link of this kind can give this access in such a room.
pub(super) fn check(room: RoomType, kind: LinkType, access: Access) -> Result<()> {
    let Some(allowed) = accesses(room, kind) else { return Ok(()) };
    if allowed.is_empty() {
        return Err(takes_none(room));
    }
    if access == Access::None {
        return Err(Error::invalid("a link with access None would be revoked").advise("revoke it if that is meant"));
    }
    if !allowed.contains(&access) {
        let names: Vec<String> = allowed.iter().map(Access::to_string).collect();
        let what = format!("an {} link of a room of type {room} cannot give {access}", name(kind));
        return Err(Error::invalid(what).advise(format!("use one of {}", names.join(", "))));
    }
    Ok(())
}

fn takes_none(room: RoomType) -> Error {
    Error::invalid(format!("a room of type {room} takes no external links")).advise("use an invitation link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_without_external_links_say_so() {
        for room in [RoomType::Editing, RoomType::VirtualData, RoomType::Ai] {
            assert!(primary(room).is_err() && additional(room, Access::Read).is_err(), "{room}");
        }
    }

    #[test]
    fn a_wrong_access_is_answered_with_the_right_ones() {
        let error = check(RoomType::Public, LinkType::Invitation, Access::Editing).unwrap_err().to_string();
        assert!(error.contains("ContentCreator, Read"), "{error}");
    }

    #[test]
    fn no_access_is_never_taken_for_a_link() {
        assert!(additional(RoomType::Custom, Access::None).is_err());
    }

    #[test]
    fn a_type_nobody_knows_is_left_to_the_portal() {
        assert!(additional(RoomType::Unknown(77), Access::Read).is_ok());
    }
}
