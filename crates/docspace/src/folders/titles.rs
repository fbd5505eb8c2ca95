//! Checks of the titles of folders and files, before anything is sent.

use crate::error::{Error, Result};
use crate::support::input;

/// Maximum length of a title (docs/portal/folders-and-files.md#creating-and-renaming-a-folder).
const LONGEST: usize = 165;
/// Maximum length of the name of an upload. The portal would cut a longer one
/// (docs/portal/folders-and-files.md#uploading-a-file).
const LONGEST_UPLOAD: usize = 170;

/// Checks the title of a folder, and returns it without surrounding blanks.
pub(super) fn folder(title: &str) -> Result<String> {
    check("folder", title, LONGEST)
}

/// Checks the title of a file, and returns it without surrounding blanks.
pub(super) fn file(title: &str) -> Result<String> {
    check("file", title, LONGEST)
}

/// Checks the name of an upload, and returns the title that the portal gives the file: a name
/// without an extension gets a dot at its end.
pub(super) fn upload(name: &str) -> Result<String> {
    let title = check("file", name, LONGEST_UPLOAD)?;
    Ok(if title.contains('.') { title } else { format!("{title}.") })
}

fn check(what: &str, title: &str, longest: usize) -> Result<String> {
    let trimmed = title.trim();
    if trimmed.is_empty() {
        return Err(Error::invalid(format!("the title of the {what} is empty")).advise("give it a title"));
    }
    problem_with(trimmed, longest).map_or_else(
        || Ok(trimmed.to_owned()),
        |problem| {
            Err(Error::invalid(format!("the title `{trimmed}` of the {what} {problem}"))
                .advise("give it another title"))
        },
    )
}

/// Why the portal would refuse this title, or store another one without an error. The title is not
/// empty and has no surrounding blanks.
pub(super) fn problem(title: &str) -> Option<String> {
    problem_with(title, LONGEST)
}

fn problem_with(title: &str, longest: usize) -> Option<String> {
    let length = title.encode_utf16().count();
    if length > longest {
        return Some(format!("has {length} characters; at most {longest} are allowed"));
    }
    // A blank inside a title stays as it is.
    let is_kept = |c: char| !c.is_control() && (c.is_whitespace() || input::as_stored(&c.to_string()) == c.to_string());
    let replaced = title.chars().find(|c| !is_kept(*c))?;
    Some(format!("contains {}, which the portal would replace", name(replaced)))
}

fn name(character: char) -> String {
    match character {
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        c if c.is_control() => format!("the control character U+{:04X}", u32::from(c)),
        c => format!("`{c}`"),
    }
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
    fn names_of_uploads_become_titles() {
        for (name, title) in [("plan.txt", "plan.txt"), ("LICENSE", "LICENSE."), (".hidden", ".hidden"), (" a ", "a.")]
        {
            assert_eq!(upload(name).unwrap(), title);
        }
        assert!(upload(&"x".repeat(170)).is_ok() && upload(&"x".repeat(171)).is_err());
    }

    #[test]
    fn error_names_the_character_that_would_be_replaced() {
        let error = file("a:b.txt").unwrap_err();
        assert_eq!(error.reason(), "the title `a:b.txt` of the file contains `:`, which the portal would replace");
        for (character, named) in
            [('\\', "`\\`"), ('\t', "a tab"), ('\n', "a line break"), ('\u{7}', "the control character U+0007")]
        {
            let reason = format!("contains {named}, which the portal would replace");
            assert_eq!(problem(&format!("a{character}b")), Some(reason));
        }
    }
}
