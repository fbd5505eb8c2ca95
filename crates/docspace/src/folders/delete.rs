//! Deleting a folder or a file, permanently or into the trash.

use docspace_api::types::{DeleteEntryRequest, Entry, OperationId};
use docspace_api::{ClientFoldersExt, FolderType};

use super::poller::{Change, Outcome, Work};
use super::{EntryRef, FileHandle, FolderHandle, entries};
use crate::error::{Call, Error, Result};
use crate::portal::Portal;
use crate::waiting::Operation;

/// The deletion of one entry.
#[derive(Clone)]
pub(super) struct Deletion {
    entry: EntryRef,
    to_trash: bool,
}

impl FolderHandle {
    /// Starts deleting the folder and everything in it. **The content cannot be recovered**: it does
    /// not go to the trash, for which there is [`trash`](Self::trash). Call
    /// [`wait`](Operation::wait) for the result.
    ///
    /// The folder is read first. A room cannot be deleted in this way; use
    /// [`RoomHandle::delete`](crate::RoomHandle::delete).
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id is that of a room.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to delete the
    ///   folder, or the room that contains it is archived.
    pub async fn delete(self) -> Result<Operation<()>> {
        Deletion { entry: self.id().into(), to_trash: false }.start(self.portal()).await
    }

    /// Starts moving the folder to the trash of the caller, who can restore it with
    /// [`move_to`](Self::move_to). Call [`wait`](Operation::wait) for the result.
    ///
    /// The folder is read first, because the portal deletes a folder in the trash permanently.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id is that of a room, or the folder is in the
    ///   trash.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to delete the
    ///   folder, or the room that contains it is archived.
    pub async fn trash(&self) -> Result<Operation<()>> {
        Deletion { entry: self.id().into(), to_trash: true }.start(self.portal()).await
    }
}

impl FileHandle {
    /// Starts deleting the file and all its versions. **It cannot be recovered**: it does not go to
    /// the trash, for which there is [`trash`](Self::trash). Call [`wait`](Operation::wait) for the
    /// result.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the file does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to delete the file,
    ///   or the room that contains it is archived.
    ///
    /// Waiting fails with [`NotDone`](crate::ErrorKind::NotDone) if the file is open for editing.
    pub async fn delete(self) -> Result<Operation<()>> {
        Deletion { entry: self.id().into(), to_trash: false }.start(self.portal()).await
    }

    /// Starts moving the file to the trash of the caller, who can restore it with
    /// [`move_to`](Self::move_to). Call [`wait`](Operation::wait) for the result.
    ///
    /// The file is read first, because the portal deletes a file in the trash permanently.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the file does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the file is in the trash.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to delete the file,
    ///   or the room that contains it is archived.
    pub async fn trash(&self) -> Result<Operation<()>> {
        Deletion { entry: self.id().into(), to_trash: true }.start(self.portal()).await
    }
}

impl Deletion {
    async fn start(self, portal: &Portal) -> Result<Operation<()>> {
        let (name, id) = match &self.entry {
            EntryRef::Folder(id) => ("delete_folder", id.to_string()),
            EntryRef::File(id) => ("delete_file", id.to_string()),
        };
        let call = Call::new(name, id);
        let entry = entries::read(portal, &self.entry).await.map_err(|error| error.of(&call))?;
        if matches!(&entry, Entry::Folder(folder) if folder.room_type.is_some()) {
            return Err(Error::invalid("this is a room").of(&call).advise("delete it as a room"));
        }
        if self.to_trash && is_in_trash(&entry) {
            let reason = "it is in the trash, from where the portal would delete it permanently";
            return Err(Error::invalid(reason).of(&call).advise("delete it permanently, or leave it there"));
        }
        let change = Change { portal: portal.clone(), call, work: Work::Delete(self) };
        change.start(portal.wait_policy(), |_| Some(())).await
    }

    /// A second request would delete permanently what the first has moved to the trash.
    pub(super) fn is_restartable(&self) -> bool {
        !self.to_trash
    }

    pub(super) async fn request(&self, portal: &Portal, call: &Call) -> Result<Option<OperationId>> {
        let body = DeleteEntryRequest { delete_after: false, immediately: !self.to_trash };
        let api = portal.api();
        let answer = match &self.entry {
            EntryRef::Folder(id) => {
                api.delete_folder().folder_id(id).return_single_operation(true).body(body).send().await
            }
            EntryRef::File(id) => api.delete_file().file_id(id).return_single_operation(true).body(body).send().await,
        };
        let started = call.response(answer, |envelope| envelope.response).await?;
        Ok(started.last().map(|record| record.id))
    }

    pub(super) async fn outcome(&self, portal: &Portal) -> Result<Outcome> {
        Ok(match entries::find(portal, &self.entry).await? {
            None if self.to_trash => Outcome::Partly("it was deleted permanently in the meantime".to_owned()),
            None => Outcome::Reached(Vec::new()),
            Some(entry) if self.to_trash && is_in_trash(&entry) => Outcome::Reached(vec![entry]),
            Some(_) => Outcome::Untouched,
        })
    }
}

fn is_in_trash(entry: &Entry) -> bool {
    let root = match entry {
        Entry::Folder(folder) => folder.root_folder_type,
        Entry::File(file) => file.root_folder_type,
    };
    root == FolderType::Trash
}
