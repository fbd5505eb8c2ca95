//! Which links a type of room can have (portal-facts 7.1).
//!
//! The portal refuses the others too, but with a text in its caller's language that does not say what would do.

use docspace_api::{Access, LinkType, RoomType};

use super::name;
use crate::error::{Error, Result};

/// Which links a type of room can have. They are what [`Links`](crate::links::Links) checks before it sends anything.
///
/// ```
/// use docspace::links::LinkRules;
/// use docspace::{Access, RoomType};
///
/// let rules = LinkRules::of(RoomType::Public).expect("a type that is known");
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
    /// The rules of a type of room, as they were measured; none for a type that this version does not know, where the
    /// portal decides.
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

    /// The accesses that external links can give; none where there are no such links.
    pub fn external(&self) -> &'static [Access] {
        self.external
    }

    /// The accesses that the invitation link can give. Every room can have one such link.
    pub fn invitation(&self) -> &'static [Access] {
        self.invitation
    }

    /// Whether there can be a primary link. Public and form-filling rooms always have one, and get another when it is
    /// revoked; custom rooms get one when it is asked for.
    pub fn has_primary(&self) -> bool {
        !self.external.is_empty()
    }

    /// How many external links there can be besides the primary one.
    pub fn max_additional(&self) -> usize {
        self.additional
    }

    fn of_kind(&self, kind: LinkType) -> &'static [Access] {
        if kind == LinkType::Invitation { self.invitation } else { self.external }
    }
}

/// Whether such a room can have a primary link at all.
pub(super) fn primary(room: RoomType) -> Result<()> {
    if LinkRules::of(room).is_none_or(|rules| rules.has_primary()) { Ok(()) } else { Err(takes_none(room)) }
}

/// Whether such a room can have a further external link with this access.
pub(super) fn additional(room: RoomType, access: Access) -> Result<()> {
    if LinkRules::of(room).is_some_and(|rules| rules.has_primary() && rules.additional == 0) {
        let what = format!("a {room} room has only its primary link");
        return Err(Error::invalid(what).advise("change the primary link"));
    }
    check(room, LinkType::External, access)
}

/// Whether a link of this kind can give this access in such a room.
pub(super) fn check(room: RoomType, kind: LinkType, access: Access) -> Result<()> {
    let Some(allowed) = LinkRules::of(room).map(|rules| rules.of_kind(kind)) else { return Ok(()) };
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

    #[test]
    fn every_type_that_is_known_has_rules_and_takes_invitations() {
        for room in RoomType::ALL {
            let rules = LinkRules::of(*room).unwrap();
            assert!(!rules.invitation().is_empty(), "{room}");
            assert!(rules.has_primary() || rules.max_additional() == 0, "{room}");
        }
    }
}
