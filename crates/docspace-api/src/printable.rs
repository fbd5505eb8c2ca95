//! Makes text from other people safe to print.

use std::borrow::Cow;

/// Makes a text safe to show on one line of a terminal, a log or a page.
///
/// Characters that could control a terminal, break the line, or reorder or hide the text around
/// them are replaced with spaces.
///
/// Titles, names and messages are written by other people. The portal and the types of this crate
/// keep them unchanged. Errors apply this function when they are created. A program that prints a
/// title itself should call it.
///
/// ```
/// use docspace_api::printable;
///
/// assert_eq!(printable("Audit\u{1b}[2J\nerror: forged"), "Audit [2J error: forged");
/// assert_eq!(printable("监査 2026 👩\u{200d}🚀"), "监査 2026 👩\u{200d}🚀");
/// ```
///
/// The function replaces control characters (C0, DEL and C1), line and paragraph separators, the
/// marks that direct, embed, override and isolate text, and other invisible format characters. It
/// keeps joiners, which scripts and emoji need.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unprintable) {
        Cow::Owned(text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether [`printable`] replaces this character.
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Arabic letter mark, Mongolian vowel separator, zero-width space, and the
            // left-to-right and right-to-left marks.
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            // Line and paragraph separators, embeddings and overrides.
            | '\u{2028}'..='\u{202e}'
            // Word joiner, invisible operators, isolates and deprecated format characters.
            | '\u{2060}'..='\u{206f}'
            // Byte order mark, and interlinear annotations.
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            // Tags, which spell invisible text.
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_format_characters_become_spaces() {
        let dangerous = ['\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{80}', '\u{9b}', '\u{9f}'];
        let format = ['\u{61c}', '\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}', '\u{fff9}', '\u{e0041}'];
        let ranges = ('\u{2028}'..='\u{202e}').chain('\u{2066}'..='\u{2069}');
        for c in dangerous.into_iter().chain(format).chain(ranges) {
            assert_eq!(printable(&format!("a{c}b")), "a b", "{c:?}");
        }
    }

    #[test]
    fn errors_of_this_crate_are_printable() {
        let evil = "x-\u{1b}[2J\n\u{202e}/";
        let folder = crate::NotARoom { id: crate::FolderId::Text(evil.to_owned()), title: evil.to_owned() };
        for text in [
            folder.to_string(),
            evil.parse::<crate::RoomId>().unwrap_err().to_string(),
            evil.parse::<crate::Access>().unwrap_err().to_string(),
            evil.parse::<crate::Timestamp>().unwrap_err().to_string(),
        ] {
            assert_eq!(printable(&text), text, "{text:?}");
        }
    }

    #[test]
    fn letters_of_all_scripts_and_emoji_are_kept() {
        for text in ["Ä ö 監査", "שלום", "می\u{200c}خواهم", "👩\u{200d}👩\u{200d}👧", "🇪🇺", "a\u{a0}b", "e\u{301}"]
        {
            assert!(matches!(printable(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
