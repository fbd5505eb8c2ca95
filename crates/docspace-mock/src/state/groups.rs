//! Room groups, which are private to their owner, and people groups.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A room group (docs/portal/tags-groups-logos-quotas.md#room-groups).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RoomGroup {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) icon: String,
    pub(crate) owner: Uuid,
    pub(crate) rooms: Vec<i64>,
}

/// A people group, which may be a member of rooms (docs/portal/people.md#people-groups).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PeopleGroup {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) manager: Option<Uuid>,
    pub(crate) members: Vec<Uuid>,
}

impl PeopleGroup {
    /// Removes members. The group has no manager after the manager is removed.
    pub(crate) fn remove(&mut self, people: &[Uuid]) {
        self.members.retain(|id| !people.contains(id));
        self.manager = self.manager.filter(|id| !people.contains(id));
    }
}

/// The people group that every person belongs to (recording templates/lifecycle).
pub(crate) const EVERYONE: Uuid = Uuid::from_u128(0xc5cc_67d1_c3e8_43c0_a3ad_3928_ae3e_5b5e);
