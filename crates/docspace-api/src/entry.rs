//! Methods on entries, which are files or folders.

use crate::EntryId;
use crate::types::Entry;

impl Entry {
    /// The title.
    pub fn title(&self) -> &str {
        match self {
            Self::File(file) => &file.title,
            Self::Folder(folder) => &folder.title,
        }
    }

    /// The id. A file and a folder can have the same one.
    pub fn id(&self) -> EntryId {
        match self {
            Self::File(file) => file.id.clone().into(),
            Self::Folder(folder) => folder.id.clone().into(),
        }
    }
}
