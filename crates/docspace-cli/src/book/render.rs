//! Formatting the Markdown of the book for a terminal.

use termimad::MadSkin;

use super::Topic;
use super::sections::slug;
use crate::terminal::Terminal;

/// The largest width of the text in columns. Longer lines are hard to read.
const MAX_WIDTH: usize = 110;

/// Formats a topic for a terminal.
pub(crate) fn for_terminal(topic: &Topic, terminal: Terminal) -> String {
    let page = topic.name.split('/').next().unwrap_or_default();
    let mut skin = if terminal.colors { MadSkin::default() } else { MadSkin::no_style() };
    skin.headers[0].align = termimad::Alignment::Left;
    let text = with_topic_names(&joined(topic.text), page);
    let text = skin.text(&text, Some(terminal.columns.min(MAX_WIDTH))).to_string();
    // The library fills lines up to the width.
    let lines = text.lines().map(|line| format!("{}\n", line.trim_end_matches(' ')));
    lines.collect()
}

/// Puts each paragraph and each item of a list on one line, because the library keeps line breaks.
/// Turns the quote with the traps into a section.
fn joined(markdown: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut in_code = false;
    for line in markdown.lines() {
        let line = line.strip_prefix('>').map_or(line, |quoted| quoted.strip_prefix(' ').unwrap_or(quoted));
        let is_fence = line.trim_start().starts_with("```");
        let continues = !in_code && !is_fence && !begins_block(line.trim_start());
        match lines.last_mut().filter(|last| continues && can_continue(last)) {
            Some(last) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            None => lines.push(if line == "**Traps**" { "## Traps".to_owned() } else { line.to_owned() }),
        }
        in_code ^= is_fence;
    }
    lines.join("\n")
}

/// Whether a line begins a heading, a row of a table or an item of a list, or is empty.
fn begins_block(line: &str) -> bool {
    let is_numbered = |(number, _): (&str, &str)| number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    line.is_empty()
        || line.starts_with(['#', '|'])
        || line.starts_with("- ")
        || line.split_once(". ").is_some_and(is_numbered)
}

/// Whether the next line can be a part of this one.
fn can_continue(line: &str) -> bool {
    !line.is_empty() && !line.starts_with(['#', '|']) && !line.trim_start().starts_with("```")
}

/// Replaces the links between pages with the names of their topics.
fn with_topic_names(markdown: &str, page: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((label, target, end)) = next_link(rest) {
        let begin = label.as_ptr().addr() - rest.as_ptr().addr() - 1;
        text.push_str(&rest[..begin]);
        let name = topic_name(target, page);
        if label.trim_end_matches(".md") == name.split('/').next().unwrap_or_default() {
            text.push_str(&name);
        } else {
            text.push_str(&format!("{label} ({name})"));
        }
        rest = &rest[end..];
    }
    text + rest
}

/// Returns the label and the target of the first link, and where it ends.
fn next_link(text: &str) -> Option<(&str, &str, usize)> {
    let middle = text.find("](")?;
    let begin = text[..middle].rfind('[')?;
    let end = middle + text[middle..].find(')')?;
    Some((&text[begin + 1..middle], &text[middle + 2..end], end + 1))
}

/// Returns the name of the topic to which a link leads, or the address of another page.
fn topic_name(target: &str, page: &str) -> String {
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let page = match file {
        "" => page,
        file => match file.strip_suffix(".md").filter(|name| !name.contains('/')) {
            Some(name) => name,
            None => return target.to_owned(),
        },
    };
    if anchor.is_empty() { page.to_owned() } else { format!("{page}/{}", slug(anchor)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_items_are_joined_and_blocks_are_kept() {
        let markdown = "# A\n\none\ntwo\n\n> **Traps**\n>\n> - three\n>   four\n\n- five\n  1. six\n  200. seven\n\
                        | a |\n|---|\n\n```json\n{\n}\n```\nend";
        let expected = "# A\n\none two\n\n## Traps\n\n- three four\n\n- five\n  1. six 200. seven\n\
                        | a |\n|---|\n\n```json\n{\n}\n```\nend";
        assert_eq!(joined(markdown), expected);
    }

    #[test]
    fn links_become_the_names_of_topics() {
        let text =
            "See [members.md](members.md#access-levels), [Titles](#titles), [lists.md](lists.md) and [x](../a.md).";
        let expected = "See members/access-levels, Titles (rooms/titles), lists and x (../a.md).";
        assert_eq!(with_topic_names(text, "rooms"), expected);
    }

    #[test]
    fn no_line_of_text_is_wider_than_the_terminal() {
        let topic = super::super::find("links").remove(0);
        for columns in [60, 80, 200] {
            let text = for_terminal(&topic, Terminal { columns, ..Terminal::none() });
            let widest = text.lines().map(console::measure_text_width).max();
            assert!(widest.is_some_and(|width| width <= columns.min(MAX_WIDTH)), "{columns}: {widest:?}");
        }
    }
}
