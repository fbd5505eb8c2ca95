//! The entries of the delivery log (docs/portal/webhooks.md#delivery-log).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::state::webhooks::trigger::{Trigger, Triggers};

/// The delivery of one event to one webhook, with all automatic retries.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LogEntry {
    pub(crate) id: i64,
    pub(crate) trigger: Trigger,
    /// When the entry was made.
    pub(crate) created: DateTime<Utc>,
    /// When the event happened. A manual retry keeps it.
    pub(crate) occurred: DateTime<Utc>,
    /// The person who acted.
    pub(crate) by: Uuid,
    /// The entity as JSON.
    pub(crate) payload: String,
    pub(crate) hook: HookAtEvent,
    /// The last body that was sent, or the body that will be sent, without the id.
    pub(crate) request: String,
    pub(crate) signature: Option<String>,
    /// The headers of the answer as JSON.
    pub(crate) response_headers: Option<String>,
    pub(crate) response: Option<String>,
    /// The status of the answer, or 0.
    pub(crate) status: u16,
    /// When the delivery succeeded.
    pub(crate) delivered: Option<DateTime<Utc>>,
}

/// The webhook as it was when the event happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct HookAtEvent {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) uri: String,
    pub(crate) triggers: Triggers,
    /// Whether the webhook is only for this one entity.
    pub(crate) is_for_target: bool,
}

/// What bodies of automatic retries say in addition.
#[derive(Clone, Debug)]
pub(crate) struct Retry {
    pub(crate) count: u32,
    pub(crate) on: DateTime<Utc>,
    /// When the try before was sent, and why it failed.
    pub(crate) failed_on: DateTime<Utc>,
    pub(crate) failure: String,
    /// The last success of the webhook.
    pub(crate) succeeded_on: Option<DateTime<Utc>>,
}
