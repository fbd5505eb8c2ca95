//! Which links a room, folder or file can have
//! (docs/portal/links.md#access-and-limits-per-room-type).

use std::borrow::Cow;
use std::collections::BTreeMap;

use docspace_api::types::{File, Folder};
use docspace_api::{Access, FolderType, RoomType};

/// Which links a room, folder or file can have. [`Links`](crate::links::Links) checks these rules
/// before it creates a link.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRules {
    external: Cow<'static, [Access]>,
    invitation: &'static [Access],
    additional: usize,
    restriction: Restriction,
}

/// Whether the links are only for people with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Restriction {
    /// As the caller wants.
    Free,
    Always,
    Never,
}

/// The type of links in the maps that the portal reports for each entry.
const EXTERNAL: &str = "ExternalLink";

/// Maximum number of additional links of an entry if the portal does not report it
/// (recording links/folders-and-files, steps 2 and 17).
const MAX_OF_ENTRY: usize = 6;

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
        let restriction = if room_type == RoomType::Public { Restriction::Never } else { Restriction::Free };
        Some(Self { external: external.into(), invitation, additional, restriction })
    }

    /// Returns the rules for a folder that was read before, or `None` if the portal did not report
    /// the accesses. Then the portal alone decides.
    ///
    /// Folders of Editing and VirtualData rooms can have external links, although the rooms cannot.
    /// A folder of a form-filling room can have none.
    pub fn of_folder(folder: &Folder) -> Option<Self> {
        if let Some(room_type) = folder.room_type {
            return Self::of(room_type);
        }
        if folder.parent_room_type == Some(FolderType::FillingFormsRoom) {
            let external = Cow::default();
            return Some(Self { external, invitation: &[], additional: 0, restriction: Restriction::Free });
        }
        let (rights, limits) = (folder.available_share_rights.as_ref(), folder.share_settings.as_ref());
        Self::of_entry(rights, limits, folder.parent_room_type)
    }

    /// Returns the rules for a file that was read before, or `None` if the portal did not report
    /// the accesses. Then the portal alone decides. A file that cannot be edited can only be read.
    pub fn of_file(file: &File) -> Option<Self> {
        let (rights, limits) = (file.available_share_rights.as_ref(), file.share_settings.as_ref());
        Self::of_entry(rights, limits, file.parent_room_type)
    }

    /// The rules for a folder or file with these properties `availableShareRights`, `shareSettings`
    /// and `parentRoomType`.
    pub(super) fn of_entry(
        rights: Option<&BTreeMap<String, Vec<String>>>,
        limits: Option<&BTreeMap<String, i32>>,
        room: Option<FolderType>,
    ) -> Option<Self> {
        let names = rights?.get(EXTERNAL)?;
        let accesses = names.iter().filter_map(|name| name.parse().ok());
        let external: Vec<Access> = accesses.filter(|access| *access != Access::None).collect();
        let reported = limits.and_then(|limits| usize::try_from(*limits.get(EXTERNAL)?).ok());
        let restriction = match room {
            Some(FolderType::PublicRoom) => Restriction::Never,
            Some(FolderType::VirtualDataRoom) => Restriction::Always,
            _ => Restriction::Free,
        };
        let additional = reported.unwrap_or(MAX_OF_ENTRY);
        Some(Self { external: external.into(), invitation: &[], additional, restriction })
    }

    /// Returns the accesses that an external link can give. Empty if there cannot be external
    /// links.
    pub fn external(&self) -> &[Access] {
        &self.external
    }

    /// Returns the accesses that the invitation link can give. A room of any type can have one
    /// invitation link. Empty for folders and files, which have none.
    pub fn invitation(&self) -> &'static [Access] {
        self.invitation
    }

    /// Whether there can be a primary link. Public and form-filling rooms always have one: the
    /// portal replaces it when it is revoked. For a custom room, a folder or a file,
    /// [`Links::primary`](crate::links::Links::primary) creates it.
    pub fn has_primary(&self) -> bool {
        !self.external.is_empty()
    }

    /// Returns the maximum number of external links besides the primary link.
    pub fn max_additional(&self) -> usize {
        self.additional
    }

    pub(super) fn restriction(&self) -> Restriction {
        self.restriction
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_type_has_rules_and_an_invitation_link() {
        for room in RoomType::ALL {
            let rules = LinkRules::of(*room).unwrap();
            assert!(!rules.invitation().is_empty(), "{room}");
            assert!(rules.has_primary() || rules.max_additional() == 0, "{room}");
        }
    }
}
