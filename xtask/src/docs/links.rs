//! Links between documents, `[limits](limits.md#per-minute)`, and pages that other texts cite,
//! `docs/portal/limits.md#per-minute`.

use std::collections::BTreeMap;
use std::path::Path;

use regex::Regex;

use super::Text;

/// The documents with the anchors of their headings.
pub(super) type Headings<'t> = BTreeMap<&'t str, Vec<String>>;

/// One line for each link of a document that leads to a missing file, or to a missing heading of a
/// document.
pub(super) fn faults(root: &Path, documents: &[Text], headings: &Headings<'_>) -> Vec<String> {
    let link = Regex::new(r"\]\(([^)\s]+)\)").expect("a regular expression");
    let mut faults = Vec::new();
    for Text { path, text } in documents {
        for found in link.captures_iter(text) {
            let target = &found[1];
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
            let full = if file.is_empty() { path.clone() } else { resolve(path, file) };
            if !exists(root, headings, &full, anchor) {
                let line = text[..found.get(0).map_or(0, |whole| whole.start())].matches('\n').count() + 1;
                faults.push(format!("{path}:{line}: the link to {target} leads nowhere"));
            }
        }
    }
    faults
}

/// One line for each page that another text cites by its path from the root, and that does not
/// exist.
pub(super) fn cited<'t>(root: &Path, headings: &Headings<'_>, texts: impl Iterator<Item = &'t Text>) -> Vec<String> {
    let citation = Regex::new(r"\bdocs/[a-z0-9/-]+\.md(?:#[\w-]+)?").expect("a regular expression");
    let mut faults = Vec::new();
    for Text { path, text } in texts {
        for found in citation.find_iter(text) {
            let target = found.as_str();
            let (file, anchor) = target.split_once('#').map_or((target, None), |(file, anchor)| (file, Some(anchor)));
            if !exists(root, headings, file, anchor) {
                let line = text[..found.start()].matches('\n').count() + 1;
                faults.push(format!("{path}:{line}: there is no {target}"));
            }
        }
    }
    faults
}

/// The headings of all documents.
pub(super) fn headings(documents: &[Text]) -> Headings<'_> {
    documents.iter().map(|document| (&*document.path, anchors(&document.text))).collect()
}

fn exists(root: &Path, headings: &Headings<'_>, file: &str, anchor: Option<&str>) -> bool {
    match (headings.get(file), anchor) {
        (Some(anchors), Some(anchor)) => anchors.iter().any(|known| known == anchor),
        (Some(_), None) => true,
        (None, _) => root.join(file).exists(),
    }
}

/// A path that is written in a file, from the root.
fn resolve(from: &str, written: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The anchors of a document's headings, as GitHub and mdBook make them.
fn anchors(text: &str) -> Vec<String> {
    let mut in_code = false;
    let lines = text.lines().filter(move |line| {
        in_code ^= line.trim_start().starts_with("```");
        !in_code
    });
    let headings = lines.filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    headings
        .map(|heading| {
            let kept = heading.to_lowercase();
            let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_named_with_their_lines() {
        let document = |path: &str, text: &str| Text { path: path.to_owned(), text: text.to_owned() };
        let documents = [
            document("docs/a.md", "# A\n[b](portal/b.md#who-may-do-what)\n[c](c.md)\n[x](#a)\n[y](portal/b.md#gone)"),
            document(
                "docs/portal/b.md",
                "```\n# not a heading\n```\n## Who may do `what`?\n[a](../a.md) [web](https://acme.com/)",
            ),
        ];
        assert_eq!(
            faults(Path::new("nowhere"), &documents, &headings(&documents)),
            ["docs/a.md:3: the link to c.md leads nowhere", "docs/a.md:5: the link to portal/b.md#gone leads nowhere"]
        );
    }

    #[test]
    fn citations_of_missing_pages_and_headings_are_named_with_their_lines() {
        let text = |path: &str, text: &str| Text { path: path.to_owned(), text: text.to_owned() };
        let pages = [text("docs/portal/rooms.md", "# Rooms\n## Pinned rooms")];
        let code = [text(
            "crates/x/src/lib.rs",
            "// docs/portal/rooms.md\n// (docs/portal/rooms.md#pinned-rooms)\n// docs/portal/rooms.md#gone, docs/portal/gone.md",
        )];
        assert_eq!(
            cited(Path::new("nowhere"), &headings(&pages), code.iter()),
            [
                "crates/x/src/lib.rs:3: there is no docs/portal/rooms.md#gone",
                "crates/x/src/lib.rs:3: there is no docs/portal/gone.md",
            ]
        );
    }
}
