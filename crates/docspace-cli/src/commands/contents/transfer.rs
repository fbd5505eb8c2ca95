//! Copying and moving several folders or files.

use std::collections::HashSet;

use clap::Args;
use docspace::Portal;
use docspace::folders::{ConflictRule, Entry, EntryRef, FolderHandle};
use futures::TryStreamExt;

use super::transferred::{TransferState, TransferredRecord};
use super::{ConflictArgs, TargetArgs, Way};
use crate::args::{DryRunArgs, WaitArgs};
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Bar, Records, Report};
use crate::records::entry::EntryType;
use crate::session::Session;
use crate::waiting::PendingOperation;

/// The flags of the commands that copy or move.
#[derive(Debug, Args)]
pub(crate) struct TransferArgs {
    #[command(flatten)]
    target: TargetArgs,
    #[command(flatten)]
    conflict: ConflictArgs,
    #[command(flatten)]
    dry_run: DryRunArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

impl TransferArgs {
    /// Copies or moves the entries, and returns those in the target.
    pub(crate) async fn run(
        &self,
        way: Way,
        entries: Vec<EntryRef>,
        session: &Session,
    ) -> Result<Report<TransferredRecord>, Failure> {
        let target = self.target.find(session).await?;
        let entries = without_repetitions(entries);
        let folder = session.portal.folder(&target);
        let before: Vec<Entry> = folder.content().try_collect().await?;
        if self.dry_run.is_set() {
            return self.preview(way, &entries, &before, &folder, session).await;
        }
        let transfer = match way {
            Way::Copy => folder.copy_into(entries.clone()),
            Way::Move => folder.move_into(entries.clone()),
        };
        let transfer = match self.conflict.rule() {
            Some(rule) => transfer.on_conflict(rule),
            None => transfer,
        };
        let what = described(&entries);
        let noun = if entries.iter().all(|entry| matches!(entry, EntryRef::Folder(_))) { "folders" } else { "files" };
        let pending = PendingOperation {
            unknown: UnknownOutcome::new(
                format!("whether folder {target} contains {what}"),
                format!("docspace {noun} list {target}"),
            ),
            subject: what,
            bar: &Bar::start(session.terminal, way.activity(), 1),
        };
        let done = pending.run(transfer.start(), self.wait.until()).await.map_err(with_rules)?;
        let mut records = Vec::new();
        match done {
            Some(found) => {
                let before: HashSet<String> = before.iter().map(|entry| EntryRef::from(entry).to_string()).collect();
                for (source, entry) in entries.iter().zip(found) {
                    let state = TransferState::of(way, self.conflict.rule(), source, &entry, &before);
                    records.push(TransferredRecord { entry, state });
                }
            }
            None => {
                for entry in &entries {
                    let entry = read(&session.portal, entry).await?;
                    records.push(TransferredRecord { entry, state: TransferState::Accepted });
                }
            }
        }
        Ok(Records::List(records).into())
    }

    /// Reads the entries and the target, and prints what the command would do.
    async fn preview(
        &self,
        way: Way,
        entries: &[EntryRef],
        before: &[Entry],
        folder: &FolderHandle,
        session: &Session,
    ) -> Result<Report<TransferredRecord>, Failure> {
        let (mut lines, mut conflicts) = (Vec::new(), Vec::new());
        let path = folder.path().await?;
        for source in entries {
            let entry = read(&session.portal, source).await?;
            let title = entry.title();
            refuse_room(&entry)?;
            if path.iter().any(|around| EntryRef::from(around) == *source) {
                let failure = Failure::usage(format!("the target is in the folder “{title}”, or is this folder"));
                return Err(failure.advise("use another target"));
            }
            let same = before.iter().find(|other| {
                EntryType::of(other) == EntryType::of(&entry) && other.title().to_lowercase() == title.to_lowercase()
            });
            let stays = way == Way::Move && same.is_some_and(|same| EntryRef::from(same) == *source);
            lines.push(match (same, self.conflict.rule()) {
                (Some(_), _) if stays => format!("“{title}”: it is there already"),
                (Some(_), Some(ConflictRule::Duplicate)) | (None, _) => format!("“{title}”"),
                (Some(Entry::Folder(_)), Some(_)) => format!("“{title}”: merged into the folder with this title"),
                (Some(Entry::File(_)), Some(ConflictRule::Overwrite)) => {
                    format!("“{title}”: a new version of the file")
                }
                (Some(Entry::File(_)), Some(_)) => format!("“{title}”: skipped, because the file exists"),
                (Some(_), None) => {
                    conflicts.push(title.to_owned());
                    continue;
                }
            });
        }
        if !conflicts.is_empty() {
            let failure = Failure::conflict("the target already contains these titles:");
            return Err(with_rules(failure.listing(conflicts.iter().map(String::as_str))));
        }
        let target = folder.get().await?.title;
        Ok(self.dry_run.with_values(&format!("{} into “{target}”", way.verb()), &lines))
    }
}

/// Adds the way out if titles exist in the target.
fn with_rules(failure: Failure) -> Failure {
    if failure.is_conflict() { failure.advise("use --on-conflict skip, overwrite or duplicate") } else { failure }
}

/// Fails for a room, which is not copied, moved or deleted as a folder.
pub(super) fn refuse_room(entry: &Entry) -> Result<(), Failure> {
    if matches!(entry, Entry::Folder(folder) if folder.room_type.is_some()) {
        let failure = Failure::usage(format!("“{}” is a room, not a folder", entry.title()));
        return Err(failure.advise("name folders and files in it, or use the commands of `docspace rooms`"));
    }
    Ok(())
}

/// Removes repeated entries, and keeps the order.
pub(super) fn without_repetitions(mut entries: Vec<EntryRef>) -> Vec<EntryRef> {
    let mut seen = HashSet::new();
    entries.retain(|entry| seen.insert(entry.to_string()));
    entries
}

/// Reads a folder or file.
pub(super) async fn read(portal: &Portal, entry: &EntryRef) -> Result<Entry, Failure> {
    Ok(match entry {
        EntryRef::Folder(id) => Entry::Folder(portal.folder(id).get().await?),
        EntryRef::File(id) => Entry::File(portal.file(id).get().await?),
        entry => return Err(Failure::usage(format!("{entry} is neither a folder nor a file"))),
    })
}

/// Text such as `folder 12` or `2 entries`.
fn described(entries: &[EntryRef]) -> String {
    match entries {
        [only] => only.to_string(),
        several => format!("{} entries", several.len()),
    }
}

#[cfg(test)]
mod tests {
    use docspace::folders::FileId;
    use docspace::{RoomId, RoomType};

    use super::*;
    use crate::testing::{mock_session, parsed};

    /// Two rooms with the files `a.txt`, and `b.txt` in the first room.
    async fn rooms(session: &Session) -> (RoomId, Vec<FileId>) {
        let mut ids = Vec::new();
        let one = session.portal.rooms().create("One", RoomType::Custom).send().await.expect("a room").id;
        let two = session.portal.rooms().create("Two", RoomType::Custom).send().await.expect("a room").id;
        for name in ["a.txt", "b.txt"] {
            ids.push(session.portal.room(&one).upload(name, "new").send().await.expect("a file").id);
        }
        session.portal.room(&two).upload("a.txt", "old").send().await.expect("a file");
        (two, ids)
    }

    async fn states(way: Way, rule: &str) -> Vec<TransferState> {
        let (_mock, session) = mock_session().await;
        let (target, files) = rooms(&session).await;
        let flags: TransferArgs = parsed(&["--to", &target.to_string(), "--on-conflict", rule]);
        // The same file twice counts once.
        let entries = files.iter().chain(&files).map(EntryRef::from).collect();
        let report = flags.run(way, entries, &session).await.expect("a report");
        let Records::List(records) = report.records else { panic!("a list is reported") };
        records.into_iter().map(|record| record.state).collect()
    }

    #[tokio::test]
    async fn skipped_and_replaced_files_are_told_apart_from_new_ones() {
        use TransferState::{Copied, Moved, NewVersion, Skipped};
        assert_eq!(states(Way::Copy, "skip").await, [Skipped, Copied]);
        assert_eq!(states(Way::Move, "skip").await, [Skipped, Moved]);
        assert_eq!(states(Way::Copy, "overwrite").await, [NewVersion, Copied]);
        assert_eq!(states(Way::Copy, "duplicate").await, [Copied, Copied]);
    }

    #[tokio::test]
    async fn rooms_and_targets_inside_a_folder_are_refused_also_in_a_dry_run() {
        let (_mock, session) = mock_session().await;
        let (target, _) = rooms(&session).await;
        let outer = session.portal.room(&target).folders().create("Outer").await.expect("a folder");
        let inner = session.portal.folder(&outer).folders().create("Inner").await.expect("a folder");
        for (source, to) in [(EntryRef::from(&outer), inner.id), (EntryRef::Folder(target.clone().into()), outer.id)] {
            for dry_run in [&["--dry-run"][..], &[]] {
                let to = to.to_string();
                let arguments = [&["--to", &to][..], dry_run].concat();
                let flags: TransferArgs = parsed(&arguments);
                let failure = flags.run(Way::Copy, vec![source.clone()], &session).await.err().expect("a failure");
                assert!(failure.is_usage(), "{source}: {}", failure.message());
            }
        }
    }

    #[tokio::test]
    async fn file_that_is_there_already_is_not_moved() {
        let (_mock, session) = mock_session().await;
        let (target, _) = rooms(&session).await;
        let file = session.portal.room(&target).upload("b.txt", "x").send().await.expect("a file");
        let flags: TransferArgs = parsed(&["--to", &target.to_string()]);
        let report = flags.run(Way::Move, vec![EntryRef::from(&file)], &session).await.expect("a report");
        let Records::List(records) = report.records else { panic!("a list is reported") };
        assert_eq!(records[0].state, TransferState::Skipped);
    }

    #[tokio::test]
    async fn dry_run_fails_for_titles_that_exist_as_the_transfer_does() {
        let (_mock, session) = mock_session().await;
        let (target, files) = rooms(&session).await;
        for dry_run in [&["--dry-run"][..], &[]] {
            let target = target.to_string();
            let mut arguments = vec!["--to", &target];
            arguments.extend(dry_run);
            let flags: TransferArgs = parsed(&arguments);
            let outcome = flags.run(Way::Copy, files.iter().map(EntryRef::from).collect(), &session).await;
            let failure = outcome.err().expect("a failure");
            assert!(failure.is_conflict() && failure.message().contains("a.txt"), "{}", failure.message());
            assert_eq!(failure.advice(), "use --on-conflict skip, overwrite or duplicate");
        }
    }
}
