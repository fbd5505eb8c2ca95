//! ONLYOFFICE DocSpace rooms, room links and room templates, with waiting that works.
//!
//! ```no_run
//! use docspace::{Access, Portal, RoomType};
//!
//! # async fn example(expiry: docspace::Timestamp) -> docspace::Result<()> {
//! let portal = Portal::from_env()?; // DOCSPACE_URL and DOCSPACE_API_KEY
//!
//! let room = portal.rooms().create("Audit 2026", RoomType::Custom).tags(["audit"]).send().await?;
//! let handle = portal.room(&room);
//!
//! let link = handle.links().create(Access::Read).title("For the client").expires(expiry).send().await?;
//! println!("send this to the client: {}", link.url());
//!
//! let template = handle.save_as_template("Audit").copy_logo().start().await?.wait().await?;
//! let next = portal.template(&template).create_room("Audit 2027").start().await?.wait().await?;
//!
//! handle.archive().await?.wait().await?; // -> Room, now in the archive
//! handle.delete().await?.wait().await?; // -> (), and the room is really gone
//! # Ok(())
//! # }
//! ```
//!
//! What a portal calls done is not always done: an archive operation can be dropped without a word, a deletion can
//! answer with another deletion's id, a template can turn out to be somebody else's. `wait()` knows and looks at the
//! room itself before it returns.
//!
//! The types of answers ([`Room`], [`RoomLink`], …) are those of [`docspace_api`], the generated client below this
//! crate; reach it through [`Portal::api`] for calls that have no method here.

mod auth;
mod credentials;
mod error;
mod groups;
mod keys;
mod links;
mod logos;
mod me;
mod members;
mod operations;
mod pages;
mod people;
mod people_groups;
mod portal;
mod quotas;
mod rooms;
mod runtime;
mod tags;
mod templates;
mod text;
mod transport;
mod visitors;

pub use docspace_api::PersonStatus;
pub use docspace_api::types::SortBy;
pub use docspace_api::types::{
    ApiKey, ChatSettings, Cover, Entry, File, FileOperation, Folder, KeyId, Lifetime, LinkDetails, LinkId, LinkKey,
    Logo, LogoRequest, Member, MemberId, News, OperationId, Person, PersonId, Profile, Room, RoomGroup, RoomGroupId,
    RoomLink, RoomNews, RoomNewsDay, Security, TemplateStatus, Watermark,
};
pub use docspace_api::types::{PeopleGroup, PeopleGroupId, PersonType};
pub use docspace_api::{
    Access, FolderId, FolderType, InvalidId, InvalidTimestamp, LifetimePeriod, LinkKeyStatus, LinkType,
    OperationStatus, OperationType, ProviderFilter, QuotaFilter, RoomId, RoomType, SearchArea, Secret, SortOrder,
    StorageFilter, SubjectType, Timestamp, UnknownName, WatermarkPart,
};
pub use error::{Error, ErrorKind, Result};
pub use groups::Groups;
pub use keys::{CreateKey, Keys};
pub use links::{CreateInvitation, CreateLink, LinkRules, Links, UpdateLink};
pub use logos::UploadedPicture;
pub use members::{Invitee, Members, SetMembers};
pub use operations::{Event, Operation, Operations, Progress, Stage, WaitPolicy};
pub use people::{CreatePerson, ListPeople, People};
pub use people_groups::{CreatePeopleGroup, PeopleGroups};
pub use portal::{Portal, PortalBuilder};
pub use rooms::{Bulk, CreateRoom, EditRoom, ListRooms, ManyRooms, Outcomes, RoomHandle, RoomRef, Rooms};
pub use tags::Tags;
pub use templates::{CreateRoomFromTemplate, SaveAsTemplate, TemplateHandle, Templates};
pub use transport::{RetryPolicy, Throttle};
pub use visitors::Visitor;

// The generated client, for calls that have no method here.
pub use docspace_api as api;
