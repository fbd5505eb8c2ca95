//! The printed fields of the storage of a room.

use docspace::Room;

use crate::output::{Field, Id, Record, Tone, size};

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
        Field::<Self>::id("Id of the room", &|quota| Id::from(&quota.0.id)),
        Field::<Self>::column("title", "Title", &|quota| quota.0.title.clone()).priority(90),
        Field::<Self>::column("used", "Used storage in bytes", &|quota| quota.0.used_space)
            .never_cut()
            .shown(|quota| size(quota.0.used_space)),
        Field::<Self>::column("limit", "Storage limit in bytes; null without a limit", &|quota| quota.limit())
            .never_cut()
            .shown(|quota| size(quota.limit())),
        Field::<Self>::column("percent", "Used part of the limit in percent; null without a limit", &|quota| {
            quota.percent()
        })
        .never_cut()
        .tone(|quota| match quota.percent() {
            Some(FULL..) => Tone::Bad,
            Some(ALMOST_FULL..) => Tone::Warning,
            _ => Tone::Plain,
        }),
        Field::<Self>::detail("custom", "Whether the room has a limit of its own instead of the default", &|quota| {
            quota.0.is_custom_quota
        }),
    ];
}
