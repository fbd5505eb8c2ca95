//! Steps that may differ, each with its reason: tests/contract/replay-exceptions.yaml, at most twenty lines.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One step that may differ.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The recording.
    pub scenario: String,
    /// The step's number, from 0.
    pub step: usize,
    /// Why it cannot be equal.
    pub reason: String,
}

/// The most lines that the file may have.
pub const MOST_LINES: usize = 20;

/// All exceptions, and how many lines they take.
///
/// # Panics
/// If the file cannot be read.
pub fn all() -> (Vec<Exception>, usize) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("replay-exceptions.yaml");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let read: Option<Vec<Exception>> =
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    (read.unwrap_or_default(), text.lines().count())
}
