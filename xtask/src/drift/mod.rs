//! `xtask drift FILE`: what another published document changes for us.
//!
//! For whoever follows a vendor release, and for a job in CI that looks for one: the exit code tells whether anything
//! changed and whether callers would notice.

mod change;
mod report;

use std::path::Path;

use anyhow::Result;

use self::change::{Change, Effect};
use crate::deviations::{self, Deviations, Differences};
use crate::import::{ours, upstream};
use crate::structure::{Anchor, Key, Scope, Structure, compare, json_text};

/// Prints the drift and returns the exit code.
pub(crate) fn run(root: &Path, file: &Path, against: Option<&Path>, json: bool) -> Result<u8> {
    let drift = Drift::of(root, file, against)?;
    if json {
        print!("{}", json_text(&drift.json()));
    } else {
        print!("{}", drift.markdown());
    }
    Ok(drift.exit_code())
}

/// What changed between two published documents, and what that means for our spec.
pub(crate) struct Drift {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) changes: Vec<Change>,
    /// Differences of our spec from the old document about which the new one agrees with us.
    pub(crate) agreed: Vec<String>,
    /// Entries of deviations.yaml that explain nothing any more, for that or another reason.
    pub(crate) obsolete: Vec<String>,
    /// Differences of our spec from the new document that it did not have from the old one and that no entry explains.
    pub(crate) unexplained: Vec<String>,
}

impl Drift {
    /// From `openapi/upstream.json` to the file, or from one file to the other.
    pub(crate) fn of(root: &Path, file: &Path, against: Option<&Path>) -> Result<Self> {
        let ours = ours(root)?;
        let old = match against {
            Some(path) => Structure::read(path, &path.display().to_string(), &Scope::with([&ours]))?,
            None => upstream(root)?,
        };
        let new = Structure::read(file, &file.display().to_string(), &Scope::with([&ours, &old]))?;
        let mut drift = Self::between(&old, &new);
        // Our deviations are from upstream.json, and say nothing about other pairs of documents.
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

    fn between(old: &Structure, new: &Structure) -> Self {
        let differences = compare(old, new, Anchor::Left);
        Self {
            old: old.version.clone(),
            new: new.version.clone(),
            changes: differences
                .into_iter()
                .map(|(difference, operations)| Change::new(difference, operations))
                .collect(),
            agreed: Vec::new(),
            obsolete: Vec::new(),
            unexplained: Vec::new(),
        }
    }

    /// 0 for no change, 4 if everything that worked still does, 5 if something does not.
    fn exit_code(&self) -> u8 {
        match self.changes.iter().map(|change| change.effect).max() {
            None => 0,
            Some(Effect::Adds) => 4,
            Some(Effect::Breaks) => 5,
        }
    }
}

/// The differences that are gone: not because the operation is gone, nor because the document says something else now.
fn agreed(before: &Differences, after: &Differences, new: &Structure) -> Vec<String> {
    let added: Vec<_> = after.keys().filter(|difference| !before.contains_key(difference)).collect();
    let is_there = |operation: &String| new.operations.contains_key(&Key::of(operation));
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
