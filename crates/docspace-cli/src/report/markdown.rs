//! Reports as Markdown, for issues, wikis and merge requests.

use std::fmt::Write;

use super::document::Document;
use super::text::columns;
use crate::output::Record;

/// Formats the whole report.
pub(super) fn format<R: Record>(document: &Document<R>) -> String {
    let mut text = format!("# {}: {}\n\n", document.title, escaped(&document.headline));
    for sentence in &document.summary {
        let _ = writeln!(text, "{}\n", escaped(sentence));
    }
    let about = &document.about;
    for (name, value) in [
        ("Portal", &about.portal),
        ("Account", &about.account),
        ("Rooms", &about.rooms),
        ("Date", &about.date()),
        ("Command", &about.command),
    ] {
        let _ = writeln!(text, "- {name}: {}", escaped(value));
    }
    text.push_str("\n## Findings\n\n");
    if document.shown_findings().next().is_none() {
        text.push_str("Nothing was found.\n\n");
    }
    for finding in document.shown_findings() {
        let _ = writeln!(text, "### {} ({})\n\n{}\n", finding.title, finding.things.len(), finding.advice);
        list(&mut text, &finding.things);
    }
    if !document.unread.is_empty() {
        text.push_str("## Not readable\n\n");
        for unread in &document.unread {
            let _ = writeln!(text, "{}\n", escaped(&unread.sentence()));
            list(&mut text, &unread.rooms);
        }
    }
    let _ = writeln!(text, "## All {}\n", document.nouns);
    table(&mut text, document);
    text
}

fn list(text: &mut String, things: &[String]) {
    for thing in things {
        let _ = writeln!(text, "- {}", escaped(thing));
    }
    if !things.is_empty() {
        text.push('\n');
    }
}

fn table<R: Record>(text: &mut String, document: &Document<R>) {
    let columns = columns(document);
    let names: Vec<_> = columns.iter().map(|field| field.heading()).collect();
    let _ = writeln!(text, "| {} |\n|{}", names.join(" | "), "---|".repeat(names.len()));
    for record in &document.records {
        let cells: Vec<_> = columns.iter().map(|field| escaped(&field.cell(record).0)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
}

/// Escapes the characters that have a meaning in Markdown or HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_other_people_are_not_markup() {
        assert_eq!(escaped("a|b_c <script> [x](y) `d`"), "a\\|b\\_c &lt;script&gt; \\[x\\](y) \\`d\\`");
    }
}
