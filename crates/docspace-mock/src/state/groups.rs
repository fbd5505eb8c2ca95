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

/// The group that everybody is in [R templates/lifecycle].
pub(crate) const EVERYONE: Uuid = Uuid::from_u128(0xc5cc_67d1_c3e8_43c0_a3ad_3928_ae3e_5b5e);
