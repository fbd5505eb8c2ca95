//! The same change to many rooms.

use std::collections::HashSet;

use docspace_api::types::Room;

use super::bulk::{Action, Bulk};
use super::{EditRoom, RoomHandle, RoomRef};
use crate::brief::brief_debug;
use crate::error::Result;
use crate::platform::{BoxFuture, MaybeSend};
use crate::portal::Portal;
use crate::support::input;
use crate::transport::Throttle;
use crate::waiting::{Operation, Terms};

/// Many rooms, to make the same change to each. Returned by
/// [`Rooms::many`](crate::rooms::Rooms::many).
///
/// Each method returns a [`Bulk`], a stream of the results that also lists the remaining rooms.
///
/// ```
/// # doc_examples::with_portal(async |portal| {
/// let old = portal.rooms().list().tag("2025").all().await?;
/// let tagged = portal.rooms().many(&old).add_tags(["closed"]).finish().await;
///
/// let done = tagged.done.iter().map(|(id, _)| id);
/// let outcomes = portal.rooms().many(done).archive().finish().await;
/// println!("archived {} rooms, {} failed", outcomes.done.len(), outcomes.failed.len());
/// # Ok(())
/// # });
/// ```
#[derive(Clone)]
#[must_use = "nothing happens until a method is called and its stream is read"]
pub struct ManyRooms {
    portal: Portal,
    rooms: Vec<RoomRef>,
}

brief_debug!(ManyRooms, |many| rooms: many.rooms.len());

impl ManyRooms {
    pub(super) fn new(portal: Portal, rooms: impl Iterator<Item = RoomRef>) -> Self {
        Self { portal, rooms: distinct(rooms) }
    }

    /// Archives each room, and waits until it is in the archive; see [`RoomHandle::archive`].
    pub fn archive(self) -> Bulk<Room> {
        self.operate(|room, terms| Box::pin(async move { room.archive_with(&terms).await }))
    }

    /// Restores each room from the archive, and waits until it is active; see
    /// [`RoomHandle::restore`].
    pub fn restore(self) -> Bulk<Room> {
        self.operate(|room, terms| Box::pin(async move { room.restore_with(&terms).await }))
    }

    /// Deletes each room with all its content, and waits until it is gone; see
    /// [`RoomHandle::delete`].
    pub fn delete(self) -> Bulk<()> {
        self.operate(|room, terms| Box::pin(async move { room.delete_with(&terms).await }))
    }

    /// Changes each room in the same way; see [`RoomHandle::edit`].
    ///
    /// ```
    /// # doc_examples::with_portal(async |portal| {
    /// let audits = portal.rooms().list().tag("audit").all().await?;
    /// let edits = portal.rooms().many(&audits).edit(|room| room.color("FF5733").quota(1 << 30));
    /// println!("changed {} rooms", edits.finish().await.done.len());
    /// # Ok(()) });
    /// ```
    pub fn edit(self, change: impl Fn(EditRoom) -> EditRoom + Send + 'static) -> Bulk<Room> {
        self.each(max_writes(), move |room| {
            let change = change(room.edit());
            async move { change.send().await }
        })
    }

    /// Adds tags to each room; see [`RoomHandle::add_tags`].
    pub fn add_tags<T: AsRef<str>>(self, tags: impl IntoIterator<Item = T>) -> Bulk<Room> {
        let tags = input::strings(tags);
        self.each(max_writes(), move |room| {
            let tags = tags.clone();
            async move { room.add_tags(tags).await }
        })
    }

    /// Removes tags from each room; see [`RoomHandle::remove_tags`].
    pub fn remove_tags<T: AsRef<str>>(self, tags: impl IntoIterator<Item = T>) -> Bulk<Room> {
        let tags = input::strings(tags);
        self.each(max_writes(), move |room| {
            let tags = tags.clone();
            async move { room.remove_tags(tags).await }
        })
    }

    /// Limits the size of each room to this number of bytes; see [`RoomHandle::set_quota`].
    pub fn set_quota(self, bytes: u64) -> Bulk<Room> {
        self.each(max_writes(), move |room| async move { room.set_quota(bytes).await })
    }

    /// Removes the size limit of each room; see [`RoomHandle::remove_quota`].
    pub fn remove_quota(self) -> Bulk<Room> {
        self.each(max_writes(), |room| async move { room.remove_quota().await })
    }

    /// Sets the quota of each room to the portal's default; see [`RoomHandle::reset_quota`].
    pub fn reset_quota(self) -> Bulk<Room> {
        self.each(max_writes(), |room| async move { room.reset_quota().await })
    }

    fn operate<T: 'static>(self, start: fn(RoomHandle, Terms) -> BoxFuture<'static, Result<Operation<T>>>) -> Bulk<T> {
        let portal = self.portal.clone();
        Bulk::operations(self.portal.wait_policy(), self.rooms, move |room, terms| start(portal.room(room), terms))
    }

    fn each<T, F>(self, concurrency: usize, action: impl Fn(RoomHandle) -> F + Send + 'static) -> Bulk<T>
    where
        T: 'static,
        F: Future<Output = Result<T>> + MaybeSend + 'static,
    {
        let portal = self.portal;
        Bulk::new(self.rooms, concurrency, Action::Call(Box::new(move |room| Box::pin(action(portal.room(room))))))
    }
}

/// Removes duplicates, so that a room that is given twice is changed once.
pub(crate) fn distinct(rooms: impl Iterator<Item = RoomRef>) -> Vec<RoomRef> {
    let mut seen = HashSet::new();
    rooms.filter(|room| seen.insert(room.id.clone())).collect()
}

/// Maximum number of writes that a portal accepts from a person at the same time.
fn max_writes() -> usize {
    Throttle::default().writes
}
