//! The outcome of a transfer, as the entries in the target show it.

use std::collections::HashSet;

use docspace_api::types::{Entry, OperationId, TransferRequest};
use docspace_api::{ClientOperationsExt, ConflictRule, FolderId};
use futures::TryStreamExt;
use serde::{Deserialize, Serialize};

use super::in_flight::{EntriesInFlight, EntryOperation};
use super::source::{Content, Existing, Source};
use super::work::{Work, ticket};
use super::{EntryRef, entries};
use crate::error::{Call, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::rooms::Outcome;
use crate::waiting::{Queue, Resumed, Ticket};

/// A transfer whose entries and target were read. Of the target it keeps only what the result is
/// recognized by, so that a ticket stays small.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    is_move: bool,
    sources: Vec<Source>,
    target: FolderId,
    rule: ConflictRule,
    /// Entries that the target contained before, and that could be taken for copies.
    before: Vec<EntryRef>,
}

impl Work for Plan {
    fn call(&self) -> Call {
        call(self.is_move, &self.target)
    }

    fn effect(&self) -> String {
        format!("{} entries into folder {}", if self.is_move { "moves" } else { "copies" }, self.target)
    }

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

    fn outcome<'w>(&'w self, portal: &'w Portal) -> BoxFuture<'w, Result<Outcome<Vec<Entry>>>> {
        Box::pin(self.compare(portal))
    }

    fn resumed(&self, entries: Vec<Entry>) -> Resumed {
        Resumed::Entries(entries)
    }

    fn ticket(&self, operation: Option<OperationId>) -> Ticket {
        ticket(Self::NAME, self, operation)
    }
}

/// The call that starts a transfer.
pub(super) fn call(is_move: bool, target: &FolderId) -> Call {
    Call::new(if is_move { "move_entries" } else { "copy_entries" }, format!("into folder {target}"))
}

/// What became of one entry.
enum Found {
    Arrived(Box<Entry>),
    /// The target contains an entry that looked the same before.
    Alike(Box<Entry>),
    /// The entry lacks some content. The flag tells whether it looked the same before.
    Incomplete(bool),
    /// The entry that was to be moved does not exist any more.
    Gone,
    Nothing,
}

impl Plan {
    /// The name of a transfer in a ticket.
    pub(super) const NAME: &str = "transfer";

    pub(super) fn new(
        is_move: bool,
        entries: &[Entry],
        target: FolderId,
        rule: ConflictRule,
        content: &[Entry],
    ) -> Self {
        let source = |entry| Source::new(entry, is_move, &target, content);
        let sources: Vec<Source> = entries.iter().map(source).collect();
        let may_be_copy = |entry: &&Entry| sources.iter().any(|source| source.may_become(entry, rule));
        // What is moved keeps its id, and needs no comparison with other entries.
        let before = content.iter().filter(|entry| !is_move && may_be_copy(entry)).map(EntryRef::of).collect();
        Self { is_move, sources, target, rule, before }
    }

    /// The entries whose titles exist in the target.
    pub(super) fn conflicts(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().filter(|source| !source.stays && source.existing.is_some())
    }

    async fn send(&self, portal: &Portal, call: &Call) -> Result<Option<OperationId>> {
        let (mut folders, mut files) = (Vec::new(), Vec::new());
        for source in self.sources.iter().filter(|source| !source.stays) {
            match &source.id {
                EntryRef::Folder(id) => folders.push(id.clone()),
                EntryRef::File(id) => files.push(id.clone()),
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
    async fn compare(&self, portal: &Portal) -> Result<Outcome<Vec<Entry>>> {
        let after: Vec<Entry> = portal.folder_content(self.target.clone()).try_collect().await?;
        let mut used: HashSet<String> = self.before.iter().map(EntryRef::to_string).collect();
        let (mut arrived, mut missing) = (Vec::new(), Vec::new());
        let (mut is_untouched, mut is_conclusive) = (true, true);
        for source in &self.sources {
            let found = if source.stays {
                find(&after, &source.id).map_or(Found::Nothing, |entry| Found::Arrived(Box::new(entry.clone())))
            } else if self.is_move {
                self.moved(portal, source, &after).await?
            } else {
                self.copied(source, &after, &mut used)
            };
            match found {
                Found::Arrived(entry) => {
                    is_untouched &= source.stays || source.existing.is_some();
                    arrived.push(*entry);
                }
                Found::Alike(entry) => {
                    is_conclusive = false;
                    arrived.push(*entry);
                }
                Found::Incomplete(looked_the_same) => {
                    is_untouched &= looked_the_same;
                    missing.push(format!("some content of `{}`", source.title));
                }
                Found::Gone => {
                    is_untouched = false;
                    missing.push(format!("`{}`, which does not exist any more", source.title));
                }
                Found::Nothing => missing.push(format!("`{}`", source.title)),
            }
        }
        Ok(if !missing.is_empty() && is_untouched {
            Outcome::Untouched
        } else if !missing.is_empty() {
            Outcome::Partly(format!(
                "the portal reports that the operation has ended, but the target lacks {}",
                missing.join(", ")
            ))
        } else if is_conclusive {
            Outcome::Reached(arrived)
        } else {
            Outcome::Inconclusive(arrived)
        })
    }

    /// Finds the copy of an entry. Each new entry in the target is the copy of at most one.
    fn copied(&self, source: &Source, after: &[Entry], used: &mut HashSet<String>) -> Found {
        if let Some(before) = source.existing.as_ref().filter(|_| self.rule != ConflictRule::Duplicate) {
            return self.merged(source, before, after);
        }
        let is_copy =
            |entry: &&Entry| source.may_become(entry, self.rule) && !used.contains(&EntryRef::of(entry).to_string());
        let Some(copy) = after.iter().find(is_copy) else { return Found::Nothing };
        used.insert(EntryRef::of(copy).to_string());
        check(source, copy)
    }

    /// Finds an entry that was copied over one that existed.
    fn merged(&self, source: &Source, before: &Existing, after: &[Entry]) -> Found {
        let Some(now) = find(after, &before.id) else { return Found::Nothing };
        match (now, before.content) {
            (Entry::File(file), Content::Version(version)) => {
                let is_done = self.rule != ConflictRule::Overwrite || file.version > version;
                if is_done { Found::Arrived(Box::new(now.clone())) } else { Found::Nothing }
            }
            _ => match check(source, now) {
                Found::Arrived(entry) if before.content.includes(source.content) => Found::Alike(entry),
                Found::Incomplete(_) => Found::Incomplete(Content::of(now) == before.content),
                found => found,
            },
        }
    }

    /// Finds an entry that was moved. It keeps its id, unless it was merged into another one.
    async fn moved(&self, portal: &Portal, source: &Source, after: &[Entry]) -> Result<Found> {
        let existing = source.existing.as_ref();
        let is_here = |entry: &Entry| *entries::parent(entry) == self.target;
        let is_same = |entry: &Entry| is_here(entry) || entries::created(entry) == source.created;
        let Some(now) = entries::find(portal, &source.id).await?.filter(is_same) else {
            return Ok(match existing.map(|before| self.merged(source, before, after)) {
                // That the entry is gone shows that the transfer has begun.
                Some(Found::Alike(entry)) => Found::Arrived(entry),
                Some(Found::Incomplete(_)) => Found::Incomplete(false),
                Some(Found::Nothing) | None => Found::Gone,
                Some(found) => found,
            });
        };
        let is_left_out = self.rule == ConflictRule::Skip && matches!(now, Entry::File(_));
        Ok(match existing.and_then(|before| find(after, &before.id)) {
            _ if is_here(&now) => Found::Arrived(Box::new(now)),
            Some(before) if is_left_out => Found::Arrived(Box::new(before.clone())),
            _ => Found::Nothing,
        })
    }
}

/// Compares a folder or file with what it comes from.
fn check(source: &Source, found: &Entry) -> Found {
    if Content::of(found).includes(source.content) {
        Found::Arrived(Box::new(found.clone()))
    } else {
        Found::Incomplete(false)
    }
}

fn find<'e>(entries: &'e [Entry], id: &EntryRef) -> Option<&'e Entry> {
    entries.iter().find(|entry| EntryRef::of(entry) == *id)
}
