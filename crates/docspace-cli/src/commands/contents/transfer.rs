//! Copying and moving several folders or files.

use clap::Args;
use docspace::folders::{Entry, EntryRef};
use docspace::rooms::FolderId;

use super::{ConflictArgs, TargetArgs};
use crate::args::{DryRunArgs, WaitArgs};
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Bar, Records, Report};
use crate::records::EntryRecord;
use crate::session::Session;
use crate::waiting::PendingOperation;

/// Whether entries are copied or moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Copy,
    Move,
}

impl Way {
    fn verb(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Move => "move",
        }
    }

    fn activity(self) -> &'static str {
        match self {
            Self::Copy => "copying",
            Self::Move => "moving",
        }
    }
}

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
    ) -> Result<Report<EntryRecord>, Failure> {
        let target = self.target.find(session).await?;
        let what = described(&entries);
        if self.dry_run.is_set() {
            return self.preview(way, &entries, &target, session).await;
        }
        let folder = session.portal.folder(&target);
        let transfer = match way {
            Way::Copy => folder.copy_into(entries),
            Way::Move => folder.move_into(entries),
        };
        let transfer = match self.conflict.rule() {
            Some(rule) => transfer.on_conflict(rule),
            None => transfer,
        };
        let question = format!("whether folder {target} contains {what}");
        let pending = PendingOperation {
            subject: what,
            unknown: UnknownOutcome::new(question, format!("docspace files list {target}")),
            bar: &Bar::start(session.terminal, way.activity(), 1),
        };
        let done = pending.run(transfer.start(), self.wait.until()).await.map_err(|failure| {
            if failure.is_conflict() { failure.advise("choose what happens with --on-conflict") } else { failure }
        })?;
        Ok(done.map_or(Records::None, |entries| Records::List(entries.into_iter().map(EntryRecord).collect())).into())
    }

    /// Reads the entries and the target, and prints what the command would do.
    async fn preview(
        &self,
        way: Way,
        entries: &[EntryRef],
        target: &FolderId,
        session: &Session,
    ) -> Result<Report<EntryRecord>, Failure> {
        let target = session.portal.folder(target).get().await?;
        let mut titles = Vec::new();
        for entry in entries {
            titles.push(read(session, entry).await?.title().to_owned());
        }
        let titles = titles.iter().map(|title| format!("“{title}”")).collect::<Vec<_>>().join(", ");
        Ok(self.dry_run.report(&format!("{} {titles} into “{}”", way.verb(), target.title)))
    }
}

/// Reads a folder or file.
pub(super) async fn read(session: &Session, entry: &EntryRef) -> Result<Entry, Failure> {
    Ok(match entry {
        EntryRef::Folder(id) => Entry::Folder(session.portal.folder(id).get().await?),
        EntryRef::File(id) => Entry::File(session.portal.file(id).get().await?),
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
