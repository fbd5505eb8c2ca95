//! Line numbers of places, so that an editor can jump to them.

use std::collections::BTreeMap;

use marked_yaml::{Marker, Node};

use super::place::Place;

/// The line on which each value of the document begins. A mapping's entry begins at its key.
#[derive(Debug, Default)]
pub(super) struct Lines(BTreeMap<Place, usize>);

impl Lines {
    /// Parses the text a second time because the parser of the values does not keep lines. If this
    /// parser cannot read the text, for instance because of anchors, only the line numbers are
    /// missing.
    pub(super) fn of(text: &str) -> Self {
        let mut lines = Self::default();
        if let Ok(node) = marked_yaml::parse_yaml(0, text) {
            lines.walk(&Place::root(), &node);
        }
        lines
    }

    /// The line of the place, or of the nearest enclosing place in the text.
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
    fn line_of_a_value_is_the_line_of_its_key() {
        let lines = Lines::of("info:\n  title: x\ntags:\n  - name: a\n  - name: b\n");
        let line = |pointer: &str| lines.line(&Place::of_ref(&format!("#{pointer}")).unwrap());
        assert_eq!(line("/info/title"), Some(2));
        assert_eq!(line("/tags/1"), Some(5));
        assert_eq!(line("/tags/1/description"), Some(5), "a missing value has the line of the enclosing value");
        assert_eq!(line("/paths"), None);
    }

    #[test]
    fn text_with_anchors_has_no_line_numbers() {
        assert_eq!(Lines::of("a: &x {b: 1}\nc: *x\n").line(&Place::root().child("a")), None);
    }
}
