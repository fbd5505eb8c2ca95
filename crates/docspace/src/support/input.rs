//! Checks of input, before anything is sent.
//!
//! The maximum lengths are those of a portal (docs/portal/dates-and-names.md#length).

use docspace_api::Timestamp;

use crate::error::{Error, Result};

/// Maximum length of the title of a room or a template.
const ROOM_TITLE: usize = 170;
/// Maximum length of the title of a link.
const LINK_TITLE: usize = 255;
/// Maximum length of a tag.
const TAG: usize = 255;

/// Checks the title of a room.
pub(crate) fn room_title(title: &str) -> Result<&str> {
    bounded("title", "room", title, ROOM_TITLE)
}

/// Checks the title of a template. A portal cuts a longer title without an error.
pub(crate) fn template_title(title: &str) -> Result<&str> {
    bounded("title", "template", title, ROOM_TITLE)
}

/// Checks the title of a link.
pub(crate) fn link_title(title: &str) -> Result<&str> {
    bounded("title", "link", title, LINK_TITLE)
}

/// Checks that a period does not end before it begins.
pub(crate) fn period(since: Option<Timestamp>, until: Option<Timestamp>) -> Result<()> {
    match (since, until) {
        (Some(since), Some(until)) if until < since => {
            let reason = format!("the period ends at {}, before it begins at {}", seconds(until), seconds(since));
            Err(Error::invalid(reason).advise("swap the values of `since` and `until`"))
        }
        _ => Ok(()),
    }
}

/// The time in UTC with whole seconds.
fn seconds(moment: Timestamp) -> impl std::fmt::Display {
    moment.to_utc().format("%Y-%m-%dT%H:%M:%SZ")
}

/// Collects texts. `AsRef` accepts a list of `&&str` too, such as `&["a", "b"]`.
pub(crate) fn strings<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Vec<String> {
    texts.into_iter().map(|text| text.as_ref().to_owned()).collect()
}

/// Checks a name.
pub(crate) fn name<'t>(what: &str, name: &'t str, longest: usize) -> Result<&'t str> {
    bounded("name", what, name, longest)
}

/// Trims a text and checks its length.
fn bounded<'t>(field: &str, what: &str, text: &'t str, longest: usize) -> Result<&'t str> {
    let text = text.trim();
    // The portal counts UTF-16 units.
    let length = text.encode_utf16().count();
    if text.is_empty() {
        Err(Error::invalid(format!("the {field} of the {what} is empty")).advise(format!("give it a {field}")))
    } else if length > longest {
        Err(Error::invalid(format!("the {field} of the {what} has {length} characters; at most {longest} are allowed")))
    } else {
        Ok(text)
    }
}

/// Checks a color: three or six hexadecimal digits, with or without a `#` before them.
///
/// This is stricter than the portal, which stores any six characters and then shows no color.
pub(crate) fn color(color: &str) -> Result<&str> {
    let digits = color.trim().trim_start_matches('#');
    if matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit()) {
        Ok(digits)
    } else {
        Err(Error::invalid(format!("`{color}` is not a color"))
            .advise("write six hexadecimal digits, for example FF5733"))
    }
}

/// Checks tags.
pub(crate) fn tags(tags: &[String]) -> Result<()> {
    if tags.iter().any(|tag| tag.trim().is_empty()) {
        return Err(Error::invalid("a tag is empty").advise("leave it out"));
    }
    match tags.iter().find(|tag| tag.encode_utf16().count() > TAG) {
        Some(tag) => Err(Error::invalid(format!("the tag `{tag}` is too long; at most {TAG} characters are allowed"))),
        None => Ok(()),
    }
}

/// The title that a portal stores: reserved characters, and characters beyond the basic plane,
/// become `_` for each UTF-16 unit (docs/portal/dates-and-names.md#trimmed-and-replaced).
pub(crate) fn as_stored(title: &str) -> String {
    let stored = |c: char| match c {
        '\t' | '*' | '+' | ':' | '"' | '<' | '>' | '?' | '|' | '\\' | '/' => "_".to_owned(),
        c if c.len_utf16() == 2 => "__".to_owned(),
        c => c.to_string(),
    };
    title.trim().chars().map(stored).collect()
}

/// Whether a portal may have stored the title `asked` as `stored`.
///
/// This compares only letters and digits of the basic plane, because the portal replaces other
/// characters (docs/portal/dates-and-names.md#trimmed-and-replaced).
pub(crate) fn same_title(stored: &str, asked: &str) -> bool {
    let basic =
        |title: &str| -> Vec<char> { title.chars().filter(|c| c.is_alphanumeric() && c.len_utf16() == 1).collect() };
    basic(stored) == basic(asked)
}

/// Whether a portal's database may treat two names as equal, so that it keeps the existing
/// spelling.
///
/// The database ignores case, accents and trailing spaces. This function does not have the tables
/// of the database for single letters; in doubt, two names are equal
/// (docs/portal/tags-groups-logos-quotas.md#names-that-count-as-the-same).
pub(crate) fn may_be_same_name(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.trim().chars(), other.trim().chars());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if may_be_same_letter(a, b) => {}
            _ => return false,
        }
    }
}

fn may_be_same_letter(one: char, other: char) -> bool {
    let lower = |letter: char| letter.to_lowercase().next();
    // Letters of one script may differ only in an accent.
    let accented = |letter: char| match u32::from(letter) {
        0x41..=0x5a | 0x61..=0x7a => Some(Script::Basic),
        0xaa..=0x24f | 0x1e00..=0x1eff if letter.is_alphabetic() => Some(Script::Latin),
        0x370..=0x3ff | 0x1f00..=0x1fff => Some(Script::Greek),
        0x400..=0x52f => Some(Script::Cyrillic),
        0x1_0000.. => Some(Script::Beyond),
        _ => None,
    };
    let alike = match (accented(one), accented(other)) {
        (Some(Script::Basic), Some(Script::Basic)) => false,
        (Some(Script::Basic | Script::Latin), Some(Script::Basic | Script::Latin)) => true,
        (one, other) => one.is_some() && one == other,
    };
    one == other || lower(one) == lower(other) || alike
}

/// Letters that a database may treat as equal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Basic,
    Latin,
    Greek,
    Cyrillic,
    Beyond,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_trimmed_and_must_not_be_blank() {
        assert_eq!(room_title("  Audit ").unwrap(), "Audit");
        assert!(room_title(" \t ").is_err());
    }

    #[test]
    fn titles_are_counted_in_utf16_units() {
        assert!(room_title(&"é".repeat(170)).is_ok());
        assert!(room_title(&"😀".repeat(86)).is_err());
    }

    #[test]
    fn colors_are_hexadecimal() {
        assert_eq!(color("#FF5733").unwrap(), "FF5733");
        for bad in ["red", "FF57", "", "FF57334"] {
            assert!(color(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn tags_have_at_most_255_characters() {
        assert!(tags(&["t".repeat(255)]).is_ok());
        assert!(tags(&["t".repeat(256)]).is_err());
    }

    #[test]
    fn reserved_characters_are_stored_as_underscores() {
        assert_eq!(as_stored(" a/b:c 😀 "), "a_b_c __");
    }

    /// Most pairs are from the recording tags/names-compared. The others depend on the database's
    /// tables.
    #[test]
    fn names_that_a_portal_may_treat_as_equal_are_equal() {
        for (one, other) in [
            ("Audit", "aUDIT"),
            ("kq Åse", "kq ase"),
            ("ñ", "N"),
            ("naïve", "naive"),
            ("Ёлка", "елка"),
            ("ΆΛΦΑ", "αλφα"),
            ("Straße", "straSe"),
            ("open", "open  "),
            ("open", " open"),
            ("ı", "i"),
        ] {
            assert!(may_be_same_name(one, other) && may_be_same_name(other, one), "{one} {other}");
        }
    }

    #[test]
    fn names_that_no_portal_treats_as_equal_differ() {
        for (one, other) in [
            ("audit", "audits"),
            ("open", "closed"),
            ("?x", "🎯x"),
            ("a b", "a  b"),
            ("it's", "it’s"),
            ("Ж", "g"),
            ("", "x"),
        ] {
            assert!(!may_be_same_name(one, other) && !may_be_same_name(other, one), "{one} {other}");
        }
    }

    #[test]
    fn titles_with_replaced_characters_are_the_same_title() {
        assert!(same_title("a_b_c __", " a/b:c 😀 "));
        assert!(!same_title("Audit 2027", "Audit 2026"));
    }
}
