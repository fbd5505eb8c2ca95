//! Uploading files.

use std::collections::HashSet;
use std::future::ready;

use docspace_api::types::{Entry, File};
use docspace_api::{ClientInfo, FolderId, path_segment};
use futures::TryStreamExt;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;

use super::{EntryRef, FolderHandle, entries, titles};
use crate::RoomHandle;
use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::rooms::form_with_file;

/// What happens if the folder contains a file with the title of an upload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum IfExists {
    /// The upload becomes a new version of the file. Earlier versions are kept.
    #[default]
    NewVersion,
    /// The upload becomes a second file with a title such as `plan (1).docx`.
    SecondFile,
    /// The upload fails. Another program may still add the file between the check and the upload:
    /// then the upload becomes a second file.
    Refuse,
}

/// Uploads a file. Returned by [`RoomHandle::upload`](crate::RoomHandle::upload) and
/// [`FolderHandle::upload`].
///
/// By default, a file with the same title gets a new version; see [`IfExists`].
///
/// ```
/// use docspace::folders::IfExists;
///
/// # doc_examples::with_room(async |_, room| {
/// let file = room.upload("plan.txt", "First draft").send().await?;
/// let next = room.upload("plan.txt", "Second draft").send().await?;
/// assert_eq!((next.id, next.version), (file.id, 2));
///
/// let second = room.upload("plan.txt", "Other").if_exists(IfExists::SecondFile).send().await?;
/// assert_eq!(second.title, "plan (1).txt");
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is uploaded before `send` is called"]
pub struct Upload {
    portal: Portal,
    folder: FolderId,
    name: String,
    content: Vec<u8>,
    if_exists: IfExists,
}

brief_debug!(Upload, |upload| folder: upload.folder, bytes: upload.content.len());

impl RoomHandle {
    /// Uploads a file with this name and content into the room. The content is sent in one request,
    /// so this is for files that fit into memory.
    pub fn upload(&self, name: impl Into<String>, content: impl Into<Vec<u8>>) -> Upload {
        Upload::new(self.portal().clone(), self.id().into(), name.into(), content.into())
    }
}

impl FolderHandle {
    /// Uploads a file with this name and content into the folder. The content is sent in one
    /// request, so this is for files that fit into memory.
    pub fn upload(&self, name: impl Into<String>, content: impl Into<Vec<u8>>) -> Upload {
        Upload::new(self.portal().clone(), self.id().clone(), name.into(), content.into())
    }

    /// Returns the files in the folder that uploads with these names would replace by new versions.
    /// Reads the content of the folder once.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: a file cannot have one of
    ///   the names; see [`Upload::title`].
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the folder.
    pub async fn existing_files<N: AsRef<str>>(&self, names: impl IntoIterator<Item = N>) -> Result<Vec<File>> {
        let titles: Vec<String> = names.into_iter().map(|name| titles::upload(name.as_ref())).collect::<Result<_>>()?;
        files_titled(self.portal(), self.id(), &titles).await
    }
}

impl Upload {
    fn new(portal: Portal, folder: FolderId, name: String, content: Vec<u8>) -> Self {
        Self { portal, folder, name, content, if_exists: IfExists::default() }
    }

    /// Sets what happens if the folder contains a file with this name. The case of letters does not
    /// matter.
    pub fn if_exists(mut self, choice: IfExists) -> Self {
        self.if_exists = choice;
        self
    }

    /// Checks the name, and returns the title that the portal gives the file: a name without an
    /// extension gets a dot at its end. Sends nothing.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the name is blank, is longer than 170 characters,
    ///   or contains a character that the portal would replace, such as a colon.
    pub fn title(&self) -> Result<String> {
        titles::upload(&self.name)
    }

    /// Uploads the file, and returns it as the portal stored it: its `version` is greater than 1 if
    /// it is a new version, and its title is that of [`title`](Self::title), unless it is a second
    /// file.
    ///
    /// If the portal's answer is lost, the file may have been uploaded nevertheless.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the name is blank, is
    ///   longer than 170 characters, or contains a character that the portal would replace, such as
    ///   a colon.
    /// - [`Conflict`](crate::ErrorKind::Conflict): the file exists, and [`IfExists::Refuse`] was
    ///   chosen.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room or folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to add files, or the
    ///   room is archived.
    /// - [`QuotaExceeded`](crate::ErrorKind::QuotaExceeded): the room or the portal has no space
    ///   left.
    /// - [`Server`](crate::ErrorKind::Server): the file is not a PDF form, and the room is for
    ///   filling in forms.
    pub async fn send(self) -> Result<File> {
        let (title, name) = (self.title()?, self.name.trim());
        let call = Call::new("upload_file", format!("`{name}` to folder {}", self.folder));
        if self.if_exists == IfExists::Refuse {
            self.check_is_new(&title, &call).await?;
        }
        let folder = self.folder.to_string();
        let folder = path_segment(&folder).map_err(|error| Error::invalid(error.to_string()).of(&call))?;
        let mut address = format!("{}/api/2.0/files/{folder}/upload", self.portal.api().baseurl());
        if self.if_exists != IfExists::NewVersion {
            address.push_str("?createNewIfExist=true");
        }
        let (kind, form) = form_with_file(name, &self.content);
        let request = self.portal.api().client().post(address).header(CONTENT_TYPE, kind).body(form);
        let outcome = call.send(self.portal.api(), request).await;
        let answer: Uploaded =
            entries::with_archive_advice(&self.portal, EntryRef::Folder(self.folder), outcome).await?;
        answer.response.into_iter().flatten().next().ok_or_else(|| call.no_response())
    }

    async fn check_is_new(&self, title: &str, call: &Call) -> Result<()> {
        let existing = files_titled(&self.portal, &self.folder, &[title.to_owned()]).await;
        if existing.map_err(|error| error.of(call))?.is_empty() {
            return Ok(());
        }
        let error = Error::new(ErrorKind::Conflict, "the folder already contains a file with this name").of(call);
        Err(error.not_started().advise("choose another name, or upload a new version"))
    }
}

/// The files in a folder that have one of these titles. As for uploads, the case of letters does
/// not matter.
async fn files_titled(portal: &Portal, folder: &FolderId, titles: &[String]) -> Result<Vec<File>> {
    let titles: HashSet<String> = titles.iter().map(|title| title.to_lowercase()).collect();
    let files = portal.folder_content(folder.clone()).try_filter_map(|entry| {
        ready(Ok(match entry {
            Entry::File(file) if titles.contains(&file.title.to_lowercase()) => Some(file),
            _ => None,
        }))
    });
    files.try_collect().await
}

/// The answer to an upload: one file.
#[derive(Deserialize)]
struct Uploaded {
    response: Option<Vec<File>>,
}
