//! What a file has of YAML that a manifest cannot have. The reader of nodes stops at the first of
//! these, so all of them are found before it.

use std::collections::HashMap;

use marked_yaml::{Marker as Place, Span};
use yaml_rust2::Event;
use yaml_rust2::parser::Parser;
use yaml_rust2::scanner::Marker;

/// The maximum number of lists and mappings inside each other. A manifest needs half of this, and
/// the reader of nodes would use the whole stack for thousands.
const MAX_DEPTH: usize = 16;

/// One thing that is wrong: where, what, and what to do.
pub(super) struct Mistake {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) advice: &'static str,
    /// Whether the nodes of the file can be read in spite of it.
    pub(super) is_readable: bool,
}

/// Finds all mistakes of a file, up to the place at which it is not YAML.
pub(super) fn mistakes(text: &str) -> Vec<Mistake> {
    let mut walk = Walk::default();
    let mut parser = Parser::new(text.chars());
    // What is not YAML is reported by the reader of nodes.
    while let Ok((event, mark)) = parser.next_token() {
        if event == Event::StreamEnd || walk.is_done {
            break;
        }
        walk.add(event, mark);
    }
    walk.mistakes
}

/// An open list or mapping.
enum Open {
    List,
    Mapping {
        /// The keys with their lines.
        keys: HashMap<String, usize>,
        is_key_next: bool,
    },
}

#[derive(Default)]
struct Walk {
    open: Vec<Open>,
    documents: usize,
    /// Whether the rest of the file is not looked at.
    is_done: bool,
    mistakes: Vec<Mistake>,
}

impl Walk {
    fn add(&mut self, event: Event, mark: Marker) {
        match event {
            Event::DocumentStart => {
                self.documents += 1;
                if self.documents > 1 {
                    self.found(mark, "the file has a second document", "write one document in each file");
                    self.is_done = true;
                }
            }
            Event::Scalar(text, _, anchor, tag) => {
                let is_key = self.begins_node(anchor, tag.is_some(), mark);
                if is_key {
                    self.add_key(text, mark);
                }
            }
            Event::SequenceStart(anchor, tag) => self.begins(Open::List, anchor, tag.is_some(), mark),
            Event::MappingStart(anchor, tag) => {
                let mapping = Open::Mapping { keys: HashMap::new(), is_key_next: true };
                self.begins(mapping, anchor, tag.is_some(), mark);
            }
            Event::SequenceEnd | Event::MappingEnd => drop(self.open.pop()),
            // Its anchor is reported.
            Event::Alias(_) => drop(self.begins_node(0, false, mark)),
            _ => {}
        }
    }

    /// Adds the beginning of a list or mapping.
    fn begins(&mut self, open: Open, anchor: usize, has_tag: bool, mark: Marker) {
        if self.begins_node(anchor, has_tag, mark) {
            self.found(mark, "a key must be text", "quote it if it begins with `[` or `{`");
        }
        self.open.push(open);
        if self.open.len() > MAX_DEPTH {
            let message = format!("lists and mappings are nested more than {MAX_DEPTH} levels deep");
            self.found(mark, &message, "remove some levels");
            self.is_done = true;
        }
    }

    /// Adds the beginning of a node. Returns whether it is a key of a mapping.
    fn begins_node(&mut self, anchor: usize, has_tag: bool, mark: Marker) -> bool {
        if has_tag {
            self.found(mark, "tags of YAML are not supported", "quote text that begins with `!`");
        }
        if anchor != 0 {
            self.found(mark, "anchors are not supported", "write `defaults:` for what rooms have in common");
        }
        match self.open.last_mut() {
            Some(Open::Mapping { is_key_next, .. }) => {
                *is_key_next = !*is_key_next;
                !*is_key_next
            }
            _ => false,
        }
    }

    fn add_key(&mut self, key: String, mark: Marker) {
        let Some(Open::Mapping { keys, .. }) = self.open.last_mut() else { return };
        if let Some(line) = keys.get(&key) {
            let message = format!("the key `{key}` is already on line {line}");
            let span = span(mark);
            self.mistakes.push(Mistake { span, message, advice: "remove one of them", is_readable: true });
        } else {
            keys.insert(key, mark.line());
        }
    }

    /// Adds a mistake with which the nodes of the file cannot be read.
    fn found(&mut self, mark: Marker, message: &str, advice: &'static str) {
        self.mistakes.push(Mistake { span: span(mark), message: message.to_owned(), advice, is_readable: false });
    }
}

fn span(mark: Marker) -> Span {
    Span::new_start(Place::new(0, mark.index(), mark.line(), mark.col() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let shown = |mistake: Mistake| {
            let start = *mistake.span.start().unwrap();
            format!("{}:{} {}", start.line(), start.column(), mistake.message)
        };
        mistakes(text).into_iter().map(shown).collect()
    }

    #[test]
    fn all_mistakes_are_found_with_their_places() {
        assert_eq!(
            found("a: 1\nb: {c: 1, c: 2}\na: !x 2\nd: &y [{e: 1}, {e: 1}]\n? [z]\n: *y\n"),
            [
                "2:11 the key `c` is already on line 2",
                "3:1 the key `a` is already on line 1",
                "3:7 tags of YAML are not supported",
                "4:7 anchors are not supported",
                "5:3 a key must be text",
            ]
        );
        assert_eq!(found("rooms: []\n---\nrooms: []\n---\n"), ["2:1 the file has a second document"]);
        assert_eq!(found("a: {b: [c, {d: e}]}"), [""; 0]);
    }

    #[test]
    fn deep_lists_do_not_overflow_the_stack() {
        let deep = format!("rooms:\n{}", "- ".repeat(100_000));
        let found = found(&deep);
        assert!(found.len() == 1 && found[0].ends_with("nested more than 16 levels deep"), "{found:?}");
    }
}
