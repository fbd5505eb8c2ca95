//! What all benchmarks use: the programs, mock portals with rooms, rounds and medians.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::process::{self, Server};
use super::programs;
use crate::workspace::Metadata;

/// The programs, and how much to measure.
pub(super) struct Bench {
    target: PathBuf,
    quick: bool,
}

/// A figure, and what it was computed from.
pub(super) struct Figure {
    pub(super) value: f64,
    pub(super) sides: String,
}

impl Figure {
    pub(super) fn new(value: f64, sides: impl Into<String>) -> Self {
        Self { value, sides: sides.into() }
    }
}

impl Bench {
    pub(super) fn prepare(metadata: &Metadata, quick: bool) -> Result<Self> {
        programs::build()?;
        Ok(Self { target: metadata.target_directory(), quick })
    }

    /// A quick run takes a tenth.
    pub(super) fn count(&self, full: usize) -> usize {
        if self.quick { full.div_ceil(10) } else { full }
    }

    /// The folder of the tools that benchmarks install.
    pub(super) fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// A folder for the files of benchmarks.
    pub(super) fn folder(&self) -> PathBuf {
        self.target.join("bench")
    }

    pub(super) fn file(&self, program: &str) -> PathBuf {
        programs::file(&self.target, program)
    }

    pub(super) fn program(&self, name: &str) -> Command {
        programs::program(&self.target, name)
    }

    /// The command line of the mock portal as a program.
    pub(super) fn mock_program(&self) -> Command {
        let mut mock = self.program("docspace-mock");
        mock.args(["--port", "0", "--json"]);
        mock
    }

    /// Starts a mock portal, and creates rooms.
    pub(super) fn mock(&self, rooms: usize) -> Result<Server> {
        let server = Server::start(&mut self.mock_program())?;
        self.run(&server, &["fill", &rooms.to_string()])?;
        Ok(server)
    }

    /// Runs a program of the crate `bench` on a server.
    pub(super) fn run(&self, server: &Server, arguments: &[&str]) -> Result<Value> {
        let mut program = self.program("bench");
        server.used_by(program.args(arguments));
        process::json(&mut program)
    }
}

/// A number of a program's output.
pub(super) fn number(value: &Value, name: &str) -> Result<f64> {
    value[name].as_f64().with_context(|| format!("the program did not print {name}"))
}

/// The middle one of some numbers.
pub(super) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() % 2 {
        0 => f64::midpoint(numbers[middle - 1], numbers[middle]),
        _ => numbers[middle],
    }
}

/// Measures both sides in turns. Returns the medians.
pub(super) fn alternate(
    rounds: usize,
    mut ours: impl FnMut() -> Result<f64>,
    mut theirs: impl FnMut() -> Result<f64>,
) -> Result<[f64; 2]> {
    let mut sides = [Vec::new(), Vec::new()];
    for _ in 0..rounds.max(1) {
        sides[0].push(ours()?);
        sides[1].push(theirs()?);
    }
    Ok(sides.map(median))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }

    #[test]
    fn sides_are_measured_in_turns() {
        let order = std::cell::RefCell::new(String::new());
        let side = |name: char, value: f64| {
            let order = &order;
            move || {
                order.borrow_mut().push(name);
                Ok(value)
            }
        };
        assert_eq!(alternate(2, side('a', 1.0), side('b', 2.0)).unwrap(), [1.0, 2.0]);
        assert_eq!(order.into_inner(), "abab");
    }
}
