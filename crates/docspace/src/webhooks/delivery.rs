//! One delivery: what happened, to what, and for which webhook.

use docspace_api::types::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Payload, Trigger};
use crate::Timestamp;

/// A delivery of a webhook. Returned by [`Receiver::receive`](super::Receiver::receive).
///
/// Serialized as JSON, a delivery contains all fields that the portal sent, including unknown ones.
/// Dates then have seven digits after the second. (docs/portal/webhooks.md#body)
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Body")]
#[non_exhaustive]
pub struct Delivery {
    /// What happened.
    pub event: Event,
    /// The room, folder, file, person or people group that it happened to.
    pub payload: Payload,
    /// The webhook, and the attempts to deliver to it.
    pub webhook: DeliveryWebhook,
}

impl Delivery {
    /// Whether an earlier attempt to deliver this event failed. It is false for the first attempt
    /// of a manual retry.
    pub fn is_retry(&self) -> bool {
        self.webhook.retry_count > 0
    }

    /// Which attempt this is, from 1 for the first to 6 for the last retry.
    pub fn attempt(&self) -> u32 {
        self.webhook.retry_count.saturating_add(1)
    }

    /// The time in the signed body: that of the attempt for an automatic retry, and that of the
    /// event otherwise.
    ///
    /// A receiver can use it to refuse old bodies. But a manual retry has the time of the event,
    /// however old the event is.
    pub fn sent(&self) -> Timestamp {
        self.webhook.retried.unwrap_or(self.event.created)
    }

    /// A text that is the same for every delivery of one event to one webhook.
    ///
    /// Automatic retries have the same [`Event::id`], so that id is enough to drop them. A manual
    /// retry has a new id. This key recognizes both. Two different events can have the same key:
    /// two changes of one subject within a second with equal payloads.
    /// (docs/portal/webhooks.md#dropping-repeated-deliveries)
    pub fn repeat_key(&self) -> String {
        let payload = serde_json::to_vec(&self.payload).unwrap_or_default();
        let digest = Sha256::digest(&payload);
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("{}-{}-{}-{hex}", self.webhook.id, self.event.created.to_utc().timestamp(), self.event.trigger)
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// The id of the delivery in the portal's log. It rises with the order of the events, and is
    /// different for each webhook that the event is sent to.
    pub id: i64,
    /// When it happened, to the second.
    #[serde(rename = "createOn")]
    pub created: Timestamp,
    /// Who did it.
    #[serde(rename = "createBy")]
    pub created_by: PersonId,
    /// The type of the event.
    pub trigger: Trigger,
    /// Fields that this version does not know, and the number of the trigger.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The webhook as it was when the event happened, and the attempts to deliver to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DeliveryWebhook {
    /// The id of the webhook.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The address to which it sends.
    pub url: String,
    /// The events for which it sends. [`Trigger::All`] stands for all.
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    /// The only subject whose events it sends, if it is limited to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Which retry this is, from 1 to 5. It is 0 for the first attempt.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub retry_count: u32,
    /// When this retry was sent. `None` for the first attempt.
    #[serde(rename = "retryOn", default, skip_serializing_if = "Option::is_none")]
    pub retried: Option<Timestamp>,
    /// When the attempt before this one failed.
    #[serde(rename = "lastFailureOn", default, skip_serializing_if = "Option::is_none")]
    pub last_failure: Option<Timestamp>,
    /// Why the attempt before this one failed, in the words of the portal.
    #[serde(rename = "lastFailureContent", default, skip_serializing_if = "Option::is_none")]
    pub last_failure_reason: Option<String>,
    /// When a delivery of this webhook last succeeded. Only retries have it.
    #[serde(rename = "lastSuccessOn", default, skip_serializing_if = "Option::is_none")]
    pub last_success: Option<Timestamp>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The room, folder, file, person or people group to which a webhook is limited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Target {
    /// The id: a number for rooms, folders and files, a string for people and people groups.
    pub id: Value,
    /// The first part of the trigger, for example `room`.
    #[serde(rename = "type")]
    pub kind: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The body as it comes: how to read the payload depends on the trigger.
#[derive(Deserialize)]
struct Body {
    event: Event,
    #[serde(default)]
    payload: Value,
    webhook: DeliveryWebhook,
}

impl From<Body> for Delivery {
    fn from(body: Body) -> Self {
        let payload = Payload::read(&body.event.trigger, body.payload);
        Self { event: body.event, payload, webhook: body.webhook }
    }
}
