//! What is in a room, and in which order.

use docspace_api::types::{Entry, FolderContent, Room};
use docspace_api::{ClientFoldersExt, ClientRoomsExt, FolderId};

use super::{RoomHandle, with_archive_advice};
use crate::error::{Call, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::support::pages::{self, PAGE, Page, SmallId};

impl RoomHandle {
    /// Returns the folders and files at the top level of the room as a stream. To read a folder
    /// among them, use [`Portal::folder_content`].
    ///
    /// The stream requests a page of 100 entries at a time.
    ///
    /// ```
    /// use docspace::rooms::Entry;
    /// use futures::TryStreamExt;
    ///
    /// # doc_examples::with_room(async |portal, room| {
    /// let mut content = room.content();
    /// while let Some(entry) = content.try_next().await? {
    ///     match entry {
    ///         Entry::Folder(folder) => println!("{}/", folder.title),
    ///         Entry::File(file) => println!("{}", file.title),
    ///     }
    /// }
    /// # Ok(())
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the room, or
    ///   the API key has no `files` scope.
    pub fn content(&self) -> BoxStream<'static, Result<Entry>> {
        self.portal().folder_content(self.id().clone())
    }

    /// Renumbers the entries of an indexed room without gaps. A room without an index stays as it
    /// is.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room,
    ///   the room is archived, or it does not exist.
    pub async fn reorder(&self) -> Result<Room> {
        let call = Call::new("reorder_room", self.id().to_string());
        let answer = self.portal().api().reorder_room().id(self.id()).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        with_archive_advice(self.portal(), self.id(), outcome).await
    }
}

impl Portal {
    /// Returns the folders and files of a folder as a stream, in pages of 100 entries; see
    /// [`RoomHandle::content`].
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the folder,
    ///   or the API key has no `files` scope.
    pub fn folder_content(&self, folder: impl Into<FolderId>) -> BoxStream<'static, Result<Entry>> {
        let (portal, folder) = (self.clone(), folder.into());
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Entry>>> {
            let (portal, folder) = (portal.clone(), folder.clone());
            Box::pin(async move {
                let call = Call::new("list_folder", folder.to_string());
                let request = portal.api().list_folder().folder_id(folder).count(PAGE).start_index(start);
                Ok(content_page(call.response(request.send().await, |envelope| envelope.response).await?))
            })
        };
        pages::stream(fetch, entry_key)
    }
}

/// Tells the entries of a list apart. A folder and a file can have the same number.
pub(crate) fn entry_key(entry: &Entry) -> (bool, SmallId) {
    match entry {
        Entry::Folder(folder) => (true, SmallId::new(folder.id.number(), &folder.id)),
        Entry::File(file) => (false, SmallId::new(file.id.number(), &file.id)),
    }
}

/// The entries on a page of a folder's content, folders first.
pub(crate) fn content_page(content: FolderContent) -> Page<Entry> {
    let folders = content.folders.into_iter().map(Entry::Folder);
    let items = folders.chain(content.files.into_iter().map(Entry::File)).collect();
    Page { items, total: Some(content.total.into()) }
}
