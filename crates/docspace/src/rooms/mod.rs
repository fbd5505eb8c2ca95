//! Rooms: create, find, change, archive and delete them, one or many.
//!
//! - [`Portal::rooms`](crate::Portal::rooms): create, list and find rooms.
//! - [`Portal::room`](crate::Portal::room): work with one room.
//! - [`Rooms::many`]: make the same change to many rooms.
//! - [links](crate::links) and [members]: who can open a room.
//! - [`Portal::room_groups`](crate::Portal::room_groups): the caller's own groups of rooms.

// The documentation lists the methods of `RoomHandle` in the order of these modules.
mod collection;
mod handle;

pub mod members;
mod tags;

mod content;
mod history;
mod logo;
mod news;
mod owner;
mod picture;
mod pins;
mod quota;

mod external_db;
mod groups;
pub(crate) mod index_export;

mod bulk;
mod bulk_json;
mod create;
mod creation;
mod edit;
mod in_flight;
mod lifecycle;
mod list;
mod many;
mod read;
mod record;
mod resume;
mod resumed;
pub(crate) mod settings;
pub(crate) mod stored_tags;

pub use bulk::{Bulk, Outcomes};
pub use collection::Rooms;
pub(crate) use content::{content_page, entry_key};
pub use create::CreateRoom;
pub(crate) use creation::Creations;
pub use docspace_api::types::{
    ChatSettings, Cover, Entry, ExternalDbSync, ExternalDbSyncForm, File, Folder, IndexExport, Lifetime, Logo,
    LogoRequest, News, RoomGroup, RoomGroupId, RoomNews, RoomNewsDay, Security, SortBy, Watermark,
};
pub use docspace_api::{
    FileId, FolderId, FolderType, LifetimePeriod, ProviderFilter, QuotaFilter, SearchArea, SortOrder, StorageFilter,
    WatermarkPart,
};
pub use edit::EditRoom;
pub use groups::RoomGroups;
pub use handle::{RoomHandle, RoomRef};
pub(crate) use in_flight::{RoomOperation, RoomsInFlight, Target, has_ended};
pub(crate) use lifecycle::Lifecycle;
pub use list::ListRooms;
pub use many::ManyRooms;
pub(crate) use many::distinct;
pub use picture::UploadedPicture;
pub(crate) use picture::form as form_with_file;
pub(crate) use read::{Presence, RESTORE_FIRST, explain_archived, find_room, read_room, with_archive_advice};
pub(crate) use record::{deliver, forget_record, read_record};
pub(crate) use resume::resume;
pub(crate) use resumed::{Outcome, Resumable, ResumedPoller};
