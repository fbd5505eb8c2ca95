//! Rooms: create, find, change, archive and delete them, one or many.
//!
//! Start with [`Portal::rooms`] for all rooms and [`Portal::room`] for one. The [links] and
//! [members] of a room have modules of their own.

mod bulk;
mod content;
mod create;
mod creation;
mod edit;
mod external_db;
mod groups;
mod handle;
mod in_flight;
pub(crate) mod index_export;
mod lifecycle;
pub mod links;
mod list;
pub(crate) mod logo;
mod many;
pub mod members;
mod news;
mod owner;
mod picture;
mod quota;
mod read;
pub(crate) mod settings;
pub(crate) mod stored_tags;
mod tags;

pub use bulk::{Bulk, Outcomes};
pub use create::CreateRoom;
pub(crate) use creation::Creations;
use docspace_api::RoomType;
use docspace_api::types::Room;
pub use docspace_api::types::{
    ChatSettings, Cover, Entry, ExternalDbSync, ExternalDbSyncForm, File, Folder, IndexExport, Lifetime, Logo,
    LogoRequest, News, RoomGroup, RoomGroupId, RoomNews, RoomNewsDay, Security, SortBy, Watermark,
};
pub use docspace_api::{
    FileId, FolderId, FolderType, LifetimePeriod, ProviderFilter, QuotaFilter, SearchArea, SortOrder, StorageFilter,
    WatermarkPart,
};
pub use edit::EditRoom;
pub use groups::Groups;
pub use handle::{RoomHandle, RoomRef};
pub(crate) use in_flight::{RoomOperation, RoomsInFlight, Target};
pub(crate) use lifecycle::Lifecycle;
pub use list::ListRooms;
pub use many::ManyRooms;
pub(crate) use many::distinct;
pub use picture::UploadedPicture;
pub(crate) use read::{Presence, RESTORE_FIRST, explain_archived, find_room, read_room, unless_archived};

use crate::error::Result;
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
