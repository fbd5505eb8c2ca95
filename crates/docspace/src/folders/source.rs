//! An entry that is copied or moved, and what its copy is recognized by.

use docspace_api::types::Entry;
use docspace_api::{ConflictRule, FolderId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{EntryRef, entries};

/// The version of a file, or the size of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Content {
    Version(i32),
    Size { files: i32, folders: i32 },
}

impl Content {
    pub(super) fn of(entry: &Entry) -> Self {
        match entry {
            Entry::File(file) => Self::Version(file.version),
            Entry::Folder(folder) => Self::Size { files: folder.files_count, folders: folder.folders_count },
        }
    }

    /// Whether a folder has at least as much content as the one that it comes from.
    pub(super) fn includes(self, source: Self) -> bool {
        match (self, source) {
            (Self::Size { files, folders }, Self::Size { files: of_source, folders: in_source }) => {
                files >= of_source && folders >= in_source
            }
            _ => true,
        }
    }
}

/// An entry that is copied or moved, as it was before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Source {
    pub(super) id: EntryRef,
    pub(super) title: String,
    pub(super) created: Timestamp,
    pub(super) content: Content,
    /// Whether the entry is to be moved to where it is.
    pub(super) stays: bool,
    /// The entry of the same type with the same title that the target contained before.
    pub(super) existing: Option<Existing>,
}

/// An entry that the target contained before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Existing {
    pub(super) id: EntryRef,
    pub(super) content: Content,
}

impl Source {
    pub(super) fn new(entry: &Entry, is_move: bool, target: &FolderId, before: &[Entry]) -> Self {
        let title = entry.title();
        let existing = before.iter().find(|other| is_same_type(other, entry) && is_same_title(other.title(), title));
        Self {
            id: entry.into(),
            title: title.to_owned(),
            created: entries::created(entry),
            content: Content::of(entry),
            stays: is_move && entries::parent(entry) == target,
            existing: existing.map(|existing| Existing { id: existing.into(), content: Content::of(existing) }),
        }
    }

    /// Whether an entry can be the copy of this one, judged by its type and title.
    pub(super) fn may_become(&self, entry: &Entry, rule: ConflictRule) -> bool {
        let is_same_type =
            matches!((&self.id, entry), (EntryRef::Folder(_), Entry::Folder(_)) | (EntryRef::File(_), Entry::File(_)));
        let is_numbered = rule == ConflictRule::Duplicate && is_numbered(entry.title(), &self.title);
        is_same_type && (is_same_title(entry.title(), &self.title) || is_numbered)
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
