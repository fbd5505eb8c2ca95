//! Reads the nodes of a file, and collects what is wrong with them.

use std::path::PathBuf;

use marked_yaml::types::{MarkedMappingNode, MarkedScalarNode};
use marked_yaml::{Node, Span};

use crate::problem::{Place, Problem};
use crate::rules::Impossible;

/// Reads one file.
pub(super) struct Reader {
    file: String,
    /// The directory of the file, if it is on disk.
    pub(super) directory: Option<PathBuf>,
    pub(super) problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn new(file: &str, directory: Option<PathBuf>) -> Self {
        Self { file: file.to_owned(), directory, problems: Vec::new() }
    }

    /// The place at which a node begins.
    pub(super) fn place(&self, span: &Span) -> Place {
        let (line, column) = span.start().map_or((1, 1), |start| (start.line(), start.column()));
        Place { file: self.file.clone(), line, column }
    }

    pub(super) fn wrong(&mut self, span: &Span, message: impl Into<String>, advice: impl Into<String>) {
        let problem = Problem::new(Some(self.place(span)), message).advise(advice);
        self.problems.push(problem);
    }

    /// Notes that a combination is impossible. Returns whether it is possible.
    pub(super) fn check(&mut self, span: &Span, checked: Result<(), Impossible>) -> bool {
        let possible = checked.is_ok();
        if let Err(Impossible { message, advice }) = checked {
            self.wrong(span, message, advice);
        }
        possible
    }

    /// Reads a mapping. `what` is what it describes, such as "a room".
    pub(super) fn mapping<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n MarkedMappingNode> {
        let mapping = node.as_mapping();
        if mapping.is_none() {
            let message = format!("{what} must be a mapping, not {}", described(node));
            self.wrong(node.span(), message, "write one `key: value` on each line");
        }
        mapping
    }

    /// Reads a list, of which `null` is the empty one.
    pub(super) fn list<'n>(&mut self, node: &'n Node, key: &str) -> Option<Vec<&'n Node>> {
        match node {
            Node::Sequence(sequence) => Some(sequence.iter().collect()),
            null if is_null(null) => Some(Vec::new()),
            _ => {
                let message = format!("`{key}` must be a list, not {}", described(node));
                self.wrong(node.span(), message, "write `- ` before each entry");
                None
            }
        }
    }

    /// Reads a mapping of names, of which `null` and `[]` are the empty one.
    pub(super) fn named<'n>(
        &mut self,
        node: &'n Node,
        key: &str,
        form: &str,
    ) -> Option<Vec<(&'n MarkedScalarNode, &'n Node)>> {
        match node {
            Node::Mapping(mapping) => Some(mapping.iter().collect()),
            Node::Sequence(sequence) if sequence.is_empty() => Some(Vec::new()),
            null if is_null(null) => Some(Vec::new()),
            _ => {
                let message = format!("`{key}` must be a mapping, not {}", described(node));
                self.wrong(node.span(), message, format!("write `{form}` on each line"));
                None
            }
        }
    }

    /// Reports a key that does not exist, with the most similar one that does.
    pub(super) fn unknown(&mut self, key: &MarkedScalarNode, what: &str, known: &[&str]) {
        let message = format!("{what} has no key `{}`", key.as_str());
        let advice = match similar(key.as_str(), known) {
            Some(similar) => format!("write `{similar}`"),
            None => match known {
                [only] => format!("the only key is `{only}`"),
                _ => format!("the keys are {}", known.join(", ")),
            },
        };
        self.wrong(key.span(), message, advice);
    }

    /// Reports that a mapping lacks a key.
    pub(super) fn missing(&mut self, mapping: &MarkedMappingNode, what: &str, key: &str, example: &str) {
        self.wrong(&beginning(mapping), format!("{what} has no `{key}`"), format!("add {example}"));
    }
}

/// Where a mapping begins: at its first key, or at the brace before it.
pub(super) fn beginning(mapping: &MarkedMappingNode) -> Span {
    let key = mapping.keys().next().and_then(|key| key.span().start());
    let starts = mapping.span().start().into_iter().chain(key);
    starts
        .min_by_key(|start| (start.line(), start.column()))
        .map_or_else(Span::new_blank, |start| Span::new_start(*start))
}

/// Whether a node is an explicit or a left out `null`.
pub(super) fn is_null(node: &Node) -> bool {
    node.as_scalar()
        .is_some_and(|scalar| scalar.may_coerce() && matches!(scalar.as_str(), "" | "~" | "null" | "Null" | "NULL"))
}

/// What a node is, for messages.
pub(super) fn described(node: &Node) -> String {
    match node {
        null if is_null(null) => "null".to_owned(),
        Node::Scalar(scalar) if scalar.is_empty() => "an empty string".to_owned(),
        Node::Scalar(scalar) => format!("`{}`", docspace::printable(scalar.as_str())),
        Node::Mapping(_) => "a mapping".to_owned(),
        Node::Sequence(_) => "a list".to_owned(),
    }
}

/// The most similar word, if one is similar.
pub(super) fn similar<'w>(written: &str, known: &[&'w str]) -> Option<&'w str> {
    let plain = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
    let written = plain(written);
    let distance = |word: &&'w str| strsim::damerau_levenshtein(&plain(word), &written);
    known.iter().copied().min_by_key(distance).filter(|word| distance(word) <= 1 + word.len() / 5)
}
