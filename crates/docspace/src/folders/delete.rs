//! Deleting a folder or a file, permanently or into the trash.

use std::sync::Arc;

use docspace_api::types::{DeleteEntryRequest, Entry, OperationId};
use docspace_api::{ClientFoldersExt, FolderType, Timestamp};
use serde::{Deserialize, Serialize};

use super::in_flight::{EntriesInFlight, EntryOperation};
use super::poller::Change;
use super::work::{Work, ticket};
use super::{EntryRef, FileHandle, FolderHandle, entries};
use crate::error::{Call, Error, Result};
use crate::platform::BoxFuture;
use crate::portal::Portal;
use crate::rooms::{Outcome, RoomsInFlight};
use crate::waiting::{Operation, Queue, Resumed, Ticket};

/// The deletion of one entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Deletion {
    entry: EntryRef,
    to_trash: bool,
    created: Timestamp,
}

impl FolderHandle {
    /// Starts deleting the folder and everything in it. **The content cannot be recovered**: only
    /// [`trash`](Self::trash) moves a folder to the trash. Call [`wait`](Operation::wait) for the
    /// result.
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
        Deletion::start(self.portal(), self.id().into(), false).await
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
        Deletion::start(self.portal(), self.id().into(), true).await
    }
}

impl FileHandle {
    /// Starts deleting the file and all its versions. **The file cannot be recovered**: it does
    /// not go to the trash. To move it there, call [`trash`](Self::trash). Call
    /// [`wait`](Operation::wait) for the result.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the file does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to delete the file,
    ///   or the room that contains it is archived.
    ///
    /// Waiting fails with [`NotDone`](crate::ErrorKind::NotDone) if the file is open for editing.
    pub async fn delete(self) -> Result<Operation<()>> {
        Deletion::start(self.portal(), self.id().into(), false).await
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
        Deletion::start(self.portal(), self.id().into(), true).await
    }
}

impl Deletion {
    /// The name of a deletion in a ticket.
    pub(super) const NAME: &str = "deletion";

    async fn start(portal: &Portal, entry: EntryRef, to_trash: bool) -> Result<Operation<()>> {
        let call = call(&entry);
        let found = entries::read(portal, &entry).await.map_err(|error| error.of(&call))?;
        if matches!(&found, Entry::Folder(folder) if folder.room_type.is_some()) {
            return Err(Error::invalid("this is a room").of(&call).advise("delete it as a room"));
        }
        if to_trash && is_in_trash(&found) {
            let reason = "it is in the trash, from where the portal would delete it permanently";
            return Err(Error::invalid(reason).of(&call).advise("delete it permanently, or leave it there"));
        }
        let work = Self { entry: entry.clone(), to_trash, created: entries::created(&found) };
        let change = Change { portal: portal.clone(), call, work: Arc::new(work) };
        let started = change.start(portal.wait_policy(), drop).await;
        entries::with_archive_advice(portal, entry, started).await
    }
}

/// The call that starts the deletion.
fn call(entry: &EntryRef) -> Call {
    match entry {
        EntryRef::Folder(id) => Call::new("delete_folder", id.to_string()),
        EntryRef::File(id) => Call::new("delete_file", id.to_string()),
    }
}

impl Work for Deletion {
    fn call(&self) -> Call {
        call(&self.entry)
    }

    fn effect(&self) -> String {
        if self.to_trash { format!("moves {} to the trash", self.entry) } else { format!("deletes {}", self.entry) }
    }

    fn queue<'q>(&self, in_flight: &'q EntriesInFlight) -> &'q Queue<EntryOperation> {
        &in_flight.deletions
    }

    /// A second request would delete permanently what the first has moved to the trash.
    fn is_restartable(&self) -> bool {
        !self.to_trash
    }

    fn request<'w>(&'w self, portal: &'w Portal, call: &'w Call) -> BoxFuture<'w, Result<Option<OperationId>>> {
        Box::pin(async move {
            let body = DeleteEntryRequest { delete_after: false, immediately: !self.to_trash };
            let api = portal.api();
            let answer = match &self.entry {
                EntryRef::Folder(id) => {
                    api.delete_folder().folder_id(id).return_single_operation(true).body(body).send().await
                }
                EntryRef::File(id) => {
                    api.delete_file().file_id(id).return_single_operation(true).body(body).send().await
                }
            };
            let started = call.response(answer, |envelope| envelope.response).await?;
            let id = started.last().map(|record| record.id);
            portal.state::<RoomsInFlight>().note_other_deletion(id);
            Ok(id)
        })
    }

    fn outcome<'w>(&'w self, portal: &'w Portal) -> BoxFuture<'w, Result<Outcome<Vec<Entry>>>> {
        Box::pin(async move {
            let is_same = |entry: &Entry| entries::created(entry) == self.created;
            Ok(match entries::find(portal, &self.entry).await?.filter(is_same) {
                None if self.to_trash => Outcome::Partly("it was deleted permanently in the meantime".to_owned()),
                None => Outcome::Reached(Vec::new()),
                Some(entry) if self.to_trash && is_in_trash(&entry) => Outcome::Reached(vec![entry]),
                Some(_) => Outcome::Untouched,
            })
        })
    }

    fn resumed(&self, mut entries: Vec<Entry>) -> Resumed {
        entries.pop().map_or(Resumed::Deleted, |entry| Resumed::Trashed(Box::new(entry)))
    }

    fn ticket(&self, operation: Option<OperationId>) -> Ticket {
        ticket(Self::NAME, self, operation)
    }
}

fn is_in_trash(entry: &Entry) -> bool {
    entries::root(entry) == FolderType::Trash
}
