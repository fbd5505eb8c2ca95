//! The numbers of folders and files in a room with indexing.

use docspace_api::ClientFoldersExt;
use docspace_api::types::{EntryOrder, File, Folder, OrderedEntry, SetEntriesOrderRequest, SetOrderRequest};

use super::{EntryRef, FileHandle, FolderHandle};
use crate::RoomHandle;
use crate::error::{Call, Error, Result};

impl FolderHandle {
    /// Moves the folder to this place among the entries of the folder that contains it, 1 for the
    /// first. The entries between the old and the new place move by one.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the place is 0, the room has no index, or the id
    ///   is that of a room.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the folder does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to change entries of
    ///   the room, or the room is archived.
    pub async fn set_order(&self, place: u32) -> Result<Folder> {
        let call = Call::new("set_folder_order", format!("of folder {}", self.id()));
        let body = SetOrderRequest { order: number(place)? };
        let answer = self.portal().api().set_folder_order().folder_id(self.id()).body(body).send().await;
        let folder = call.response(answer, |envelope| envelope.response).await?;
        if folder.order.is_some() { Ok(folder) } else { Err(without_index(&call)) }
    }
}

impl FileHandle {
    /// Moves the file to this place among the entries of the folder that contains it, 1 for the
    /// first. The entries between the old and the new place move by one.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the place is 0, or the room has no index.
    /// - [`NotFound`](crate::ErrorKind::NotFound): the file does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to change entries of
    ///   the room, or the room is archived.
    pub async fn set_order(&self, place: u32) -> Result<File> {
        let call = Call::new("set_file_order", format!("of file {}", self.id()));
        let body = SetOrderRequest { order: number(place)? };
        let answer = self.portal().api().set_file_order().file_id(self.id()).body(body).send().await;
        let file = call.response(answer, |envelope| envelope.response).await?;
        if file.order.is_some() { Ok(file) } else { Err(without_index(&call)) }
    }
}

impl RoomHandle {
    /// Moves several folders and files of a room with an index to these places, one after the
    /// other. To number all entries without gaps, use [`reorder`](Self::reorder).
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): a place is 0, or the room has no index.
    /// - [`NotFound`](crate::ErrorKind::NotFound): an entry does not exist.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to edit the room, or
    ///   the room is archived.
    pub async fn set_order<E: Into<EntryRef>>(
        &self,
        places: impl IntoIterator<Item = (E, u32)>,
    ) -> Result<Vec<OrderedEntry>> {
        let call = Call::new("set_entries_order", format!("in room {}", self.id()));
        let item = |(entry, place): (E, u32)| {
            let entry: EntryRef = entry.into();
            let entry_type = entry.entry_type();
            Ok(EntryOrder { entry_id: entry.id(), entry_type, order: number(place)? })
        };
        let items: Vec<EntryOrder> = places.into_iter().map(item).collect::<Result<_>>()?;
        let body = SetEntriesOrderRequest { items };
        let answer = self.portal().api().set_entries_order().body(body).send().await;
        let entries = call.response(answer, |envelope| envelope.response).await?;
        if entries.iter().all(|entry| entry.order.is_some()) { Ok(entries) } else { Err(without_index(&call)) }
    }
}

fn number(place: u32) -> Result<i32> {
    let number = i32::try_from(place).ok().filter(|number| *number >= 1);
    number.ok_or_else(|| Error::invalid(format!("{place} is not a place")).advise("use 1 for the first place"))
}

/// A portal answers 200 and changes nothing
/// (docs/portal/folders-and-files.md#order-in-a-room-with-indexing).
fn without_index(call: &Call) -> Error {
    Error::invalid("indexing of the room is off, so nothing was changed")
        .of(call)
        .advise("turn on indexing of the room first")
}
