//! Methods on entries, which are files or folders.

use crate::EntryId;
use crate::types::{Entry, File};

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

impl File {
    /// The size of the content in bytes. A portal leaves out the size of an empty file.
    pub fn size(&self) -> u64 {
        self.pure_content_length.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or_default()
    }
}
