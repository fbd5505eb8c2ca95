//! Names that an export makes.

use std::collections::BTreeSet;

/// A name that no other link has: the title, or the title with a number.
pub(super) fn unique(title: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{title} ({number})"));
    let mut names = std::iter::once(title.to_owned()).chain(numbered);
    // The names do not end, and only some of them are taken.
    let name = names.find(|name| !taken.contains(name)).unwrap_or_default();
    taken.insert(name.clone());
    name
}

/// The variable for the password of a link, such as `AUDIT_2026_FOR_THE_CLIENT`.
pub(super) fn variable(room: &str, link: &str) -> String {
    let plain = format!("{room} {link}").to_uppercase();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("_");
    // A variable does not begin with a digit.
    if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() {
        format!("LINK_{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_links_are_unique() {
        let mut taken = BTreeSet::new();
        assert_eq!(unique("a", &mut taken), "a");
        assert_eq!(unique("a", &mut taken), "a (2)");
        assert_eq!(unique("a", &mut taken), "a (3)");
    }

    #[test]
    fn variables_are_words_in_capitals() {
        assert_eq!(variable("Audit 2026", "For the client"), "AUDIT_2026_FOR_THE_CLIENT");
        assert_eq!(variable("2026", "ß"), "LINK_2026_SS");
    }
}
