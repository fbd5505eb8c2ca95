//! Deleting several folders or files, permanently or into the trash.

use clap::Args;
use docspace::folders::{Entry, EntryRef};
use schemars::JsonSchema;
use serde::Serialize;

use super::transfer::{read, refuse_room, without_repetitions};
use crate::args::{SafetyArgs, WaitArgs};
use crate::confirmation::{self, Words};
use crate::failure::{Failure, UnknownOutcome};
use crate::output::{Bar, Field, Record, Records, Report, Tone};
use crate::records::EntryRecord;
use crate::records::entry::{id, title};
use crate::session::Session;
use crate::terminal::Terminal;
use crate::waiting::PendingOperation;

/// The flags of the commands that delete.
#[derive(Debug, Args)]
pub(crate) struct DeletionArgs {
    /// Move to your trash instead of deleting permanently
    #[arg(long)]
    trash: bool,
    #[command(flatten)]
    safety: SafetyArgs,
    #[command(flatten)]
    wait: WaitArgs,
}

/// A folder or file after its deletion.
pub(crate) struct TrashRecord {
    entry: Entry,
    state: TrashState,
}

/// The state of a folder or file after its deletion.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum TrashState {
    Accepted,
    Deleted,
    InTrash,
}

impl Record for TrashRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the folder or file", &|record| id(&record.entry)),
        Field::<Self>::column(
            "state",
            "State after the command; `accepted` if the command did not wait for the result",
            &|record| record.state,
        )
        .never_cut()
        .tone(|_| Tone::Dim),
        Field::<Self>::column("title", "Title", &|record| title(&record.entry)).priority(90),
    ];
}

impl DeletionArgs {
    /// Fails if confirmation is needed but there is no terminal to ask on.
    pub(crate) fn check(&self, terminal: Terminal) -> Result<(), Failure> {
        if self.trash { Ok(()) } else { self.safety.check(terminal) }
    }

    /// Deletes the entries one after the other.
    pub(crate) async fn run(
        &self,
        noun: &'static str,
        entries: Vec<EntryRef>,
        session: &Session,
    ) -> Result<Report<TrashRecord>, Failure> {
        let entries = without_repetitions(entries);
        let mut records = Vec::new();
        for entry in &entries {
            let entry = read(&session.portal, entry).await?;
            refuse_room(&entry)?;
            records.push(EntryRecord(entry));
        }
        if self.safety.dry_run.is_set() {
            let titles = records.iter().map(|record| format!("“{}”", record.0.title())).collect::<Vec<_>>();
            let titles = titles.join(", ");
            let what = if self.trash { format!("move {titles} to the trash") } else { format!("delete {titles}") };
            return Ok(self.safety.dry_run.report(&what));
        }
        if !self.trash && self.safety.must_ask() {
            let words = Words { noun, name: "title", consequence: "The content cannot be recovered." };
            confirmation::of_deletion(&records, |record| record.0.title(), &words, session.terminal)?;
        }
        let bar = Bar::start(session.terminal, "deleting", entries.len());
        let mut deleted = Vec::new();
        for (entry, EntryRecord(read)) in entries.iter().zip(records) {
            match self.delete(entry, &read, &bar, session).await {
                Ok(state) => deleted.push(TrashRecord { entry: read, state }),
                // The others before it are gone, and have to be reported.
                Err(failure) => return Ok(Report::from(Records::List(deleted)).failing(Some(failure))),
            }
            bar.done();
        }
        Ok(Records::List(deleted).into())
    }

    async fn delete(
        &self,
        entry: &EntryRef,
        read: &Entry,
        bar: &Bar,
        session: &Session,
    ) -> Result<TrashState, Failure> {
        let portal = &session.portal;
        let unknown = match entry {
            EntryRef::File(id) => {
                UnknownOutcome::new(format!("whether {entry} is deleted"), format!("docspace files view {id}"))
            }
            entry => UnknownOutcome::new(
                format!("whether {entry} is deleted"),
                format!("docspace folders view {}", entry.id()),
            ),
        };
        let pending = PendingOperation { subject: entry.to_string(), unknown, bar };
        let until = self.wait.until();
        let done = match (read, self.trash) {
            (Entry::Folder(folder), true) => pending.run(portal.folder(folder).trash(), until).await,
            (Entry::Folder(folder), false) => pending.run(portal.folder(folder).delete(), until).await,
            (Entry::File(file), true) => pending.run(portal.file(file).trash(), until).await,
            (Entry::File(file), false) => pending.run(portal.file(file).delete(), until).await,
        };
        Ok(match done? {
            None => TrashState::Accepted,
            Some(()) if self.trash => TrashState::InTrash,
            Some(()) => TrashState::Deleted,
        })
    }
}
