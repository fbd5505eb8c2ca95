//! Checks of a link before it is created or changed, with errors that name the alternatives.
//!
//! The portal also refuses most of these links, but its message depends on the language of the
//! caller. For some it reports success and does nothing
//! (docs/portal/links.md#links-of-folders-and-files).

use std::fmt;

use docspace_api::{Access, LinkType, RoomType, Timestamp};

use super::rules::{LinkRules, Restriction};
use crate::error::{Error, Result};
use crate::platform;

/// What has the links.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner {
    Room(RoomType),
    Folder,
    File,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room(room) => write!(f, "a room of type {room}"),
            Self::Folder => f.write_str("this folder"),
            Self::File => f.write_str("this file"),
        }
    }
}

/// Checks which links a room, folder or file can have. Without rules, the portal alone decides.
#[derive(Debug)]
pub(super) struct LinkChecks {
    owner: Owner,
    rules: Option<LinkRules>,
}

impl LinkChecks {
    pub(super) fn new(owner: Owner, rules: Option<LinkRules>) -> Self {
        Self { owner, rules }
    }

    /// Maximum number of additional links, if it is known.
    pub(super) fn max_additional(&self) -> Option<usize> {
        self.rules.as_ref().map(LinkRules::max_additional)
    }

    /// The owner in a sentence such as `a Custom room has at most 5 links`.
    pub(super) fn kind(&self) -> String {
        match self.owner {
            Owner::Room(room) => format!("a {room} room"),
            Owner::Folder => "a folder".to_owned(),
            Owner::File => "a file".to_owned(),
        }
    }

    /// Checks that there can be a primary link.
    pub(super) fn primary(&self) -> Result<()> {
        if self.rules.as_ref().is_none_or(LinkRules::has_primary) { Ok(()) } else { Err(self.no_external_links()) }
    }

    /// Checks that there can be an additional external link with this access.
    pub(super) fn additional(&self, access: Access) -> Result<()> {
        if self.rules.as_ref().is_some_and(|rules| rules.has_primary() && rules.max_additional() == 0) {
            let what = format!("{} has only its primary link", self.kind());
            return Err(Error::invalid(what).advise("change the primary link"));
        }
        self.access(LinkType::External, access)
    }

    /// Checks that a link of this type can give this access.
    pub(super) fn access(&self, link_type: LinkType, access: Access) -> Result<()> {
        not_none(access)?;
        let Some(rules) = &self.rules else { return Ok(()) };
        let allowed = if link_type == LinkType::Invitation { rules.invitation() } else { rules.external() };
        if allowed.is_empty() {
            return Err(self.no_external_links());
        }
        if allowed.contains(&access) {
            return Ok(());
        }
        let what = format!("an {} link of {} cannot give {access}", type_name(link_type), self.owner);
        Err(Error::invalid(what).advise(one_of(allowed)))
    }

    /// Checks the restriction of a new link to people with an account. The portal would ignore it
    /// and create a link that everyone can use, or the other way around.
    pub(super) fn internal(&self, internal: Option<bool>) -> Result<()> {
        let restriction = self.rules.as_ref().map_or(Restriction::Free, LinkRules::restriction);
        let (what, advice) = match (restriction, internal, self.owner) {
            (Restriction::Never, Some(true), Owner::Room(_)) => (
                "the links of a public room cannot be restricted to people with an account",
                "use a custom room, or an invitation link",
            ),
            (Restriction::Never, Some(true), _) => {
                ("links in a public room cannot be restricted to people with an account", "use a room of another type")
            }
            (Restriction::Always, Some(false), _) => {
                ("links in a room of virtual data are only for people with an account", "leave `internal` out")
            }
            _ => return Ok(()),
        };
        Err(Error::invalid(what).advise(advice))
    }

    /// The advice for a link that the portal did not create although it reported success.
    pub(super) fn alternatives(&self) -> String {
        match &self.rules {
            Some(rules) if !rules.external().is_empty() => one_of(rules.external()),
            _ => "use another access".to_owned(),
        }
    }

    fn no_external_links(&self) -> Error {
        let advice = match self.owner {
            Owner::Room(_) => "use an invitation link",
            Owner::Folder | Owner::File => "move it to a room of another type, or share the room",
        };
        Error::invalid(format!("{} cannot have external links", self.owner)).advise(advice)
    }
}

/// Checks that a link gives an access. A portal treats access 0 as a revocation.
pub(super) fn not_none(access: Access) -> Result<()> {
    if access == Access::None {
        return Err(Error::invalid("a link cannot give access None").advise("to remove the link, revoke it"));
    }
    Ok(())
}

fn one_of(accesses: &[Access]) -> String {
    let names: Vec<String> = accesses.iter().map(Access::to_string).collect();
    format!("use one of {}", names.join(", "))
}

/// Checks that an expiry is in the future and at most ten years ahead. The portal ignores a date
/// that has passed, and the external link then never expires (docs/portal/links.md#expiry-dates).
pub(super) fn expiry(date: Timestamp) -> Result<Timestamp> {
    let now = platform::now();
    if date.to_utc() <= now {
        return Err(Error::invalid(format!("the expiry {date} has passed"))
            .advise("give a date in the future; to end a link now, revoke it"));
    }
    if date.to_utc() > now + chrono::Months::new(120) {
        return Err(Error::invalid(format!("the expiry {date} is more than ten years ahead"))
            .advise("give a date within the next ten years"));
    }
    Ok(date)
}

/// Checks the number of uses of an invitation link.
pub(super) fn use_count(count: u32) -> Result<i32> {
    match i32::try_from(count) {
        Ok(count @ 1..=1000) => Ok(count),
        _ => Err(Error::invalid(format!("an invitation cannot be limited to {count} uses")).advise("use 1 to 1000")),
    }
}

/// The name of a type of link, for messages.
fn type_name(link_type: LinkType) -> &'static str {
    if link_type == LinkType::Invitation { "invitation" } else { "external" }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use docspace_api::FolderType;

    use super::*;

    fn of_room(room: RoomType) -> LinkChecks {
        LinkChecks::new(Owner::Room(room), LinkRules::of(room))
    }

    /// A folder for which the portal reports these accesses, in a room of this type.
    fn of_folder(accesses: &[&str], room: FolderType) -> LinkChecks {
        let accesses = accesses.iter().map(|name| (*name).to_owned()).collect();
        let rights = BTreeMap::from([("ExternalLink".to_owned(), accesses)]);
        LinkChecks::new(Owner::Folder, LinkRules::of_entry(Some(&rights), None, Some(room)))
    }

    #[test]
    fn external_links_are_refused_in_types_without_them() {
        for room in [RoomType::Editing, RoomType::VirtualData, RoomType::Ai] {
            let checks = of_room(room);
            assert!(checks.primary().is_err() && checks.additional(Access::Read).is_err(), "{room}");
        }
    }

    #[test]
    fn error_for_a_wrong_access_names_the_allowed_ones() {
        let checks = of_room(RoomType::Public);
        let error = checks.access(LinkType::Invitation, Access::Editing).unwrap_err().to_string();
        assert!(error.contains("ContentCreator, Read"), "{error}");
    }

    #[test]
    fn access_none_is_refused() {
        assert!(of_room(RoomType::Custom).additional(Access::None).is_err());
        assert!(of_room(RoomType::Unknown(77)).additional(Access::None).is_err());
    }

    #[test]
    fn unknown_room_type_is_left_to_the_portal() {
        assert!(of_room(RoomType::Unknown(77)).additional(Access::Read).is_ok());
    }

    #[test]
    fn accesses_of_a_folder_are_those_that_the_portal_reports() {
        let checks = of_folder(&["Editing", "Read", "None"], FolderType::CustomRoom);
        assert!(checks.additional(Access::Editing).is_ok() && checks.additional(Access::None).is_err());
        let error = checks.additional(Access::Comment).unwrap_err().to_string();
        assert!(error.contains("this folder cannot give Comment") && error.contains("Editing, Read"), "{error}");
        assert!(LinkChecks::new(Owner::Folder, None).additional(Access::Comment).is_ok(), "the portal decides");
    }

    #[test]
    fn restrictions_that_the_portal_would_ignore_are_refused() {
        for (room, on, off) in [
            (FolderType::CustomRoom, true, true),
            (FolderType::PublicRoom, false, true),
            (FolderType::VirtualDataRoom, true, false),
        ] {
            let checks = of_folder(&["Read"], room);
            assert_eq!(checks.internal(Some(true)).is_ok(), on, "{room}");
            assert_eq!(checks.internal(Some(false)).is_ok(), off, "{room}");
            assert!(checks.internal(None).is_ok(), "{room}");
        }
    }
}
