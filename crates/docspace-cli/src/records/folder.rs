//! The printed fields of a folder.

use docspace::folders::Folder;

use crate::output::{Field, Id, Record, instant};

/// A folder as it is printed.
pub(crate) struct FolderRecord {
    pub(crate) folder: Folder,
    /// The path from the room or folder that the command names.
    pub(crate) path: String,
}

impl FolderRecord {
    /// A folder whose path is its title.
    pub(crate) fn top(folder: Folder) -> Self {
        Self { path: folder.title.clone(), folder }
    }
}

impl Record for FolderRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the folder", &|record| Id::from(&record.folder.id)),
        Field::<Self>::column("path", "Titles of the folders down to this one, with slashes between them", &|record| {
            record.path.clone()
        })
        .priority(90),
        Field::<Self>::column("folders", "Number of folders in it, at all levels", &|record| {
            record.folder.folders_count
        })
        .never_cut()
        .priority(50),
        Field::<Self>::column("files", "Number of files in it, at all levels", &|record| record.folder.files_count)
            .never_cut()
            .priority(60),
        Field::<Self>::column("updated", "Time of the last change", &|record| instant(record.folder.updated))
            .never_cut()
            .priority(40),
        Field::<Self>::detail("title", "Title", &|record| record.folder.title.clone()),
        Field::<Self>::detail("parent", "Id of the room or folder that contains it", &|record| {
            Id::from(&record.folder.parent_id)
        }),
        Field::<Self>::detail(
            "order",
            "Number in a room with an index, such as 1.2; null without an index",
            &|record| record.folder.order.clone(),
        ),
    ];
}
