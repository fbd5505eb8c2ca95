//! One file: read and rename it, and copy it under another title.

use docspace_api::types::{CopyFileRequest, File, UpdateFileRequest};
use docspace_api::{ClientFoldersExt, FileId};

use super::entries::{self, EntryRef, FileRef, FolderRef};
use super::titles;
use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::history::ListHistory;
use crate::portal::Portal;

/// One file of a portal. Returned by [`Portal::file`], which sends nothing, so the file may not
/// exist.
///
/// ```
/// # doc_examples::with_room(async |portal, room| {
/// let uploaded = room.upload("plan.txt", "First draft").send().await?;
/// let file = portal.file(&uploaded);
/// file.rename("plan 2026.txt").await?;
/// let copy = file.copy_as("plan 2027.txt", &room).await?;
/// println!("{} has the id {}", copy.title, copy.id);
/// file.trash().await?.wait().await?; // returns when the file is in the trash
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct FileHandle {
    portal: Portal,
    id: FileId,
}

brief_debug!(FileHandle, |file| id: file.id);

impl From<&FileHandle> for FileRef {
    fn from(file: &FileHandle) -> Self {
        Self { id: file.id.clone() }
    }
}

impl From<&FileHandle> for EntryRef {
    fn from(file: &FileHandle) -> Self {
        Self::File(file.id.clone())
    }
}

impl FileHandle {
    pub(crate) fn new(portal: Portal, file: FileRef) -> Self {
        Self { portal, id: file.id }
    }

    pub(crate) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Returns the id of the file.
    pub fn id(&self) -> &FileId {
        &self.id
    }

    /// What happened to the file. Set a period if needed, then call `stream` or `all`.
    ///
    /// ```
    /// # doc_examples::with_portal(async |portal| {
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// let file = portal.room(&room).upload("notes.txt", "First notes").send().await?;
    /// for event in portal.file(&file).history().all().await? {
    ///     println!("{} {} by {}", event.date, event.action.key, event.initiator.display_name);
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub fn history(&self) -> ListHistory {
        ListHistory::of_file(self.portal.clone(), self.id.clone())
    }

    /// Reads the properties of the file, such as its title, its size and its version. The content
    /// is at its `view_url`.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the file does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the file.
    pub async fn get(&self) -> Result<File> {
        entries::read_file(&self.portal, &self.id).await
    }

    /// Renames the file. The extension stays: the portal appends it to a title without it.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the title is blank, is
    ///   longer than 165 characters, or contains a character that the portal would replace, such as
    ///   a colon.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the file does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to rename the file,
    ///   another person has locked it, or the room that contains it is archived.
    pub async fn rename(&self, title: impl Into<String>) -> Result<File> {
        let title = titles::file(&title.into())?;
        let call = Call::new("update_file", self.id.to_string());
        let body = UpdateFileRequest { title: Some(title), last_version: None };
        let answer = self.portal.api().update_file().file_id(&self.id).body(body).send().await;
        let outcome = call.response(answer, |envelope| envelope.response).await;
        entries::with_archive_advice(&self.portal, self.into(), outcome).await
    }

    /// Copies the file under another title into a room or folder, which may be the one that
    /// contains it, and returns the copy. If a file with this title exists there, there are two
    /// afterwards. The extension is part of the title.
    ///
    /// The copy is made at once, and not by an operation as with [`copy_to`](Self::copy_to).
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the title is blank, is
    ///   longer than 165 characters, or contains a character that the portal would replace, such as
    ///   a colon.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the file does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the file or
    ///   to add files to the target, or the target does not exist.
    pub async fn copy_as(&self, title: impl Into<String>, target: impl Into<FolderRef>) -> Result<File> {
        let (title, target) = (titles::file(&title.into())?, target.into().id);
        let call = Call::new("copy_file_as", format!("`{title}` of file {}", self.id));
        let body = CopyFileRequest::new(title, target);
        let answer = self.portal.api().copy_file_as().file_id(&self.id).body(body).send().await;
        call.response(answer, |envelope| envelope.response).await
    }
}
