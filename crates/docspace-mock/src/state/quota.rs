//! The quota of rooms (docs/portal/tags-groups-logos-quotas.md#room-quotas).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The portal's settings for quotas of rooms.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct RoomQuota {
    pub(crate) enabled: bool,
    /// The quota of rooms that have none of their own, in bytes.
    pub(crate) default: i64,
    /// The last change of these settings.
    pub(crate) changed: Option<DateTime<Utc>>,
}
