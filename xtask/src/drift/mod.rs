//! `cargo xtask drift FILE`: what another published document changes for us.
//!
//! The exit code reports whether anything changed and whether the change breaks callers, so that a
//! CI job can watch for vendor releases.

mod report;

use std::path::Path;

use anyhow::Result;
use openapi_compare::{
    Api, Compared, Differences, Effect, Names, OperationKey, Shared, compare, compare_places, pretty_json,
};

use crate::deviations::{self, Deviations};
use crate::documents::{BASE, Published, ours, published, upstream};
use crate::words::say;
use crate::workspace::UPSTREAM;

/// Prints the drift and returns the exit code.
pub(crate) fn run(root: &Path, file: &Path, against: Option<&Path>, json: bool, force: bool) -> Result<u8> {
    let drift = Drift::of(root, file, against, force)?;
    if json {
        say!("{}", pretty_json(&drift.json()).trim_end());
    } else {
        say!("{}", drift.markdown().trim_end());
    }
    Ok(drift.exit_code())
}

/// What changed between two published documents, and what that means for our spec.
pub(crate) struct Drift {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) changes: Differences,
    /// The new start of all paths, if it changed.
    pub(crate) moved_to: Option<String>,
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
    pub(crate) fn of(root: &Path, file: &Path, against: Option<&Path>, force: bool) -> Result<Self> {
        let ours = ours(root)?;
        let (old, moved_from) = match against {
            Some(path) => {
                let Published { api, moved_to } = published(path, &ours, None, force)?;
                (api, moved_to)
            }
            None => (upstream(root)?, None),
        };
        let Published { api: new, moved_to } = published(file, &ours, Some(&old), force)?;
        let mut drift = Self::between(&old, &new);
        drift.moved_to = if moved_to == moved_from { None } else { Some(moved_to.unwrap_or_else(|| BASE.to_owned())) };
        let old_name = against.map_or_else(|| UPSTREAM.to_owned(), |path| path.display().to_string());
        drift.old = format!("{} ({old_name})", drift.old);
        drift.new = format!("{} ({})", drift.new, file.display());
        // Our deviations are those from upstream.json and do not apply to other documents.
        if against.is_none() {
            drift.explain(&ours, &old, &new, &Deviations::read(root)?);
        }
        Ok(drift)
    }

    /// Finds out what the change means for our deviations.
    fn explain(&mut self, ours: &Api, old: &Api, new: &Api, entries: &Deviations) {
        let before = deviations::differences(ours, old);
        let now = compare_places(new, ours, Names::Right);
        let after = deviations::of(&now);
        self.agreed = agreed(&before, &after, &now);
        let (before, after) = (entries.explain(&before), entries.explain(&after));
        let stale = after.stale.into_iter().filter(|stale| !before.stale.contains(stale));
        self.obsolete = stale.map(|stale| stale.to_string()).collect();
        let added = after.unexplained.iter().filter(|difference| !before.unexplained.contains(difference));
        let near = |difference: &deviations::Difference| {
            entries.near(difference).map(|line| format!("; see line {line}")).unwrap_or_default()
        };
        self.unexplained = added.map(|difference| format!("{difference}{}", near(difference))).collect();
        self.unexplained.dedup();
    }

    fn between(old: &Api, new: &Api) -> Self {
        Self {
            old: old.version().to_owned(),
            new: new.version().to_owned(),
            changes: compare(old, new, Names::Left),
            moved_to: None,
            agreed: Vec::new(),
            obsolete: Vec::new(),
            unexplained: Vec::new(),
        }
    }

    /// 0 for no change, 4 for changes that do not break callers, 5 for changes that do.
    fn exit_code(&self) -> u8 {
        if self.moved_to.is_some() {
            return 5;
        }
        match self.changes.keys().map(|change| change.effect()).max() {
            None => 0,
            Some(Effect::Compatible) => 4,
            Some(Effect::Breaking) => 5,
        }
    }
}

/// The differences that are gone because the document now agrees with us: both still have the
/// place, in all operations that remain, and nothing else differs there now.
fn agreed(before: &deviations::Differences, after: &deviations::Differences, now: &Compared) -> Vec<String> {
    let added: Vec<_> = after.keys().filter(|difference| !before.contains_key(difference)).collect();
    let gone = before.iter().filter(|(difference, _)| !after.contains_key(difference));
    let agreed = gone.filter(|(difference, operations)| {
        let leads = |shared: &Shared, place: &str, operation: &String| {
            let operations = shared.get(&(place.to_owned(), difference.direction));
            operations.is_some_and(|operations| operations.contains(operation))
        };
        let remaining: Vec<_> = operations.iter().filter(|name| leads(&now.present, name, name)).collect();
        let (shared, place) = match (&difference.document[..], &difference.ours[..]) {
            ("absent", _) => (&now.present, &difference.place[..]),
            // What we do not have is gone from the document too if what contains it is still there.
            (_, "absent") => (&now.compared, container(&difference.place)),
            _ => (&now.compared, &difference.place[..]),
        };
        let is_there = |operation: &&String| {
            leads(shared, place, operation) || difference.place == OperationKey::of(operation).to_string()
        };
        !remaining.is_empty()
            && remaining.iter().all(is_there)
            && !added.iter().any(|added| is_within(&difference.place, &added.place))
    });
    let mut words: Vec<_> = agreed.map(|(difference, _)| difference.to_string()).collect();
    words.dedup();
    words
}

/// The place that contains a field, a parameter or a body.
fn container(place: &str) -> &str {
    match place.rsplit_once(", ") {
        Some((operation, part)) if !part.contains('.') => operation,
        _ => place.rsplit_once('.').map_or(place, |(container, _)| container),
    }
}

/// Whether a place is `outer` or a part of it.
fn is_within(place: &str, outer: &str) -> bool {
    place.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{', ',']))
}

#[cfg(test)]
mod mutations;
#[cfg(test)]
mod tests;
