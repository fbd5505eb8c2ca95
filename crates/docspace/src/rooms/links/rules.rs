//! Which links a room can have, depending on its type
//! (docs/portal/links.md#access-and-limits-per-room-type).
//!
//! The portal also refuses other links, but its message depends on the language of the caller and
//! does not name the alternatives.

use docspace_api::{Access, LinkType, RoomType};

use super::type_name;
use crate::error::{Error, Result};

/// Which links a room can have, depending on its type. [`Links`](crate::links::Links) checks these
/// rules before it sends a request.
///
/// ```
/// use docspace::links::LinkRules;
/// use docspace::{Access, RoomType};
///
/// let rules = LinkRules::of(RoomType::Public).expect("the type is known");
/// assert!(rules.external().contains(&Access::Comment));
/// assert_eq!(rules.invitation(), [Access::ContentCreator, Access::Read]);
/// assert_eq!(rules.max_additional(), 5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkRules {
    external: &'static [Access],
    invitation: &'static [Access],
    additional: usize,
}

impl LinkRules {
    /// Returns the rules for a type of room, or `None` for a type that this version does not know.
    /// For such a type, the portal alone decides.
    pub fn of(room_type: RoomType) -> Option<Self> {
        use Access::{Comment, ContentCreator, Editing, FillForms, Read, Review};
        let free: &[Access] = &[Editing, FillForms, Review, Comment, Read];
        let (external, additional, invitation): (_, _, &[Access]) = match room_type {
            RoomType::Custom => (free, 5, &[ContentCreator, Editing, Review, Comment, Read]),
            RoomType::Public => (free, 5, &[ContentCreator, Read]),
            RoomType::FillingForms => (&[FillForms, Read] as &[Access], 0, &[ContentCreator, FillForms]),
            RoomType::Editing => (&[] as &[Access], 0, &[ContentCreator, Editing, Read]),
            RoomType::VirtualData => (&[] as &[Access], 0, &[ContentCreator, Editing, Read, FillForms]),
            RoomType::Ai => (&[] as &[Access], 0, &[ContentCreator, Read]),
            _ => return None,
        };
        Some(Self { external, invitation, additional })
    }

    /// Returns the accesses that an external link can give. Empty if rooms of this type cannot have
    /// external links.
    pub fn external(&self) -> &'static [Access] {
        self.external
    }

    /// Returns the accesses that the invitation link can give. A room of any type can have one
    /// invitation link.
    pub fn invitation(&self) -> &'static [Access] {
        self.invitation
    }

    /// Whether the room can have a primary link. Public and form-filling rooms always have one: the
    /// portal replaces it when it is revoked. In a custom room,
    /// [`Links::primary`](crate::links::Links::primary) creates it.
    pub fn has_primary(&self) -> bool {
        !self.external.is_empty()
    }

    /// Returns the maximum number of external links besides the primary link.
    pub fn max_additional(&self) -> usize {
        self.additional
    }

    fn accesses(&self, link_type: LinkType) -> &'static [Access] {
        if link_type == LinkType::Invitation { self.invitation } else { self.external }
    }
}

/// Checks that a room of this type can have a primary link.
pub(super) fn primary(room: RoomType) -> Result<()> {
    if LinkRules::of(room).is_none_or(|rules| rules.has_primary()) { Ok(()) } else { Err(no_external_links(room)) }
}

/// Checks that a room of this type can have an additional external link with this access.
pub(super) fn additional(room: RoomType, access: Access) -> Result<()> {
    if LinkRules::of(room).is_some_and(|rules| rules.has_primary() && rules.additional == 0) {
        let what = format!("a {room} room has only its primary link");
        return Err(Error::invalid(what).advise("change the primary link"));
    }
    check(room, LinkType::External, access)
}

/// Checks that a link of this type can give this access in a room of this type.
pub(super) fn check(room: RoomType, link_type: LinkType, access: Access) -> Result<()> {
    let Some(allowed) = LinkRules::of(room).map(|rules| rules.accesses(link_type)) else { return Ok(()) };
    if allowed.is_empty() {
        return Err(no_external_links(room));
    }
    if access == Access::None {
        return Err(Error::invalid("a link cannot give access None").advise("to remove the link, revoke it"));
    }
    if !allowed.contains(&access) {
        let names: Vec<String> = allowed.iter().map(Access::to_string).collect();
        let what = format!("an {} link of a room of type {room} cannot give {access}", type_name(link_type));
        return Err(Error::invalid(what).advise(format!("use one of {}", names.join(", "))));
    }
    Ok(())
}

fn no_external_links(room: RoomType) -> Error {
    Error::invalid(format!("a room of type {room} cannot have external links")).advise("use an invitation link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn external_links_are_refused_in_types_without_them() {
        for room in [RoomType::Editing, RoomType::VirtualData, RoomType::Ai] {
            assert!(primary(room).is_err() && additional(room, Access::Read).is_err(), "{room}");
        }
    }

    #[test]
    fn error_for_a_wrong_access_names_the_allowed_ones() {
        let error = check(RoomType::Public, LinkType::Invitation, Access::Editing).unwrap_err().to_string();
        assert!(error.contains("ContentCreator, Read"), "{error}");
    }

    #[test]
    fn access_none_is_refused() {
        assert!(additional(RoomType::Custom, Access::None).is_err());
    }

    #[test]
    fn unknown_room_type_is_left_to_the_portal() {
        assert!(additional(RoomType::Unknown(77), Access::Read).is_ok());
    }

    #[test]
    fn every_known_type_has_rules_and_an_invitation_link() {
        for room in RoomType::ALL {
            let rules = LinkRules::of(*room).unwrap();
            assert!(!rules.invitation().is_empty(), "{room}");
            assert!(rules.has_primary() || rules.max_additional() == 0, "{room}");
        }
    }
}
