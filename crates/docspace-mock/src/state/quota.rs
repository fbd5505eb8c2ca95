//! The portal's quotas (docs/portal/tags-groups-logos-quotas.md#room-quotas).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The portal's settings for the quotas of rooms, of people or of agents.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct QuotaSettings {
    pub(crate) enabled: bool,
    /// The quota of those that have none of their own, in bytes.
    pub(crate) default: i64,
    /// The last change of these settings.
    pub(crate) changed: Option<DateTime<Utc>>,
}

impl Default for QuotaSettings {
    /// The settings of a new portal, which has no quotas.
    fn default() -> Self {
        Self { enabled: false, default: -2, changed: None }
    }
}

/// The quota of the whole portal.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct PortalQuota {
    /// In bytes. `None` for no limit.
    pub(crate) limit: Option<i64>,
    pub(crate) changed: Option<DateTime<Utc>>,
}
