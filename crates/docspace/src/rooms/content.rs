//! What is in a room.

use docspace_api::types::{Entry, FolderContent};
use docspace_api::{ClientFoldersExt, FolderId};

use super::RoomHandle;
use crate::error::{Call, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::support::pages::{self, PAGE, Page};

impl RoomHandle {
    /// The folders and files of the room's top level as they come, page by page. What is in those folders is read with
    /// [`Portal::folder_content`].
    ///
    /// ```
    /// use docspace::rooms::Entry;
    /// use futures::TryStreamExt;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> docspace::Result<()> {
    /// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
    /// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// let mut content = portal.room(&room).content();
    /// while let Some(entry) = content.try_next().await? {
    ///     match entry {
    ///         Entry::Folder(folder) => println!("{}/", folder.title),
    ///         Entry::File(file) => println!("{}", file.title),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// No recording shows a list of a folder; it is the published document's.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error: `NotFound` when there is no such room, `Forbidden` when one may not read it, and for a
    /// key without a `files` scope.
    pub fn content(&self) -> BoxStream<'static, Result<Entry>> {
        self.portal().folder_content(self.id().clone())
    }
}

impl Portal {
    /// The folders and files of a folder as they come, page by page; see [`RoomHandle::content`].
    ///
    /// # Errors
    ///
    /// The stream ends with the first error: `NotFound` when there is no such folder, `Forbidden` when one may not read
    /// it.
    pub fn folder_content(&self, folder: impl Into<FolderId>) -> BoxStream<'static, Result<Entry>> {
        let (portal, folder) = (self.clone(), folder.into());
        let fetch = move |start| -> BoxFuture<'static, Result<Page<Entry>>> {
            let (portal, folder) = (portal.clone(), folder.clone());
            Box::pin(async move {
                let call = Call::new("list_folder", folder.to_string());
                let request = portal.api().list_folder().folder_id(folder).count(PAGE).start_index(start);
                Ok(page(call.response(request.send().await, |envelope| envelope.response).await?))
            })
        };
        pages::stream(fetch, |entry| match entry {
            Entry::Folder(folder) => (true, folder.id.to_string()),
            Entry::File(file) => (false, file.id.to_string()),
        })
    }
}

fn page(content: FolderContent) -> Page<Entry> {
    let folders = content.folders.into_iter().map(Entry::Folder);
    let items = folders.chain(content.files.into_iter().map(Entry::File)).collect();
    Page { items, total: Some(content.total.into()) }
}
