//! Commands that a failure suggests, safe to paste into a shell.

use docspace::RoomId;
use shell_words::quote;

/// Lists all templates.
pub(crate) const TEMPLATES: &str = "docspace templates list";

/// Lists all rooms, also those in the archive.
pub(crate) const ALL_ROOMS: &str = "docspace rooms list --all";

/// Shows a room.
pub(crate) fn room(id: &RoomId) -> String {
    format!("docspace rooms view {id}")
}

/// Lists the links of a room.
pub(crate) fn links_of(room: &RoomId) -> String {
    format!("docspace links list {room}")
}

/// Lists the rooms that may have this title.
pub(crate) fn rooms_titled(title: &str) -> String {
    search("docspace rooms list", title)
}

/// Lists the templates that may have this title.
pub(crate) fn templates_titled(title: &str) -> String {
    search(TEMPLATES, title)
}

fn search(list: &str, title: &str) -> String {
    match longest_kept(title) {
        "" => list.to_owned(),
        text => format!("{list} --search {}", quote(text)),
    }
}

/// The longest part of a title that the portal stores unchanged, so that a search finds it: the
/// portal replaces reserved characters and those beyond U+FFFF. Control characters may not survive
/// copying from a terminal, and a leading hyphen would be read as an option.
fn longest_kept(title: &str) -> &str {
    let is_lost = |c: char| "*+:\"<>?|\\/".contains(c) || c.is_control() || c.len_utf16() == 2;
    let parts = title.split(is_lost).map(|part| part.trim_start_matches([' ', '-']).trim());
    // Of several parts with the same length, use the first, as a person would.
    parts.rev().max_by_key(|part| part.chars().count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_use_the_part_of_a_title_that_the_portal_keeps() {
        for (title, kept) in [
            ("Offer 7/2026: Acme & Co?", "Acme & Co"),
            ("It's  two", "It's  two"),
            ("🎯 Ziel", "Ziel"),
            ("ab/cd", "ab"),
            ("--all", "all"),
            ("a\u{1b}[2Jb", "[2Jb"),
            ("???", ""),
        ] {
            assert_eq!(longest_kept(title), kept, "{title}");
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
