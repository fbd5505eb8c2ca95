//! What is measured: each benchmark has a method, and rows with their goals.

mod archive;
mod client;
mod command;
mod compile;
mod memory;
mod mock;
mod sdk;

use anyhow::Result;

use super::goal::{Goal, Unit};
use super::measure::{Bench, Figure};

/// Rows that are measured together.
pub(super) struct Benchmark {
    pub(super) name: &'static str,
    /// How it is measured.
    pub(super) method: &'static str,
    pub(super) rows: &'static [Row],
    /// Returns a figure for each row.
    pub(super) run: fn(&Bench) -> Result<Vec<Figure>>,
}

/// A figure with a goal.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    pub(super) goal: Goal,
    pub(super) unit: Unit,
    /// Why the goal is not met, in case it is not. Without a period at the end.
    pub(super) if_missed: &'static str,
}

/// The reason for a goal that was not examined yet.
const UNKNOWN: &str = "the cause is not known yet";

/// In the order of the page.
pub(super) static BENCHMARKS: [Benchmark; 14] = [
    client::GET,
    client::LIST,
    memory::STREAM,
    memory::COMMAND,
    command::START,
    command::SIZE,
    mock::PRISM,
    mock::LIST,
    mock::START,
    mock::MEMORY,
    compile::CHECK,
    sdk::SDK,
    archive::BULK,
    archive::CALLS,
];
