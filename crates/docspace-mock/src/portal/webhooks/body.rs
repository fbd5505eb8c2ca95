//! The bodies of deliveries and their signatures (docs/portal/webhooks.md#body,
//! docs/portal/webhooks.md#signature).

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use hmac::{Hmac, Mac as _};
use serde::Serialize;
use serde_json::value::RawValue;
use sha2::Sha256;
use uuid::Uuid;

use crate::numbered::Numbered as _;
use crate::state::webhooks::log::{LogEntry, Retry};
use crate::state::webhooks::trigger::Trigger;
use crate::wire::escaped_json;

#[derive(Serialize)]
struct Body<'a> {
    event: Event,
    payload: &'a RawValue,
    webhook: Hook<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    create_on: String,
    create_by: Uuid,
    trigger: String,
    trigger_id: Trigger,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Hook<'a> {
    id: i64,
    name: &'a str,
    url: &'a str,
    triggers: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Target<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_failure_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_failure_content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_success_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_on: Option<String>,
}

#[derive(Serialize)]
struct Target<'a> {
    id: &'a RawValue,
    #[serde(rename = "type")]
    kind: String,
}

/// The entity's id, as the payload contains it.
#[derive(serde::Deserialize)]
struct Identified<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
}

/// A date in a body: UTC with whole seconds.
pub(super) fn date(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The body of a delivery. Without `sent` it has no `event.id`, as in the log before the first try.
pub(super) fn body(entry: &LogEntry, sent: bool, retry: Option<&Retry>) -> String {
    let payload = serde_json::from_str(&entry.payload).unwrap_or(RawValue::NULL);
    let target: Option<Identified<'_>> =
        if entry.hook.is_for_target { serde_json::from_str(&entry.payload).ok() } else { None };
    let on = |at: fn(&Retry) -> DateTime<Utc>| retry.map(|retry| date(at(retry)));
    escaped_json::write(&Body {
        event: Event {
            id: sent.then_some(entry.id),
            create_on: date(entry.occurred),
            create_by: entry.by,
            trigger: entry.trigger.event_name(),
            trigger_id: Trigger::from_number(entry.trigger.number()),
        },
        payload,
        webhook: Hook {
            id: entry.hook.id,
            name: &entry.hook.name,
            url: &entry.hook.uri,
            triggers: entry.hook.triggers.event_names(),
            target: target.map(|entity| Target { id: entity.id, kind: entry.trigger.subject() }),
            last_failure_on: on(|retry| retry.failed_on),
            last_failure_content: retry.map(|retry| retry.failure.as_str()),
            // This date alone has no `Z`.
            last_success_on: retry
                .and_then(|retry| retry.succeeded_on)
                .map(|at| date(at).trim_end_matches('Z').to_owned()),
            retry_count: retry.map(|retry| retry.count),
            retry_on: on(|retry| retry.on),
        },
    })
}

/// The header with the signature of a body, without its name.
pub(super) fn signature(secret: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().iter().fold("sha256=".to_owned(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02X}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the book (docs/portal/webhooks.md#signature).
    #[test]
    fn example_of_the_book_has_its_signature() {
        let body = concat!(
            r#"{"event":{"id":124,"createOn":"2026-11-28T02:46:26Z","createBy":"66faa6e4-f133-11ea-b126-00ffeec8b4ef","#,
            r#""trigger":"room.created","triggerId":4194304},"payload":{"id":87,"parentId":1,"securityByUsers":{},"#,
            r#""folderIdDisplay":1,"rootId":1,"title":"Deliveries FillingForms","#,
            r#""createBy":"66faa6e4-f133-11ea-b126-00ffeec8b4ef","modifiedBy":"66faa6e4-f133-11ea-b126-00ffeec8b4ef","#,
            r#""createOn":"2026-11-28T02:46:26Z","modifiedOn":"2026-11-28T02:46:26Z","rootFolderType":14,"#,
            r#""rootCreateBy":"66faa6e4-f133-11ea-b126-00ffeec8b4ef","fileEntryType":1},"webhook":{"id":118,"#,
            r#""name":"rec webhooks/deliveries-rooms hook","url":"http://127.0.0.1:40209/all","triggers":["*"]}}"#,
        );
        let expected = "sha256=B3361D87EB17067BA245DD781EF19A2457631F0A2473E2A755B9B56C1E9D7A3F";
        assert_eq!(signature("Wh-Secr3t.2026", body), expected);
    }
}
