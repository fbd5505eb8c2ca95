//! The printed report on one crate.

use std::fmt;

use super::graph::{Cycle, Graph};
use super::tree::Tree;

pub(super) struct Report {
    files: usize,
    edges: usize,
    of_files: Vec<Cycle>,
    of_top_level_modules: Vec<Cycle>,
}

impl Report {
    pub(super) fn of(tree: &Tree) -> Self {
        let graph = Graph::of_files(tree);
        Self {
            files: tree.files.len(),
            edges: graph.edge_count(),
            of_files: graph.cycles(),
            of_top_level_modules: Graph::of_top_level_modules(tree).cycles(),
        }
    }

    pub(super) fn has_cycle(&self) -> bool {
        !self.of_files.is_empty() || !self.of_top_level_modules.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let largest = self.of_files.first().map_or(0, |cycle| cycle.size);
        let count = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
        let [files, edges] = [count(self.files, "file"), count(self.edges, "edge")];
        let cycles = count(self.of_files.len(), "cycle");
        write!(f, "{files}, {edges}, {cycles} of files (largest: {largest})")?;
        for (cycles, of) in [(&self.of_files, "files"), (&self.of_top_level_modules, "top-level modules")] {
            for cycle in cycles {
                write!(f, "\n  a cycle of {} {of}; the shortest one:", cycle.size)?;
                for edge in &cycle.shortest {
                    write!(f, "\n    {edge}")?;
                }
            }
        }
        Ok(())
    }
}
