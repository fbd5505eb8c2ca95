//! Dividing a page into its sections.

use std::collections::HashMap;

use super::Topic;

/// A heading, and where it begins in the text.
struct Heading<'t> {
    begin: usize,
    level: usize,
    title: &'t str,
}

/// The line with which the list of traps begins.
const TRAPS: &str = "> **Traps**";

/// Returns the page and its sections in their order.
pub(super) fn sections(page: &str, text: &'static str) -> Vec<Topic> {
    let headings = headings(text);
    let mut used = HashMap::new();
    let mut topics = Vec::with_capacity(headings.len());
    for (place, heading) in headings.iter().enumerate() {
        let rest = &headings[place + 1..];
        let end_of = |next: Option<&Heading<'_>>| next.map_or(text.len(), |next| next.begin);
        let end = end_of(rest.iter().find(|next| next.level <= heading.level));
        let own = text[heading.begin..end_of(rest.first())].trim();
        let text = text[heading.begin..end].trim();
        let (name, title) = if heading.level == 1 {
            (page.to_owned(), first_sentence(own))
        } else {
            (format!("{page}/{}", unique(slug(heading.title), &mut used)), heading.title.to_owned())
        };
        topics.push(Topic { name, title, text, own });
    }
    topics
}

/// Finds the headings, and the list of traps, which has none.
fn headings(text: &str) -> Vec<Heading<'_>> {
    let mut headings = Vec::new();
    let (mut begin, mut in_code) = (0, false);
    for line in text.split_inclusive('\n') {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if line.starts_with("```") {
            in_code = !in_code;
        } else if !in_code && level > 0 && line[level..].starts_with(' ') {
            headings.push(Heading { begin, level, title: line[level..].trim() });
        } else if line.trim_end() == TRAPS {
            headings.push(Heading { begin, level: 2, title: "Traps" });
        }
        begin += line.len();
    }
    headings
}

/// Returns the first sentence of a page, without what all of them begin with.
fn first_sentence(page: &str) -> String {
    let lines = page.lines().skip(1).skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    let paragraph = lines.collect::<Vec<_>>().join(" ");
    let sentence = paragraph.split_once(". ").map_or(&*paragraph, |(first, _)| first).trim_end_matches('.');
    let about = sentence.strip_prefix("This page covers ").unwrap_or(sentence);
    let (first, rest) = about.split_at(about.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}", first.to_uppercase())
}

/// Returns the anchor of a heading, as GitHub and mdBook make it.
pub(super) fn slug(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Adds a number to an anchor that an earlier section of the page has.
fn unique(slug: String, used: &mut HashMap<String, usize>) -> String {
    let count = used.entry(slug.clone()).and_modify(|count| *count += 1).or_insert(0);
    if *count == 0 { slug } else { format!("{slug}-{count}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Fruits\n\nThis page covers fruits. More.\n\n> **Traps**\n>\n> - Stones.\n\nAll.\n\n\
                        ## Types\n\nTwo.\n\n```\n# no heading\n```\n\n### The answer\n\nYes.\n\n## The answer\n";

    #[test]
    fn sections_contain_those_below_them() {
        let sections = sections("fruits", PAGE);
        let names: Vec<_> = sections.iter().map(|topic| &*topic.name).collect();
        assert_eq!(names, ["fruits", "fruits/traps", "fruits/types", "fruits/the-answer", "fruits/the-answer-1"]);
        assert_eq!(sections[0].title, "Fruits");
        assert_eq!(sections[0].text, PAGE.trim());
        assert!(sections[1].text.ends_with("All."));
        assert!(sections[2].text.ends_with("Yes.") && sections[2].own.ends_with("```"));
    }

    #[test]
    fn slugs_are_those_of_the_links_between_pages() {
        assert_eq!(slug("`usedSpace`, `quotaLimit` and x"), "usedspace-quotalimit-and-x");
        assert_eq!(slug("Login history"), "login-history");
    }
}
