//! What each type of room can have.
//!
//! The accesses are those of the tables of the library, [`LinkRules`] and [`Members::roles_of`].

use docspace::links::LinkRules;
use docspace::members::Members;

use crate::names::{AccessName, LinkTypeName, TypeName};

/// Why something is impossible, and what to do.
pub(crate) struct Impossible {
    pub(crate) message: String,
    pub(crate) advice: String,
}

impl Impossible {
    pub(crate) fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { message: message.into(), advice: advice.into() }
    }
}

/// The advice for two rooms of a manifest with one id.
pub(crate) const SAME_ID: &str = "remove one of them, or correct its id";
/// The advice for two rooms of a manifest that mean the same room without both having an id.
pub(crate) const SAME_ROOM: &str = "remove one of them, or write an `id` in each";

/// Maximum length of the title of a folder
/// (docs/portal/folders-and-files.md#creating-and-renaming-a-folder).
const MAX_FOLDER_TITLE: usize = 165;

/// The characters that a portal replaces in titles
/// (docs/portal/dates-and-names.md#trimmed-and-replaced).
const REPLACED: &[char] = &['\t', '*', '+', ':', '"', '<', '>', '?', '|', '\\', '/'];

/// The first character of a title that a portal replaces. An emoji is one.
pub(crate) fn replaced(title: &str) -> Option<char> {
    title.chars().find(|letter| REPLACED.contains(letter) || letter.len_utf16() == 2)
}

/// Checks a title in the path of a folder. `path` is for the message.
pub(crate) fn folder_title(path: &str, title: &str) -> Result<(), Impossible> {
    let length = title.encode_utf16().count();
    if title.is_empty() {
        return Err(Impossible::new(
            format!("the path `{path}` has an empty title"),
            "write one slash between two titles",
        ));
    }
    // A portal allows these titles, but in a path they are most likely meant as the folder itself
    // and the one around it.
    if matches!(title, "." | "..") {
        let message = format!("the path `{path}` has the title `{title}`");
        return Err(Impossible::new(message, "write the titles of all folders from the room on"));
    }
    if length > MAX_FOLDER_TITLE {
        let message = format!("the title of a folder has {length} characters");
        return Err(Impossible::new(message, format!("use at most {MAX_FOLDER_TITLE}")));
    }
    if title.chars().any(char::is_control) {
        return Err(Impossible::new("the title of a folder has a control character", "take it out"));
    }
    match replaced(title) {
        Some('\\') => {
            Err(Impossible::new("a portal replaces `\\` in the title of a folder", "write `/` between titles"))
        }
        Some(letter) => Err(Impossible::new(
            format!("a portal replaces `{letter}` in the title of a folder"),
            "use another character",
        )),
        None => Ok(()),
    }
}

/// The kinds of members.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MemberType {
    Person,
    Group,
}

fn link_rules(room: TypeName) -> LinkRules {
    LinkRules::of(room.into()).expect("the library knows every type with a word")
}

/// Checks that a member of a room of this type can have this access.
pub(crate) fn member(room: TypeName, member: MemberType, access: AccessName) -> Result<(), Impossible> {
    let mut allowed = AccessName::words(Members::roles_of(room.into()).unwrap_or_default());
    if member == MemberType::Group {
        allowed.retain(|word| *word != AccessName::RoomManager.word());
    }
    if allowed.contains(&access.word()) {
        return Ok(());
    }
    let who = if member == MemberType::Group { "a people group" } else { "a member" };
    let message = format!("{who} of a room of type {room} cannot have the access `{access}`");
    Err(Impossible::new(message, one_of(&allowed)))
}

/// Checks that a room of this type can have a link of this type.
pub(crate) fn link_type(room: TypeName, link: LinkTypeName) -> Result<(), Impossible> {
    let rules = link_rules(room);
    match link {
        LinkTypeName::Invitation => Ok(()),
        _ if !rules.has_primary() => {
            let message = format!("a room of type {room} cannot have external links");
            Err(Impossible::new(message, "write `type: invitation`, or take the link out"))
        }
        LinkTypeName::External if rules.max_additional() == 0 => {
            let message = format!("a room of type {room} has only its primary link");
            Err(Impossible::new(message, "write `type: primary`"))
        }
        _ => Ok(()),
    }
}

/// Checks that a link of this type can give this access in a room of this type.
pub(crate) fn link_access(room: TypeName, link: LinkTypeName, access: AccessName) -> Result<(), Impossible> {
    let rules = link_rules(room);
    let allowed =
        AccessName::words(if link == LinkTypeName::Invitation { rules.invitation() } else { rules.external() });
    if allowed.contains(&access.word()) {
        return Ok(());
    }
    let message = format!("a link of type {link} cannot give `{access}` in a room of type {room}");
    Err(Impossible::new(message, one_of(&allowed)))
}

/// Checks that a link of this type can have this key, if the value is not `null`.
pub(crate) fn link_key(room: TypeName, link: LinkTypeName, key: &str) -> Result<(), Impossible> {
    let is_invitation = link == LinkTypeName::Invitation;
    let take_out = || format!("take `{key}` out");
    match key {
        "password" | "internal" | "deny-download" if is_invitation => {
            Err(Impossible::new(format!("an invitation cannot have `{key}`"), take_out()))
        }
        "max-uses" if !is_invitation => {
            Err(Impossible::new("only an invitation can have `max-uses`", "take it out, or write `type: invitation`"))
        }
        "expires" if link == LinkTypeName::Primary && is_primary_fixed(room) => {
            let message = format!("the primary link of a room of type {room} cannot expire");
            Err(Impossible::new(message, take_out()))
        }
        "internal" if room == TypeName::Public => {
            Err(Impossible::new("the links of a public room cannot be internal", take_out()))
        }
        _ => Ok(()),
    }
}

/// Checks that a portal accepts the password of a link. A portal can demand more, such as digits
/// (docs/portal/links.md#passwords). The password is not part of the message.
pub(crate) fn password(text: &str) -> Result<(), Impossible> {
    let (text, advice) =
        (text.trim(), "use 8 to 30 characters: ASCII letters, digits and special characters, no spaces");
    let length = text.chars().count();
    if !(8..=30).contains(&length) {
        let characters = if length == 1 { "character" } else { "characters" };
        return Err(Impossible::new(format!("the password has {length} {characters}"), advice));
    }
    if !text.chars().all(|letter| letter.is_ascii_graphic()) {
        return Err(Impossible::new("the password has a space, or a character beyond ASCII", advice));
    }
    Ok(())
}

/// Whether a room of this type always has a primary link, which never expires and which a portal
/// replaces when it is revoked (docs/portal/links.md#revoking-a-link).
pub(crate) fn is_primary_fixed(room: TypeName) -> bool {
    matches!(room, TypeName::Public | TypeName::FillingForms)
}

/// Checks that a room of this type can have this key.
pub(crate) fn room_key(room: TypeName, key: &str) -> Result<(), Impossible> {
    match key {
        "save-form-as-xlsx" | "send-form-to-external-db" if room != TypeName::FillingForms => {
            let message = format!("a room of type {room} has no answers to forms");
            Err(Impossible::new(message, format!("take `{key}` out, or write `type: filling-forms`")))
        }
        _ => Ok(()),
    }
}

/// The maximum number of links of this type in a room.
pub(crate) fn max_links(room: TypeName, link: LinkTypeName) -> usize {
    match link {
        LinkTypeName::External => link_rules(room).max_additional(),
        LinkTypeName::Primary | LinkTypeName::Invitation => 1,
    }
}

/// The advice to use one of these words.
pub(crate) fn one_of(words: &[&str]) -> String {
    match words {
        [only] => format!("use {only}"),
        _ => format!("use one of {}", words.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_groups_cannot_manage_rooms() {
        assert!(member(TypeName::Custom, MemberType::Person, AccessName::RoomManager).is_ok());
        let error = member(TypeName::Public, MemberType::Group, AccessName::RoomManager).err().unwrap();
        assert_eq!(error.advice, "use content-creator");
    }

    #[test]
    fn passwords_have_8_to_30_characters_of_ascii_without_spaces() {
        for good in ["12345678", " correct-horse ", &"x".repeat(30)] {
            assert!(password(good).is_ok(), "{good}");
        }
        for bad in ["1234567", &"x".repeat(31), "correct horse", "pässword", "pass\tword"] {
            assert!(password(bad).is_err_and(|error| !error.message.contains(bad)), "{bad}");
        }
    }

    #[test]
    fn invitations_are_possible_everywhere_and_external_links_are_not() {
        for room in TypeName::ALL {
            assert!(link_type(*room, LinkTypeName::Invitation).is_ok());
            let has_external = link_type(*room, LinkTypeName::External).is_ok();
            assert_eq!(has_external, max_links(*room, LinkTypeName::External) > 0, "{room}");
        }
    }
}
