//! What an event is about: a room, folder, file, person or people group.

use docspace_api::types::{PeopleGroupId, PersonId};
use docspace_api::{ActivationStatus, FileId, FolderId, FolderType, PersonStatus};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Trigger;
use crate::{RoomId, Timestamp};

/// What an event is about.
///
/// A payload of another kind, or in a form that this version does not know, is kept as JSON in
/// `Other`, so that a receiver can accept the delivery.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Payload {
    /// A room or a template, in `room.…`.
    Room(Box<Entry<RoomId>>),
    /// A folder, in `folder.…`. After a change of its owner it is a room.
    Folder(Box<Entry<FolderId>>),
    /// A file, in `file.…`.
    File(Box<Entry<FileId>>),
    /// A person, in `user.…`.
    Person(Box<PersonRecord>),
    /// A people group, in `group.…`.
    Group(GroupRecord),
    /// Anything else, as it came.
    Other(Value),
}

impl Payload {
    pub(super) fn read(trigger: &Trigger, value: Value) -> Self {
        let typed = match trigger.subject() {
            "room" => entry(&value).map(Self::Room),
            "folder" => entry(&value).map(Self::Folder),
            "file" => entry(&value).map(Self::File),
            "user" => typed(&value).map(|person| Self::Person(Box::new(person))),
            "group" => typed(&value).map(Self::Group),
            _ => None,
        };
        typed.unwrap_or(Self::Other(value))
    }
}

fn typed<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

fn entry<Id: DeserializeOwned>(value: &Value) -> Option<Box<Entry<Id>>> {
    typed(value).map(Box::new)
}

/// A room, folder or file as events show it. All three have the same fields. The type and the tags
/// of a room, sizes, versions, links and rights are not among them: read these from the portal by
/// the id.
///
/// After an archive, restore, move, copy or update it is the entry after the action. After a
/// deletion it is the entry before.
/// (docs/portal/webhooks.md#payload-of-rooms-folders-and-files)
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Entry<Id> {
    /// The id of the entry.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// The folder that contains it.
    pub parent_id: FolderId,
    /// The section that contains it, for example that of all rooms. It is not the room that a file
    /// is in.
    pub root_id: FolderId,
    /// The type of the section.
    pub root_folder_type: FolderType,
    /// Who created it.
    #[serde(rename = "createBy")]
    pub created_by: PersonId,
    /// Who last changed it.
    #[serde(rename = "modifiedBy")]
    pub modified_by: PersonId,
    /// When it was created, to the second.
    #[serde(rename = "createOn")]
    pub created: Timestamp,
    /// When it was last changed, to the second.
    #[serde(rename = "modifiedOn")]
    pub modified: Timestamp,
    /// Whether it has a link or is shared with people. `room.created` comes before the automatic
    /// link of a new room exists.
    #[serde(default, skip_serializing_if = "is_false")]
    pub shared: bool,
    /// Whether it has an external link.
    #[serde(default, skip_serializing_if = "is_false")]
    pub shared_external: bool,
    /// Whether people or people groups were added to it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub shared_for_user: bool,
    /// Whether a parent folder is shared.
    #[serde(default, skip_serializing_if = "is_false")]
    pub parent_shared: bool,
    /// All other fields. Ignore `access` and `shareRecord` among them: they are left over from the
    /// portal's check of another person's rights.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl<Id> Entry<Id> {
    /// Whether it is a room template or is inside one.
    pub fn is_template(&self) -> bool {
        self.root_folder_type == FolderType::RoomTemplates
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A person as events show them. It is personal data in plain text, and lacks the type of the
/// person. (docs/portal/webhooks.md#payload-of-people-and-groups)
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PersonRecord {
    /// The id of the person.
    pub id: PersonId,
    /// The e-mail address.
    #[serde(default)]
    pub email: String,
    /// The first name. It may be empty.
    #[serde(default)]
    pub first_name: String,
    /// The last name. It may be empty.
    #[serde(default)]
    pub last_name: String,
    /// Whether the account is active.
    pub status: PersonStatus,
    /// Whether the e-mail address is confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activation_status: Option<ActivationStatus>,
    /// Who created the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<PersonId>,
    /// When the account was created.
    #[serde(rename = "createDate", default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Timestamp>,
    /// All other fields.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A people group as events show it, without its members.
/// (docs/portal/webhooks.md#payload-of-people-and-groups)
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GroupRecord {
    /// The id of the group.
    pub id: PeopleGroupId,
    /// Its name.
    pub name: String,
    /// All other fields.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}
