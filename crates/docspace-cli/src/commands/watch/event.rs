//! An event as it is printed and stored.

use std::collections::BTreeMap;

use docspace::{RoomId, Timestamp};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};

use super::snapshot::Item;
use crate::output::optional_instant;
use crate::text::plain;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EventKind {
    LinkCreated,
    LinkChanged,
    LinkRevoked,
    MemberAdded,
    MemberChanged,
    MemberRemoved,
    TagAdded,
    TagRemoved,
    RoomGone,
    RoomFound,
}

impl EventKind {
    /// What happened, in words.
    fn words(self) -> &'static str {
        match self {
            Self::LinkCreated => "link created",
            Self::LinkChanged => "link changed",
            Self::LinkRevoked => "link revoked",
            Self::MemberAdded => "member added",
            Self::MemberChanged => "member changed",
            Self::MemberRemoved => "member removed",
            Self::TagAdded => "tag added",
            Self::TagRemoved => "tag removed",
            Self::RoomGone => "the room is gone, or you may no longer read it",
            Self::RoomFound => "the room is back",
        }
    }
}

/// A value before and after a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Change {
    pub(super) from: Value,
    pub(super) to: Value,
}

/// An event of a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    /// The same if the event is printed again after the program was killed.
    pub(super) id: String,
    pub(super) event: EventKind,
    /// When it happened, if the history of the room has it.
    #[serde(serialize_with = "whole_seconds")]
    pub(super) time: Option<Timestamp>,
    /// The name of the person who did it, if the history of the room has it.
    pub(super) by: Option<String>,
    pub(super) room_id: RoomId,
    pub(super) room: String,
    /// The id of the link or member, or the tag.
    pub(super) subject_id: Option<String>,
    /// The title of the link, the name of the member, or the tag.
    pub(super) subject: Option<String>,
    /// The details of the link or member, as far as they are known.
    pub(super) details: BTreeMap<String, Value>,
    pub(super) changes: BTreeMap<String, Change>,
}

impl Event {
    /// An event without a subject; the number is its position in the events of the room.
    pub(super) fn of_room(event: EventKind, room_id: &RoomId, room: &str) -> Self {
        Self {
            id: String::new(),
            event,
            time: None,
            by: None,
            room_id: room_id.clone(),
            room: room.to_owned(),
            subject_id: None,
            subject: None,
            details: BTreeMap::new(),
            changes: BTreeMap::new(),
        }
    }

    /// Adds the link, member or tag.
    pub(super) fn about(mut self, id: &str, item: &Item) -> Self {
        // The history does not have the id of a link that was created and revoked.
        self.subject_id = Some(id.to_owned()).filter(|id| !id.is_empty());
        self.subject = Some(item.name.clone());
        self.details.clone_from(&item.details);
        self
    }

    /// One line of JSON.
    pub(super) fn json(&self) -> String {
        format!("{}\n", json!(self))
    }

    /// One line for a person.
    pub(super) fn text(&self) -> String {
        let time = self.time.map(|time| time.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string());
        let time = time.unwrap_or_else(|| "-".to_owned());
        let subject = self.subject.as_ref().map(|subject| format!(" `{subject}`")).unwrap_or_default();
        let changes: Vec<String> =
            self.changes.iter().map(|(name, change)| format!("{name} {} -> {}", change.from, change.to)).collect();
        let changes = if changes.is_empty() { String::new() } else { format!(": {}", changes.join(", ")) };
        let by = self.by.as_ref().map(|by| format!(" (by {by})")).unwrap_or_default();
        let what = self.event.words();
        format!("{}\n", plain(&format!("{time:<20}  {} ({}): {what}{subject}{changes}{by}", self.room, self.room_id)))
    }
}

fn whole_seconds<S: Serializer>(time: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    optional_instant(*time).serialize(serializer)
}
