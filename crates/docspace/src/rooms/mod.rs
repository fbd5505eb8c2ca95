//! Rooms: making, finding and changing them.

mod bulk;
mod content;
mod create;
mod edit;
mod external_db;
mod groups;
mod handle;
mod in_flight;
pub(crate) mod index_export;
mod lifecycle;
pub(crate) mod links;
mod list;
pub(crate) mod logo;
mod lost;
mod many;
pub(crate) mod members;
mod news;
mod owner;
mod picture;
mod quota;
mod settings;
mod visitor;

pub use bulk::{Bulk, Outcomes};
pub use create::CreateRoom;
use docspace_api::types::Room;
use docspace_api::{ClientRoomsExt, RoomId, RoomType};
pub use edit::EditRoom;
pub use groups::Groups;
pub use handle::{RoomHandle, RoomRef};
pub(crate) use in_flight::{RoomOperation, RoomsInFlight, Target};
pub(crate) use lifecycle::Lifecycle;
pub use links::{CreateInvitation, CreateLink, LinkRules, Links, UpdateLink};
pub use list::ListRooms;
pub(crate) use lost::Creations;
pub use many::ManyRooms;
pub(crate) use many::distinct;
pub use members::{Invitee, Members, SetMembers};
pub use picture::UploadedPicture;
pub(crate) use settings::Settings;
pub use visitor::Visitor;

use crate::error::{Call, Error, Result};
use crate::portal::Portal;

impl Portal {
    /// The portal's rooms.
    pub fn rooms(&self) -> Rooms<'_> {
        Rooms::new(self)
    }

    /// One room, by its id or as it was read. Nothing is sent.
    pub fn room(&self, room: impl Into<RoomRef>) -> RoomHandle {
        RoomHandle::new(self.clone(), room.into())
    }
}

/// The rooms of a portal. Made by [`Portal::rooms`].
///
/// ```
/// use docspace::RoomType;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> docspace::Result<()> {
/// # let mock = docspace_mock::MockPortal::builder().start().await.unwrap();
/// # let portal = docspace::Portal::builder(mock.url()).api_key(mock.owner_key()).build()?;
/// let rooms = portal.rooms();
/// let room = rooms.create("Audit 2026", RoomType::Custom).send().await?;
/// let found = rooms.find("Audit 2026").await?.expect("it was just made");
/// assert_eq!(found.id, room.id);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rooms<'p> {
    portal: &'p Portal,
}

impl<'p> Rooms<'p> {
    pub(crate) fn new(portal: &'p Portal) -> Self {
        Self { portal }
    }

    /// Makes a room of this title and type; add what else it shall have, then `send`.
    ///
    /// A room in third-party storage is left to [`Portal::api`] and its `create_third_party_room`: what a portal answers
    /// there was not measured (portal-facts 6.17).
    pub fn create(&self, title: impl Into<String>, room_type: RoomType) -> CreateRoom {
        CreateRoom::new(self.portal.clone(), title.into(), room_type)
    }

    /// The rooms that the caller may see: the active ones, unless asked for others.
    pub fn list(&self) -> ListRooms {
        ListRooms::new(self.portal.clone())
    }

    /// The active room of exactly this title, if there is one. Elsewhere look with [`ListRooms::find`].
    ///
    /// # Errors
    ///
    /// As for [`ListRooms::find`].
    pub async fn find(&self, title: &str) -> Result<Option<Room>> {
        self.list().find(title).await
    }

    /// Many rooms, by their ids or as they were read, to do the same to each. One that is named twice is meant once.
    pub fn many<R: Into<RoomRef>>(&self, rooms: impl IntoIterator<Item = R>) -> ManyRooms {
        ManyRooms::new(self.portal.clone(), rooms.into_iter().map(Into::into))
    }
}

/// Reads a room. A portal answers for any folder, so one that is no room is an error.
pub(crate) async fn read_room(portal: &Portal, id: &RoomId) -> Result<Room> {
    let call = Call::new("get_room", id.to_string());
    let folder =
        call.response(portal.api().get_room().id(id.clone()).send().await, |envelope| envelope.response).await?;
    Room::try_from(folder).map_err(|error| Error::invalid(error.to_string()).of(&call).advise("use the id of a room"))
}

/// What to do about a refusal that [`explain_archived`] explains.
pub(crate) const RESTORE_FIRST: &str = "the room is in the archive: restore it first";

/// Adds to a refusal that the room is in the archive, where a portal lets nobody change it and does not say why
/// (portal-facts 6.0).
pub(crate) async fn explain_archived(portal: &Portal, id: &RoomId, error: Error) -> Error {
    let refused = error.is_forbidden() && !error.lacks_scope();
    let archived = refused && read_room(portal, id).await.is_ok_and(|room| room.is_archived());
    if archived { error.advise(RESTORE_FIRST) } else { error }
}

/// The outcome of a change, with an explained refusal.
pub(crate) async fn unless_archived<T>(portal: &Portal, id: &RoomId, outcome: Result<T>) -> Result<T> {
    match outcome {
        Err(error) => Err(explain_archived(portal, id, error).await),
        done => done,
    }
}

/// The result of reading a room that may not exist.
#[derive(Debug)]
pub(crate) enum Presence {
    /// The room exists.
    Here(Box<Room>),
    /// The portal reports that the room does not exist.
    Gone,
    /// Something in front of the portal answered 404, so it is not known whether the room exists.
    Unknown,
}

impl Presence {
    pub(crate) fn room(self) -> Option<Room> {
        match self {
            Self::Here(room) => Some(*room),
            Self::Gone | Self::Unknown => None,
        }
    }
}

/// Reads a room that may not exist. A portal's own 404 has a message; one from a proxy or from
/// wrong routing has none (recordings rooms/missing-id and routing).
pub(crate) async fn find_room(portal: &Portal, id: &RoomId) -> Result<Presence> {
    match read_room(portal, id).await {
        Ok(room) => Ok(Presence::Here(Box::new(room))),
        Err(error) if error.is_not_found() && error.message().is_some() => Ok(Presence::Gone),
        Err(error) if error.is_not_found() => Ok(Presence::Unknown),
        Err(error) => Err(error),
    }
}
