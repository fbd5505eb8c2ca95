//! The printed fields of a room of a file.

use docspace::RoomId;

use super::row::{NewRoom, entry};
use crate::csv::Outcome;
use crate::output::{Field, Id, Record, Tone};
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
        Field::<Self>::id("Id of the room; null if there is none", &|room| room.id.as_ref().map(Id::from)),
        Field::<Self>::column("title", "Title of the row", &|room| room.title.clone()).priority(90),
        Field::<Self>::column("type", "Type of the room; null for the type of the template", &|room| {
            room.room_type.clone()
        })
        .never_cut()
        .priority(40),
        Field::<Self>::column("state", "What became of the row", &|room| room.state).never_cut().priority(60).tone(
            |room| match room.error {
                Some(_) => Tone::Bad,
                None => Tone::Plain,
            },
        ),
        Field::<Self>::column("url", "Address of the link; null without a link", &|room| room.url.clone())
            .never_cut()
            .priority(80),
        Field::<Self>::detail("line", "Number of the line in the file, counted from 1", &|room| room.line),
        Field::<Self>::detail("tags", "Tags of the row", &|room| room.tags.clone()),
        Field::<Self>::detail("members", "Members of the row, as address:access", &|room| room.members.clone()),
        Field::<Self>::detail("error", "Why the row failed; null if it did not", &|room| room.error.clone()),
    ];
}
