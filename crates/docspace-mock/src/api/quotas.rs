//! The portal's quotas of rooms, of people and of agents, and of the portal itself
//! (docs/portal/tags-groups-logos-quotas.md#switching-room-quotas).

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::people::accounts::all;
use crate::api::routing::{Route, route};
use crate::api::settings::check_admin;
use crate::portal::Portal;
use crate::state::quota::{PortalQuota, QuotaSettings};
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::{dates, json};

pub(super) const ROUTES: &[Route] = &[
    route("POST", "settings/roomquotasettings", set_room_quota),
    route("POST", "settings/aiagentquotasettings", set_agent_quota),
    route("GET", "settings/userquotasettings", read_people_quota),
    route("POST", "settings/userquotasettings", set_people_quota),
    route("PUT", "settings/tenantquotasettings", set_portal_quota),
    route("PUT", "people/userquota", set_own_quota),
    route("PUT", "people/resetquota", reset_own_quota),
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuotaView {
    last_modified: String,
    enable_quota: bool,
    default_quota: i64,
}

impl QuotaView {
    fn new(quota: QuotaSettings, last_modified: String) -> Self {
        Self { last_modified, enable_quota: quota.enabled, default_quota: quota.default }
    }
}

/// The time of the change before, as these answers write it.
fn written(before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    match before {
        Some(at) => dates::write_raw(dates::whole_seconds(at)),
        None => format!("{}Z", dates::write_raw(now)),
    }
}

fn set_room_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    set_quota(call, "room", |portal| &mut portal.room_quota)
}

fn set_agent_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    set_quota(call, "ai agent", |portal| &mut portal.agent_quota)
}

fn set_people_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    set_quota(call, "user", |portal| &mut portal.people_quota)
}

/// Turns quotas on or off. The answer has the time of the change before.
fn set_quota(
    call: &mut Call<'_>,
    noun: &'static str,
    of: impl Fn(&mut Portal) -> &mut QuotaSettings,
) -> Result<Reply, Failure> {
    let dto = "ASC.Web.Api.ApiModel.RequestsDto.QuotaSettingsRequestsDto";
    let mut form = call.form("", dto)?;
    let enabled = form.boolean("enableQuota").unwrap_or(false);
    let default = form.raw("defaultQuota").cloned();
    form.required(&["defaultQuota"], dto);
    form.finish()?;
    check_admin(call)?;
    let too_much = || Failure::Thrown(Exception::Plain, Message::QuotaTooLarge(noun));
    let default = bytes(default.as_ref(), too_much)?;
    if default > call.portal.largest_quota() {
        return Err(too_much());
    }
    let now = call.portal.now();
    let quota = QuotaSettings { enabled, default, changed: Some(now) };
    let before = std::mem::replace(of(call.portal), quota).changed;
    Ok(Reply::one(&QuotaView::new(quota, written(before, now))))
}

/// A number of bytes that the portal reads without a type. Negative numbers count as 0.
fn bytes(value: Option<&json::Value>, too_much: impl Fn() -> Failure) -> Result<i64, Failure> {
    let kind = match value {
        Some(json::Value::Number(typed)) => {
            return typed.parse::<i64>().map(|bytes| bytes.max(0)).map_err(|_| too_much());
        }
        Some(json::Value::Text(_)) => "String",
        Some(json::Value::Bool(true)) => "True",
        Some(json::Value::Bool(false)) => "False",
        Some(json::Value::List(_)) => "Array",
        Some(json::Value::Object(_)) => "Object",
        Some(json::Value::Null) | None => "Null",
    };
    let text = format!(
        "The requested operation requires an element of type 'Number', but the target element has type '{kind}'."
    );
    Err(Failure::refused(Message::Plain(text)))
}

fn read_people_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let (quota, now) = (call.portal.people_quota, call.portal.now());
    Ok(Reply::one(&QuotaView::new(quota, written(quota.changed, now))))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PortalQuotaView {
    enable_quota: bool,
    quota: i64,
    last_modified: String,
}

/// Sets the portal's own quota, which limits all others
/// (docs/portal/tags-groups-logos-quotas.md#portal-quota).
fn set_portal_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Web.Api.ApiModel.RequestsDto.TenantQuotaSettingsRequestsDto")?;
    form.int("tenantId");
    let quota = form.number("quota").unwrap_or(0);
    form.finish()?;
    check_admin(call)?;
    let now = call.portal.now();
    let quota = PortalQuota { limit: (quota >= 0).then_some(quota), changed: Some(now) };
    let before = std::mem::replace(&mut call.portal.quota, quota).changed;
    Ok(Reply::one(&PortalQuotaView {
        enable_quota: quota.limit.is_some(),
        quota: quota.limit.unwrap_or(-1),
        last_modified: written(before, now),
    }))
}

/// Sets the own quota of people. Unlike for rooms, the number must not be a text
/// (docs/portal/tags-groups-logos-quotas.md#people-quotas).
fn set_own_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.UpdateMembersQuotaRequestDto")?;
    let users = form.guids("userIds").unwrap_or_default();
    let quota = form.raw("quota").cloned();
    form.finish()?;
    check_admin(call)?;
    let quota = match quota {
        Some(json::Value::Number(typed)) => typed.parse::<i64>().ok(),
        _ => None,
    };
    let unreadable = Message::plain("The object or value could not be serialized. Path: $.");
    let quota = quota.ok_or(Failure::Thrown(Exception::Json, unreadable))?;
    Ok(store(call, &users, Some(quota).filter(|quota| *quota > 0 || *quota == -1)))
}

fn reset_own_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.People.ApiModels.RequestDto.UpdateMembersQuotaRequestDto")?;
    let users = form.guids("userIds").unwrap_or_default();
    form.finish()?;
    check_admin(call)?;
    Ok(store(call, &users, None))
}

fn store(call: &mut Call<'_>, users: &[Uuid], quota: Option<i64>) -> Reply {
    for id in users {
        if let Some(person) = call.portal.people.get_mut(*id) {
            person.quota = quota;
        }
    }
    all(call, users)
}
