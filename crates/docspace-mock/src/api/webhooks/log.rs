//! The delivery log (docs/portal/webhooks.md#delivery-log).

use serde::Serialize;
use serde_json::json;

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::api::webhooks::check_access;
use crate::numbered::{Numbered as _, numbered};
use crate::portal::Portal;
use crate::state::webhooks::log::LogEntry;
use crate::state::webhooks::trigger::Trigger;
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::query::{Page, Query};

pub(in crate::api) const ROUTES: &[Route] = &[route("GET", "settings/webhooks/log", list)];

numbered! {
    /// Groups of statuses, which may be added (WebhookGroupStatus).
    GroupStatus {
        ALL = 0 "None",
        NOT_SENT = 1 "NotSent",
        STATUS_2XX = 2 "Status2xx",
        STATUS_3XX = 4 "Status3xx",
        STATUS_4XX = 8 "Status4xx",
        STATUS_5XX = 16 "Status5xx",
    }
}

/// The sum of all groups.
const ALL_GROUPS: i64 = 31;

impl GroupStatus {
    fn contains(self, status: u16) -> bool {
        let group = match status / 100 {
            0 => Self::NOT_SENT,
            2 => Self::STATUS_2XX,
            3 => Self::STATUS_3XX,
            4 => Self::STATUS_4XX,
            5 => Self::STATUS_5XX,
            _ => Self::ALL,
        };
        self == Self::ALL || self.number() & group.number() != 0
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryView {
    id: i64,
    config_name: String,
    trigger: Trigger,
    creation_time: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_headers: Option<String>,
    request_payload: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_headers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_payload: Option<String>,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<String>,
}

fn view(portal: &Portal, entry: &LogEntry) -> EntryView {
    let date = |at| dates::write_log(dates::whole_seconds(at), portal.zone);
    // A header per line of the object, as the portal's HTTP client lists them.
    let headers = |signature: &String| json!({"Accept": ["*/*"], "x-docspace-signature-256": [signature]}).to_string();
    EntryView {
        id: entry.id,
        config_name: entry.hook.name.clone(),
        trigger: entry.trigger,
        creation_time: date(entry.created),
        request_headers: entry.signature.as_ref().map(headers),
        request_payload: entry.request.clone(),
        response_headers: entry.response_headers.clone(),
        response_payload: entry.response.clone(),
        status: entry.status,
        delivery: entry.delivered.map(date),
    }
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let query = &mut call.query;
    let config = query.filled("configId", Query::int);
    let event = query.filled("eventId", Query::int);
    let groups: Option<GroupStatus> = query.filled("groupStatus", |query, name| query.flags(name, ALL_GROUPS));
    let trigger: Option<Trigger> = query.filled("trigger", Query::enumeration);
    let user = query.filled("userId", Query::guid);
    let uri = query.filled("hookUri", |query, name| query.text(name));
    let from = query.filled("deliveryFrom", Query::date);
    let to = query.filled("deliveryTo", Query::date);
    let page: Page = query.page();
    query.finish()?;
    check_access(call)?;
    if page.start < 0 {
        let text = "You have an error in your SQL syntax near '-1' at line 1";
        return Err(Failure::Thrown(Exception::Connector, Message::plain(text)));
    }
    // Without the rights of an admin, people always see only their own entries.
    let user = if call.my_role().is_admin() { user } else { Some(call.me()) };
    let portal = &*call.portal;
    let is_shown = |entry: &&LogEntry| {
        let Some(hook) = portal.webhooks.get(entry.hook.id) else { return false };
        config.is_none_or(|id| hook.id == id)
            && event.is_none_or(|id| entry.id == id)
            && groups.is_none_or(|groups| groups.contains(entry.status))
            && trigger.is_none_or(|trigger| trigger == Trigger::ALL || entry.trigger == trigger)
            && user.is_none_or(|user| hook.created_by == user)
            && uri.as_ref().is_none_or(|uri| hook.uri.to_lowercase() == uri.to_lowercase())
            && from.is_none_or(|from| entry.delivered.is_some_and(|at| at >= from))
            && to.is_none_or(|to| entry.delivered.is_some_and(|at| at <= to))
    };
    let found: Vec<&LogEntry> = portal.webhooks.log.iter().rev().filter(is_shown).collect();
    let total = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let shown: Vec<EntryView> = page.of(found).map(|entry| view(portal, entry)).collect();
    Ok(Reply::one(&shown).total(total))
}
