//! All rooms of a portal.

use docspace_api::RoomType;
use docspace_api::types::Room;

use super::{CreateRoom, ListRooms, ManyRooms, RoomRef};
use crate::error::Result;
use crate::portal::Portal;

/// The rooms of a portal. Returned by [`Portal::rooms`].
///
/// ```
/// use docspace::RoomType;
///
/// # doc_examples::with_portal(async |portal| {
/// let rooms = portal.rooms();
/// let room = rooms.create("Audit 2026", RoomType::Custom).tags(["audit"]).send().await?;
/// println!("created room {}", room.id);
///
/// for room in rooms.list().tag("audit").all().await? {
///     println!("{} {}", room.id, room.title);
/// }
/// # Ok(())
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Rooms {
    portal: Portal,
}

impl Rooms {
    pub(crate) fn new(portal: Portal) -> Self {
        Self { portal }
    }

    pub(super) fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Creates a room with this title and type. Add more settings if needed, then call
    /// [`send`](CreateRoom::send).
    ///
    /// A room in third-party storage needs [`Portal::api`] and its `create_third_party_room`, which
    /// was not tested on a portal.
    pub fn create(&self, title: impl Into<String>, room_type: RoomType) -> CreateRoom {
        CreateRoom::new(self.portal.clone(), title.into(), room_type)
    }

    /// Lists the rooms that the caller can see. By default, these are the active rooms.
    pub fn list(&self) -> ListRooms {
        ListRooms::new(self.portal.clone())
    }

    /// Finds the active room with exactly this title. To search the archive, use
    /// [`ListRooms::find`].
    ///
    /// # Errors
    ///
    /// - [`Invalid`](crate::ErrorKind::Invalid): the title is blank or longer than 170 characters.
    /// - [`Conflict`](crate::ErrorKind::Conflict): several rooms have this title. The error lists
    ///   their ids.
    pub fn find(&self, title: &str) -> impl Future<Output = Result<Option<Room>>> + 'static {
        let (list, title) = (self.list(), title.to_owned());
        async move { list.find(&title).await }
    }

    /// Selects many rooms, to make the same change to each. The rooms are given by their ids or as
    /// they were read. A room that is given twice is changed once.
    pub fn many<R: Into<RoomRef>>(&self, rooms: impl IntoIterator<Item = R>) -> ManyRooms {
        ManyRooms::new(self.portal.clone(), rooms.into_iter().map(Into::into))
    }
}
