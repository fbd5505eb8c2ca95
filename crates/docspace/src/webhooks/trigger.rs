//! The kinds of events.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! triggers {
    ($( $(#[$meta:meta])* $variant:ident = $name:literal, $bit:expr; )+) => {
        /// A kind of event, as in the `trigger` of a delivery.
        ///
        /// A name that this version does not know becomes `Unknown`, and is written unchanged.
        /// (docs/portal/webhooks.md#triggers)
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Trigger {
            $( $(#[$meta])* $variant, )+
            /// A name that this version does not know.
            Unknown(String),
        }

        impl Trigger {
            /// Every kind that this version knows, in the order of the portal's numbers.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];

            /// The name in the API, for example `room.created`.
            pub fn name(&self) -> &str {
                match self {
                    $( Self::$variant => $name, )+
                    Self::Unknown(name) => name,
                }
            }

            /// The number of the kind: one bit of a webhook's `triggers`, or 0 for
            /// [`All`](Self::All). `None` for a name that this version does not know.
            pub const fn bit(&self) -> Option<u64> {
                match self {
                    $( Self::$variant => Some($bit), )+
                    Self::Unknown(_) => None,
                }
            }
        }

        impl From<&str> for Trigger {
            fn from(name: &str) -> Self {
                match name {
                    $( $name => Self::$variant, )+
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }
    };
}

triggers! {
    /// Every kind of event. It is the value of a webhook, never of an event.
    All = "*", 0;
    /// A person was created.
    UserCreated = "user.created", 1 << 0;
    /// A person was invited to the portal.
    UserInvited = "user.invited", 1 << 1;
    /// A person, or the type or status of a person, was changed.
    UserUpdated = "user.updated", 1 << 2;
    /// A person was deleted.
    UserDeleted = "user.deleted", 1 << 3;
    /// A group of people was created.
    GroupCreated = "group.created", 1 << 4;
    /// A group of people was changed.
    GroupUpdated = "group.updated", 1 << 5;
    /// A group of people was deleted.
    GroupDeleted = "group.deleted", 1 << 6;
    /// A file was created. An upload sends this and [`FileUploaded`](Self::FileUploaded).
    FileCreated = "file.created", 1 << 7;
    /// A file was uploaded.
    FileUploaded = "file.uploaded", 1 << 8;
    /// A file was renamed, changed, locked or unlocked.
    FileUpdated = "file.updated", 1 << 9;
    /// A file was moved to the trash.
    FileTrashed = "file.trashed", 1 << 10;
    /// A file was deleted for good.
    FileDeleted = "file.deleted", 1 << 11;
    /// A file was moved out of the trash.
    FileRestored = "file.restored", 1 << 12;
    /// A file was copied. The payload is the copy.
    FileCopied = "file.copied", 1 << 13;
    /// A file was moved to another folder.
    FileMoved = "file.moved", 1 << 14;
    /// A folder was created.
    FolderCreated = "folder.created", 1 << 15;
    /// A folder was renamed, or a room got another owner.
    FolderUpdated = "folder.updated", 1 << 16;
    /// A folder was moved to the trash.
    FolderTrashed = "folder.trashed", 1 << 17;
    /// A folder was deleted for good.
    FolderDeleted = "folder.deleted", 1 << 18;
    /// A folder was moved out of the trash.
    FolderRestored = "folder.restored", 1 << 19;
    /// A folder was copied. The payload is the copy.
    FolderCopied = "folder.copied", 1 << 20;
    /// A folder was moved to another folder.
    FolderMoved = "folder.moved", 1 << 21;
    /// A room or a template was created.
    RoomCreated = "room.created", 1 << 22;
    /// The settings of a room or template were sent, even if nothing changed.
    RoomUpdated = "room.updated", 1 << 23;
    /// A room was archived.
    RoomArchived = "room.archived", 1 << 24;
    /// A room or a template was deleted.
    RoomDeleted = "room.deleted", 1 << 25;
    /// A room was restored from the archive.
    RoomRestored = "room.restored", 1 << 26;
    /// A room was duplicated. The payload is the copy.
    RoomCopied = "room.copied", 1 << 27;
    /// A form was submitted.
    FormSubmit = "form.submit", 1 << 28;
    /// A form was filled out.
    FormFilledOut = "form.filled.out", 1 << 29;
    /// The filling of a form was stopped.
    FormStopped = "form.stopped", 1 << 30;
    /// An agent was created.
    AgentCreated = "agent.created", 1 << 31;
    /// An agent was changed.
    AgentUpdated = "agent.updated", 1 << 32;
    /// An agent was deleted.
    AgentDeleted = "agent.deleted", 1 << 33;
    /// A file was downloaded.
    FileDownloaded = "file.downloaded", 1 << 34;
    /// A folder was downloaded.
    FolderDownloaded = "folder.downloaded", 1 << 35;
}

impl Trigger {
    /// What the event is about: the first part of the name, for example `room`.
    pub fn subject(&self) -> &str {
        let name = self.name();
        name.split_once('.').map_or(name, |(subject, _)| subject)
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
        for (index, trigger) in Trigger::ALL.iter().enumerate() {
            assert_eq!(trigger.bit(), Some(if index == 0 { 0 } else { 1 << (index - 1) }), "{trigger}");
            assert_eq!(&Trigger::from(trigger.name()), trigger);
        }
    }

    #[test]
    fn unknown_names_are_kept() {
        let read: Trigger = serde_json::from_str("\"plugin.started\"").expect("a trigger");
        assert_eq!((read.bit(), read.subject()), (None, "plugin"));
        assert_eq!(serde_json::to_string(&read).expect("JSON"), "\"plugin.started\"");
    }
}
