//! Paths of folders, such as `Contracts/2026`.

use super::titles;
use crate::error::{Error, Result};

/// The titles of a path, from the outermost folder to the innermost.
pub(super) type Titles = Vec<String>;

/// Reads a path. A slash at its beginning or end does not matter.
pub(super) fn parse(path: &str) -> Result<Titles> {
    parse_all([path]).map(|mut paths| paths.remove(0))
}

/// Reads several paths. The error names all mistakes.
pub(super) fn parse_all<'p>(paths: impl IntoIterator<Item = &'p str>) -> Result<Vec<Titles>> {
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let titles: Titles = path.trim().trim_matches('/').split('/').map(|title| title.trim().to_owned()).collect();
        problems.extend(titles.iter().filter_map(|title| problem(path, title)));
        read.push(titles);
    }
    if problems.is_empty() {
        return Ok(read);
    }
    Err(Error::invalid(problems.join("; ")).advise("write the titles of folders with a slash between them"))
}

/// What is wrong with a title in a path.
fn problem(path: &str, title: &str) -> Option<String> {
    match title {
        "" => Some(format!("`{path}` contains an empty title")),
        // A portal takes these titles, but in a path they would mean something else.
        "." | ".." => Some(format!("`{path}` contains `{title}`, which is not the title of a folder")),
        _ if title == path => titles::problem(title).map(|problem| format!("`{title}` {problem}")),
        _ => titles::problem(title).map(|problem| format!("in `{path}`, `{title}` {problem}")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slashes_at_the_ends_of_a_path_do_not_matter() {
        for path in ["Contracts/2026", "/Contracts/2026/", " Contracts / 2026 "] {
            assert_eq!(parse(path).unwrap(), ["Contracts", "2026"], "{path:?}");
        }
    }

    #[test]
    fn error_names_all_wrong_paths() {
        let error = parse_all(["a//b", "fine", "c:d", "x/e?", "a/../b", ""]).unwrap_err();
        assert_eq!(
            error.reason(),
            "`a//b` contains an empty title; `c:d` contains `:`, which the portal would replace; \
             in `x/e?`, `e?` contains `?`, which the portal would replace; \
             `a/../b` contains `..`, which is not the title of a folder; `` contains an empty title"
        );
    }

    proptest! {
        #[test]
        fn titles_of_any_path_can_be_sent(path in "\\PC{0,40}|[a-c/ ]{0,12}") {
            if let Ok(titles) = parse(&path) {
                prop_assert!(titles.iter().all(|title| problem(&path, title).is_none()));
                prop_assert_eq!(&parse(&titles.join("/")).unwrap(), &titles);
            }
        }
    }
}
