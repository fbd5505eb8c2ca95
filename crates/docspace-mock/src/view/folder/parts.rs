//! Objects inside a room: share settings, logo, lifetime, watermark.

use serde::{Serialize, Serializer};

use crate::numbered::Numbered as _;
use crate::state::access::Access;
use crate::state::room_settings::LifetimePeriod;

#[derive(Debug, Serialize)]
pub(super) struct ShareRights {
    #[serde(rename = "ExternalLink", skip_serializing_if = "Option::is_none")]
    pub(super) external: Option<LinkLevels>,
    #[serde(rename = "PrimaryExternalLink", skip_serializing_if = "Option::is_none")]
    pub(super) primary: Option<LinkLevels>,
}

/// The names of access levels.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinkLevels {
    pub(super) levels: &'static [Access],
    /// The level `None`, if it is one of them. It is the last one.
    pub(super) none: Option<Access>,
}

impl Serialize for LinkLevels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.levels.iter().copied().chain(self.none).filter_map(Access::name))
    }
}

#[derive(Debug, Serialize)]
pub(super) struct ShareSettings {
    #[serde(rename = "PrimaryExternalLink")]
    pub(super) primary: usize,
    #[serde(rename = "ExternalLink", skip_serializing_if = "Option::is_none")]
    pub(super) external: Option<usize>,
}

#[derive(Debug, Serialize)]
pub(super) struct Logo {
    pub(super) original: String,
    pub(super) large: String,
    pub(super) medium: String,
    pub(super) small: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) color: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cover: Option<Cover>,
}

#[derive(Debug, Serialize)]
pub(super) struct Cover {
    pub(super) id: String,
    pub(super) data: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LifetimeView {
    pub(super) delete_permanently: bool,
    pub(super) period: LifetimePeriod,
    pub(super) value: i64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WatermarkView {
    pub(super) additions: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<String>,
    pub(super) rotate: i64,
    pub(super) image_scale: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) image_url: Option<String>,
    #[serde(serialize_with = "crate::view::number")]
    pub(super) image_height: f64,
    #[serde(serialize_with = "crate::view::number")]
    pub(super) image_width: f64,
}
