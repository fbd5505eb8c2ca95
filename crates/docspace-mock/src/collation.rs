//! Comparing names as the portal's database does: without regard to case and accents.
//!
//! Used for the order of lists, for filters and for tags that exist in another spelling.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A text by which two that the database calls equal are equal.
pub(crate) fn fold(text: &str) -> String {
    text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(fold("\u{dc}N\u{cf}"), fold("uni"));
        assert!(fold("\u{fc}n\u{ef}") < fold("xx"));
    }
}
