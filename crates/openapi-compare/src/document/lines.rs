//! Line numbers for places, so that a breach can be clicked on.

use std::collections::BTreeMap;

use marked_yaml::{Marker, Node};

use super::place::Place;

/// The line on which each value of the document begins; a mapping's entry begins at its key.
#[derive(Debug, Default)]
pub(super) struct Lines(BTreeMap<Place, usize>);

impl Lines {
    /// Reads the text a second time, as the parser that makes the values does not keep lines.
    /// What this parser cannot read (anchors, for one) only costs the line numbers.
    pub(super) fn of(text: &str) -> Self {
        let mut lines = Self::default();
        if let Ok(node) = marked_yaml::parse_yaml(0, text) {
            lines.walk(&Place::root(), &node);
        }
        lines
    }

    /// The line of the place, or of the nearest one around it that is in the text.
    pub(super) fn line(&self, place: &Place) -> Option<usize> {
        place.outwards().find_map(|place| self.0.get(&place).copied())
    }

    fn walk(&mut self, place: &Place, node: &Node) {
        match node {
            Node::Scalar(_) => {}
            Node::Mapping(mapping) => {
                for (key, value) in mapping.iter() {
                    let child = place.child(key.as_str());
                    self.note(&child, key.span().start());
                    self.walk(&child, value);
                }
            }
            Node::Sequence(sequence) => {
                for (index, value) in sequence.iter().enumerate() {
                    let child = place.child(index);
                    self.note(&child, value.span().start());
                    self.walk(&child, value);
                }
            }
        }
    }

    fn note(&mut self, place: &Place, start: Option<&Marker>) {
        if let Some(start) = start {
            self.0.insert(place.clone(), start.line());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_keys() {
        let lines = Lines::of("info:\n  title: x\ntags:\n  - name: a\n  - name: b\n");
        let line = |pointer: &str| lines.line(&Place::of_ref(&format!("#{pointer}")).unwrap());
        assert_eq!(line("/info/title"), Some(2));
        assert_eq!(line("/tags/1"), Some(5));
        assert_eq!(line("/tags/1/description"), Some(5), "what is missing has the line of what it is missing from");
        assert_eq!(line("/paths"), None);
    }

    #[test]
    fn anchors_only_cost_the_line_numbers() {
        assert_eq!(Lines::of("a: &x {b: 1}\nc: *x\n").line(&Place::root().child("a")), None);
    }
}
