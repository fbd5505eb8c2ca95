//! Addresses for traces, without the secrets that they can contain.

use url::{Url, form_urlencoded};

/// Stands for a secret.
const MASK: &str = "…";

/// The part of a path after which the next one is a secret: the key of a link, and the code of a
/// second factor.
const BEFORE_SECRETS: [&str; 2] = ["share", "authentication"];

/// Parts of the names of query parameters whose values are secrets, or may be.
const SECRET_NAMES: [&str; 12] =
    ["key", "pass", "pwd", "token", "secret", "code", "auth", "sign", "confirm", "mail", "hash", "cred"];

/// Texts without a secret are rarely as long as this, unless they are ids or sentences.
const SHORTEST_SECRET: usize = 12;

/// Returns the address with its path and query, and `…` in place of everything that may be a
/// secret.
pub(super) fn masked(url: &Url) -> String {
    let mut text = url.origin().ascii_serialization();
    let mut before = "";
    for part in url.path().split('/').skip(1) {
        let is_secret = BEFORE_SECRETS.contains(&before.to_ascii_lowercase().as_str()) || looks_secret(part);
        text.push('/');
        text.push_str(if is_secret { MASK } else { part });
        before = part;
    }
    let mut separator = '?';
    for pair in url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let is_secret = form_urlencoded::parse(pair.as_bytes())
            .any(|(name, value)| is_secret_name(&name) || looks_secret(&value) || looks_secret(&name));
        text.push(separator);
        text.push_str(if looks_secret(name) { MASK } else { name });
        text.push('=');
        text.push_str(if is_secret { MASK } else { value });
        separator = '&';
    }
    text
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // The key of a link for visitors.
    name == "share" || SECRET_NAMES.iter().any(|part| name.contains(part))
}

/// Whether a text may be a credential: the form of an API key, or a long mix of letters and digits
/// that is neither an id nor a date.
fn looks_secret(text: &str) -> bool {
    if text.contains("sk-") {
        return true;
    }
    let is_id = text.len() == 36 && uuid::Uuid::try_parse(text).is_ok();
    let is_date = text.starts_with("20") && text.as_bytes().get(4) == Some(&b'-');
    let has = |test: fn(&char) -> bool| text.chars().any(|letter| test(&letter));
    text.len() >= SHORTEST_SECRET && !is_id && !is_date && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(path: &str) -> String {
        masked(&format!("https://acme.com/docs/api/2.0/{path}").parse().unwrap())
            .strip_prefix("https://acme.com/docs/api/2.0/")
            .unwrap()
            .to_owned()
    }

    #[test]
    fn addresses_of_ordinary_calls_are_shown_whole() {
        for path in [
            "files/rooms?count=100&startIndex=0&sortBy=DateAndTime&filterValue=Audit",
            "files/rooms/4711/share",
            "files/@my",
            "people/6f9619ff-8b86-d011-b42d-00cf4fc964ff?fields=displayName",
            "security/audit/events/filter?from=2026-01-31T18:00:00",
            "authentication",
        ] {
            assert_eq!(shown(path), path);
        }
    }

    #[test]
    fn secrets_in_paths_and_queries_are_masked() {
        for (path, expected) in [
            ("files/share/AbcdefGhijklmno", "files/share/…"),
            ("Files/Share/abc/password?key=hunter2", "Files/Share/…/password?key=…"),
            ("authentication/123456", "authentication/…"),
            ("files/rooms?Password=x&count=5&share=abc", "files/rooms?Password=…&count=5&share=…"),
            ("a?b=sk-0123&c=Zx81Yw92Qv73&sk-1", "a?b=…&c=…&…=…"),
            ("a/sk-0123", "a/…"),
            ("a?confirmEmail=ann@acme.com&%70ass=x", "a?confirmEmail=…&%70ass=…"),
        ] {
            assert_eq!(shown(path), expected);
        }
    }

    #[test]
    fn user_names_and_fragments_are_left_out() {
        assert_eq!(masked(&"https://ann:hunter2@acme.com/a#hunter2".parse().unwrap()), "https://acme.com/a");
    }
}
