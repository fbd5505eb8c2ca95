//! What was last seen of a room.

use docspace::Timestamp;
use serde::{Deserialize, Serialize};

use super::snapshot::Snapshot;

/// What was last seen of a room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RoomState {
    pub(super) title: String,
    /// `None` while the room cannot be read.
    pub(super) snapshot: Option<Snapshot>,
    /// The newest event of the history that was read.
    pub(super) last_event: i32,
    pub(super) last_date: Option<Timestamp>,
    /// The number of events so far, which are numbered.
    pub(super) events: u64,
    /// Changes that were printed before the history had them.
    pub(super) unexplained: Vec<Unexplained>,
}

/// A change that was found by comparison and whose event the history may get later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Unexplained {
    pub(super) key: String,
    /// For how many more polls the event of the history is left out.
    pub(super) polls: u8,
}
