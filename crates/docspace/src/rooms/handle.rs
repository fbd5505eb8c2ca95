//! One room: read, rename, archive, restore and delete it.

use docspace_api::types::Room;
use docspace_api::{RoomId, RoomType};

use super::{EditRoom, Lifecycle, Target, read_room};
use crate::brief::brief_debug;
use crate::error::Result;
use crate::portal::Portal;
use crate::waiting::{Operation, Terms};

/// Identifies a room: its id, and its type if known.
///
/// [`Portal::room`], [`Portal::template`], [`Rooms::many`](crate::rooms::Rooms::many) and
/// [`RoomGroups`](crate::rooms::RoomGroups) accept everything that converts into a `RoomRef`: an
/// id, its number, a [`Room`] that was read before, or a handle.
///
/// ```
/// use docspace::RoomId;
///
/// # doc_examples::with_portal(async |portal| {
/// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
/// let by_number = portal.room(17);
/// let by_id = portal.room("17".parse::<RoomId>()?);
/// assert_eq!(by_id.id(), by_number.id());
///
/// // A room that was read has a known type. This saves a call when a link is created.
/// let as_read = portal.room(&room);
/// assert_eq!(as_read.id(), &room.id);
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct RoomRef {
    pub(crate) id: RoomId,
    pub(crate) room_type: Option<RoomType>,
}

impl RoomRef {
    /// Returns the type of the room, and reads the room if the type is not known yet.
    pub(crate) async fn room_type(&self, portal: &Portal) -> Result<RoomType> {
        match self.room_type {
            Some(room_type) => Ok(room_type),
            None => Ok(read_room(portal, &self.id).await?.room_type),
        }
    }
}

impl From<RoomId> for RoomRef {
    fn from(id: RoomId) -> Self {
        Self { id, room_type: None }
    }
}

impl From<&RoomId> for RoomRef {
    fn from(id: &RoomId) -> Self {
        id.clone().into()
    }
}

impl From<i32> for RoomRef {
    fn from(id: i32) -> Self {
        RoomId::from(id).into()
    }
}

impl From<&RoomRef> for RoomRef {
    fn from(room: &RoomRef) -> Self {
        room.clone()
    }
}

impl From<Room> for RoomRef {
    fn from(room: Room) -> Self {
        Self { id: room.id, room_type: Some(room.room_type) }
    }
}

impl From<RoomHandle> for RoomRef {
    fn from(room: RoomHandle) -> Self {
        room.room
    }
}

impl From<&RoomHandle> for RoomRef {
    fn from(room: &RoomHandle) -> Self {
        room.room.clone()
    }
}

impl From<&Room> for RoomRef {
    fn from(room: &Room) -> Self {
        Self { id: room.id.clone(), room_type: Some(room.room_type) }
    }
}

/// One room of a portal. Returned by [`Portal::room`], which sends nothing, so the room may not
/// exist.
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// # let id = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?.id;
/// let room = portal.room(id);
/// room.rename("Audit 2027").await?;
/// room.add_tags(["audit"]).await?;
/// println!("{:?}", room.get().await?.tags);
///
/// room.archive().await?.wait().await?;
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
pub struct RoomHandle {
    portal: Portal,
    room: RoomRef,
}

brief_debug!(RoomHandle, |handle| id: handle.room.id);

impl RoomHandle {
    pub(crate) fn new(portal: Portal, room: RoomRef) -> Self {
        Self { portal, room }
    }

    pub(crate) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// The room with its type, if the caller gave the type.
    pub(crate) fn room(&self) -> &RoomRef {
        &self.room
    }

    /// Reads the room. Archived rooms and templates can be read too.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id is that of a folder.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read the room.
    pub fn get(&self) -> impl Future<Output = Result<Room>> + 'static {
        let (portal, id) = (self.portal.clone(), self.room.id.clone());
        async move { read_room(&portal, &id).await }
    }

    /// Returns the id of the room.
    pub fn id(&self) -> &RoomId {
        &self.room.id
    }

    /// Renames the room.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the title is blank or longer than 170 characters.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the room is archived, the caller is not
    ///   allowed to edit it, or it does not exist.
    pub async fn rename(&self, title: impl Into<String>) -> Result<Room> {
        self.edit().title(title).send().await
    }

    /// Changes the title or the settings of the room. Set what is to change, then call
    /// [`send`](EditRoom::send). All other settings keep their values.
    pub fn edit(&self) -> EditRoom {
        EditRoom::new(self.portal.clone(), self.room.id.clone())
    }

    /// Starts archiving the room. Call [`wait`](Operation::wait) for the result.
    ///
    /// Archiving removes the pins of all people and the [lifetime](EditRoom::lifetime) of the room.
    /// Restoring does not bring them back. Links do not work while the room is in the archive.
    ///
    /// The portal returns the room without `isFavorite`
    /// (docs/portal/operations.md#the-record), so `is_favorite` is usually `None` in the result.
    ///
    /// The client keeps a limited number of operations in flight, by default 5. If that many are in
    /// flight, this call waits until one of them ends; see
    /// [`WaitPolicy::in_flight`](crate::waiting::WaitPolicy::in_flight).
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist, or it is a template.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to archive the room.
    /// - [`Timeout`](crate::ErrorKind::Timeout): the operation did not start within the
    ///   [deadline](crate::waiting::WaitPolicy::deadline), by default 10 minutes, usually because
    ///   too many others were in flight. Unless
    ///   [`nothing_was_done`](crate::Error::nothing_was_done) returns `true`, the portal may have
    ///   started it.
    pub async fn archive(&self) -> Result<Operation<Room>> {
        self.archive_with(&self.portal.wait_policy().into()).await
    }

    pub(crate) async fn archive_with(&self, terms: &Terms) -> Result<Operation<Room>> {
        Lifecycle::new(&self.portal, self.id(), Target::Archived).start(terms, |room| room).await
    }

    /// Starts restoring the room from the archive. Its links then work again. Call
    /// [`wait`](Operation::wait) for the result.
    ///
    /// Like [`archive`](Self::archive), this call waits while too many operations are in flight,
    /// and `is_favorite` is usually `None` in the result.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist, or it is a template.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to restore the room.
    /// - [`Timeout`](crate::ErrorKind::Timeout): the operation did not start within the
    ///   [deadline](crate::waiting::WaitPolicy::deadline), by default 10 minutes, usually because
    ///   too many others were in flight. Unless
    ///   [`nothing_was_done`](crate::Error::nothing_was_done) returns `true`, the portal may have
    ///   started it.
    pub async fn restore(&self) -> Result<Operation<Room>> {
        self.restore_with(&self.portal.wait_policy().into()).await
    }

    pub(crate) async fn restore_with(&self, terms: &Terms) -> Result<Operation<Room>> {
        Lifecycle::new(&self.portal, self.id(), Target::Active).start(terms, |room| room).await
    }

    /// Starts deleting the room and everything in it. **The content cannot be recovered**: it does
    /// not go to the trash. Call [`wait`](Operation::wait) for the result.
    ///
    /// Only its owner can delete an active room. Administrators of the portal can also delete an
    /// archived room. A template is deleted as with
    /// [`TemplateHandle::delete`](crate::templates::TemplateHandle::delete).
    ///
    /// The room is read first, because the portal would also delete a folder with this id. Like
    /// [`archive`](Self::archive), this call waits while too many operations are in flight.
    ///
    /// # Errors
    ///
    /// - [`NotFound`](crate::ErrorKind::NotFound): the room does not exist.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the id is that of a folder.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not allowed to read or delete
    ///   the room.
    /// - [`Timeout`](crate::ErrorKind::Timeout): the operation did not start within the
    ///   [deadline](crate::waiting::WaitPolicy::deadline), by default 10 minutes, usually because
    ///   too many others were in flight. Unless
    ///   [`nothing_was_done`](crate::Error::nothing_was_done) returns `true`, the portal may have
    ///   started it.
    pub async fn delete(self) -> Result<Operation<()>> {
        self.delete_with(&self.portal.wait_policy().into()).await
    }

    pub(crate) async fn delete_with(&self, terms: &Terms) -> Result<Operation<()>> {
        Lifecycle::new(&self.portal, self.id(), Target::Gone).delete(terms, Box::pin(self.get())).await
    }
}
