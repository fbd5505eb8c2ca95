//! The login history (docs/portal/history-and-audit.md#login-history).

use serde::Serialize;
use uuid::Uuid;

use crate::api::audit::{LAST, Range, action};
use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::api::settings::check_admin;
use crate::portal::Portal;
use crate::state::trail::LoginEvent;
use crate::state::trail::action::Action;
use crate::state::trail::sentence::separated;
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(in crate::api) const ROUTES: &[Route] =
    &[route("GET", "security/audit/login/last", last), route("GET", "security/audit/login/filter", filter)];

/// The person of failed logins.
const UNKNOWN_PERSON: Uuid = Uuid::from_u128(0x712d_9ec3_5d2b_4b13_824f_71f0_0191_dcca);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LoginView<'a> {
    id: i64,
    date: String,
    user: &'a str,
    user_id: Uuid,
    login: &'a str,
    action: String,
    action_id: Action,
    ip: &'a str,
    country: &'static str,
    city: &'static str,
    page: &'a str,
}

fn view<'a>(portal: &Portal, entry: &'a LoginEvent) -> LoginView<'a> {
    LoginView {
        id: entry.id,
        date: dates::write(dates::whole_seconds(entry.at), portal.zone),
        user: &entry.name,
        user_id: entry.by.unwrap_or(UNKNOWN_PERSON),
        login: &entry.name,
        action: separated(entry.action.key()),
        action_id: entry.action,
        ip: &entry.ip,
        country: "",
        city: "",
        page: &entry.page,
    }
}

/// Adds a login, a failed login or a logout to the history.
pub(in crate::api) fn record(call: &mut Call<'_>, action: Action, by: Option<Uuid>, name: String) {
    let entry = LoginEvent {
        id: 0,
        at: call.portal.now(),
        by,
        name,
        action,
        ip: call.request.remote.clone(),
        page: format!("{}{}", call.portal.base_url, call.request.path),
    };
    call.portal.trail.add_login(entry);
}

/// The latest entries. The portal ignores all parameters.
fn last(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let portal = &*call.portal;
    let shown = portal.trail.logins().iter().rev().take(LAST);
    Ok(Reply::list(&shown.map(|entry| view(portal, entry)).collect::<Vec<_>>()))
}

/// The portal cuts the page first, and filters afterwards.
fn filter(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let action = action(&mut call.query);
    let range = Range::read(&mut call.query);
    call.query.finish()?;
    check_admin(call)?;
    let portal = &*call.portal;
    let page = range.page.of(portal.trail.logins().iter().rev());
    let fits = |entry: &&LoginEvent| {
        action.is_none_or(|action| entry.action == action)
            && range.contains(Some(entry.by.unwrap_or(UNKNOWN_PERSON)), entry.at)
    };
    let shown: Vec<LoginView<'_>> = page.filter(fits).map(|entry| view(portal, entry)).collect();
    Ok(Reply::list(&shown))
}
