//! The types of events.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The type of an event, as in the `trigger` of a delivery.
///
/// A name that this version does not know becomes `Unknown`, and is written unchanged.
/// (docs/portal/webhooks.md#triggers)
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Trigger {
    /// All event types. It is the value of a webhook, never of an event.
    All,
    /// A person was created.
    UserCreated,
    /// A person was invited to the portal.
    UserInvited,
    /// A person, or the type or status of a person, was changed.
    UserUpdated,
    /// A person was deleted.
    UserDeleted,
    /// A people group was created.
    GroupCreated,
    /// A people group was changed.
    GroupUpdated,
    /// A people group was deleted.
    GroupDeleted,
    /// A file was created. An upload sends this and [`FileUploaded`](Self::FileUploaded).
    FileCreated,
    /// A file was uploaded.
    FileUploaded,
    /// A file was renamed, changed, locked or unlocked.
    FileUpdated,
    /// A file was moved to the trash.
    FileTrashed,
    /// A file was permanently deleted.
    FileDeleted,
    /// A file was moved out of the trash.
    FileRestored,
    /// A file was copied. The payload is the copy.
    FileCopied,
    /// A file was moved to another folder.
    FileMoved,
    /// A folder was created.
    FolderCreated,
    /// A folder was renamed, or a room got another owner.
    FolderUpdated,
    /// A folder was moved to the trash.
    FolderTrashed,
    /// A folder was permanently deleted.
    FolderDeleted,
    /// A folder was moved out of the trash.
    FolderRestored,
    /// A folder was copied. The payload is the copy.
    FolderCopied,
    /// A folder was moved to another folder.
    FolderMoved,
    /// A room or a template was created.
    RoomCreated,
    /// The settings of a room or template were sent, even if nothing changed.
    RoomUpdated,
    /// A room was archived.
    RoomArchived,
    /// A room or a template was deleted.
    RoomDeleted,
    /// A room was restored from the archive.
    RoomRestored,
    /// A room was duplicated. The payload is the copy.
    RoomCopied,
    /// A form was submitted.
    FormSubmit,
    /// A form was filled out.
    FormFilledOut,
    /// The filling of a form was stopped.
    FormStopped,
    /// An agent was created.
    AgentCreated,
    /// An agent was changed.
    AgentUpdated,
    /// An agent was deleted.
    AgentDeleted,
    /// A file was downloaded.
    FileDownloaded,
    /// A folder was downloaded.
    FolderDownloaded,
    /// A name that this version does not know.
    Unknown(String),
}

impl Trigger {
    /// Every event type that this version knows, with its name in the API, in the order of the
    /// portal's numbers.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::All, "*"),
        (Self::UserCreated, "user.created"),
        (Self::UserInvited, "user.invited"),
        (Self::UserUpdated, "user.updated"),
        (Self::UserDeleted, "user.deleted"),
        (Self::GroupCreated, "group.created"),
        (Self::GroupUpdated, "group.updated"),
        (Self::GroupDeleted, "group.deleted"),
        (Self::FileCreated, "file.created"),
        (Self::FileUploaded, "file.uploaded"),
        (Self::FileUpdated, "file.updated"),
        (Self::FileTrashed, "file.trashed"),
        (Self::FileDeleted, "file.deleted"),
        (Self::FileRestored, "file.restored"),
        (Self::FileCopied, "file.copied"),
        (Self::FileMoved, "file.moved"),
        (Self::FolderCreated, "folder.created"),
        (Self::FolderUpdated, "folder.updated"),
        (Self::FolderTrashed, "folder.trashed"),
        (Self::FolderDeleted, "folder.deleted"),
        (Self::FolderRestored, "folder.restored"),
        (Self::FolderCopied, "folder.copied"),
        (Self::FolderMoved, "folder.moved"),
        (Self::RoomCreated, "room.created"),
        (Self::RoomUpdated, "room.updated"),
        (Self::RoomArchived, "room.archived"),
        (Self::RoomDeleted, "room.deleted"),
        (Self::RoomRestored, "room.restored"),
        (Self::RoomCopied, "room.copied"),
        (Self::FormSubmit, "form.submit"),
        (Self::FormFilledOut, "form.filled.out"),
        (Self::FormStopped, "form.stopped"),
        (Self::AgentCreated, "agent.created"),
        (Self::AgentUpdated, "agent.updated"),
        (Self::AgentDeleted, "agent.deleted"),
        (Self::FileDownloaded, "file.downloaded"),
        (Self::FolderDownloaded, "folder.downloaded"),
    ];

    /// The name in the API, for example `room.created`.
    pub fn name(&self) -> &str {
        match self {
            Self::Unknown(name) => name,
            known => Self::ALL.iter().find(|(trigger, _)| trigger == known).map_or("", |(_, name)| name),
        }
    }

    /// The number of the event type: one bit of a webhook's `triggers`, or 0 for
    /// [`All`](Self::All). `None` for a name that this version does not know.
    pub fn bit(&self) -> Option<i64> {
        let index = Self::ALL.iter().position(|(trigger, _)| trigger == self)?;
        Some(index.checked_sub(1).map_or(0, |shift| 1 << shift))
    }

    /// The event types in the `triggers` of a webhook, which is a sum of their numbers. 0 is
    /// [`All`](Self::All). Numbers that this version does not know are left out.
    pub fn in_sum(sum: i64) -> Vec<Self> {
        if sum == 0 {
            return vec![Self::All];
        }
        let known = Self::ALL.iter().map(|(trigger, _)| trigger);
        known.filter(|trigger| trigger.bit().is_some_and(|bit| sum & bit != 0)).cloned().collect()
    }

    /// What the event is about: the first part of the name, for example `room`.
    pub fn subject(&self) -> &str {
        let name = self.name();
        name.split_once('.').map_or(name, |(subject, _)| subject)
    }
}

impl From<&str> for Trigger {
    fn from(name: &str) -> Self {
        let known = Self::ALL.iter().find(|(_, known)| *known == name);
        known.map_or_else(|| Self::Unknown(name.to_owned()), |(trigger, _)| trigger.clone())
    }
}

impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Trigger {
    type Err = Infallible;

    fn from_str(name: &str) -> Result<Self, Infallible> {
        Ok(name.into())
    }
}

impl Serialize for Trigger {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Trigger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self::from(name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bits_are_different_and_in_order() {
        assert_eq!(Trigger::ALL.len(), 37);
        for (index, (trigger, name)) in Trigger::ALL.iter().enumerate() {
            assert_eq!(trigger.bit(), Some(if index == 0 { 0 } else { 1 << (index - 1) }), "{trigger}");
            assert_eq!((trigger.name(), &Trigger::from(*name)), (*name, trigger));
        }
    }

    #[test]
    fn sums_are_split_into_their_triggers() {
        assert_eq!(Trigger::in_sum(0), [Trigger::All]);
        // Files and folders downloaded, and rooms created.
        assert_eq!(
            Trigger::in_sum((1 << 35) + (1 << 34) + 4_194_304),
            [Trigger::RoomCreated, Trigger::FileDownloaded, Trigger::FolderDownloaded]
        );
        assert_eq!(Trigger::in_sum(1 << 62), []);
    }

    #[test]
    fn unknown_names_are_kept() {
        let read: Trigger = serde_json::from_str("\"plugin.started\"").expect("a trigger");
        assert_eq!((read.bit(), read.subject()), (None, "plugin"));
        assert_eq!(serde_json::to_string(&read).expect("JSON"), "\"plugin.started\"");
    }
}
