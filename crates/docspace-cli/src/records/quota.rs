//! The printed fields of the storage of a room.

use docspace::Room;
use serde_json::json;

use crate::output::{Field, Record, Tone, size};

/// The used part of the limit at which the room takes no more files, in percent.
const FULL: i64 = 100;
/// The used part of the limit from which on lists warn, in percent.
const ALMOST_FULL: i64 = 90;

/// The used storage and the storage limit of a room, in bytes.
pub(crate) struct QuotaRecord(pub(crate) Room);

impl QuotaRecord {
    /// The used storage, or 0 if the portal does not report it.
    pub(crate) fn used(&self) -> i64 {
        self.0.used_space.unwrap_or_default()
    }

    /// The limit. The portal returns -1 for a room without a limit.
    fn limit(&self) -> Option<i64> {
        self.0.quota_limit.filter(|bytes| *bytes >= 0)
    }

    fn percent(&self) -> Option<i64> {
        let limit = self.limit().filter(|bytes| *bytes > 0)?;
        Some(self.used().saturating_mul(100) / limit)
    }
}

impl Record for QuotaRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::id(|quota| json!(quota.0.id)),
        Field::<Self>::column("title", |quota| json!(quota.0.title)).priority(90),
        Field::<Self>::column("used", |quota| json!(quota.0.used_space))
            .never_cut()
            .shown(|quota| size(quota.0.used_space)),
        Field::<Self>::column("limit", |quota| json!(quota.limit())).never_cut().shown(|quota| size(quota.limit())),
        Field::<Self>::column("percent", |quota| json!(quota.percent())).never_cut().tone(|quota| {
            match quota.percent() {
                Some(FULL..) => Tone::Bad,
                Some(ALMOST_FULL..) => Tone::Warning,
                _ => Tone::Plain,
            }
        }),
        Field::detail("custom", |quota| json!(quota.0.is_custom_quota)),
    ];
}
