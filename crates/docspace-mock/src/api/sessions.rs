//! The sessions of the caller (docs/portal/credentials.md#sessions).

use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::state::credentials::{LogIn, Session};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(super) const ROUTES: &[Route] = &[
    route("GET", "security/activeconnections", list),
    route("PUT", "security/activeconnections/logoutallexceptthis", end_others),
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Connections {
    /// Always 0 (recording auth/logout).
    login_event: i64,
    items: Vec<Connection>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Connection {
    id: i64,
    tenant_id: i64,
    user_id: Uuid,
    mobile: bool,
    ip: String,
    country: &'static str,
    city: &'static str,
    date: String,
    page: String,
}

/// Lists the sessions that the caller started by logging in, newest first.
fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if call.caller.by_cookie {
        return Err(Failure::null_argument("input"));
    }
    let (me, now) = (call.me(), call.portal.now());
    let alive = |session: &&Session| session.person == me && session.expires.is_none_or(|at| at > now);
    let sessions = call.portal.credentials.sessions.values().filter(alive);
    let mut logins: Vec<&LogIn> = sessions.filter_map(|session| session.login.as_ref()).collect();
    logins.sort_unstable_by_key(|login| std::cmp::Reverse(login.id));
    let connection = |login: &LogIn| Connection {
        id: login.id,
        tenant_id: 1,
        user_id: me,
        mobile: false,
        ip: login.remote.clone(),
        country: "",
        city: "",
        date: dates::write(dates::whole_seconds(login.at), call.portal.zone),
        page: format!("{}/api/2.0/authentication", call.portal.base_url),
    };
    Ok(Reply::one(&Connections { login_event: 0, items: logins.into_iter().map(connection).collect() }))
}

/// Ends all other sessions of the caller.
fn end_others(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let me = call.me();
    call.portal.credentials.end_sessions(me, call.caller.session.as_deref());
    Ok(Reply::one(&call.my_account().map(crate::state::people::Person::display_name).unwrap_or_default()))
}
