//! `xtask drift FILE`: what another published document changes for us.
//!
//! For whoever follows a vendor release, and for a job in CI that looks for one: the exit code tells whether anything
//! changed and whether callers would notice.

mod change;
mod report;

use std::path::Path;

use anyhow::Result;

use self::change::{Change, Effect};
use crate::deviations::{self, Deviations};
use crate::import::{ours, upstream};
use crate::structure::{Anchor, Scope, Structure, compare};

/// Prints the drift and returns the exit code.
pub(crate) fn run(root: &Path, file: &Path, against: Option<&Path>, json: bool) -> Result<u8> {
    let drift = Drift::of(root, file, against)?;
    if json {
        println!("{:#}", drift.json());
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
    /// Entries of deviations.yaml about which the new document agrees with us.
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
            let (before, after) = (entries.explain(&before), entries.explain(&after));
            drift.obsolete = after
                .stale
                .iter()
                .filter(|stale| !before.stale.contains(stale))
                .map(|stale| stale.words.clone())
                .collect();
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

#[cfg(test)]
mod tests;
