//! The printed fields of a room of a file.

use docspace::RoomId;
use serde_json::json;

use super::row::{NewRoom, entry};
use crate::csv::Outcome;
use crate::output::{Field, Record, Tone};
use crate::text::kebab;

/// What became of a row, or what would become of it.
#[derive(Debug)]
pub(crate) struct NewRoomRecord {
    line: usize,
    id: Option<RoomId>,
    title: String,
    room_type: Option<String>,
    /// `planned` in a dry run, otherwise as in the result file.
    state: &'static str,
    url: Option<String>,
    tags: Vec<String>,
    members: Vec<String>,
    error: Option<String>,
}

impl NewRoomRecord {
    /// The record of a room that a dry run does not create.
    pub(super) fn planned(room: &NewRoom, id: Option<RoomId>) -> Self {
        Self {
            line: room.line,
            id,
            title: room.title.clone(),
            room_type: room.room_type.map(|room_type| kebab(&room_type.to_string())),
            state: "planned",
            url: None,
            tags: room.settings.shared.tags.clone().unwrap_or_default(),
            members: room.members.iter().map(|(person, access)| entry(person, *access)).collect(),
            error: None,
        }
    }

    /// The record of a row with an outcome.
    pub(super) fn new(room: &NewRoom, outcome: &Outcome) -> Self {
        let id = outcome.id.as_ref().and_then(|id| id.parse().ok());
        Self {
            state: outcome.state.name(),
            url: outcome.url.clone(),
            error: outcome.error.clone(),
            ..Self::planned(room, id)
        }
    }
}

impl Record for NewRoomRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|room| json!(room.id)),
        Field::<Self>::column("title", |room| json!(room.title)).priority(90),
        Field::<Self>::column("type", |room| json!(room.room_type)).never_cut().priority(40),
        Field::<Self>::column("state", |room| json!(room.state)).never_cut().priority(60).tone(|room| {
            match room.error {
                Some(_) => Tone::Bad,
                None => Tone::Plain,
            }
        }),
        Field::<Self>::column("url", |room| json!(room.url)).never_cut().priority(80),
        Field::detail("line", |room| json!(room.line)),
        Field::detail("tags", |room| json!(room.tags)),
        Field::detail("members", |room| json!(room.members)),
        Field::detail("error", |room| json!(room.error)),
    ];
}
