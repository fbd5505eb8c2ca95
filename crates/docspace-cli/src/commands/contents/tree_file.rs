//! Files with a tree of folders: one folder on each line, as a path or indented below its parent.
//!
//! ```text
//! Contracts
//!   2026
//!   2027/Drafts
//! Invoices
//! ```

use docspace_manifest::FolderPath;

use crate::failure::Failure;
use crate::input;

/// Maximum number of mistakes that a failure lists.
const MOST_MISTAKES: usize = 20;

/// The paths of a tree, such as `Contracts/2026`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TreeFile(pub(crate) Vec<String>);

impl TreeFile {
    /// Reads a file, or standard input for `-`.
    pub(crate) fn read(path: &str) -> Result<Self, Failure> {
        let text = input::read_text(path)?;
        parse(&text).map(Self).map_err(|mistakes| {
            let listed = mistakes.iter().take(MOST_MISTAKES).map(String::as_str);
            Failure::usage(format!("{} is not a tree of folders:", input::name(path)))
                .listing(listed)
                .advise("write one folder on each line, as a path with slashes or indented below its parent")
        })
    }
}

/// Reads the lines. Blank lines, lines that begin with `#`, and the bullets of a list are left out.
/// Returns all mistakes, with the numbers of their lines.
fn parse(text: &str) -> Result<Vec<String>, Vec<String>> {
    // The indents of the folders around the current line, with their paths.
    let mut around: Vec<(usize, String)> = Vec::new();
    let (mut paths, mut mistakes) = (Vec::new(), Vec::new());
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, line)) {
        let title = line.trim();
        if title.is_empty() || title.starts_with('#') || title == "." {
            continue;
        }
        if title.contains(is_branch) {
            mistakes.push(format!("line {number}: drawn with lines; indent the folders with spaces instead"));
            continue;
        }
        let title = without_bullet(title);
        let blanks = &line[..line.len() - line.trim_start().len()];
        if blanks.contains('\t') && blanks.contains(' ') {
            mistakes.push(format!("line {number}: indented with tabs and spaces"));
            continue;
        }
        let indent = blanks.chars().count();
        let is_deeper = around.last().is_some_and(|(outer, _)| indent > *outer);
        if !is_deeper {
            while around.last().is_some_and(|(outer, _)| *outer > indent) {
                around.pop();
            }
            match around.last() {
                Some((outer, _)) if *outer == indent => drop(around.pop()),
                None if indent == 0 || paths.is_empty() => {}
                _ => {
                    mistakes.push(format!("line {number}: the indentation matches no line above"));
                    continue;
                }
            }
        }
        // As the command `find` prints paths.
        let title = title.strip_prefix("./").unwrap_or(title);
        let inner = match title.parse::<FolderPath>() {
            Ok(path) => path.to_string(),
            Err(reason) => {
                mistakes.push(format!("line {number}: {reason}"));
                continue;
            }
        };
        let path = match around.last() {
            Some((_, outer)) => format!("{outer}/{inner}"),
            None => inner,
        };
        if paths.contains(&path) {
            mistakes.push(format!("line {number}: `{path}` is there twice"));
            continue;
        }
        around.push((indent, path.clone()));
        paths.push(path);
    }
    if paths.is_empty() && mistakes.is_empty() {
        mistakes.push("it has no folders".to_owned());
    }
    if mistakes.is_empty() { Ok(paths) } else { Err(mistakes) }
}

/// Whether the character draws a tree, as in the output of the command `tree`.
fn is_branch(character: char) -> bool {
    ('\u{2500}'..='\u{257f}').contains(&character)
}

fn without_bullet(line: &str) -> &str {
    ["- ", "* ", "+ ", "• "].iter().find_map(|bullet| line.strip_prefix(bullet)).map_or(line, str::trim_start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_can_be_paths_or_indented() {
        let text = "# Tree of a client\nContracts\n  2026\n    Drafts\n  2027/Signed\n\nInvoices/\n";
        let paths = ["Contracts", "Contracts/2026", "Contracts/2026/Drafts", "Contracts/2027/Signed", "Invoices"];
        assert_eq!(parse(text).expect("a tree"), paths);
        assert_eq!(parse("A\n\tB\n\t\tC\nD").expect("tabs"), ["A", "A/B", "A/B/C", "D"]);
    }

    #[test]
    fn lists_with_bullets_and_the_output_of_find_are_read() {
        assert_eq!(parse("- A\n  - B\n  * C 2\n").expect("a list"), ["A", "A/B", "A/C 2"]);
        assert_eq!(parse(".\n./A\n./A/B\n").expect("paths"), ["A", "A/B"]);
    }

    #[test]
    fn drawn_trees_are_refused() {
        let mistakes = parse(".\n├── A\n").expect_err("a drawing");
        assert_eq!(mistakes, ["line 2: drawn with lines; indent the folders with spaces instead"]);
    }

    #[test]
    fn mistakes_have_the_numbers_of_their_lines() {
        let mistakes = parse("A\n    B\n  C\n \tD\nE//F\nA\n").expect_err("mistakes");
        assert_eq!(
            mistakes,
            [
                "line 3: the indentation matches no line above",
                "line 4: indented with tabs and spaces",
                "line 5: the path `E//F` has an empty title; write one slash between two titles",
                "line 6: `A` is there twice",
            ]
        );
        assert_eq!(parse("# nothing\n\n").expect_err("no folders"), ["it has no folders"]);
    }

    /// A tree as its lines: the depth and the title of each folder.
    fn tree() -> impl Strategy<Value = Vec<(usize, String)>> {
        proptest::collection::vec((0..4_usize, "[a-z]{1,3}"), 1..12).prop_map(|lines| {
            let mut depth = 0;
            let numbered = lines.into_iter().enumerate().map(|(index, (deeper, title))| {
                depth = if index == 0 { 0 } else { deeper.min(depth + 1) };
                (depth, format!("{title}{index}"))
            });
            numbered.collect()
        })
    }

    proptest! {
        #[test]
        fn indented_tree_and_its_paths_are_the_same(lines in tree(), width in 1..5_usize) {
            let text: String =
                lines.iter().map(|(depth, title)| format!("{}{title}\n", " ".repeat(depth * width))).collect();
            let paths = parse(&text).expect("a tree");
            prop_assert_eq!(paths.len(), lines.len());
            for (path, (depth, title)) in paths.iter().zip(&lines) {
                prop_assert_eq!(path.matches('/').count(), *depth);
                prop_assert!(path.ends_with(title));
            }
            prop_assert_eq!(parse(&paths.join("\n")), Ok(paths));
        }

        #[test]
        fn any_text_is_a_tree_or_has_mistakes(text in "[ab/# \\t\\n]{0,40}|\\PC{0,40}") {
            match parse(&text) {
                Ok(paths) => prop_assert!(!paths.is_empty()),
                Err(mistakes) => prop_assert!(!mistakes.is_empty()),
            }
        }
    }
}
