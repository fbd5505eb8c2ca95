//! Commands that a failure advises, safe to paste into a shell.

use shell_words::quote;

/// The command that lists the rooms that may have this title.
pub(crate) fn rooms_titled(title: &str) -> String {
    search("docspace rooms list", title)
}

/// The same for templates.
pub(crate) fn templates_titled(title: &str) -> String {
    search("docspace templates list", title)
}

fn search(list: &str, title: &str) -> String {
    match longest_kept(title) {
        "" => list.to_owned(),
        text => format!("{list} --search {}", quote(text)),
    }
}

/// The longest part of a title that a portal stores as it was typed, and so finds: it replaces reserved characters and
/// those beyond U+FFFF. Control characters would not survive a terminal, and a hyphen at the beginning is an option.
fn longest_kept(title: &str) -> &str {
    let is_lost = |c: char| "*+:\"<>?|\\/".contains(c) || c.is_control() || c.len_utf16() == 2;
    let parts = title.split(is_lost).map(|part| part.trim_start_matches([' ', '-']).trim());
    // Of several as long the first, as a person would.
    parts.rev().max_by_key(|part| part.chars().count()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_searched_by_what_the_portal_keeps_of_them() {
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
    fn commands_are_read_by_a_shell_as_they_were_meant() {
        for title in ["It's  two", "x'; id; '", "$(id) `id`", "Acme & Co", "a b", "# note", "~", "!x"] {
            let words = shell_words::split(&rooms_titled(title)).unwrap();
            assert_eq!(words, ["docspace", "rooms", "list", "--search", title]);
        }
        assert_eq!(rooms_titled("It's  two"), r"docspace rooms list --search 'It'\''s  two'");
        assert_eq!(templates_titled("Audit"), "docspace templates list --search Audit");
    }
}
