//! The printed fields of a file or folder.

use docspace::rooms::Entry;
use serde_json::{Value, json};

use crate::output::{Field, Record, instant, size};

/// A file or folder as it is printed.
pub(crate) struct EntryRecord(pub(crate) Entry);

impl Record for EntryRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|entry| id(&entry.0)),
        Field::<Self>::column("title", |entry| title(&entry.0)).priority(90),
        Field::<Self>::column("type", |entry| match &entry.0 {
            Entry::File(_) => json!("file"),
            Entry::Folder(_) => json!("folder"),
        })
        .never_cut(),
        Field::<Self>::column("size", |entry| match &entry.0 {
            Entry::File(file) => json!(file.pure_content_length),
            Entry::Folder(_) => Value::Null,
        })
        .never_cut()
        .priority(60)
        .shown(|entry| match &entry.0 {
            Entry::File(file) => size(file.pure_content_length),
            Entry::Folder(_) => Value::Null,
        }),
        Field::<Self>::column("updated", |entry| match &entry.0 {
            Entry::File(file) => instant(file.updated),
            Entry::Folder(folder) => instant(folder.updated),
        })
        .never_cut()
        .priority(40),
        Field::detail("url", |entry| url(&entry.0)),
    ];
}

/// Returns the id of an entry.
pub(crate) fn id(entry: &Entry) -> Value {
    match entry {
        Entry::File(file) => json!(file.id),
        Entry::Folder(folder) => json!(folder.id),
    }
}

/// Returns the title of an entry.
pub(crate) fn title(entry: &Entry) -> Value {
    match entry {
        Entry::File(file) => json!(file.title),
        Entry::Folder(folder) => json!(folder.title),
    }
}

/// Returns the address of a file, or null for a folder.
pub(crate) fn url(entry: &Entry) -> Value {
    match entry {
        Entry::File(file) => json!(file.web_url),
        Entry::Folder(_) => Value::Null,
    }
}
