//! The lifetime and the watermark of rooms.

use serde::{Deserialize, Serialize};

use crate::numbered::numbered;

numbered! {
    /// The unit of a lifetime (RoomDataLifetimePeriod). Requests contain it as a number only.
    LifetimePeriod {
        DAYS = 0,
    }
}

/// How long files stay after their last change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Lifetime {
    pub(crate) delete_permanently: bool,
    pub(crate) period: LifetimePeriod,
    pub(crate) value: i64,
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
