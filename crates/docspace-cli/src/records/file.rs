//! The printed fields of a file.

use docspace::folders::File;

use crate::output::{Field, Id, Record, instant, size_text};

/// A file as it is printed.
pub(crate) struct FileRecord(pub(crate) File);

impl Record for FileRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the file", &|file| Id::from(&file.0.id)),
        Field::<Self>::column("title", "Title, with the extension", &|file| file.0.title.clone()).priority(90),
        Field::<Self>::column("size", "Size in bytes", &|file| file.0.size())
            .never_cut()
            .priority(60)
            .shown(|file| size_text(file.0.size()).into()),
        Field::<Self>::column("version", "Number of the version", &|file| file.0.version).never_cut().priority(50),
        Field::<Self>::column("updated", "Time of the last change", &|file| instant(file.0.updated))
            .never_cut()
            .priority(40),
        Field::<Self>::detail("folder", "Id of the room or folder that contains it", &|file| {
            Id::from(&file.0.folder_id)
        }),
        Field::<Self>::detail("order", "Number in a room with an index, such as 1.2; null without an index", &|file| {
            file.0.order.clone()
        }),
        Field::<Self>::detail("url", "Address of the file in the browser", &|file| file.0.web_url.clone()),
    ];
}
