//! Text for the terminal: without control characters, and with names in the spelling of the flags.

use docspace::api::is_unprintable;
use docspace::printable;

/// Returns the text on one line, without characters that control a terminal. Titles and names come
/// from other people and can contain them.
pub(crate) fn plain(text: &str) -> String {
    printable(text).into_owned()
}

/// Works like [`plain`], but keeps tabs and line breaks. For text whose lines come from the program
/// itself.
pub(crate) fn plain_lines(text: &str) -> String {
    let kept = |c: char| matches!(c, '\n' | '\t') || !is_unprintable(c);
    text.chars().map(|c| if kept(c) { c } else { ' ' }).collect()
}

/// Trims a text that a person or a script passes, and rejects characters that cannot be seen, such
/// as the end of a line of a file.
pub(crate) fn trimmed(text: &str) -> Result<&str, String> {
    let text = text.trim();
    match text.chars().find(|c| is_unprintable(*c)) {
        Some(hidden) => Err(format!("it contains the invisible character U+{:04X}: remove it", u32::from(hidden))),
        None => Ok(text),
    }
}

/// Converts a name such as `VirtualData` to the spelling of the command line, `virtual-data`.
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

/// Returns a number with its noun, such as `1 link` or `2 links`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use docspace::RoomType;

    use super::*;

    #[test]
    fn plain_lines_keeps_tabs_and_line_breaks() {
        assert_eq!(plain_lines("a\tb\nc\r\u{1b}[2J\u{2028}d"), "a\tb\nc  [2J d");
        assert_eq!(plain("a\tb\nc"), "a b c");
    }

    #[test]
    fn texts_are_trimmed_and_have_no_invisible_characters() {
        assert_eq!(trimmed(" course\r"), Ok("course"));
        assert_eq!(trimmed("監査 👩\u{200d}🚀"), Ok("監査 👩\u{200d}🚀"));
        for hidden in ["a\tb", "a\u{1b}b", "\u{feff}course", "a\u{200b}b", "a\u{202e}b"] {
            assert!(trimmed(hidden).expect_err("a hidden character").contains("the invisible character U+"));
        }
    }

    #[test]
    fn kebab_names_are_lower_case_with_hyphens() {
        assert_eq!(
            RoomType::ALL.iter().map(|known| kebab(&known.to_string())).collect::<Vec<_>>().join(" "),
            "filling-forms editing custom public virtual-data ai"
        );
    }
}
