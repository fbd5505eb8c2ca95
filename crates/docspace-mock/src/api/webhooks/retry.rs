//! Manual retries (docs/portal/webhooks.md#manual-retry).

use serde::Serialize;

use crate::api::call::{Call, Missing};
use crate::api::routing::{Route, route};
use crate::api::webhooks::{bad_argument, changeable};
use crate::state::people::Role;
use crate::state::webhooks::log::LogEntry;
use crate::state::webhooks::trigger::Trigger;
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(in crate::api) const ROUTES: &[Route] =
    &[route("PUT", "settings/webhook/retry", retry_many), route("PUT", "settings/webhook/{id:int}/retry", retry)];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RetryView {
    id: i64,
    trigger: Trigger,
    creation_time: String,
    request_payload: String,
    status: u16,
}

/// Sends the event of a log entry again, under a new entry. The new entry has the old body until it
/// is sent.
fn send_again(call: &mut Call<'_>, entry: LogEntry) -> RetryView {
    let entry = LogEntry {
        id: call.portal.webhooks.next_entry(),
        created: call.portal.now(),
        signature: None,
        response_headers: None,
        response: None,
        status: 0,
        delivered: None,
        ..entry
    };
    let view = RetryView {
        id: entry.id,
        trigger: entry.trigger,
        creation_time: dates::write_log(entry.created, call.portal.zone),
        request_payload: entry.request.clone(),
        status: 0,
    };
    call.portal.webhooks.send(entry);
    view
}

fn retry(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    if id == 0 {
        return Err(bad_argument("Id"));
    }
    let entry = call.portal.webhooks.entry(id).cloned().ok_or_else(|| Missing::Record.failure())?;
    changeable(call, entry.hook.id)?;
    Ok(Reply::one(&send_again(call, entry)))
}

/// Unknown entries and those of other people are skipped. An id that is sent twice counts twice.
fn retry_many(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Web.Api.ApiModels.RequestsDto.WebhookRetryRequestsDto")?;
    let ids = form.ints("ids");
    form.finish()?;
    if call.my_role() == Role::Guest {
        return Err(Failure::denied());
    }
    let mut sent = Vec::new();
    for id in ids.ok_or_else(Failure::null_reference)? {
        let entry = call.portal.webhooks.entry(id).filter(|entry| changeable(call, entry.hook.id).is_ok()).cloned();
        if let Some(entry) = entry {
            sent.push(send_again(call, entry));
        }
    }
    Ok(Reply::one(&sent))
}
