//! The printed fields of a copied or moved folder or file.

use std::collections::HashSet;

use docspace::folders::{ConflictRule, Entry, EntryRef};
use schemars::JsonSchema;
use serde::Serialize;

use super::Way;
use crate::output::{Field, Record, Tone};
use crate::records::entry::{self, EntryType};

/// A folder or file after a copy or move.
pub(crate) struct TransferredRecord {
    pub(crate) entry: Entry,
    pub(crate) state: TransferState,
}

/// What became of a folder or file that was to be copied or moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TransferState {
    // The command did not wait for the result.
    Accepted,
    Copied,
    Moved,
    // Its content is in a folder that the target contained before.
    Merged,
    // It is a new version of a file that the target contained before.
    NewVersion,
    // The target contains another file with its title, or it was there before.
    Skipped,
}

impl TransferState {
    /// Compares the entry in the target with the one that was to be copied or moved, and with what
    /// the target contained before.
    pub(crate) fn of(
        way: Way,
        rule: Option<ConflictRule>,
        source: &EntryRef,
        found: &Entry,
        before: &HashSet<String>,
    ) -> Self {
        let id = EntryRef::from(found);
        if !before.contains(&id.to_string()) {
            return if way == Way::Copy { Self::Copied } else { Self::Moved };
        }
        match (found, rule) {
            _ if id == *source => Self::Skipped,
            (Entry::Folder(_), _) => Self::Merged,
            (Entry::File(_), Some(ConflictRule::Overwrite)) => Self::NewVersion,
            (Entry::File(_), _) => Self::Skipped,
        }
    }
}

impl Record for TransferredRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id(
            "Id of the file or folder in the target; of the original if it was only accepted",
            &|record| entry::id(&record.entry),
        ),
        Field::<Self>::column(
            "state",
            "What became of the file or folder; `accepted` if the command did not wait for the result",
            &|record| record.state,
        )
        .never_cut()
        .tone(|record| match record.state {
            TransferState::Skipped => Tone::Dim,
            _ => Tone::Plain,
        }),
        Field::<Self>::column("title", "Title", &|record| entry::title(&record.entry)).priority(90),
        Field::<Self>::column("type", "Whether it is a file or a folder", &|record| EntryType::of(&record.entry))
            .never_cut(),
        Field::<Self>::detail("url", "Address of a file in the browser; null for a folder", &|record| {
            entry::url(&record.entry)
        }),
    ];
}
