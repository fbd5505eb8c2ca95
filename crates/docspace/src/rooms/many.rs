//! The same done to many rooms.

use std::collections::HashSet;

use docspace_api::types::Room;

use super::bulk::{Act, Bulk};
use super::{EditRoom, RoomHandle, RoomRef};
use crate::error::Result;
use crate::platform::{BoxFuture, MaybeSend};
use crate::portal::Portal;
use crate::transport::Throttle;
use crate::waiting::{Operation, Terms};

/// Many rooms, to do the same to each. Made by [`Rooms::many`](crate::rooms::Rooms::many).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// # let room = |title| portal.rooms().create(title, docspace::RoomType::Custom).tags(["2025"]).send();
/// # for title in ["a", "b", "c"] { room(title).await?; }
/// let old = portal.rooms().list().tag("2025").all().await?;
/// let tagged = portal.rooms().many(&old).add_tags(["closed"]).finish().await;
/// assert_eq!(tagged.done.len(), 3);
///
/// let archived = portal.rooms().many(&old).archive().finish().await;
/// assert!(archived.failed.is_empty());
/// # Ok(())
/// # }
/// ```
///
/// Each method gives a [`Bulk`]: results as they come, and what is left.
#[derive(Clone, Debug)]
#[must_use = "nothing is done before a method is called and its stream is read"]
pub struct ManyRooms {
    portal: Portal,
    rooms: Vec<RoomRef>,
}

impl ManyRooms {
    pub(super) fn new(portal: Portal, rooms: impl Iterator<Item = RoomRef>) -> Self {
        Self { portal, rooms: distinct(rooms) }
    }

    /// Moves each room to the archive and waits for it, as [`RoomHandle::archive`].
    pub fn archive(self) -> Bulk<Room> {
        self.operate(|room, terms| Box::pin(async move { room.archive_with(&terms).await }))
    }

    /// Moves each room out of the archive and waits for it, as [`RoomHandle::restore`].
    pub fn restore(self) -> Bulk<Room> {
        self.operate(|room, terms| Box::pin(async move { room.restore_with(&terms).await }))
    }

    /// Deletes each room for good and waits until it is gone, as [`RoomHandle::delete`].
    pub fn delete(self) -> Bulk<()> {
        self.operate(|room, terms| Box::pin(async move { room.delete_with(&terms).await }))
    }

    /// Changes each room in the same way, as [`RoomHandle::edit`].
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, ids: Vec<docspace::RoomId>) {
    /// let changed = portal.rooms().many(ids).edit(|room| room.color("FF5733").quota(1 << 30)).finish().await;
    /// # }
    /// ```
    pub fn edit(self, change: impl Fn(EditRoom) -> EditRoom + Send + 'static) -> Bulk<Room> {
        self.each(writes(), move |room| {
            let change = change(room.edit());
            async move { change.send().await }
        })
    }

    /// Gives each room more tags, as [`RoomHandle::add_tags`].
    pub fn add_tags<T: Into<String>>(self, tags: impl IntoIterator<Item = T>) -> Bulk<Room> {
        let tags = names(tags);
        self.each(writes(), move |room| {
            let tags = tags.clone();
            async move { room.add_tags(tags).await }
        })
    }

    /// Takes tags off each room, as [`RoomHandle::remove_tags`].
    pub fn remove_tags<T: Into<String>>(self, tags: impl IntoIterator<Item = T>) -> Bulk<Room> {
        let tags = names(tags);
        self.each(writes(), move |room| {
            let tags = tags.clone();
            async move { room.remove_tags(tags).await }
        })
    }

    /// Limits each room to this many bytes, as [`RoomHandle::set_quota`].
    pub fn set_quota(self, bytes: u64) -> Bulk<Room> {
        self.each(writes(), move |room| async move { room.set_quota(bytes).await })
    }

    /// Lets each room hold as much as the portal does, as [`RoomHandle::remove_quota`].
    pub fn remove_quota(self) -> Bulk<Room> {
        self.each(writes(), |room| async move { room.remove_quota().await })
    }

    /// Gives each room the portal's default quota, as [`RoomHandle::reset_quota`].
    pub fn reset_quota(self) -> Bulk<Room> {
        self.each(writes(), |room| async move { room.reset_quota().await })
    }

    fn operate<T: 'static>(self, start: fn(RoomHandle, Terms) -> BoxFuture<'static, Result<Operation<T>>>) -> Bulk<T> {
        let portal = self.portal.clone();
        Bulk::operations(self.portal.wait_policy(), self.rooms, move |room, terms| start(portal.room(room), terms))
    }

    fn each<T, F>(self, at_once: usize, act: impl Fn(RoomHandle) -> F + Send + 'static) -> Bulk<T>
    where
        T: 'static,
        F: Future<Output = Result<T>> + MaybeSend + 'static,
    {
        let portal = self.portal;
        Bulk::new(self.rooms, at_once, Act::Call(Box::new(move |room| Box::pin(act(portal.room(room))))))
    }
}

/// Removes duplicates, so that a room given twice is processed once.
pub(crate) fn distinct(rooms: impl Iterator<Item = RoomRef>) -> Vec<RoomRef> {
    let mut seen = HashSet::new();
    rooms.filter(|room| seen.insert(room.id.clone())).collect()
}

/// As many writes as a portal lets a person make at once.
fn writes() -> usize {
    Throttle::default().writes
}

fn names<T: Into<String>>(tags: impl IntoIterator<Item = T>) -> Vec<String> {
    tags.into_iter().map(Into::into).collect()
}
