//! The sentence about an event. The mock knows it in English only, and of few actions as a portal
//! words it (recordings audit/events, webhooks/manage-key-scopes). Clients should not read it
//! (docs/portal/history-and-audit.md).

use crate::state::trail::Event;
use crate::state::trail::action::Action;

impl Event {
    /// The sentence about the event.
    pub(crate) fn sentence(&self) -> String {
        // A portal separates the words of a sentence by commas, so it doubles the blank after a
        // comma in a word.
        let words: Vec<String> = self.words.iter().map(|word| word.replace(", ", ",  ")).collect();
        let word = |index: usize| words.get(index).map_or("", String::as_str);
        match self.action {
            Action::ROOM_CREATED => "Room created".into(),
            Action::ROOM_RENAMED => format!("Room renamed: {}", word(0)),
            Action::ROOM_DELETED => "Room deleted".into(),
            Action::TAG_CREATED => format!("Tag created: {}", word(0)),
            Action::ADDED_ROOM_TAGS => format!("Added tags: [{}]", words.join(", ")),
            Action::DELETED_ROOM_TAGS => format!("Removed tags: [{}]", words.join(", ")),
            Action::ROOM_EXTERNAL_LINK_CREATED => format!("External link created: {}. Role: {}", word(0), word(1)),
            Action::ROOM_EXTERNAL_LINK_UPDATED => format!("External link updated: {}. Role: {}", word(0), word(1)),
            Action::ROOM_CREATE_USER => format!("Added user: {}. Role: {}", word(0), word(1)),
            Action::FOLDER_CREATED => format!("Folder Created: {}", word(0)),
            Action::FILE_UPLOADED => format!("File Uploaded: {}", word(0)),
            Action::USERS_UPDATED_STATUS => format!("Users [{}]. Updated Status", words.join(", ")),
            Action::GROUP_DELETED => format!("Group Deleted: {}", word(0)),
            Action::WEBHOOK_CREATED => format!("Webhook created: {}", word(0)),
            Action::WEBHOOK_UPDATED => format!("Webhook updated: {}", word(0)),
            Action::WEBHOOK_DELETED => format!("Webhook deleted: {}", word(0)),
            Action::API_KEY_CREATED => format!("User Api Key Created: {}", word(0)),
            Action::API_KEY_DELETED => format!("User Api Key Deleted: {}", word(0)),
            Action::DEVELOPER_TOOLS_CHANGED => "Developer Tools access settings changed".into(),
            other if words.is_empty() => separated(other.key()),
            other => format!("{}: {}", separated(other.key()), words.join(", ")),
        }
    }
}

/// The words of a name in camel case.
pub(crate) fn separated(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.push(letter);
    }
    text
}
