//! The actual state: what is on a portal, as plain data.

use std::collections::{BTreeMap, BTreeSet};

use docspace::folders::FolderId;
use docspace::people::PersonType;
use docspace::{Access, RoomId, Secret};
use uuid::Uuid;

use crate::names::{LinkTypeName, TypeName};
use crate::values::{Date, Lifetime, Quota, Watermark};

/// What is on a portal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actual {
    /// The id of the caller.
    pub me: Uuid,
    /// The address of the caller, who owns the rooms that are created. `None` if no room needs it,
    /// or if it is not known.
    pub my_email: Option<String>,
    /// The rooms that the caller can see, active and archived.
    pub rooms: Vec<ActualRoom>,
    /// The templates. Empty if no room needs them.
    pub templates: Vec<ActualTemplate>,
    /// The people groups, by id and name. Empty if no room needs them.
    pub people_groups: Vec<(Uuid, String)>,
    /// The people who are to become members, by their addresses or ids in lower case. `None` for
    /// one without an account. One who could not be looked up is missing.
    pub people: BTreeMap<String, Option<Account>>,
    /// The ids of the covers of the portal. `None` if no room needs them, or if the caller is not
    /// allowed to read them.
    pub covers: Option<BTreeSet<String>>,
}

/// The account of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The id.
    pub id: Uuid,
    /// The type. `None` if it is not known.
    pub person_type: Option<PersonType>,
}

/// A template from which a room can be created.
#[derive(Clone, Debug, PartialEq)]
pub struct ActualTemplate {
    /// The id.
    pub id: RoomId,
    /// The title.
    pub title: String,
    /// The type of the rooms that are created from it. `None` if this version does not know it.
    pub room_type: Option<TypeName>,
}

/// A room. Parts that were not read are `None`: they are read only if they are managed.
#[derive(Clone, Debug, PartialEq)]
pub struct ActualRoom {
    /// The id.
    pub id: RoomId,
    /// The title.
    pub title: String,
    /// The type.
    pub room_type: TypeName,
    /// Whether the caller owns or manages the room.
    pub is_mine: bool,
    /// Whether the room is in the archive.
    pub archived: bool,
    /// The tags.
    pub tags: BTreeSet<String>,
    /// The color. `None` while a logo hides it.
    pub color: Option<String>,
    /// The cover. The outer `None` means that a logo hides it.
    pub cover: Option<Option<String>>,
    /// Whether the room has a logo.
    pub has_logo: bool,
    /// The storage limit. `None` while the portal has no limits for rooms.
    pub quota: Option<Quota>,
    /// Whether files and folders are numbered.
    pub indexing: bool,
    /// Whether members who can only view are prevented from downloading.
    pub deny_download: bool,
    /// How long files are kept.
    pub lifetime: Option<Lifetime>,
    /// What is printed over documents.
    pub watermark: Option<Watermark>,
    /// Whether answers to forms are collected. `None` in rooms that have no forms.
    pub save_form_as_xlsx: Option<bool>,
    /// Whether answers to forms are sent to a database. `None` in rooms that have no forms.
    pub send_form_to_external_db: Option<bool>,
    /// The folders. [`read`](crate::read()) reads only those that the manifest names.
    pub folders: Option<Vec<ActualFolder>>,
    /// The people and people groups that are members.
    pub members: Option<Vec<ActualMember>>,
    /// The links.
    pub links: Option<Vec<ActualLink>>,
    /// The caller's own room groups that the room is in.
    pub room_groups: Option<BTreeSet<String>>,
}

/// A folder of a room.
#[derive(Clone, Debug, PartialEq)]
pub struct ActualFolder {
    /// The id.
    pub id: FolderId,
    /// The titles of the folders from the room to this one. Two folders can have the same titles.
    pub titles: Vec<String>,
}

/// A person or people group that is a member.
#[derive(Clone, Debug, PartialEq)]
pub struct ActualMember {
    /// The id. `None` for a member that a portal no longer knows.
    pub id: Option<Uuid>,
    /// The name.
    pub name: String,
    /// The address of a person.
    pub email: Option<String>,
    /// The access.
    pub access: Access,
    /// Whether it is a people group.
    pub is_group: bool,
    /// Whether the person owns the room.
    pub is_owner: bool,
    /// The type of the person. `None` for a people group, or if it is not known.
    pub person_type: Option<PersonType>,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct ActualLink {
    /// The id.
    pub id: Uuid,
    /// The type.
    pub link_type: LinkTypeName,
    /// The title.
    pub title: String,
    /// What the link allows.
    pub access: Access,
    /// When the link expires.
    pub expires: Option<Date>,
    /// Whether the link has expired.
    pub is_expired: bool,
    /// The password.
    pub password: Option<Secret>,
    /// Whether the link is only for people with an account.
    pub internal: bool,
    /// Whether visitors are prevented from downloading.
    pub deny_download: bool,
    /// How often an invitation can be used.
    pub max_uses: Option<u32>,
}

impl Actual {
    /// Whether this address or id is that of the caller.
    pub(crate) fn is_me(&self, name: &str) -> bool {
        name.parse::<Uuid>().is_ok_and(|id| id == self.me)
            || self.my_email.as_ref().is_some_and(|email| email.eq_ignore_ascii_case(name))
    }
}

impl ActualMember {
    /// Whether the name in a manifest is this member.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        if name.parse::<Uuid>().is_ok_and(|id| Some(id) == self.id) {
            return true;
        }
        match &self.email {
            _ if self.is_group => self.name == name,
            Some(email) => email.eq_ignore_ascii_case(name),
            None => false,
        }
    }
}

impl ActualRoom {
    /// A room as a portal creates it (docs/portal/rooms.md#room-types).
    pub fn created(id: RoomId, title: impl Into<String>, room_type: TypeName) -> Self {
        let has_forms = room_type == TypeName::FillingForms;
        Self {
            id,
            title: title.into(),
            room_type,
            is_mine: true,
            archived: false,
            tags: BTreeSet::new(),
            color: Some(String::new()),
            cover: Some(None),
            has_logo: false,
            quota: None,
            indexing: false,
            deny_download: false,
            lifetime: None,
            watermark: None,
            save_form_as_xlsx: has_forms.then_some(true),
            send_form_to_external_db: has_forms.then_some(false),
            folders: Some(Vec::new()),
            members: Some(Vec::new()),
            links: Some(ActualLink::first(room_type).into_iter().collect()),
            room_groups: Some(BTreeSet::new()),
        }
    }
}

impl ActualLink {
    /// The link that a portal creates with a room of this type.
    fn first(room_type: TypeName) -> Option<Self> {
        match room_type {
            TypeName::Public => Some(Self::primary("Shared link", Access::Read)),
            TypeName::FillingForms => Some(Self::primary("Link to fill out", Access::FillForms)),
            _ => None,
        }
    }

    /// A primary link without options. Its id is that of no link: a portal chooses it.
    pub fn primary(title: &str, access: Access) -> Self {
        Self::new(Uuid::nil(), LinkTypeName::Primary, title, access)
    }

    /// A link without options.
    pub fn new(id: Uuid, link_type: LinkTypeName, title: impl Into<String>, access: Access) -> Self {
        Self {
            id,
            link_type,
            title: title.into(),
            access,
            expires: None,
            is_expired: false,
            password: None,
            internal: false,
            deny_download: false,
            max_uses: None,
        }
    }
}
