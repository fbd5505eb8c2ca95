//! Logging in and out (docs/portal/credentials.md#logging-in).

use chrono::Months;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;

use crate::api::audit;
use crate::api::call::Call;
use crate::api::routing::{Route, public};
use crate::auth::password;
use crate::numbered::numbered;
use crate::state::credentials::{LogIn, Session};
use crate::state::trail::action::Action;
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::zone::Zone;

pub(super) const ROUTES: &[Route] = &[
    public("POST", "authentication", log_in),
    public("POST", "authentication/{code}", log_in_with_code),
    public("GET", "authentication", is_signed_in),
    public("POST", "authentication/logout", log_out),
];

numbered! {
    /// The type of a captcha. The mock does not ask for captchas.
    RecaptchaType {}
}

#[derive(Serialize)]
struct Token<'a> {
    token: &'a str,
    expires: String,
    sms: bool,
    tfa: bool,
}

fn log_in(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Web.Api.ApiModel.RequestsDto.AuthRequestsDto")?;
    let name = form.text("userName", None).unwrap_or_default();
    let password = form.text("password", None).unwrap_or_default();
    let confirmed = form.object("confirmData", "ASC.Web.Api.ApiModel.RequestsDto.ConfirmData", |_| ());
    let hash = form.text("passwordHash", None).filter(|hash| !hash.is_empty());
    let short = form.maybe_boolean("session").unwrap_or(false);
    form.plain_enum::<RecaptchaType>("recaptchaType", "ASC.Web.Core.RecaptchaType");
    form.finish()?;
    if confirmed.is_some() {
        // The mock has no confirmation links, so every key is wrong.
        return Err(Failure::not_found(Message::UserNotFound));
    }
    let now = call.portal.now();
    let attempt = format!("{} {}", name.to_lowercase(), call.request.remote);
    if call.portal.credentials.logins.is_blocked(&attempt, now) {
        return Err(Failure::Thrown(Exception::BruteForce, Message::TooManyLogins));
    }
    let fits = |stored: &str| match &hash {
        Some(hash) => password::hash(stored).eq_ignore_ascii_case(hash),
        None => stored == password,
    };
    let person = call.portal.people.by_email(&name).filter(|person| fits(&person.password));
    let Some(person) = person else {
        call.portal.credentials.logins.failed(&attempt, now);
        audit::logins::record(call, Action::LOGIN_FAIL, None, name);
        return Err(Failure::Thrown(Exception::Authentication, Message::LoginFailed));
    };
    if !person.is_active() {
        return Err(Failure::refused(Message::UserDisabled));
    }
    let id = person.id;
    call.portal.credentials.logins.succeeded(&attempt);
    let token = call.portal.ids.token();
    let ends = now.checked_add_months(Months::new(12));
    call.portal.credentials.last_login += 1;
    let login = LogIn { id: call.portal.credentials.last_login, at: now, remote: call.request.remote.clone() };
    let session = Session { person: id, login: Some(login), expires: ends };
    call.portal.credentials.sessions.insert(token.clone(), session);
    let shown = call.portal.people.get(id).map(|person| person.display_name()).unwrap_or_default();
    audit::logins::record(call, Action::LOGIN_SUCCESS, Some(id), shown);
    let until = ends.filter(|_| !short);
    let encoded = utf8_percent_encode(&token, NON_ALPHANUMERIC);
    let expiry = until.map(|at| format!("; expires={}", at.format("%a, %d %b %Y %H:%M:%S GMT"))).unwrap_or_default();
    let cookie = format!("asc_auth_key={encoded}{expiry}; path=/; samesite=strict; httponly");
    // This date is in UTC in every zone (docs/portal/dates-and-names.md#dates-in-another-form).
    let expires = until.map_or_else(|| "0001-01-01T00:00:00".to_owned(), |at| dates::write(at, Zone::default()));
    Ok(Reply::one(&Token { token: &token, expires, sms: false, tfa: false }).cookie(cookie))
}

/// Fails in every case, because no person of the mock has a second factor.
fn log_in_with_code(call: &mut Call<'_>) -> Result<Reply, Failure> {
    call.form("", "ASC.Web.Api.ApiModel.RequestsDto.AuthWithCodeRequestDto")?.finish()?;
    Err(Failure::Thrown(Exception::Authentication, Message::LoginFailed))
}

fn is_signed_in(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&call.caller.person.is_some()))
}

/// Ends the session of the cookie. A token in the header stays valid
/// (docs/portal/credentials.md#logging-out).
fn log_out(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let Some(cookie) = call.request.cookie("asc_auth_key") else { return Ok(Reply::void()) };
    let token = percent_decode_str(cookie).decode_utf8_lossy().into_owned();
    if let Some(me) = call.my_account() {
        let (id, name) = (me.id, me.display_name());
        audit::logins::record(call, Action::LOGOUT, Some(id), name);
    }
    call.portal.credentials.sessions.remove(&token);
    if call.caller.bad_cookie {
        // Every answer to a wrong cookie removes it.
        return Ok(Reply::void());
    }
    Ok(Reply::void().cookie("asc_auth_key=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/".into()))
}
