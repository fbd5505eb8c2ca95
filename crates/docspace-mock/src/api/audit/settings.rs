//! For how long a portal keeps its events, and the reports about them
//! (docs/portal/history-and-audit.md#how-long-entries-live).

use serde::Serialize;

use crate::api::audit::reports;
use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::api::settings::check_admin;
use crate::state::trail::{Lifetimes, MAX_LIFETIME};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(in crate::api) const ROUTES: &[Route] = &[
    route("GET", "security/audit/settings/lifetime", read),
    route("POST", "security/audit/settings/lifetime", set),
    route("POST", "security/audit/events/report", reports::of_events),
    route("POST", "security/audit/login/report", reports::of_logins),
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LifetimesView {
    login_history_life_time: i64,
    audit_trail_life_time: i64,
    last_modified: String,
}

impl LifetimesView {
    fn new(lifetimes: Lifetimes, last_modified: String) -> Self {
        Self { login_history_life_time: lifetimes.logins, audit_trail_life_time: lifetimes.events, last_modified }
    }
}

fn read(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let lifetimes = call.portal.trail.lifetimes;
    // Settings that nobody has changed have the current time.
    let changed = match lifetimes.changed {
        Some(at) => dates::write_raw(dates::whole_seconds(at)),
        None => format!("{}Z", dates::write_raw(call.portal.now())),
    };
    Ok(Reply::one(&LifetimesView::new(lifetimes, changed)))
}

fn set(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Web.Api.ApiModel.RequestsDto.TenantAuditSettingsWrapper")?;
    let sent = form.object("settings", "ASC.Web.Api.Models.TenantAuditSettings", |settings| {
        (settings.int("loginHistoryLifeTime").unwrap_or(0), settings.int("auditTrailLifeTime").unwrap_or(0))
    });
    form.finish()?;
    check_admin(call)?;
    let (logins, events) = sent.ok_or_else(Failure::null_reference)?;
    for (days, member) in [(logins, "LoginHistoryLifeTime"), (events, "AuditTrailLifeTime")] {
        if !(1..=MAX_LIFETIME).contains(&days) {
            return Err(Failure::Thrown(Exception::Argument, Message::plain(member)));
        }
    }
    let lifetimes = Lifetimes { logins, events, changed: Some(call.portal.now()) };
    call.portal.trail.lifetimes = lifetimes;
    Ok(Reply::one(&LifetimesView::new(lifetimes, "0001-01-01T00:00:00".into())))
}
