//! Comparing names as the portal's database does: without regard to case and accents.
//!
//! Used for the order of lists, for filters and for tags that exist in another spelling.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A text by which two that the database calls equal are equal.
pub(crate) fn fold(text: &str) -> String {
    text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

/// A text by which titles are ordered as a person would: numbers in them by their value [R walks/005].
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
        // A digit keeps the number's place among other letters; the longer of two numbers is the greater.
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
    fn case_and_accents_do_not_count() {
        assert_eq!(fold("\u{dc}N\u{cf}"), fold("uni"));
        assert!(fold("\u{fc}n\u{ef}") < fold("xx"));
    }

    #[test]
    fn numbers_in_titles_count_by_their_value() {
        assert!(natural_key("room 2") < natural_key("Room 19"));
        assert!(natural_key("room 19") > natural_key("room 2x"));
        assert!(natural_key("a") < natural_key("a1"));
        assert!(natural_key("a 1") < natural_key("a b"));
        assert_eq!(natural_key("a 007"), natural_key("A 7"));
    }
}
