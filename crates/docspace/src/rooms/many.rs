//! The same done to many rooms.

use std::future::Future;

use docspace_api::RoomId;
use docspace_api::types::Room;
use futures::stream::{StreamExt, iter};

use super::{EditRoom, RoomHandle};
use crate::error::Result;
use crate::portal::Portal;
use crate::runtime::{BoxStream, MaybeSend};

/// Many rooms, each with what became of it. Made by [`Rooms::many`](crate::Rooms::many).
///
/// Results come as the portal finishes, not in the order of the ids. One failure does not stop the rest, and nothing is
/// begun that nobody asks for: when the stream is dropped, the rooms it has not named yet are what is left to do.
#[derive(Clone, Debug)]
#[must_use = "nothing is done before a method is called and its stream is read"]
pub struct ManyRooms {
    portal: Portal,
    ids: Vec<RoomId>,
}

impl ManyRooms {
    pub(super) fn new(portal: Portal, ids: Vec<RoomId>) -> Self {
        Self { portal, ids }
    }

    /// Moves each room to the archive and waits for it.
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, ids: Vec<docspace::RoomId>) {
    /// use futures::StreamExt;
    /// let mut archived = portal.rooms().many(ids).archive();
    /// while let Some((id, outcome)) = archived.next().await {
    ///     match outcome {
    ///         Ok(room) => println!("{id} {} is in the archive", room.title),
    ///         Err(error) => eprintln!("{id}: {error}"),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn archive(self) -> BoxStream<'static, (RoomId, Result<Room>)> {
        self.each(|room| async move { room.archive().await?.wait().await })
    }

    /// Moves each room out of the archive and waits for it.
    pub fn restore(self) -> BoxStream<'static, (RoomId, Result<Room>)> {
        self.each(|room| async move { room.restore().await?.wait().await })
    }

    /// Deletes each room for good and waits until it is gone.
    pub fn delete(self) -> BoxStream<'static, (RoomId, Result<()>)> {
        self.each(|room| async move { room.delete().await?.wait().await })
    }

    /// Changes each room in the same way.
    ///
    /// ```no_run
    /// # async fn example(portal: docspace::Portal, ids: Vec<docspace::RoomId>) {
    /// let changes = portal.rooms().many(ids).edit(|room| room.tags(["2026", "closed"]));
    /// # }
    /// ```
    pub fn edit(
        self,
        change: impl Fn(EditRoom) -> EditRoom + Send + 'static,
    ) -> BoxStream<'static, (RoomId, Result<Room>)> {
        self.each(move |room| {
            let change = change(room.edit());
            async move { change.send().await }
        })
    }

    fn each<T, F>(self, act: impl Fn(RoomHandle) -> F + Send + 'static) -> BoxStream<'static, (RoomId, Result<T>)>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + MaybeSend + 'static,
    {
        // As many as a portal takes on without dropping any; more would only wait for each other.
        let at_once = self.portal.wait_policy().in_flight.max(1);
        let portal = self.portal;
        let acts = iter(self.ids).map(move |id| {
            let outcome = act(portal.room(&id));
            async move { (id, outcome.await) }
        });
        Box::pin(acts.buffer_unordered(at_once))
    }
}
