//! Comparing names as the portal's database does: without regard to case and accents.
//!
//! Used for the order of lists, for filters and for tags that exist in another spelling.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A text by which two that the database calls equal are equal.
pub(crate) fn fold(text: &str) -> String {
    text.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

/// Orders titles as a person would: numbers in them by their value [R walks/005].
pub(crate) fn natural(one: &str, two: &str) -> Ordering {
    let (one, two) = (fold(one), fold(two));
    let (mut one, mut two) = (one.chars().peekable(), two.chars().peekable());
    loop {
        let (Some(left), Some(right)) = (one.peek().copied(), two.peek().copied()) else {
            return one.peek().is_some().cmp(&two.peek().is_some());
        };
        let order = if left.is_ascii_digit() && right.is_ascii_digit() {
            let (left, right) = (digits(&mut one), digits(&mut two));
            left.len().cmp(&right.len()).then(left.cmp(&right))
        } else {
            one.next();
            two.next();
            left.cmp(&right)
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The digits ahead, without leading zeros.
fn digits(letters: &mut Peekable<Chars<'_>>) -> String {
    let mut number = String::new();
    while let Some(digit) = letters.next_if(char::is_ascii_digit) {
        if !number.is_empty() || digit != '0' {
            number.push(digit);
        }
    }
    number
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
        assert_eq!(natural("room 2", "Room 19"), Ordering::Less);
        assert_eq!(natural("room 19", "room 2x"), Ordering::Greater);
        assert_eq!(natural("a", "a1"), Ordering::Less);
        assert_eq!(natural("a 007", "A 7"), Ordering::Equal);
    }
}
