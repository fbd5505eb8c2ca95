//! The printed fields of a file or folder.

use docspace::rooms::Entry;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::output::{Field, Id, Record, instant, size_text};

/// A file or folder as it is printed.
pub(crate) struct EntryRecord(pub(crate) Entry);

impl Record for EntryRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the file or folder", &|entry| id(&entry.0)),
        Field::<Self>::column("title", "Title", &|entry| title(&entry.0)).priority(90),
        Field::<Self>::column("type", "Whether it is a file or a folder", &|entry| EntryType::of(&entry.0)).never_cut(),
        Field::<Self>::column("size", "Size of a file in bytes; null for a folder", &|entry| match &entry.0 {
            Entry::File(file) => Some(file.size()),
            Entry::Folder(_) => None,
        })
        .never_cut()
        .priority(60)
        .shown(|entry| match &entry.0 {
            Entry::File(file) => size_text(file.size()).into(),
            Entry::Folder(_) => Value::Null,
        }),
        Field::<Self>::column("updated", "Time of the last change", &|entry| match &entry.0 {
            Entry::File(file) => instant(file.updated),
            Entry::Folder(folder) => instant(folder.updated),
        })
        .never_cut()
        .priority(40),
        Field::<Self>::detail("url", "Address of a file in the browser; null for a folder", &|entry| url(&entry.0)),
    ];
}

#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum EntryType {
    File,
    Folder,
}

impl EntryType {
    pub(crate) fn of(entry: &Entry) -> Self {
        match entry {
            Entry::File(_) => Self::File,
            Entry::Folder(_) => Self::Folder,
        }
    }
}

/// Returns the id of an entry.
pub(crate) fn id(entry: &Entry) -> Id {
    match entry {
        Entry::File(file) => Id::from(&file.id),
        Entry::Folder(folder) => Id::from(&folder.id),
    }
}

/// Returns the title of an entry.
pub(crate) fn title(entry: &Entry) -> String {
    match entry {
        Entry::File(file) => file.title.clone(),
        Entry::Folder(folder) => folder.title.clone(),
    }
}

/// Returns the address of a file, or `None` for a folder.
pub(crate) fn url(entry: &Entry) -> Option<String> {
    match entry {
        Entry::File(file) => file.web_url.clone(),
        Entry::Folder(_) => None,
    }
}
