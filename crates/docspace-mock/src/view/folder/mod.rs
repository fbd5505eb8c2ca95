//! Rooms and root folders as JSON. The fields depend on the call and on the caller
//! (docs/portal/rooms.md#the-room-object).

mod own;
mod parts;
mod room;
mod root;

use serde::Serialize;
use uuid::Uuid;

use crate::state::access::Access;
use crate::state::entries::{EntryType, FolderType};
use crate::state::room_types::RoomType;
use crate::view::Written;
use parts::{LifetimeView, Logo, ShareRights, ShareSettings, WatermarkView};

pub(crate) use own::{BareRoot, own, own_share_rights};
pub(crate) use room::{RoomViews, room, shared_and_owned_by};
pub(crate) use root::root;

/// The kind of answer that contains a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    /// POST rooms.
    Created,
    /// POST rooms with a logo.
    CreatedWithLogo,
    /// GET rooms/{id}.
    Single,
    /// GET rooms.
    Listed,
    /// GET rooms with `searchArea=Any`.
    ListedWithArchive,
    /// GET files/{id}: the room that contains the listed entries.
    Opened,
    /// Any change of a room.
    Changed,
    /// A change of the cover or the logo.
    LogoChanged,
    /// pin, unpin: unlike other changes, the answer shows whether the room is pinned.
    Pinned,
    /// A finished operation.
    Operation,
}

impl AnswerKind {
    /// Whether the answer creates the room. It does not show links and members yet.
    fn is_create(self) -> bool {
        matches!(self, Self::Created | Self::CreatedWithLogo)
    }

    /// Whether the answer has the moment of the change, and not the second that the portal stores
    /// (docs/portal/dates-and-names.md#dates-out).
    fn has_moment(self) -> bool {
        matches!(self, Self::CreatedWithLogo | Self::LogoChanged)
    }
}

/// The caller who sees a room: a person or an anonymous caller, and the link whose key was sent.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Viewer {
    pub(crate) person: Option<Uuid>,
    pub(crate) link: Option<Uuid>,
}

/// A folder in an answer. Fields that are `None` are left out.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Folder {
    parent_id: i64,
    files_count: usize,
    folders_count: usize,
    new: i64,
    mute: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<Logo>,
    pinned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_type: Option<RoomType>,
    private: bool,
    indexing: bool,
    deny_download: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    lifetime: Option<LifetimeView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    watermark: Option<WatermarkView>,
    #[serde(rename = "saveFormAsXLSX", skip_serializing_if = "Option::is_none")]
    save_as_xlsx: Option<bool>,
    #[serde(rename = "sendFormToExternalDB", skip_serializing_if = "Option::is_none")]
    send_to_database: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_room: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota_limit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_custom_quota: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_space: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_protected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expired: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_link_expired: Option<bool>,
    file_entry_type: EntryType,
    id: i64,
    root_folder_id: i64,
    can_share: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_shareable: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_settings: Option<ShareSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    security: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    available_share_rights: Option<ShareRights>,
    title: String,
    access: Access,
    #[serde(skip_serializing_if = "Option::is_none")]
    shared_by: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owned_by: Option<Written>,
    shared: bool,
    shared_for_user: bool,
    shared_external: bool,
    parent_shared: bool,
    short_web_url: String,
    created: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<Written>,
    updated: String,
    root_folder_type: FolderType,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_room_type: Option<FolderType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated_by: Option<Written>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_favorite: Option<bool>,
}

impl Folder {
    /// Adds `isFavorite`, which `GET rooms/{id}` of a root folder returns.
    #[must_use]
    pub(crate) fn with_favorite(mut self) -> Self {
        self.is_favorite = Some(false);
        self
    }
}
