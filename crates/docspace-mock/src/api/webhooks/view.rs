//! A webhook as JSON (docs/portal/webhooks.md#webhook-record).

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::portal::Portal;
use crate::state::webhooks::Webhook;
use crate::state::webhooks::trigger::Triggers;
use crate::view::employee::{Employee, employee};
use crate::wire::dates;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebhookView {
    id: i64,
    name: String,
    uri: String,
    enabled: bool,
    ssl: bool,
    triggers: Triggers,
    #[serde(skip_serializing_if = "Option::is_none")]
    target_id: Option<String>,
    created_by: Employee,
    created_on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified_by: Option<Employee>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_failure_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_failure_content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_success_on: Option<String>,
}

/// A webhook as it is stored, with whole seconds.
pub(super) fn stored(portal: &Portal, hook: &Webhook) -> WebhookView {
    let date = |at: DateTime<Utc>| dates::write_shifted(dates::whole_seconds(at), portal.zone);
    WebhookView {
        id: hook.id,
        name: hook.name.clone(),
        uri: hook.uri.clone(),
        enabled: hook.enabled,
        ssl: hook.ssl,
        triggers: hook.triggers,
        target_id: hook.target.clone(),
        created_by: employee(portal, hook.created_by),
        created_on: date(hook.created),
        modified_by: hook.modified_by.map(|id| employee(portal, id)),
        modified_on: hook.modified.map(date),
        last_failure_on: hook.last_failure.as_ref().map(|(at, _)| date(*at)),
        last_failure_content: hook.last_failure.as_ref().map(|(_, text)| text.clone()),
        last_success_on: hook.last_success.map(date),
    }
}

/// The answer to a create.
pub(super) fn created(portal: &Portal, hook: &Webhook) -> WebhookView {
    WebhookView { created_on: dates::write_shifted(hook.created, portal.zone), ..stored(portal, hook) }
}

/// The answer to a change.
pub(super) fn changed(portal: &Portal, hook: &Webhook) -> WebhookView {
    let modified_on = hook.modified.map(|at| dates::write_shifted(at, portal.zone));
    WebhookView { modified_on, ..stored(portal, hook) }
}
