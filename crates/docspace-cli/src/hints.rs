//! Commands that error messages suggest. They are safe to paste into a shell.

use std::fmt::Display;

use docspace::RoomId;
use shell_words::quote;

/// Command that lists all templates.
pub(crate) const TEMPLATES: &str = "docspace templates list";

/// Command that lists all rooms, including archived ones.
pub(crate) const ALL_ROOMS: &str = "docspace rooms list --all";

/// Command that lists the room groups of the caller.
pub(crate) const ROOM_GROUPS: &str = "docspace groups list";

/// Returns the command that shows a room.
pub(crate) fn room(id: &RoomId) -> String {
    format!("docspace rooms view {id}")
}

/// Returns the command that lists the links of a room, folder or file, such as `17` or `folder:23`.
pub(crate) fn links_of(place: &impl Display) -> String {
    format!("docspace links list {place}")
}

/// Returns the command that creates the primary link of a room, folder or file.
pub(crate) fn create_primary_link_of(place: &impl Display) -> String {
    format!("docspace links primary {place} --create")
}

/// Returns the command that lists the rooms with a title like this.
pub(crate) fn rooms_titled(title: &str) -> String {
    search("docspace rooms list", title)
}

/// Returns the command that lists the rooms with a title like this, including archived ones.
pub(crate) fn any_room_titled(title: &str) -> String {
    search(ALL_ROOMS, title)
}

/// Returns the command that lists the templates with a title like this.
pub(crate) fn templates_titled(title: &str) -> String {
    search(TEMPLATES, title)
}

fn search(list: &str, title: &str) -> String {
    match longest_unchanged_part(title) {
        "" => list.to_owned(),
        text => format!("{list} --search {}", quote(text)),
    }
}

/// Returns the longest part of a title that the portal stores unchanged, so that a search finds it.
/// The portal replaces reserved characters and characters beyond U+FFFF. Control characters can get
/// lost when a person copies the command, and a leading hyphen would be parsed as an option.
pub(crate) fn longest_unchanged_part(title: &str) -> &str {
    let is_replaced = |c: char| "*+:\"<>?|\\/".contains(c) || c.is_control() || c.len_utf16() == 2;
    let parts = title.split(is_replaced).map(|part| part.trim_start_matches([' ', '-']).trim());
    // `rev` makes the first of several parts with the same length win.
    parts.rev().max_by_key(|part| part.chars().count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_use_the_part_of_a_title_that_the_portal_stores_unchanged() {
        for (title, kept) in [
            ("Offer 7/2026: Acme & Co?", "Acme & Co"),
            ("It's  two", "It's  two"),
            ("🎯 Ziel", "Ziel"),
            ("ab/cd", "ab"),
            ("--all", "all"),
            ("a\u{1b}[2Jb", "[2Jb"),
            ("???", ""),
        ] {
            assert_eq!(longest_unchanged_part(title), kept, "{title}");
        }
        assert_eq!(rooms_titled("???"), "docspace rooms list");
    }

    #[test]
    fn titles_are_quoted_for_a_shell() {
        for title in ["It's  two", "x'; id; '", "$(id) `id`", "Acme & Co", "a b", "# note", "~", "!x"] {
            let words = shell_words::split(&rooms_titled(title)).unwrap();
            assert_eq!(words, ["docspace", "rooms", "list", "--search", title]);
        }
        assert_eq!(rooms_titled("It's  two"), r"docspace rooms list --search 'It'\''s  two'");
        assert_eq!(templates_titled("Audit"), "docspace templates list --search Audit");
    }
}
