//! `cargo xtask drift FILE`: what another published document changes for us.
//!
//! The exit code reports whether anything changed and whether the change breaks callers, so that a
//! CI job can watch for vendor releases.

mod report;

use std::path::Path;

use anyhow::Result;
use openapi_compare::{Api, Differences, Effect, Names, OperationKey, compare, pretty_json};

use crate::deviations::{self, Deviations};
use crate::documents::{ours, published, upstream};

/// Prints the drift and returns the exit code.
pub(crate) fn run(root: &Path, file: &Path, against: Option<&Path>, json: bool) -> Result<u8> {
    let drift = Drift::of(root, file, against)?;
    if json {
        print!("{}", pretty_json(&drift.json()));
    } else {
        print!("{}", drift.markdown());
    }
    Ok(drift.exit_code())
}

/// What changed between two published documents, and what that means for our spec.
pub(crate) struct Drift {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) changes: Differences,
    /// Differences of our spec from the old document that are gone because the new one agrees with
    /// us.
    pub(crate) agreed: Vec<String>,
    /// Entries of deviations.yaml that no longer explain anything.
    pub(crate) obsolete: Vec<String>,
    /// New differences of our spec from the new document that no entry explains.
    pub(crate) unexplained: Vec<String>,
}

impl Drift {
    /// Compares the file with `openapi/upstream.json`, or with the file `against`.
    pub(crate) fn of(root: &Path, file: &Path, against: Option<&Path>) -> Result<Self> {
        let ours = ours(root)?;
        let old = match against {
            Some(path) => published(path, [&ours])?,
            None => upstream(root)?,
        };
        let new = published(file, [&ours, &old])?;
        let mut drift = Self::between(&old, &new);
        // Our deviations are those from upstream.json and do not apply to other documents.
        if against.is_none() {
            let entries = Deviations::read(root)?;
            let (before, after) = (deviations::differences(&ours, &old), deviations::differences(&ours, &new));
            drift.agreed = agreed(&before, &after, &new);
            let (before, after) = (entries.explain(&before), entries.explain(&after));
            let stale = after.stale.into_iter().filter(|stale| !before.stale.contains(stale));
            drift.obsolete = stale.map(|stale| format!("line {}: {}", stale.line, stale.words)).collect();
            let added = after.unexplained.iter().filter(|difference| !before.unexplained.contains(difference));
            drift.unexplained = added.map(ToString::to_string).collect();
            drift.unexplained.dedup();
        }
        Ok(drift)
    }

    fn between(old: &Api, new: &Api) -> Self {
        Self {
            old: old.version().to_owned(),
            new: new.version().to_owned(),
            changes: compare(old, new, Names::Left),
            agreed: Vec::new(),
            obsolete: Vec::new(),
            unexplained: Vec::new(),
        }
    }

    /// 0 for no change, 4 for changes that do not break callers, 5 for changes that do.
    fn exit_code(&self) -> u8 {
        match self.changes.keys().map(|change| change.effect()).max() {
            None => 0,
            Some(Effect::Compatible) => 4,
            Some(Effect::Breaking) => 5,
        }
    }
}

/// The differences that are gone because the document now agrees with us. Differences whose
/// operation is gone, or that another difference replaces, are left out.
fn agreed(before: &deviations::Differences, after: &deviations::Differences, new: &Api) -> Vec<String> {
    let added: Vec<_> = after.keys().filter(|difference| !before.contains_key(difference)).collect();
    let is_there = |operation: &String| new.contains(&OperationKey::of(operation));
    let gone = before.iter().filter(|(difference, _)| !after.contains_key(difference));
    let agreed = gone.filter(|(difference, operations)| {
        operations.iter().any(is_there) && !added.iter().any(|added| difference.place.starts_with(&added.place))
    });
    let mut words: Vec<_> = agreed.map(|(difference, _)| difference.to_string()).collect();
    words.dedup();
    words
}

#[cfg(test)]
mod tests;
