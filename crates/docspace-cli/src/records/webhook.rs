//! The printed fields of webhooks and their deliveries.

use clap::ValueEnum;
use docspace::webhooks::{Trigger, Webhook, WebhookDelivery};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use crate::output::{Field, Record, Tone, instant, optional_instant};

/// A webhook as it is printed. Its secret is never in an answer.
pub(crate) struct WebhookRecord(pub(crate) Webhook);

impl Record for WebhookRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the webhook", &|webhook| webhook.0.id.0).priority(35),
        Field::<Self>::column("name", "Name", &|webhook| webhook.0.name.clone()).never_cut().priority(100),
        Field::<Self>::column("url", "Address to which the portal sends", &|webhook| webhook.0.uri.clone())
            .never_cut()
            .priority(80),
        Field::<Self>::column("triggers", "Event types; a single `*` for all", &|webhook| names(webhook.0.triggers))
            .shown(|webhook| match webhook.0.triggers {
                0 => json!("all"),
                sum => json!(names(sum)),
            }),
        Field::<Self>::column("active", "Whether the portal sends events", &|webhook| webhook.0.enabled)
            .never_cut()
            .priority(90)
            .tone(|webhook| if webhook.0.enabled { Tone::Plain } else { Tone::Dim }),
        Field::<Self>::column("lastSuccess", "Time of the last delivery that arrived; null for none", &|webhook| {
            optional_instant(webhook.0.last_success_on)
        })
        .never_cut()
        .priority(40),
        Field::<Self>::column("lastFailure", "Time of the last delivery that failed; null for none", &|webhook| {
            optional_instant(webhook.0.last_failure_on)
        })
        .never_cut()
        .priority(60)
        .tone(|webhook| if fails(&webhook.0) { Tone::Bad } else { Tone::Plain }),
        Field::<Self>::detail("failure", "Why the last delivery failed; null for none", &|webhook| {
            webhook.0.last_failure_content.clone()
        }),
        Field::<Self>::detail("target", "Id of the only subject whose events it sends; null for all", &|webhook| {
            webhook.0.target_id.clone()
        }),
        Field::<Self>::detail("secure", "Whether the portal requires https and a valid certificate", &|webhook| {
            webhook.0.ssl
        }),
        Field::<Self>::detail("owner", "Name of the person who created it", &|webhook| {
            webhook.0.created_by.display_name.clone()
        }),
        Field::<Self>::detail("created", "Time of creation", &|webhook| instant(webhook.0.created_on)),
    ];
}

/// Whether the last delivery failed.
fn fails(webhook: &Webhook) -> bool {
    webhook.last_failure_on > webhook.last_success_on
}

fn names(sum: i64) -> Vec<String> {
    Trigger::in_sum(sum).iter().map(|trigger| trigger.name().to_owned()).collect()
}

/// A delivery in the log.
pub(crate) struct DeliveryRecord(pub(crate) WebhookDelivery);

impl Record for DeliveryRecord {
    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::id("Id of the delivery, which is also the id of the event", &|delivery| delivery.0.id),
        Field::<Self>::column("webhook", "Name of the webhook", &|delivery| webhook_name(&delivery.0)).priority(60),
        Field::<Self>::column("trigger", "Event type", &|delivery| names(delivery.0.trigger).join(", "))
            .never_cut()
            .priority(90),
        Field::<Self>::column(
            "state",
            "Outcome: waiting (not sent yet, or between two attempts), delivered, refused by the answer, or \
             unanswered",
            &|delivery| DeliveryState::of(&delivery.0),
        )
        .never_cut()
        .priority(100)
        .tone(|delivery| match DeliveryState::of(&delivery.0) {
            DeliveryState::Delivered => Tone::Plain,
            DeliveryState::Waiting => Tone::Warning,
            DeliveryState::Refused | DeliveryState::Unanswered => Tone::Bad,
        }),
        Field::<Self>::column("status", "HTTP status of the answer; null if there was none", &|delivery| {
            Some(delivery.0.status).filter(|status| *status != 0)
        })
        .never_cut()
        .priority(70),
        Field::<Self>::column("time", "Time of the event", &|delivery| instant(delivery.0.creation_time))
            .never_cut()
            .priority(80),
        Field::<Self>::column("failure", "Why it failed; null if it arrived or was not sent yet", &|delivery| {
            failure(&delivery.0)
        }),
        Field::<Self>::detail("delivered", "Time at which it arrived; null if it did not", &|delivery| {
            optional_instant(delivery.0.delivery)
        }),
        Field::<Self>::detail("body", "Last body that was sent", &|delivery| delivery.0.request_payload.clone()),
        Field::<Self>::detail("answer", "Body of the answer; null if there was none", &|delivery| {
            delivery.0.response_payload.clone().filter(|_| delivery.0.delivery.is_some())
        }),
    ];
}

/// The outcome of a delivery, as far as the log shows it (docs/portal/webhooks.md#delivery-log).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DeliveryState {
    Waiting,
    Delivered,
    Refused,
    Unanswered,
}

impl DeliveryState {
    /// Reads it from the log. While the portal tries again, the log has neither a status nor a text
    /// about a failure.
    pub(crate) fn of(delivery: &WebhookDelivery) -> Self {
        match (delivery.status, delivery.delivery, &delivery.response_payload) {
            (_, Some(_), _) => Self::Delivered,
            (0, None, None) => Self::Waiting,
            (0, None, Some(_)) => Self::Unanswered,
            _ => Self::Refused,
        }
    }
}

/// The answer to a retry has the name of the webhook only in the body.
fn webhook_name(delivery: &WebhookDelivery) -> Option<String> {
    let in_body = || {
        let body: Value = serde_json::from_str(&delivery.request_payload).ok()?;
        body["webhook"]["name"].as_str().map(str::to_owned)
    };
    delivery.config_name.clone().or_else(in_body)
}

/// Of a failed delivery, the log has the reason in place of the answer.
fn failure(delivery: &WebhookDelivery) -> Option<String> {
    delivery.response_payload.clone().filter(|_| delivery.delivery.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A delivery in the log with these fields, some of which a portal leaves out.
    fn delivery(fields: Value) -> WebhookDelivery {
        let mut delivery = json!({
            "id": 366, "trigger": 4_194_304, "creationTime": "2026-11-28T02:57:30Z", "status": 0,
            "requestPayload": r#"{"webhook":{"id":1,"name":"crm"}}"#,
        });
        let more = fields.as_object().expect("an object").clone();
        delivery.as_object_mut().expect("an object").extend(more);
        serde_json::from_value(delivery).expect("a delivery")
    }

    #[test]
    fn states_follow_from_the_fields_of_the_log() {
        let closed = "An error occurred while sending the request.";
        for (fields, state) in [
            (json!({}), DeliveryState::Waiting),
            (json!({"requestHeaders": "{}"}), DeliveryState::Waiting),
            (json!({"status": 204, "delivery": "2026-11-28T02:57:31Z"}), DeliveryState::Delivered),
            (json!({"status": 500, "responsePayload": "Response status code"}), DeliveryState::Refused),
            (json!({"status": 0, "responsePayload": closed}), DeliveryState::Unanswered),
        ] {
            assert_eq!(DeliveryState::of(&delivery(fields)), state);
        }
    }

    #[test]
    fn name_of_the_webhook_comes_from_the_body_if_the_log_lacks_it() {
        assert_eq!(webhook_name(&delivery(json!({}))).as_deref(), Some("crm"));
        assert_eq!(webhook_name(&delivery(json!({"configName": "renamed"}))).as_deref(), Some("renamed"));
        assert_eq!(webhook_name(&delivery(json!({"requestPayload": ""}))), None);
    }
}
