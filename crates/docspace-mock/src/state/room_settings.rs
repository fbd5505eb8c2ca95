//! The lifetime and the watermark of rooms.

use chrono::{DateTime, Days, Months, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::numbered::numbered;

numbered! {
    /// The unit of a lifetime (RoomDataLifetimePeriod). Requests contain it as a number only.
    LifetimePeriod {
        DAYS = 0,
        MONTHS = 1,
        YEARS = 2,
    }
}

/// How long files stay after their last change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Lifetime {
    pub(crate) delete_permanently: bool,
    pub(crate) period: LifetimePeriod,
    pub(crate) value: i64,
}

impl Lifetime {
    /// When a file ends that was made at this moment. The portal measures the rest of the time and
    /// adds it to its clock, which loses about a microsecond (recording rooms/duplicate).
    pub(crate) fn end_of(&self, made: DateTime<Utc>) -> DateTime<Utc> {
        let value = u32::try_from(self.value).unwrap_or(0);
        let end = match self.period {
            LifetimePeriod::MONTHS => made.checked_add_months(Months::new(value)),
            LifetimePeriod::YEARS => made.checked_add_months(Months::new(value.saturating_mul(12))),
            _ => made.checked_add_days(Days::new(value.into())),
        };
        end.unwrap_or(made) - TimeDelta::microseconds(2)
    }
}

/// The watermark on documents.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Watermark {
    pub(crate) additions: i64,
    pub(crate) rotate: i64,
    pub(crate) image_scale: i64,
    pub(crate) image_height: f64,
    pub(crate) image_width: f64,
    pub(crate) text: Option<String>,
    pub(crate) image_url: Option<String>,
}
