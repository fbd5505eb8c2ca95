//! Text as it is shown: without what would control a terminal, and names in the spelling people type.

use docspace::api::is_unprintable;
use docspace::printable;

/// Text on one line, without anything that would control a terminal: titles are written by other people.
pub(crate) fn plain(text: &str) -> String {
    printable(text).into_owned()
}

/// The same as [`plain`] for a text of several lines whose line breaks come from the program itself.
pub(crate) fn plain_lines(text: &str) -> String {
    let kept = |c: char| matches!(c, '\n' | '\t') || !is_unprintable(c);
    text.chars().map(|c| if kept(c) { c } else { ' ' }).collect()
}

/// `VirtualData` as it is typed and shown: `virtual-data`.
pub(crate) fn kebab(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    for (place, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && place > 0 {
            text.push('-');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use docspace::RoomType;

    use super::*;

    #[test]
    fn program_line_breaks_are_kept() {
        assert_eq!(plain_lines("a\tb\nc\r\u{1b}[2J\u{2028}d"), "a\tb\nc  [2J d");
        assert_eq!(plain("a\tb\nc"), "a b c");
    }

    #[test]
    fn names_are_lower_case_with_dashes() {
        assert_eq!(
            RoomType::ALL.iter().map(|known| kebab(&known.to_string())).collect::<Vec<_>>().join(" "),
            "filling-forms editing custom public virtual-data ai"
        );
    }
}
