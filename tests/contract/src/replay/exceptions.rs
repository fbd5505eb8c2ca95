//! Steps whose answers may differ, with the reasons, from `tests/contract/replay-exceptions.yaml`.

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One step whose answer may differ.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The recording.
    pub scenario: String,
    /// The number of the step, counted from 1.
    pub step: usize,
    /// The reason why the answer differs.
    pub reason: String,
}

/// Maximum number of lines of the file.
pub const MOST_LINES: usize = 15;

/// All exceptions, and the number of lines of the file.
///
/// # Panics
///
/// Panics if the file cannot be read.
pub fn all() -> (Vec<Exception>, usize) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("replay-exceptions.yaml");
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let read: Option<Vec<Exception>> =
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    (read.unwrap_or_default(), text.lines().count())
}
