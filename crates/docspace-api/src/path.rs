//! Encoding of path segments: an id, key or name stays a single segment, whatever characters it
//! contains.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything except the unreserved characters of RFC 3986. A URL parser reads `\` as `/`, so both
/// are encoded.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text that cannot be part of the path of a request.
///
/// The error does not show the text, because it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPathSegment {
    /// The text is empty, so the segment would be missing.
    #[error("an empty text cannot be part of an address")]
    Empty,
    /// The text is `.` or `..`, or has one of them between slashes.
    #[error("`.` and `..` cannot be part of an address")]
    Dots,
    /// An id, key or code contains a character that ids, keys and codes never have.
    #[error("it contains {}", Named(*.0))]
    Character(char),
}

/// A character as shown in an error.
struct Named(char);

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            c if c.is_control() => write!(f, "the control character U+{:04X}", u32::from(c)),
            c if c.is_whitespace() => f.write_str("white space"),
            c => write!(f, "`{c}`"),
        }
    }
}

/// Encodes a text as one path segment.
///
/// Letters, digits, `-`, `.`, `_` and `~` stay as they are. The generated client does this for all
/// of its path parameters. Use it for a call that you write by hand:
///
/// ```
/// use docspace_api::path_segment;
///
/// assert_eq!(path_segment("drive-9-x")?, "drive-9-x");
/// assert_eq!(path_segment(r"a\b/c?d")?, "a%5Cb%2Fc%3Fd");
/// assert!(path_segment("..").is_err());
/// # Ok::<(), docspace_api::InvalidPathSegment>(())
/// ```
///
/// # Errors
///
/// - [`Empty`](InvalidPathSegment::Empty): the text is empty.
/// - [`Dots`](InvalidPathSegment::Dots): the text is `.` or `..`, which keep their meaning when
///   they are encoded, or has one of them between slashes, which a server on the way may decode.
pub fn path_segment(text: &str) -> Result<Cow<'_, str>, InvalidPathSegment> {
    if text.is_empty() {
        return Err(InvalidPathSegment::Empty);
    }
    if text.split(['/', '\\']).any(|part| matches!(part, "." | "..")) {
        return Err(InvalidPathSegment::Dots);
    }
    Ok(utf8_percent_encode(text, RESERVED).into())
}

/// Checks that an id, key or code is safe as part of a path.
///
/// Use it for text that comes from a person or an untrusted source. Unlike a name, an id never
/// needs characters that have a meaning in an address.
///
/// ```
/// use docspace_api::check_path_id;
///
/// assert!(check_path_id("drive-9-x").is_ok());
/// assert!(check_path_id(r"drive-9\..\keys").is_err());
/// ```
///
/// # Errors
///
/// - [`Empty`](InvalidPathSegment::Empty) and [`Dots`](InvalidPathSegment::Dots): as in
///   [`path_segment`].
/// - [`Character`](InvalidPathSegment::Character): the text contains `/`, `\`, `?`, `#`, `%`, white
///   space or a control character.
pub fn check_path_id(id: &str) -> Result<(), InvalidPathSegment> {
    let dangerous = |c: &char| matches!(c, '/' | '\\' | '?' | '#' | '%') || c.is_whitespace() || c.is_control();
    match id.chars().find(dangerous) {
        Some(c) => Err(InvalidPathSegment::Character(c)),
        None => path_segment(id).map(drop),
    }
}

/// The generated client rejects such a text before it builds a request.
impl<E> From<InvalidPathSegment> for progenitor_client::Error<E> {
    fn from(error: InvalidPathSegment) -> Self {
        Self::InvalidRequest(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reserved_characters_are_encoded() {
        assert_eq!(path_segment("aZ09-._~").unwrap(), "aZ09-._~");
        assert_eq!(path_segment("\\/?#%@:é \u{7f}\0").unwrap(), "%5C%2F%3F%23%25%40%3A%C3%A9%20%7F%00");
        assert_eq!(path_segment("%2e%2e").unwrap(), "%252e%252e");
    }

    #[test]
    fn empty_and_dot_segments_are_rejected() {
        assert_eq!(path_segment(""), Err(InvalidPathSegment::Empty));
        for dots in [".", "..", "a/..", r"..\a", r"a\.\b", "../../keys"] {
            assert_eq!(path_segment(dots), Err(InvalidPathSegment::Dots), "{dots}");
        }
        for fine in ["...", "a..b", ".hidden", "v1.2"] {
            assert_eq!(path_segment(fine).as_deref(), Ok(fine));
        }
    }

    #[test]
    fn ids_with_characters_reserved_in_addresses_are_rejected() {
        for (bad, why) in [
            ("a/b", "it contains `/`"),
            (r"a\b", r"it contains `\`"),
            ("a?b", "it contains `?`"),
            ("a#b", "it contains `#`"),
            ("a%2fb", "it contains `%`"),
            ("a b", "it contains white space"),
            ("a\u{2028}b", "it contains white space"),
            ("a\u{1b}b", "it contains the control character U+001B"),
            ("a\u{9b}b", "it contains the control character U+009B"),
            ("..", "`.` and `..` cannot be part of an address"),
        ] {
            assert_eq!(check_path_id(bad).unwrap_err().to_string(), why, "{bad:?}");
        }
        for fine in ["22", "drive-9-x", "sbox-1-|a|b!", "V0FW_x-y~z"] {
            assert_eq!(check_path_id(fine), Ok(()), "{fine}");
        }
    }

    proptest! {
        #[test]
        fn an_encoded_segment_keeps_the_origin_and_the_number_of_segments(text in "\\PC*|[./\\\\%?#@:\\x00-\\x20a]*") {
            if let Ok(segment) = path_segment(&text) {
                let url = reqwest::Url::parse(&format!("https://acme.com/api/2.0/keys/{segment}/end")).unwrap();
                let parts: Vec<&str> = url.path_segments().unwrap().collect();
                prop_assert_eq!((&parts[..3], parts[4], parts.len()), (&["api", "2.0", "keys"][..], "end", 5));
                prop_assert_eq!((url.host_str(), url.query(), url.fragment()), (Some("acme.com"), None, None));
            }
        }
    }
}
