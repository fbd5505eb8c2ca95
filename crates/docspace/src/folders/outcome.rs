//! The outcome of a transfer, as the entries in the target show it.

use std::collections::HashSet;

use docspace_api::types::{Entry, OperationId, TransferRequest};
use docspace_api::{ClientOperationsExt, ConflictRule, FolderId};
use futures::TryStreamExt;

use super::in_flight::{EntriesInFlight, EntryOperation};
use super::poller::{Outcome, Work};
use super::{EntryRef, entries};
use crate::error::{Call, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::waiting::Queue;

/// An entry that is copied or moved, as it was before.
pub(super) struct Source {
    pub(super) entry: Entry,
    /// Whether the entry is to be moved to where it is.
    pub(super) stays: bool,
}

impl Source {
    pub(super) fn new(entry: Entry, moved_to: Option<&FolderId>) -> Self {
        let stays = moved_to.is_some_and(|target| entries::parent(&entry) == target);
        Self { entry, stays }
    }

    pub(super) fn title(&self) -> &str {
        self.entry.title()
    }
}

/// The content of the target before the transfer.
pub(super) struct Before(Vec<Entry>);

impl Before {
    pub(super) fn new(content: Vec<Entry>) -> Self {
        Self(content)
    }

    /// The entry of the same type with the same title.
    fn of(&self, source: &Source) -> Option<&Entry> {
        self.0.iter().find(|entry| is_same_type(entry, &source.entry) && is_same_title(entry.title(), source.title()))
    }

    /// The entries whose titles exist in the target.
    pub(super) fn conflicts<'s>(&self, sources: &'s [Source]) -> impl Iterator<Item = &'s Source> {
        sources.iter().filter(|source| !source.stays && self.of(source).is_some())
    }

    fn ids(&self) -> HashSet<String> {
        self.0.iter().map(|entry| EntryRef::of(entry).to_string()).collect()
    }
}

/// A transfer whose entries and target were read.
pub(super) struct Plan {
    pub(super) is_move: bool,
    pub(super) sources: Vec<Source>,
    pub(super) target: FolderId,
    pub(super) rule: ConflictRule,
    pub(super) before: Before,
}

impl Work for Plan {
    fn queue<'q>(&self, in_flight: &'q EntriesInFlight) -> &'q Queue<EntryOperation> {
        &in_flight.transfers
    }

    /// Whether all entries are where they should be.
    fn is_empty(&self) -> bool {
        self.sources.iter().all(|source| source.stays)
    }

    fn is_restartable(&self) -> bool {
        true
    }

    fn request<'w>(&'w self, portal: &'w Portal, call: &'w Call) -> BoxFuture<'w, Result<Option<OperationId>>> {
        Box::pin(self.send(portal, call))
    }

    fn outcome<'w>(&'w self, portal: &'w Portal) -> BoxFuture<'w, Result<Outcome>> {
        Box::pin(self.compare(portal))
    }
}

/// What became of one entry.
enum Found {
    Arrived(Box<Entry>),
    /// The entry arrived without some of its content.
    Incomplete,
    Nothing,
}

impl Plan {
    async fn send(&self, portal: &Portal, call: &Call) -> Result<Option<OperationId>> {
        let (mut folders, mut files) = (Vec::new(), Vec::new());
        for source in self.sources.iter().filter(|source| !source.stays) {
            match EntryRef::of(&source.entry) {
                EntryRef::Folder(id) => folders.push(id),
                EntryRef::File(id) => files.push(id),
            }
        }
        let mut body = TransferRequest::new(self.target.clone(), self.rule, false, true);
        (body.folder_ids, body.file_ids) = (Some(folders), Some(files));
        let answer = if self.is_move {
            portal.api().move_entries().body(body).send().await
        } else {
            portal.api().copy_entries().body(body).send().await
        };
        let started = call.response(answer, |envelope| envelope.response).await?;
        Ok(started.last().map(|record| record.id))
    }

    /// Compares the target with what was requested.
    async fn compare(&self, portal: &Portal) -> Result<Outcome> {
        let after: Vec<Entry> = portal.folder_content(self.target.clone()).try_collect().await?;
        let (mut used, mut arrived, mut missing) = (self.before.ids(), Vec::new(), Vec::new());
        let mut is_untouched = true;
        for source in &self.sources {
            let found = if source.stays {
                Found::Arrived(Box::new(source.entry.clone()))
            } else if self.is_move {
                self.moved(portal, source, &after).await?
            } else {
                self.copied(source, &after, &mut used)
            };
            match found {
                Found::Arrived(entry) => {
                    is_untouched &= source.stays || self.before.of(source).is_some();
                    arrived.push(*entry);
                }
                Found::Incomplete => {
                    is_untouched = false;
                    missing.push(format!("some content of `{}`", source.title()));
                }
                Found::Nothing => missing.push(format!("`{}`", source.title())),
            }
        }
        Ok(if missing.is_empty() {
            Outcome::Reached(arrived)
        } else if is_untouched {
            Outcome::Untouched
        } else {
            Outcome::Partly(format!(
                "the portal reports that the operation has ended, but the target lacks {}",
                missing.join(", ")
            ))
        })
    }

    /// Finds the copy of an entry. Each new entry in the target is the copy of at most one.
    fn copied(&self, source: &Source, after: &[Entry], used: &mut HashSet<String>) -> Found {
        let existing = self.before.of(source);
        let now = |before: &Entry| after.iter().find(|entry| EntryRef::of(entry) == EntryRef::of(before));
        if let Some(before) = existing.filter(|_| self.rule != ConflictRule::Duplicate) {
            return match (now(before), before) {
                (Some(Entry::File(now)), Entry::File(before)) => {
                    let is_done = self.rule != ConflictRule::Overwrite || now.version > before.version;
                    if is_done { Found::Arrived(Box::new(Entry::File(now.clone()))) } else { Found::Nothing }
                }
                (Some(now), _) => complete(source, now),
                (None, _) => Found::Nothing,
            };
        }
        let is_copy = |entry: &&Entry| {
            is_same_type(entry, &source.entry)
                && !used.contains(&EntryRef::of(entry).to_string())
                && (is_same_title(entry.title(), source.title())
                    || existing.is_some() && is_numbered(entry.title(), source.title()))
        };
        let Some(copy) = after.iter().find(is_copy) else { return Found::Nothing };
        used.insert(EntryRef::of(copy).to_string());
        complete(source, copy)
    }

    /// Finds an entry that was moved. It keeps its id, unless it was merged into another one.
    async fn moved(&self, portal: &Portal, source: &Source, after: &[Entry]) -> Result<Found> {
        let existing = self.before.of(source);
        let Some(now) = entries::find(portal, &EntryRef::of(&source.entry)).await? else {
            let merged =
                existing.and_then(|before| after.iter().find(|entry| EntryRef::of(entry) == EntryRef::of(before)));
            return Ok(merged.map_or(Found::Nothing, |entry| complete(source, entry)));
        };
        let is_left_out = self.rule == ConflictRule::Skip && matches!(source.entry, Entry::File(_));
        Ok(match existing {
            _ if *entries::parent(&now) == self.target => Found::Arrived(Box::new(now)),
            Some(before) if is_left_out => Found::Arrived(Box::new(before.clone())),
            _ => Found::Nothing,
        })
    }
}

/// Whether a folder has at least as much content as the one that it comes from.
fn complete(source: &Source, found: &Entry) -> Found {
    match (&source.entry, found) {
        (Entry::Folder(source), Entry::Folder(found))
            if found.files_count < source.files_count || found.folders_count < source.folders_count =>
        {
            Found::Incomplete
        }
        _ => Found::Arrived(Box::new(found.clone())),
    }
}

fn is_same_type(one: &Entry, other: &Entry) -> bool {
    matches!((one, other), (Entry::Folder(_), Entry::Folder(_)) | (Entry::File(_), Entry::File(_)))
}

/// A portal does not distinguish titles by case.
fn is_same_title(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Whether a title is that of a duplicate, such as `plan (1).txt` for `plan.txt`.
fn is_numbered(title: &str, original: &str) -> bool {
    let (stem, extension) = match original.rfind('.') {
        Some(dot) if dot > 0 => original.split_at(dot),
        _ => (original, ""),
    };
    let number = |stem: &str, extension: &str| {
        title.strip_prefix(stem)?.strip_suffix(extension)?.strip_prefix(" (")?.strip_suffix(')').map(str::to_owned)
    };
    // A folder has no extension, even if its title contains a dot.
    let numbers = [number(stem, extension), number(original, "")];
    numbers.into_iter().flatten().any(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_duplicates_are_recognized() {
        for (title, original) in [("plan (1).txt", "plan.txt"), ("Docs (12)", "Docs"), ("v1.2 (1)", "v1.2")] {
            assert!(is_numbered(title, original), "{title}");
        }
        for (title, original) in [("plan.txt", "plan.txt"), ("plan (x).txt", "plan.txt"), ("plan ().txt", "plan.txt")] {
            assert!(!is_numbered(title, original), "{title}");
        }
    }
}
