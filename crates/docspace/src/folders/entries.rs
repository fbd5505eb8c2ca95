//! Folders and files as arguments, and reading one of them.

use docspace_api::types::{Entry, File, Folder};
use docspace_api::{ClientFoldersExt, EntryId, FileEntryType, FileId, FolderId, FolderType, RoomId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::RoomHandle;
use crate::error::{Call, Error, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::rooms::RESTORE_FIRST;

/// Identifies a folder. Every room is a folder.
///
/// [`Portal::folder`] and the methods that copy or move accept everything that converts into a
/// `FolderRef`: an id, its number, a [`Folder`] that was read before, or a handle of a folder or
/// room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderRef {
    pub(crate) id: FolderId,
}

/// Identifies a file.
///
/// [`Portal::file`] accepts everything that converts into a `FileRef`: an id, its number, a
/// [`File`] that was read before, or a handle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRef {
    pub(crate) id: FileId,
}

/// Identifies a folder or a file. Both can have the same number, so a number alone is not enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EntryRef {
    /// A folder.
    Folder(FolderId),
    /// A file.
    File(FileId),
}

macro_rules! from {
    ($target:ident: $($type:ty => |$value:ident| $id:expr;)+) => {
        $(
            impl From<$type> for $target {
                fn from($value: $type) -> Self {
                    $id
                }
            }
        )+
    };
}

from! { FolderRef:
    FolderId => |id| Self { id };
    &FolderId => |id| Self { id: id.clone() };
    i32 => |id| Self { id: id.into() };
    RoomId => |id| Self { id: id.into() };
    &RoomId => |id| Self { id: id.into() };
    Folder => |folder| Self { id: folder.id };
    &Folder => |folder| Self { id: folder.id.clone() };
    &crate::Room => |room| Self { id: FolderId::from(&room.id) };
    &RoomHandle => |room| Self { id: FolderId::from(room.id()) };
}

from! { FileRef:
    FileId => |id| Self { id };
    &FileId => |id| Self { id: id.clone() };
    i32 => |id| Self { id: id.into() };
    File => |file| Self { id: file.id };
    &File => |file| Self { id: file.id.clone() };
}

from! { EntryRef:
    FolderId => |id| Self::Folder(id);
    &FolderId => |id| Self::Folder(id.clone());
    FileId => |id| Self::File(id);
    &FileId => |id| Self::File(id.clone());
    Folder => |folder| Self::Folder(folder.id);
    &Folder => |folder| Self::Folder(folder.id.clone());
    File => |file| Self::File(file.id);
    &File => |file| Self::File(file.id.clone());
    Entry => |entry| match entry {
        Entry::Folder(folder) => Self::Folder(folder.id),
        Entry::File(file) => Self::File(file.id),
    };
    &Entry => |entry| match entry {
        Entry::Folder(folder) => Self::Folder(folder.id.clone()),
        Entry::File(file) => Self::File(file.id.clone()),
    };
    &EntryRef => |entry| entry.clone();
}

impl EntryRef {
    pub(super) fn of(entry: &Entry) -> Self {
        entry.into()
    }

    /// Whether this is a folder or a file.
    pub(super) fn entry_type(&self) -> FileEntryType {
        match self {
            Self::Folder(_) => FileEntryType::Folder,
            Self::File(_) => FileEntryType::File,
        }
    }

    /// The id, without whether it is that of a folder or of a file.
    pub fn id(&self) -> EntryId {
        match self {
            Self::Folder(id) => id.clone().into(),
            Self::File(id) => id.clone().into(),
        }
    }
}

impl std::fmt::Display for EntryRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Folder(id) => write!(f, "folder {id}"),
            Self::File(id) => write!(f, "file {id}"),
        }
    }
}

pub(crate) async fn read_folder(portal: &Portal, id: &FolderId) -> Result<Folder> {
    let call = Call::new("get_folder", id.to_string());
    call.response(portal.api().get_folder().folder_id(id).send().await, |envelope| envelope.response).await
}

pub(crate) async fn read_file(portal: &Portal, id: &FileId) -> Result<File> {
    let call = Call::new("get_file", id.to_string());
    call.response(portal.api().get_file().file_id(id).send().await, |envelope| envelope.response).await
}

pub(super) async fn read(portal: &Portal, entry: &EntryRef) -> Result<Entry> {
    match entry {
        EntryRef::Folder(id) => read_folder(portal, id).await.map(Entry::Folder),
        EntryRef::File(id) => read_file(portal, id).await.map(Entry::File),
    }
}

/// Adds to a refusal that the room of this entry is archived. The portal does not give the reason.
pub(crate) async fn explain_archived_entry(portal: &Portal, entry: &EntryRef, error: Error) -> Error {
    if !error.is_forbidden() || error.lacks_scope() {
        return error;
    }
    let root = read(portal, entry).await.map(|entry| root(&entry));
    if root.is_ok_and(|root| root == FolderType::Archive) { error.advise(RESTORE_FIRST) } else { error }
}

/// Returns the result of a change of this entry. If the change was refused because the room is
/// archived, the error says so.
pub(super) fn with_archive_advice<'c, T: Send + 'c>(
    portal: &'c Portal,
    entry: EntryRef,
    outcome: Result<T>,
) -> BoxFuture<'c, Result<T>> {
    Box::pin(async move {
        match outcome {
            Err(error) => Err(explain_archived_entry(portal, &entry, error).await),
            done => done,
        }
    })
}

/// The type of the root folder that contains the entry.
pub(super) fn root(entry: &Entry) -> FolderType {
    match entry {
        Entry::Folder(folder) => folder.root_folder_type,
        Entry::File(file) => file.root_folder_type,
    }
}

/// Reads an entry that may not exist. A 404 of the portal has a message. A 404 from a proxy has
/// none, and is an error.
pub(super) async fn find(portal: &Portal, entry: &EntryRef) -> Result<Option<Entry>> {
    match read(portal, entry).await {
        Ok(entry) => Ok(Some(entry)),
        Err(error) if error.is_not_found() && error.message().is_some() => Ok(None),
        Err(error) => Err(error),
    }
}

/// When an entry was created. Two files with the same id and different times are not the same: a
/// portal gives the id of a deleted file to a new one (recording walks/103).
pub(super) fn created(entry: &Entry) -> Timestamp {
    match entry {
        Entry::Folder(folder) => folder.created,
        Entry::File(file) => file.created,
    }
}

/// The folder that contains an entry.
pub(super) fn parent(entry: &Entry) -> &FolderId {
    match entry {
        Entry::Folder(folder) => &folder.parent_id,
        Entry::File(file) => &file.folder_id,
    }
}
