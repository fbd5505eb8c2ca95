//! Compares names as the portal's database does: it ignores case and accents
//! (docs/portal/dates-and-names.md#equal-names).

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Returns the same text for all texts that the database considers equal.
pub(crate) fn fold(text: &str) -> String {
    // Most names are ASCII, which has no accents.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().map(base).flat_map(char::to_lowercase).collect()
}

/// The letter that the database compares instead of this one. It compares letter by letter, so a
/// combining mark after a letter counts as a letter of its own.
fn base(letter: char) -> char {
    match letter {
        'ß' | 'ſ' => 's',
        'ς' => 'σ',
        'ı' => 'i',
        _ => {
            let mut parts = std::iter::once(letter).nfd();
            let first = parts.next().unwrap_or(letter);
            if parts.all(is_combining_mark) { first } else { letter }
        }
    }
}

/// Returns a key that sorts titles, and numbers in titles by value (recording walks/005).
pub(crate) fn natural_key(title: &str) -> String {
    let folded = fold(title);
    let mut letters = folded.chars().peekable();
    let mut key = String::with_capacity(folded.len());
    while let Some(letter) = letters.peek().copied() {
        if !letter.is_ascii_digit() {
            key.push(letter);
            letters.next();
            continue;
        }
        let mut number = String::new();
        while let Some(digit) = letters.next_if(char::is_ascii_digit) {
            if !number.is_empty() || digit != '0' {
                number.push(digit);
            }
        }
        // The `0` sorts a number among other characters. The length makes the longer number
        // greater.
        let length = u32::try_from(number.len()).ok().and_then(char::from_u32).unwrap_or(char::MAX);
        key.push('0');
        key.push(length);
        key.push_str(&number);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_are_ignored() {
        assert_eq!(fold("\u{dc}N\u{cf}"), fold("uni"));
        assert!(fold("\u{fc}n\u{ef}") < fold("xx"));
        assert_eq!(fold("Straße ΟΔΟΣ Ёлка"), fold("strase οδος ЕЛКА"));
    }

    #[test]
    fn other_letters_and_combining_marks_are_different() {
        for (one, other) in
            [("œ", "oe"), ("Æ", "ae"), ("ø", "o"), ("Đ", "d"), ("ａ", "a"), ("e\u{301}", "é"), ("각", "가")]
        {
            assert_ne!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn numbers_in_titles_sort_by_value() {
        assert!(natural_key("room 2") < natural_key("Room 19"));
        assert!(natural_key("room 19") > natural_key("room 2x"));
        assert!(natural_key("a") < natural_key("a1"));
        assert!(natural_key("a 1") < natural_key("a b"));
        assert_eq!(natural_key("a 007"), natural_key("A 7"));
    }
}
