//! The ids of links, from which a plan recognizes the links that a manifest made.
//!
//! A client may choose the id of a link, and ids are unique within a room only
//! (docs/portal/links.md#creating-a-link). The id that a manifest chooses is a UUIDv8:
//!
//! | half | derived from |
//! |---|---|
//! | first 64 bits, without the version | the name of the manifest and the id of the room |
//! | last 64 bits, without the variant | the type of the link and its name in the file |
//!
//! The first half marks the link as one of this manifest, even after its name has left the file. A
//! person or another manifest makes such an id by chance once in 2^60 links.

use docspace::RoomId;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid, Variant, Version};

use crate::names::LinkTypeName;

/// The ids of the links of one room that one manifest makes.
///
/// ```
/// use docspace_manifest::ids::LinkIds;
/// use docspace_manifest::names::LinkTypeName;
///
/// let ids = LinkIds::new("acme", &17.into());
/// let id = ids.id(LinkTypeName::External, "For the client");
/// assert!(ids.is_own(id));
/// assert!(!LinkIds::new("acme", &18.into()).is_own(id));
/// ```
#[derive(Clone, Debug)]
pub struct LinkIds {
    owner: [u8; 8],
}

impl LinkIds {
    /// The ids for a manifest, given by its name, and a room.
    pub fn new(manifest: &str, room: &RoomId) -> Self {
        Self { owner: half(&["docspace manifest", manifest, &room.to_string()]) }
    }

    /// The id of the link with this name.
    pub fn id(&self, link_type: LinkTypeName, name: &str) -> Uuid {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.owner);
        bytes[8..].copy_from_slice(&half(&["docspace link", link_type.word(), name]));
        Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// Whether the manifest made the link with this id.
    pub fn is_own(&self, id: Uuid) -> bool {
        let own = self.id(LinkTypeName::External, "");
        id.get_version() == Some(Version::Custom)
            && id.get_variant() == Variant::RFC4122
            && id.as_bytes()[..8] == own.as_bytes()[..8]
    }
}

/// The beginning of a hash. The lengths keep texts apart that are equal when they are joined.
fn half(texts: &[&str]) -> [u8; 8] {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    let mut half = [0; 8];
    half.copy_from_slice(&hash.finalize()[..8]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids of links on portals depend on it, so it must never change.
    #[test]
    fn ids_are_the_same_in_every_version() {
        let ids = LinkIds::new("acme", &17.into());
        assert_eq!(
            ids.id(LinkTypeName::External, "For the client").to_string(),
            "10172a86-2ed9-8924-99de-386b8b33135a"
        );
    }

    #[test]
    fn ids_differ_by_name_and_type() {
        let ids = LinkIds::new("acme", &17.into());
        let (external, invitation) = (ids.id(LinkTypeName::External, "a"), ids.id(LinkTypeName::Invitation, "a"));
        assert!(external != invitation && external != ids.id(LinkTypeName::External, "b"));
        assert!([external, invitation].into_iter().all(|id| ids.is_own(id)));
    }

    #[test]
    fn ids_of_others_are_not_own() {
        let ids = LinkIds::new("acme", &17.into());
        assert!(!ids.is_own(Uuid::new_v4()) && !ids.is_own(Uuid::nil()));
        let other = LinkIds::new("acm", &17.into()).id(LinkTypeName::External, "e");
        assert!(!ids.is_own(other));
        let id = ids.id(LinkTypeName::External, "a");
        let mut bytes = id.into_bytes();
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        assert!(!ids.is_own(Uuid::from_bytes(bytes)), "another version of UUID");
    }
}
