#![doc = include_str!("tutorial.md")]

mod address;
mod auth;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
mod credentials;
mod error;
mod external_db;
mod groups;
mod index_export;
mod keys;
mod links;
mod logos;
mod lost;
mod me;
mod members;
mod operations;
mod pages;
mod people;
mod people_groups;
mod pictures;
mod portal;
mod portal_info;
#[cfg(not(target_arch = "wasm32"))]
mod proxy;
mod quotas;
mod rooms;
mod runtime;
#[cfg(test)]
mod simulation;
mod tags;
mod templates;
mod text;
mod transport;
mod visitors;
mod waiting;

pub use docspace_api::PersonStatus;
pub use docspace_api::types::SortBy;
pub use docspace_api::types::{
    ApiKey, ChatSettings, Cover, Entry, ExternalDbSync, ExternalDbSyncForm, File, FileOperation, Folder, IndexExport,
    KeyId, Lifetime, LinkDetails, LinkId, LinkKey, Logo, LogoRequest, Member, MemberId, News, OperationId, Person,
    PersonId, Profile, Room, RoomGroup, RoomGroupId, RoomLink, RoomNews, RoomNewsDay, Security, TemplateStatus,
    Watermark,
};
pub use docspace_api::types::{Capabilities, PeopleGroup, PeopleGroupId, PersonType};
pub use docspace_api::{
    Access, FolderId, FolderType, InvalidId, InvalidPathSegment, InvalidTimestamp, LifetimePeriod, LinkKeyStatus,
    LinkType, OperationStatus, OperationType, ProviderFilter, QuotaFilter, RoomId, RoomType, SearchArea, Secret,
    SortOrder, StorageFilter, SubjectType, Timestamp, UnknownName, WatermarkPart, printable,
};
pub use error::{Error, ErrorKind, Result};
pub use groups::Groups;
pub use keys::{CreateKey, Keys};
pub use links::{CreateInvitation, CreateLink, LinkRules, Links, UpdateLink};
pub use members::{Invitee, Members, SetMembers};
pub use operations::Operations;
pub use people::{CreatePerson, ListPeople, People};
pub use people_groups::{CreatePeopleGroup, PeopleGroups};
pub use pictures::UploadedPicture;
pub use portal::{Portal, PortalBuilder};
pub use rooms::{Bulk, CreateRoom, EditRoom, ListRooms, ManyRooms, Outcomes, RoomHandle, RoomRef, Rooms};
pub use tags::Tags;
pub use templates::{CreateRoomFromTemplate, SaveAsTemplate, TemplateHandle, Templates};
pub use transport::{RetryPolicy, Throttle};
pub use visitors::Visitor;
pub use waiting::{Event, Operation, Progress, Stage, WaitPolicy};

// The generated client, for calls that have no method here.
pub use docspace_api as api;

/// The README's program is compiled too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
