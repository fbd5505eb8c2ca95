//! The folders in a room or in another folder.

use std::collections::HashMap;

use docspace_api::types::{Folder, FolderTitleRequest};
use docspace_api::{ClientFoldersExt, FolderId};

use super::path::Titles;
use super::{EntryRef, FolderHandle, entries, path, titles};
use crate::RoomHandle;
use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::support::input;

impl RoomHandle {
    /// Returns the folders of the room, to create, list and find them. Sends nothing.
    pub fn folders(&self) -> Folders {
        Folders::new(self.portal().clone(), self.id().into())
    }
}

impl FolderHandle {
    /// Returns the folders in this folder, to create, list and find them. Sends nothing.
    pub fn folders(&self) -> Folders {
        Folders::new(self.portal().clone(), self.id().clone())
    }
}

/// The folders in a room or in another folder. Returned by
/// [`RoomHandle::folders`](crate::RoomHandle::folders) and [`FolderHandle::folders`].
///
/// Paths have the titles of folders with a slash between them, such as `Contracts/2026`, and begin
/// at this room or folder.
///
/// ```
/// # doc_examples::with_room(async |_, room| {
/// let folders = room.folders();
/// folders.create_tree(["Contracts/2026", "Contracts/2027", "Invoices"]).await?;
///
/// for entry in folders.tree().await? {
///     println!("{}", entry.path);
/// }
/// if let Some(folder) = folders.find("Contracts/2026").await? {
///     println!("the folder has the id {}", folder.id);
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct Folders {
    portal: Portal,
    parent: FolderId,
}

brief_debug!(Folders, |folders| parent: folders.parent);

/// A folder with its path. Returned by [`Folders::tree`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FolderInTree {
    /// The path from the room or folder whose tree it is, such as `Contracts/2026`.
    pub path: String,
    /// The folder.
    pub folder: Folder,
}

impl Folders {
    pub(crate) fn new(portal: Portal, parent: FolderId) -> Self {
        Self { portal, parent }
    }

    /// Creates a folder with this title, up to 165 characters. If a folder with this title
    /// exists, the portal creates a second one. To use the existing one, call
    /// [`create_path`](Self::create_path).
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: the title is blank, is
    ///   too long, or contains a character that the portal would replace, such as a colon.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to create folders
    ///   here, the room is archived, or the folder to create it in does not exist.
    pub async fn create(&self, title: impl Into<String>) -> Result<Folder> {
        let title = titles::folder(&title.into())?;
        create_in(&self.portal, &self.parent, title).await
    }

    /// Returns the folder with this path, and creates the folders of the path that do not exist.
    /// The call can be repeated.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: a title of the path is
    ///   blank, is too long, or contains a character that the portal would replace.
    /// - [`Conflict`](crate::ErrorKind::Conflict): several folders have the path.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room or folder that the path begins at does
    ///   not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to create folders
    ///   here, or the room is archived.
    pub async fn create_path(&self, path: &str) -> Result<Folder> {
        let titles = path::parse(path)?;
        Known::new(&self.portal).create(&self.parent, &titles).await
    }

    /// Creates a tree of folders from paths, and returns the folder of each path, in the order of
    /// the paths. Folders that exist are used, so the call can be repeated.
    ///
    /// The folders are created one after the other. If one fails, the folders before it stay.
    ///
    /// # Errors
    ///
    /// The same as for [`create_path`](Self::create_path). An error of kind
    /// [`Invalid`](crate::ErrorKind::Invalid) names all wrong paths.
    pub async fn create_tree<P: AsRef<str>>(&self, paths: impl IntoIterator<Item = P>) -> Result<Vec<Folder>> {
        let paths = input::strings(paths);
        let paths = path::parse_all(paths.iter().map(String::as_str))?;
        let (mut known, mut folders) = (Known::new(&self.portal), Vec::new());
        for titles in &paths {
            folders.push(known.create(&self.parent, titles).await?);
        }
        Ok(folders)
    }

    /// Lists the folders of this level, by title. [`tree`](Self::tree) lists those of all levels.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room or folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read it.
    pub async fn list(&self) -> Result<Vec<Folder>> {
        list_in(&self.portal, &self.parent).await
    }

    /// Lists the folders of all levels with their paths, each folder before those in it. Makes a
    /// call for each folder that contains folders.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room or folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read it.
    pub async fn tree(&self) -> Result<Vec<FolderInTree>> {
        let mut tree = Vec::new();
        let mut left: Vec<FolderInTree> = self.list().await?.into_iter().rev().map(FolderInTree::top).collect();
        while let Some(entry) = left.pop() {
            if entry.folder.folders_count > 0 {
                let inner = list_in(&self.portal, &entry.folder.id).await?;
                left.extend(inner.into_iter().rev().map(|folder| entry.inner(folder)));
            }
            tree.push(entry);
        }
        Ok(tree)
    }

    /// Finds the folder with exactly this path.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: no folder can have this
    ///   path.
    /// - [`Conflict`](crate::ErrorKind::Conflict): several folders have the path.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room or folder that the path begins at does
    ///   not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read it.
    pub async fn find(&self, path: &str) -> Result<Option<Folder>> {
        let titles = path::parse(path)?;
        Known::new(&self.portal).find_path(&self.parent, &titles).await
    }

    /// Returns those of these paths that no folder has, in the order of the paths.
    /// [`create_tree`](Self::create_tree) creates them. Reads each level of folders once.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: no folder can have one of
    ///   the paths. The error names all wrong paths.
    /// - [`Conflict`](crate::ErrorKind::Conflict): several folders have one of the paths.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room or folder that the paths begin at does
    ///   not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read it.
    pub async fn missing<P: AsRef<str>>(&self, paths: impl IntoIterator<Item = P>) -> Result<Vec<String>> {
        let paths = input::strings(paths);
        let all = path::parse_all(paths.iter().map(String::as_str))?;
        let (mut known, mut missing) = (Known::new(&self.portal), Vec::new());
        for (path, titles) in paths.into_iter().zip(all) {
            if known.find_path(&self.parent, &titles).await?.is_none() {
                missing.push(path);
            }
        }
        Ok(missing)
    }
}

impl FolderInTree {
    fn top(folder: Folder) -> Self {
        Self { path: folder.title.clone(), folder }
    }

    fn inner(&self, folder: Folder) -> Self {
        Self { path: format!("{}/{}", self.path, folder.title), folder }
    }
}

/// The folders that one call has read, so that it reads each level once.
struct Known<'p> {
    portal: &'p Portal,
    levels: HashMap<FolderId, Vec<Folder>>,
}

impl<'p> Known<'p> {
    fn new(portal: &'p Portal) -> Self {
        Self { portal, levels: HashMap::new() }
    }

    async fn level(&mut self, parent: &FolderId) -> Result<&mut Vec<Folder>> {
        if !self.levels.contains_key(parent) {
            let folders = list_in(self.portal, parent).await?;
            self.levels.insert(parent.clone(), folders);
        }
        Ok(self.levels.entry(parent.clone()).or_default())
    }

    async fn find(&mut self, parent: &FolderId, title: &str) -> Result<Option<Folder>> {
        let same: Vec<&Folder> = self.level(parent).await?.iter().filter(|folder| folder.title == title).collect();
        match *same {
            [] => Ok(None),
            [folder] => Ok(Some(folder.clone())),
            _ => {
                let ids: Vec<String> = same.iter().map(|folder| folder.id.to_string()).collect();
                let reason = format!("several folders have the title `{title}`: {}", ids.join(", "));
                let call = Call::new("find_folder", format!("`{title}` in folder {parent}"));
                Err(Error::new(ErrorKind::Conflict, reason).of(&call).advise("use the id of one of them"))
            }
        }
    }

    async fn find_path(&mut self, parent: &FolderId, titles: &Titles) -> Result<Option<Folder>> {
        let (mut parent, mut found) = (parent.clone(), None);
        for title in titles {
            let Some(folder) = self.find(&parent, title).await? else { return Ok(None) };
            parent.clone_from(&folder.id);
            found = Some(folder);
        }
        Ok(found)
    }

    async fn create(&mut self, parent: &FolderId, titles: &Titles) -> Result<Folder> {
        let (mut parent, mut created) = (parent.clone(), None);
        for title in titles {
            let folder = match self.find(&parent, title).await? {
                Some(folder) => folder,
                None => {
                    let folder = create_in(self.portal, &parent, title.clone()).await?;
                    self.level(&parent).await?.push(folder.clone());
                    // A new folder is empty.
                    self.levels.insert(folder.id.clone(), Vec::new());
                    folder
                }
            };
            parent.clone_from(&folder.id);
            created = Some(folder);
        }
        created.ok_or_else(|| Error::invalid("the path is empty"))
    }
}

async fn list_in(portal: &Portal, parent: &FolderId) -> Result<Vec<Folder>> {
    let call = Call::new("list_subfolders", format!("of folder {parent}"));
    let answer = portal.api().list_subfolders().folder_id(parent).send().await;
    Ok(call.envelope(answer).await?.response.unwrap_or_default())
}

async fn create_in(portal: &Portal, parent: &FolderId, title: String) -> Result<Folder> {
    let call = Call::new("create_folder", format!("`{title}` in folder {parent}"));
    let answer = portal.api().create_folder().folder_id(parent).body(FolderTitleRequest { title }).send().await;
    let outcome = call.response(answer, |envelope| envelope.response).await;
    entries::with_archive_advice(portal, EntryRef::Folder(parent.clone()), outcome).await
}
