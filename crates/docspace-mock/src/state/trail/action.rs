//! The actions of the audit trail: their numbers, and where a portal files each of them
//! (docs/portal/history-and-audit.md).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use crate::numbered::{Numbered, numbered};

numbered! {
    /// What a person did (MessageAction).
    Action {
        LOGOUT = 1006,
        LOGIN_SUCCESS = 1010,
        LOGIN_FAIL = 1013,
        USER_CREATED = 4000,
        GUEST_CREATED = 4001,
        USER_UPDATED = 4006,
        USERS_UPDATED_TYPE = 4019,
        USERS_UPDATED_STATUS = 4020,
        SENT_INVITE_INSTRUCTIONS = 4023,
        GROUP_CREATED = 4026,
        GROUP_UPDATED = 4027,
        GROUP_DELETED = 4028,
        FILE_CREATED = 5000,
        FILE_RENAMED = 5001,
        FILE_LOCKED = 5006,
        FILE_UNLOCKED = 5007,
        FILE_DOWNLOADED = 5009,
        FILE_UPLOADED = 5011,
        FILE_COPIED = 5013,
        FILE_MOVED = 5015,
        FILE_MOVED_TO_TRASH = 5017,
        FILE_DELETED = 5018,
        FOLDER_CREATED = 5019,
        FOLDER_RENAMED = 5020,
        FOLDER_COPIED = 5022,
        FOLDER_MOVED = 5024,
        FOLDER_MOVED_TO_TRASH = 5026,
        FOLDER_DELETED = 5027,
        USER_FILE_UPDATED = 5034,
        FILE_CONVERTED = 5035,
        FOLDER_DOWNLOADED = 5057,
        ROOM_CREATED = 5070,
        ROOM_RENAMED = 5071,
        ROOM_ARCHIVED = 5072,
        ROOM_UNARCHIVED = 5073,
        ROOM_DELETED = 5074,
        ROOM_UPDATE_ACCESS_FOR_USER = 5075,
        TAG_CREATED = 5076,
        TAGS_DELETED = 5077,
        ADDED_ROOM_TAGS = 5078,
        DELETED_ROOM_TAGS = 5079,
        ROOM_LOGO_CREATED = 5080,
        ROOM_LOGO_DELETED = 5081,
        ROOM_INVITATION_LINK_UPDATED = 5082,
        ROOM_REMOVE_USER = 5084,
        ROOM_CREATE_USER = 5085,
        ROOM_INVITATION_LINK_CREATED = 5086,
        ROOM_INVITATION_LINK_DELETED = 5087,
        ROOM_EXTERNAL_LINK_CREATED = 5088,
        ROOM_EXTERNAL_LINK_UPDATED = 5089,
        ROOM_EXTERNAL_LINK_DELETED = 5090,
        ROOM_GROUP_ADDED = 5094,
        ROOM_UPDATE_ACCESS_FOR_GROUP = 5095,
        ROOM_GROUP_REMOVE = 5096,
        ROOM_EXTERNAL_LINK_RENAMED = 5098,
        ROOM_COPIED = 5100,
        ROOM_COLOR_CHANGED = 5102,
        ROOM_COVER_CHANGED = 5103,
        FOLDER_INDEX_CHANGED = 5107,
        ROOM_DENY_DOWNLOAD_ENABLED = 5109,
        ROOM_DENY_DOWNLOAD_DISABLED = 5110,
        FILE_INDEX_CHANGED = 5111,
        ROOM_WATERMARK_SET = 5112,
        ROOM_WATERMARK_DISABLED = 5113,
        ROOM_INDEXING_ENABLED = 5114,
        ROOM_INDEXING_DISABLED = 5115,
        ROOM_LIFETIME_SET = 5116,
        ROOM_LIFETIME_DISABLED = 5117,
        ROOM_INVITE_RESEND = 5118,
        FILE_VERSION_REMOVED = 5119,
        ROOM_CHANGE_OWNER = 5159,
        LANGUAGE_SETTINGS_UPDATED = 6000,
        TIME_ZONE_SETTINGS_UPDATED = 6001,
        LOGIN_HISTORY_REPORT_DOWNLOADED = 6027,
        AUDIT_TRAIL_REPORT_DOWNLOADED = 6028,
        COOKIE_SETTINGS_UPDATED = 6032,
        AUDIT_SETTINGS_UPDATED = 6035,
        QUOTA_PER_ROOM_CHANGED = 6040,
        CUSTOM_QUOTA_PER_ROOM_CHANGED = 6049,
        DEVELOPER_TOOLS_CHANGED = 6054,
        WEBHOOK_CREATED = 6055,
        WEBHOOK_UPDATED = 6056,
        WEBHOOK_DELETED = 6057,
        API_KEY_CREATED = 6058,
        API_KEY_UPDATED = 6059,
        API_KEY_DELETED = 6060,
    }
}

numbered! {
    /// The kind of an action (ActionType).
    ActionType {
        NONE = 0 "None",
        CREATE = 1 "Create",
        UPDATE = 2 "Update",
        DELETE = 3 "Delete",
        LINK = 4 "Link",
        UNLINK = 5 "Unlink",
        ATTACH = 6 "Attach",
        DETACH = 7 "Detach",
        SEND = 8 "Send",
        IMPORT = 9 "Import",
        EXPORT = 10 "Export",
        UPDATE_ACCESS = 11 "UpdateAccess",
        DOWNLOAD = 12 "Download",
        UPLOAD = 13 "Upload",
        COPY = 14 "Copy",
        MOVE = 15 "Move",
        REASSIGNS = 16 "Reassigns",
        FOLLOW = 17 "Follow",
        UNFOLLOW = 18 "Unfollow",
        LOGOUT = 19 "Logout",
    }
}

numbered! {
    /// The part of the product in which an action happens (LocationType).
    Module {
        NONE = 0 "None",
        FILES = 1 "Files",
        FOLDERS = 2 "Folders",
        DOCUMENTS_SETTINGS = 3 "DocumentsSettings",
        ROOMS = 27 "Rooms",
        SETTINGS = 29 "Settings",
        CONTACTS = 30 "Contacts",
        AGENTS = 31 "Agents",
    }
}

numbered! {
    /// The product in which an action happens (ProductType).
    Product {
        DOCUMENTS = 2 "Documents",
        LOGIN = 3 "Login",
        SETTINGS = 7 "Settings",
        CONTACTS = 8 "Contacts",
    }
}

numbered! {
    /// What an action is about (EntryType of the audit trail).
    Subject {
        NONE = 0 "None",
        FILE = 1 "File",
        FOLDER = 2 "Folder",
        USER = 23 "User",
        GROUP = 24 "Group",
        ROOM = 25 "Room",
        TAG = 26 "Tag",
        AGENT = 27 "Agent",
    }
}

/// Where a portal files an action.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filing {
    pub(crate) kind: ActionType,
    pub(crate) product: Product,
    pub(crate) module: Module,
    pub(crate) subject: Subject,
}

/// The actions as a portal lists them (recording audit/events).
const DATA: &str = include_str!("../../../data/audit.json");

#[derive(Deserialize)]
struct Data {
    numbers: HashMap<String, i64>,
    types: Value,
    products: Vec<Value>,
}

/// The list of all actions, read once.
#[derive(Debug)]
pub(crate) struct Catalog {
    names: HashMap<i64, String>,
    filings: HashMap<String, Filing>,
    /// The answer of `GET security/audit/types`.
    pub(crate) types: Value,
    /// The answer of `GET security/audit/mappers`.
    pub(crate) products: Vec<Value>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::read);

/// The list of all actions.
pub(crate) fn catalog() -> &'static Catalog {
    &CATALOG
}

fn named<T: Numbered + Default>(value: &Value) -> T {
    let named = T::NAMES.iter().find(|(name, _)| value.as_str() == Some(name));
    named.map(|(_, value)| *value).unwrap_or_default()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Catalog {
    fn read() -> Self {
        let data: Data = serde_json::from_str(DATA).expect("the actions are valid JSON");
        let names = data.numbers.into_iter().map(|(name, number)| (number, name)).collect();
        let mut filings = HashMap::new();
        for product in &data.products {
            for module in items(&product["modules"]) {
                for action in items(&module["actions"]) {
                    let filing = Filing {
                        kind: named(&action["actionType"]),
                        product: named(&product["productType"]),
                        module: named(&module["moduleType"]),
                        subject: named(&action["entity"]),
                    };
                    let name = action["messageAction"].as_str().unwrap_or_default();
                    // Actions on tags are filed under agents too, and a portal shows the first.
                    filings.entry(name.to_owned()).or_insert(filing);
                }
            }
        }
        Self { names, filings, types: data.types, products: data.products }
    }

    /// The action with this name in any case, or with this number.
    pub(crate) fn action(&self, text: &str) -> Option<Action> {
        let number = text.parse::<i64>().ok();
        let found = self.names.iter().find(|(known, name)| number == Some(**known) || name.eq_ignore_ascii_case(text));
        found.map(|(number, _)| Action::from_number(*number))
    }
}

impl Action {
    /// The name of the action, such as `RoomCreated`.
    pub(crate) fn key(self) -> &'static str {
        catalog().names.get(&self.number()).map_or("", String::as_str)
    }

    /// Where a portal files the action. `None` for an action that its list leaves out.
    pub(crate) fn filing(self) -> Option<Filing> {
        catalog().filings.get(self.key()).copied()
    }

    /// Whether the history of a room shows events of this kind, in the same minute and in the same
    /// folder, as one entry.
    pub(crate) fn is_grouped(self) -> bool {
        matches!(
            self,
            Self::FILE_UPLOADED
                | Self::FILE_COPIED
                | Self::FILE_MOVED
                | Self::FILE_MOVED_TO_TRASH
                | Self::FILE_DELETED
                | Self::FILE_CONVERTED
                | Self::FILE_INDEX_CHANGED
                | Self::FOLDER_COPIED
                | Self::FOLDER_MOVED
                | Self::FOLDER_MOVED_TO_TRASH
                | Self::FOLDER_DELETED
                | Self::FOLDER_INDEX_CHANGED
                | Self::ROOM_CREATE_USER
                | Self::ROOM_GROUP_ADDED
                | Self::ROOM_INVITE_RESEND
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_found_by_name_and_number() {
        for text in ["5070", "RoomCreated", "roomcreated"] {
            assert_eq!(catalog().action(text), Some(Action::ROOM_CREATED), "{text}");
        }
        for text in ["0", "1", "987654", "", "nope"] {
            assert_eq!(catalog().action(text), None, "{text}");
        }
    }

    #[test]
    fn each_action_is_filed_as_listed() {
        let filing = Action::TAG_CREATED.filing().expect("a filing");
        assert_eq!((filing.product, filing.module, filing.subject), (Product::DOCUMENTS, Module::ROOMS, Subject::TAG));
        assert!(Action::ROOM_EXTERNAL_LINK_RENAMED.filing().is_none());
    }
}
