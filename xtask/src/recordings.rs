//! The recordings, as the ledger of deviations and the documentation cite them.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::workspace::RECORDINGS;

/// The number of steps of a recording. `None` if there is no such recording.
pub(crate) fn steps(root: &Path, name: &str) -> Result<Option<usize>> {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-@".contains(c));
    let path = root.join(RECORDINGS).join(format!("{name}.json"));
    if !name.split('/').all(is_word) || !path.is_file() {
        return Ok(None);
    }
    let text = std::fs::read(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let recording: Value = serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
    // A recording that only describes an observation in prose has no steps.
    Ok(Some(recording["steps"].as_array().map_or(0, Vec::len)))
}
