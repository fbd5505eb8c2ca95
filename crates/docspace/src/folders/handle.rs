//! One folder: read and rename it, and find where it is.

use docspace_api::types::{Entry, Folder, FolderTitleRequest};
use docspace_api::{ClientFoldersExt, FolderId};

use super::entries::{self, EntryRef, FolderRef};
use super::titles;
use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::history::ListHistory;
use crate::platform::BoxStream;
use crate::portal::Portal;

/// One folder of a portal. Returned by [`Portal::folder`], which sends nothing, so the folder may
/// not exist.
///
/// ```
/// # doc_examples::with_room(async |portal, room| {
/// let created = room.folders().create("Contracts").await?;
/// let folder = portal.folder(&created);
/// folder.rename("Contracts 2026").await?;
/// folder.upload("plan.txt", "First draft").send().await?;
///
/// let path: Vec<String> = folder.path().await?.into_iter().map(|folder| folder.title).collect();
/// println!("{}", path.join("/"));
/// folder.delete().await?.wait().await?; // returns when the folder is gone
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct FolderHandle {
    portal: Portal,
    id: FolderId,
}

brief_debug!(FolderHandle, |folder| id: folder.id);

impl From<&FolderHandle> for FolderRef {
    fn from(folder: &FolderHandle) -> Self {
        Self { id: folder.id.clone() }
    }
}

impl From<&FolderHandle> for EntryRef {
    fn from(folder: &FolderHandle) -> Self {
        Self::Folder(folder.id.clone())
    }
}

impl FolderHandle {
    pub(crate) fn new(portal: Portal, folder: FolderRef) -> Self {
        Self { portal, id: folder.id }
    }

    pub(crate) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Returns the id of the folder.
    pub fn id(&self) -> &FolderId {
        &self.id
    }

    /// What happened in the folder. Set a period if needed, then call `stream` or `all`.
    pub fn history(&self) -> ListHistory {
        ListHistory::of_folder(self.portal.clone(), self.id.clone(), "folder")
    }

    /// Reads the folder. Folders in the trash and in archived rooms can be read too.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the folder.
    pub async fn get(&self) -> Result<Folder> {
        entries::read_folder(&self.portal, &self.id).await
    }

    /// Renames the folder. The id of a room renames the room.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the title is blank, is
    ///   longer than 165 characters, or contains a character that the portal would replace, such as
    ///   a colon. The portal itself would store an empty title.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to rename the
    ///   folder, or the room that contains it is archived.
    pub async fn rename(&self, title: impl Into<String>) -> Result<Folder> {
        let title = titles::folder(&title.into())?;
        let call = Call::new("rename_folder", self.id.to_string());
        let request = self.portal.api().rename_folder().folder_id(&self.id).body(FolderTitleRequest { title });
        let outcome = call.response(request.send().await, |envelope| envelope.response).await;
        entries::with_archive_advice(&self.portal, self.into(), outcome).await
    }

    /// Returns the folders from the root folder to this one, which is the last. In a room, the
    /// second is the room.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the folder.
    pub async fn path(&self) -> Result<Vec<Folder>> {
        let call = Call::new("get_folder_path", format!("of folder {}", self.id));
        let answer = self.portal.api().get_folder_path().folder_id(&self.id).send().await;
        call.response(answer, |envelope| envelope.response).await
    }

    /// Returns the folders and files in this folder as a stream, in pages of 100 entries; see
    /// [`RoomHandle::content`](crate::RoomHandle::content).
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the folder,
    ///   or the folder is in the trash.
    pub fn content(&self) -> BoxStream<'static, Result<Entry>> {
        self.portal.folder_content(self.id.clone())
    }
}
