//! Checks of the titles of folders and files, before anything is sent.

use crate::error::{Error, Result};
use crate::support::input;

/// Maximum length of a title (docs/portal/folders-and-files.md#creating-and-renaming-a-folder).
const LONGEST: usize = 165;

/// Checks the title of a folder, and returns it without surrounding blanks.
pub(super) fn folder(title: &str) -> Result<String> {
    check("folder", title)
}

/// Checks the title of a file, and returns it without surrounding blanks.
pub(super) fn file(title: &str) -> Result<String> {
    check("file", title)
}

fn check(what: &str, title: &str) -> Result<String> {
    problem(title).map_or_else(
        || Ok(title.trim().to_owned()),
        |problem| Err(Error::invalid(format!("the title of the {what} {problem}")).advise("give it another title")),
    )
}

/// What is wrong with a title. The portal would store another title than this without an error, or
/// an empty one.
pub(super) fn problem(title: &str) -> Option<String> {
    let trimmed = title.trim();
    let length = trimmed.encode_utf16().count();
    if trimmed.is_empty() {
        return Some("is empty".to_owned());
    }
    if length > LONGEST {
        return Some(format!("has {length} characters; at most {LONGEST} are allowed"));
    }
    // A blank inside a title stays as it is.
    let is_kept = |c: char| !c.is_control() && (c.is_whitespace() || input::as_stored(&c.to_string()) == c.to_string());
    let replaced = trimmed.chars().find(|c| !is_kept(*c));
    replaced.map(|c| format!("`{trimmed}` contains {c:?}, which the portal would replace"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_the_portal_would_change_are_rejected() {
        assert_eq!(folder("  Contracts 2026 ").unwrap(), "Contracts 2026");
        assert_eq!(file("plan (1).final.docx").unwrap(), "plan (1).final.docx");
        for title in
            ["", "  ", "a/b", "a\\b", "a:b", "what?", "a\tb", "plan \"B\".txt", "smile \u{1F600}", &"x".repeat(166)]
        {
            assert!(folder(title).is_err(), "{title:?}");
        }
        assert!(folder(&"x".repeat(165)).is_ok());
    }

    #[test]
    fn error_names_the_character_that_would_be_replaced() {
        let error = file("a:b.txt").unwrap_err();
        assert_eq!(error.reason(), "the title of the file `a:b.txt` contains ':', which the portal would replace");
    }
}
