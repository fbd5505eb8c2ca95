//! Copying and moving folders and files.

use std::sync::Arc;

use docspace_api::types::Entry;
use docspace_api::{ConflictRule, FolderId};
use futures::TryStreamExt;

use super::outcome::{self, Plan};
use super::poller::Change;
use super::{EntryRef, FileHandle, FolderHandle, FolderRef, entries};
use crate::RoomHandle;
use crate::brief::brief_debug;
use crate::error::{Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::waiting::Operation;

/// Copies or moves folders and files into a room or folder. Returned by
/// [`RoomHandle::copy_into`](crate::RoomHandle::copy_into), [`FolderHandle::copy_to`] and similar
/// methods.
///
/// By default, the transfer fails before anything is sent if the target contains a folder or file
/// with the title of one of the entries. [`on_conflict`](Self::on_conflict) chooses what happens
/// instead.
///
/// ```
/// use docspace::folders::ConflictRule;
///
/// # doc_examples::with_room(async |portal, room| {
/// # let other = portal.rooms().create("Other", docspace::RoomType::Custom).send().await?;
/// let plan = room.upload("plan.txt", "First draft").send().await?;
/// let copying = portal.file(&plan).copy_to(&other).on_conflict(ConflictRule::Overwrite).start().await?;
/// for entry in copying.wait().await? {
///     println!("{} is in the other room", entry.title());
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing is copied or moved before `start` is called"]
pub struct Transfer {
    portal: Portal,
    is_move: bool,
    entries: Vec<EntryRef>,
    target: FolderId,
    rule: Option<ConflictRule>,
}

brief_debug!(Transfer, |transfer| target: transfer.target, entries: transfer.entries.len());

impl RoomHandle {
    /// Copies folders and files into the room, given by their ids or as they were read. Choose what
    /// happens to titles that exist, then call [`start`](Transfer::start).
    pub fn copy_into<E: Into<EntryRef>>(&self, entries: impl IntoIterator<Item = E>) -> Transfer {
        Transfer::new(self.portal(), false, entries, self.id().into())
    }

    /// Moves folders and files into the room, given by their ids or as they were read. Choose what
    /// happens to titles that exist, then call [`start`](Transfer::start).
    pub fn move_into<E: Into<EntryRef>>(&self, entries: impl IntoIterator<Item = E>) -> Transfer {
        Transfer::new(self.portal(), true, entries, self.id().into())
    }
}

impl FolderHandle {
    /// Copies folders and files into this folder, given by their ids or as they were read. Choose
    /// what happens to titles that exist, then call [`start`](Transfer::start).
    pub fn copy_into<E: Into<EntryRef>>(&self, entries: impl IntoIterator<Item = E>) -> Transfer {
        Transfer::new(self.portal(), false, entries, self.id().clone())
    }

    /// Moves folders and files into this folder, given by their ids or as they were read. Choose
    /// what happens to titles that exist, then call [`start`](Transfer::start).
    pub fn move_into<E: Into<EntryRef>>(&self, entries: impl IntoIterator<Item = E>) -> Transfer {
        Transfer::new(self.portal(), true, entries, self.id().clone())
    }

    /// Copies the folder and everything in it into a room or into another folder. Choose what
    /// happens if the title exists there, then call [`start`](Transfer::start).
    pub fn copy_to(&self, target: impl Into<FolderRef>) -> Transfer {
        Transfer::new(self.portal(), false, [self], target.into().id)
    }

    /// Moves the folder and everything in it into a room or into another folder. Choose what
    /// happens if the title exists there, then call [`start`](Transfer::start). The folder keeps
    /// its id, unless it is merged into a folder with the same title.
    pub fn move_to(&self, target: impl Into<FolderRef>) -> Transfer {
        Transfer::new(self.portal(), true, [self], target.into().id)
    }
}

impl FileHandle {
    /// Copies the file into a room or folder. Choose what happens if the title exists there, then
    /// call [`start`](Transfer::start). To give the copy another title, use
    /// [`copy_as`](Self::copy_as).
    pub fn copy_to(&self, target: impl Into<FolderRef>) -> Transfer {
        Transfer::new(self.portal(), false, [self], target.into().id)
    }

    /// Moves the file into a room or folder. Choose what happens if the title exists there, then
    /// call [`start`](Transfer::start). The file keeps its id.
    pub fn move_to(&self, target: impl Into<FolderRef>) -> Transfer {
        Transfer::new(self.portal(), true, [self], target.into().id)
    }
}

impl Transfer {
    fn new<E: Into<EntryRef>>(
        portal: &Portal,
        is_move: bool,
        entries: impl IntoIterator<Item = E>,
        target: FolderId,
    ) -> Self {
        let mut all: Vec<EntryRef> = Vec::new();
        for entry in entries.into_iter().map(Into::into) {
            if !all.contains(&entry) {
                all.push(entry);
            }
        }
        let entries = all;
        Self { portal: portal.clone(), is_move, entries, target, rule: None }
    }

    /// Sets what happens if the target contains a folder or file with the same title.
    ///
    /// | Rule | A file | A folder |
    /// |---|---|---|
    /// | [`Skip`](ConflictRule::Skip) | stays where it is | is merged, and the files that exist stay |
    /// | [`Overwrite`](ConflictRule::Overwrite) | becomes a new version of the file in the target | is merged, and files become new versions |
    /// | [`Duplicate`](ConflictRule::Duplicate) | a copy gets a title such as `plan (1).txt`; a moved file keeps its title | a copy gets a title such as `Docs (1)`; a moved folder is merged |
    pub fn on_conflict(mut self, rule: ConflictRule) -> Self {
        self.rule = Some(rule);
        self
    }

    /// Starts the transfer. Call [`wait`](Operation::wait) for the entries in the target, in the
    /// order of this call. It reads the target to verify the result.
    ///
    /// - For an entry that was skipped, the result contains the entry with the same title that was
    ///   already in the target.
    /// - An entry that is given twice is copied or moved once.
    /// - A merged folder is verified by the number of folders and files in it.
    /// - An entry that is to be moved but is already in the target stays as it is.
    /// - The client keeps a limited number of transfers in flight, by default 5; see
    ///   [`WaitPolicy::in_flight`](crate::waiting::WaitPolicy::in_flight).
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid), before anything is sent: there are no entries, one
    ///   of them is a room, or a folder would be moved or copied into itself or a folder in it.
    /// - [`Conflict`](crate::ErrorKind::Conflict): the target contains the title of an entry, and
    ///   [`on_conflict`](Self::on_conflict) was not called. The error lists the titles.
    /// - [`NotFound`](crate::ErrorKind::NotFound): an entry or the target does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to copy or move the
    ///   entries or to add them to the target, or a room is archived.
    ///
    /// Waiting fails with [`NotDone`](crate::ErrorKind::NotDone) if the target does not contain all
    /// entries afterwards.
    pub async fn start(self) -> Result<Operation<Vec<Entry>>> {
        let call = outcome::call(self.is_move, &self.target);
        if self.entries.is_empty() {
            return Err(Error::invalid("there is nothing to copy or move").of(&call).advise("give folders or files"));
        }
        let mut sources = Vec::new();
        for entry in &self.entries {
            if *entry == EntryRef::Folder(self.target.clone()) {
                return Err(Error::invalid("a folder cannot contain itself").of(&call).advise("use another target"));
            }
            // The error is about the entry. With the call of the transfer, it would name the
            // target only.
            let entry = entries::read(&self.portal, entry).await?;
            if matches!(&entry, Entry::Folder(folder) if folder.room_type.is_some()) {
                let reason = format!("`{}` is a room", entry.title());
                return Err(Error::invalid(reason).of(&call).advise("copy or move the folders and files in it"));
            }
            sources.push(entry);
        }
        if sources.iter().any(|source| matches!(source, Entry::Folder(_))) {
            self.check_is_outside().await.map_err(|error| error.of(&call))?;
        }
        let content = self.portal.folder_content(self.target.clone()).try_collect().await;
        let content: Vec<Entry> = content.map_err(|error: Error| error.of(&call))?;
        let rule = self.rule.unwrap_or(ConflictRule::Skip);
        let target = EntryRef::Folder(self.target.clone());
        let plan = Plan::new(self.is_move, &sources, self.target, rule, &content);
        if self.rule.is_none() {
            let titles: Vec<String> = plan.conflicts().map(|source| format!("`{}`", source.title)).collect();
            if !titles.is_empty() {
                let reason = format!("the target already contains {}", titles.join(", "));
                let error = Error::new(ErrorKind::Conflict, reason).of(&call).not_started();
                return Err(error.advise("choose whether to skip, overwrite or duplicate"));
            }
        }
        let change = Change { portal: self.portal.clone(), call, work: Arc::new(plan) };
        let started = change.start(self.portal.wait_policy(), |entries| entries).await;
        entries::with_archive_advice(&self.portal, target, started).await
    }

    /// Checks that the target is not in one of the folders. The portal only answers that it is
    /// forbidden.
    async fn check_is_outside(&self) -> Result<()> {
        let path = FolderHandle::new(self.portal.clone(), FolderRef { id: self.target.clone() }).path().await?;
        let around = path.into_iter().find(|folder| self.entries.contains(&EntryRef::Folder(folder.id.clone())));
        around.map_or(Ok(()), |folder| {
            let reason = format!("the target is in the folder `{}`, which cannot contain itself", folder.title);
            Err(Error::invalid(reason).advise("use another target"))
        })
    }
}
