//! Groups: of rooms, private to whoever made them, and of people.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A group of rooms (portal-facts 6.20).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RoomGroup {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) icon: String,
    pub(crate) owner: Uuid,
    pub(crate) rooms: Vec<i64>,
}

/// A group of people, which may be invited like one of them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PeopleGroup {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) manager: Option<Uuid>,
    pub(crate) members: Vec<Uuid>,
}
