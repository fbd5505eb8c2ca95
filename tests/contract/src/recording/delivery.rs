//! A request that the portal sent to a receiver of webhooks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, de};

/// A request that the portal sent to a receiver of webhooks. Its step numbers count from 0.
#[derive(Clone, Debug, Deserialize)]
pub struct Delivery {
    /// `HEAD` for a check of the address, and `POST` for an event.
    pub method: String,
    /// The path and the query.
    pub target: String,
    /// The step that caused a check of the address.
    #[serde(default)]
    pub in_step: Option<usize>,
    /// The step after which the request came; -1 if it came before the first step had ended.
    pub after_step: i64,
    /// The headers in order.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body.
    #[serde(rename = "base64", deserialize_with = "decode")]
    pub body: Vec<u8>,
    /// What the receiver answered.
    pub answered: ReceiverAnswer,
}

/// What caused deliveries.
#[derive(Clone, Debug, Deserialize)]
pub struct Action {
    /// The first and the last step. The last one is before the first if no step belongs to it.
    pub steps: (i64, i64),
    /// Seconds from the start of the scenario to its first step.
    #[serde(default)]
    pub t: f64,
}

/// What a receiver answered.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ReceiverAnswer {
    /// The status, unless the receiver closed the connection or did not answer.
    #[serde(default)]
    pub status: Option<u16>,
    /// The headers of the answer.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The body of the answer.
    #[serde(default)]
    pub body: String,
    /// How many seconds the receiver waited before it answered or closed the connection.
    #[serde(default)]
    pub wait: f64,
    /// Whether the receiver closed the connection.
    #[serde(default)]
    pub close: bool,
}

fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    STANDARD.decode(String::deserialize(deserializer)?).map_err(de::Error::custom)
}
