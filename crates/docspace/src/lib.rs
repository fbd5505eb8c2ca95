#![doc = include_str!("tutorial.md")]
// docs.rs shows which feature an item needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
mod error;
mod keys;
mod operations;
mod people;
mod platform;
mod portal;
mod rooms;
#[cfg(test)]
mod simulation;
mod support;
mod tags;
mod templates;
mod transport;
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
pub use keys::{CreateKey, Keys};
pub use operations::Operations;
pub use people::{CreatePeopleGroup, CreatePerson, ListPeople, People, PeopleGroups};
pub use portal::{Portal, PortalBuilder};
pub use rooms::{Bulk, CreateRoom, EditRoom, ListRooms, ManyRooms, Outcomes, RoomHandle, RoomRef, Rooms};
pub use rooms::{
    CreateInvitation, CreateLink, Groups, Invitee, LinkRules, Links, Members, SetMembers, UpdateLink, UploadedPicture,
    Visitor,
};
pub use tags::Tags;
pub use templates::{CreateRoomFromTemplate, SaveAsTemplate, TemplateHandle, Templates};
pub use transport::{RetryPolicy, Throttle};
pub use waiting::{Event, Operation, Progress, Stage, WaitPolicy};

// The generated client, for calls that have no method here.
pub use docspace_api as api;

/// The README's program is compiled too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
