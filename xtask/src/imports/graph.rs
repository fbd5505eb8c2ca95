//! The graph of uses between files, and its cycles.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use super::names::Names;
use super::tree::{File, FileId, Tree};
use super::uses::uses;

/// The uses between files or between top-level modules, one for each pair.
pub(super) struct Graph {
    edges: BTreeMap<String, BTreeMap<String, Edge>>,
}

/// A use of something that another file defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    from: String,
    line: usize,
    name: String,
    to: String,
}

/// Nodes that all reach each other.
pub(super) struct Cycle {
    /// Number of nodes.
    pub(super) size: usize,
    /// One of the shortest paths from a node back to itself. It may miss some of the nodes.
    pub(super) shortest: Vec<Edge>,
}

impl Graph {
    /// The graph of the files of a crate.
    pub(super) fn of_files(tree: &Tree) -> Self {
        Self::new(tree, |file| Some(file.name.clone()))
    }

    /// The graph of the top-level modules of a crate.
    pub(super) fn of_top_level_modules(tree: &Tree) -> Self {
        Self::new(tree, |file| file.path.first().cloned())
    }

    /// A graph whose nodes group files. Files without a node are left out.
    fn new(tree: &Tree, node: impl Fn(&File) -> Option<String>) -> Self {
        let mut edges: BTreeMap<String, BTreeMap<String, Edge>> = BTreeMap::new();
        for edge in file_edges(tree) {
            let [from, to] = [edge.0, edge.1].map(|file| node(&tree.files[file]));
            if let (Some(from), Some(to)) = (from, to)
                && from != to
            {
                let known = edges.entry(from).or_default().entry(to).or_insert_with(|| edge.2.clone());
                *known = edge.2.min(known.clone());
            }
        }
        Self { edges }
    }

    pub(super) fn edge_count(&self) -> usize {
        self.edges.values().map(BTreeMap::len).sum()
    }

    /// All cycles, largest first.
    pub(super) fn cycles(&self) -> Vec<Cycle> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|node| (node.as_str(), self.reached(node))).collect();
        let leads = |from: &str, to: &str| reached.get(from).is_some_and(|reached| reached.contains(to));
        let mut rest: BTreeSet<&str> = reached.keys().copied().filter(|node| leads(node, node)).collect();
        let mut cycles = Vec::new();
        while let Some(first) = rest.first().copied() {
            let members: Vec<&str> =
                rest.iter().copied().filter(|node| leads(first, node) && leads(node, first)).collect();
            rest.retain(|node| !members.contains(node));
            let paths = members.iter().filter_map(|node| self.shortest_cycle(node));
            let shortest = paths.min_by_key(Vec::len).unwrap_or_default();
            cycles.push(Cycle { size: members.len(), shortest });
        }
        cycles.sort_by_key(|cycle| std::cmp::Reverse(cycle.size));
        cycles
    }

    /// The nodes that a node reaches in one or more steps.
    fn reached(&self, from: &str) -> BTreeSet<&str> {
        let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(node) = open.pop() {
            for (next, _) in self.edges.get(node).into_iter().flatten() {
                if reached.insert(next.as_str()) {
                    open.push(next);
                }
            }
        }
        reached
    }

    /// The shortest path from a node back to itself.
    fn shortest_cycle(&self, start: &str) -> Option<Vec<Edge>> {
        let mut open: VecDeque<(&str, Vec<&Edge>)> = VecDeque::from([(start, Vec::new())]);
        let mut seen = BTreeSet::new();
        while let Some((node, path)) = open.pop_front() {
            for (next, edge) in self.edges.get(node).into_iter().flatten() {
                let path: Vec<&Edge> = path.iter().copied().chain([edge]).collect();
                if next == start {
                    return Some(path.into_iter().cloned().collect());
                }
                if seen.insert(next.as_str()) {
                    open.push_back((next, path));
                }
            }
        }
        None
    }
}

impl fmt::Display for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} uses {} from {}", self.from, self.line, self.name, self.to)
    }
}

fn file_edges(tree: &Tree) -> Vec<(FileId, FileId, Edge)> {
    let names = Names::of(tree);
    let mut edges = Vec::new();
    for (id, module) in tree.modules.iter().enumerate() {
        let from = &tree.files[module.file];
        if from.is_generated {
            continue;
        }
        for found in uses(&names, id) {
            let to = &tree.files[found.target];
            if from.path.starts_with(&to.path) || to.path.starts_with(&from.path) {
                continue;
            }
            let edge = Edge { from: from.name.clone(), line: found.line, name: found.name, to: to.name.clone() };
            edges.push((module.file, found.target, edge));
        }
    }
    edges
}
