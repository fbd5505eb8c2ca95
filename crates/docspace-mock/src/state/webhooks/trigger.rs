//! The events that a webhook may ask for (docs/portal/webhooks.md#triggers).

use crate::numbered::{Numbered as _, numbered};

numbered! {
    /// An event, as its bit (WebhookTrigger). The order is that of the list of triggers.
    Trigger {
        ALL = 0 "All",
        USER_CREATED = 1 "UserCreated",
        USER_INVITED = 2 "UserInvited",
        USER_UPDATED = 4 "UserUpdated",
        USER_DELETED = 8 "UserDeleted",
        GROUP_CREATED = 16 "GroupCreated",
        GROUP_UPDATED = 32 "GroupUpdated",
        GROUP_DELETED = 64 "GroupDeleted",
        FILE_CREATED = 128 "FileCreated",
        FILE_UPLOADED = 256 "FileUploaded",
        FILE_UPDATED = 512 "FileUpdated",
        FILE_TRASHED = 1024 "FileTrashed",
        FILE_DELETED = 2048 "FileDeleted",
        FILE_RESTORED = 4096 "FileRestored",
        FILE_COPIED = 8192 "FileCopied",
        FILE_MOVED = 16384 "FileMoved",
        FILE_DOWNLOADED = 17179869184 "FileDownloaded",
        FOLDER_CREATED = 32768 "FolderCreated",
        FOLDER_UPDATED = 65536 "FolderUpdated",
        FOLDER_TRASHED = 131072 "FolderTrashed",
        FOLDER_DELETED = 262144 "FolderDeleted",
        FOLDER_RESTORED = 524288 "FolderRestored",
        FOLDER_COPIED = 1048576 "FolderCopied",
        FOLDER_MOVED = 2097152 "FolderMoved",
        FOLDER_DOWNLOADED = 34359738368 "FolderDownloaded",
        ROOM_CREATED = 4194304 "RoomCreated",
        ROOM_UPDATED = 8388608 "RoomUpdated",
        ROOM_ARCHIVED = 16777216 "RoomArchived",
        ROOM_DELETED = 33554432 "RoomDeleted",
        ROOM_RESTORED = 67108864 "RoomRestored",
        ROOM_COPIED = 134217728 "RoomCopied",
        FORM_SUBMIT = 268435456 "FormSubmit",
        FORM_FILLED_OUT = 536870912 "FormFilledOut",
        FORM_STOPPED = 1073741824 "FormStopped",
        AGENT_CREATED = 2147483648 "AgentCreated",
        AGENT_UPDATED = 4294967296 "AgentUpdated",
        AGENT_DELETED = 8589934592 "AgentDeleted",
    }
}

impl Trigger {
    /// The name of the type in the portal's code, which validation errors contain.
    pub(crate) const TYPE_NAME: &'static str = "ASC.Webhooks.Core.WebhookTrigger";

    /// The triggers that people with the role User may not use.
    const CLOSED_TO_USERS: [Self; 8] = [
        Self::USER_CREATED,
        Self::USER_INVITED,
        Self::GROUP_CREATED,
        Self::GROUP_UPDATED,
        Self::GROUP_DELETED,
        Self::ROOM_CREATED,
        Self::ROOM_COPIED,
        Self::AGENT_CREATED,
    ];

    pub(crate) fn is_closed_to_users(self) -> bool {
        Self::CLOSED_TO_USERS.contains(&self)
    }

    /// The name in bodies and in the list of triggers, such as `room.created`.
    pub(crate) fn event_name(self) -> String {
        if self == Self::ALL {
            return "*".into();
        }
        let mut name = String::new();
        for letter in self.name().unwrap_or_default().chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('.');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// The first part of the name, such as `room`.
    pub(crate) fn subject(self) -> String {
        self.event_name().split('.').next().unwrap_or_default().to_owned()
    }
}

/// The sum of the triggers of a webhook, as it was sent. It may have bits of no trigger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Triggers(pub(crate) i64);

impl Triggers {
    pub(crate) fn contains(self, trigger: Trigger) -> bool {
        self.0 == 0 || self.0 & trigger.number() != 0
    }

    /// Whether people with the role User may use this sum. All events at once are allowed.
    pub(crate) fn are_open_to_users(self) -> bool {
        self.0 == 0 || !Trigger::CLOSED_TO_USERS.iter().any(|trigger| self.contains(*trigger))
    }

    /// The names in the order of the bits.
    pub(crate) fn event_names(self) -> Vec<String> {
        if self.0 == 0 {
            return vec![Trigger::ALL.event_name()];
        }
        let named = Trigger::NAMES.iter().map(|(_, trigger)| *trigger);
        let mut named: Vec<Trigger> = named.filter(|one| *one != Trigger::ALL && self.contains(*one)).collect();
        named.sort_unstable();
        named.into_iter().map(Trigger::event_name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_from_the_names_in_requests() {
        assert_eq!(Trigger::ROOM_CREATED.event_name(), "room.created");
        assert_eq!(Trigger::FORM_FILLED_OUT.event_name(), "form.filled.out");
        let both = Trigger::FOLDER_DOWNLOADED.number() + Trigger::FOLDER_CREATED.number();
        assert_eq!(Triggers(both).event_names(), ["folder.created", "folder.downloaded"]);
        assert_eq!(Triggers(-1).event_names().len(), 36);
        assert!(Triggers(1 << 36).event_names().is_empty());
    }
}
