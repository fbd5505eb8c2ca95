//! API keys (docs/portal/keys-and-scopes.md#fields-of-a-key).

use chrono::TimeDelta;
use serde::Serialize;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, route};
use crate::state::credentials::{ApiKey, PERMISSIONS};
use crate::state::people::Role;
use crate::view::employee::{Employee, employee};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    route("POST", "keys", create),
    route("GET", "keys", list),
    route("GET", "keys/permissions", permissions),
    route("GET", "keys/@self", own),
    route("PUT", "keys/{id:guid}", update),
    route("DELETE", "keys/{id:guid}", delete),
];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct KeyView {
    id: Uuid,
    name: String,
    key: String,
    key_postfix: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used: Option<String>,
    create_on: String,
    create_by: Employee,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    is_active: bool,
}

/// The view of a key. Only the answer that creates the key contains the secret and dates with
/// fractions of seconds.
fn view(call: &Call<'_>, key: &ApiKey, fresh: bool) -> KeyView {
    let date = |at| dates::write(if fresh { at } else { dates::whole_seconds(at) }, call.portal.zone);
    KeyView {
        id: key.id,
        name: key.name.clone(),
        key: if fresh { key.secret.clone() } else { format!("sk-***{}", key.postfix()) },
        key_postfix: key.postfix().to_owned(),
        permissions: key.permissions.clone(),
        last_used: key.last_used.filter(|_| !fresh).map(date),
        create_on: date(key.created),
        create_by: employee(call.portal, key.owner),
        expires_at: key.expires.map(date),
        is_active: key.active && !key.is_expired(call.portal.now()),
    }
}

/// Checks that all permissions exist. Permissions that mean full access become an empty list.
fn checked(permissions: Option<Vec<Option<String>>>) -> Result<Vec<String>, Failure> {
    let wrong = || Failure::Thrown(Exception::Argument, Message::plain("Permissions are not valid."));
    let names: Option<Vec<String>> = permissions.unwrap_or_default().into_iter().collect();
    let names = names.ok_or_else(wrong)?;
    if !names.iter().all(|name| PERMISSIONS.contains(&name.as_str())) {
        return Err(wrong());
    }
    Ok(if names.iter().any(|name| name == "*") { Vec::new() } else { names })
}

fn create(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.People.ApiModels.RequestDto.CreateApiKeyRequestDto";
    let mut form = call.form("", dto)?;
    let name = form.text("name", None).unwrap_or_default();
    let permissions = form.texts("permissions");
    let days = form.maybe_int("expiresInDays");
    form.required(&["name"], dto);
    if form.has("name") {
        form.require_not_blank("name");
    }
    if name.encode_utf16().count() > 30 {
        form.add_rule_error("name", "Incorrect name. Length must be less than 30");
    }
    if days.is_some_and(|days| !(1..=365).contains(&days)) {
        form.add_rule_error("expiresInDays", "Incorrect number of days. Value must be between 1 and 365");
    }
    form.finish()?;
    if call.my_role() == Role::Guest {
        return Err(Failure::Thrown(Exception::Unauthorized, Message::AccessDenied));
    }
    let permissions = checked(permissions)?;
    let now = call.portal.now();
    let key = ApiKey {
        id: call.portal.ids.guid(),
        name,
        secret: call.portal.ids.api_key(),
        permissions: Some(permissions),
        last_used: None,
        created: now,
        owner: call.me(),
        expires: days.map(|days| now + TimeDelta::days(days)),
        active: true,
        built_in: false,
    };
    let reply = Reply::one(&view(call, &key, true));
    call.portal.credentials.keys.push(key);
    Ok(reply)
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (me, role) = (call.me(), call.my_role());
    let shown = |key: &&ApiKey| !key.built_in && role != Role::Guest && (role.is_admin() || key.owner == me);
    let keys: Vec<KeyView> =
        call.portal.credentials.keys.iter().rev().filter(shown).map(|key| view(call, key, false)).collect();
    Ok(Reply::one(&keys))
}

fn permissions(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::list(&PERMISSIONS))
}

/// Returns the key in the header. Without a key a portal fails with an internal error
/// (docs/portal/keys-and-scopes.md#reading-the-key-in-the-header).
fn own(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let Some(id) = call.caller.key else {
        if call.caller.by_cookie {
            let text = "startIndex cannot be larger than length of string. (Parameter 'startIndex')";
            return Err(Failure::Thrown(Exception::ArgumentOutOfRange, Message::plain(text)));
        }
        return Err(Failure::null_reference());
    };
    let key = call.portal.credentials.keys.iter().find(|key| key.id == id);
    Ok(Reply::maybe(key.map(|key| view(call, key, false)).as_ref()))
}

/// The id of the key in the path, and whether the caller may change the key.
fn may_change(call: &mut Call<'_>) -> Result<(Uuid, bool), Failure> {
    let id = Uuid::try_parse(call.parameter("id")).unwrap_or_default();
    let (me, admin) = (call.me(), call.my_role().is_admin());
    let key = call.portal.credentials.key_by_id(id).ok_or_else(Failure::null_reference)?;
    Ok((id, admin || key.owner == me))
}

fn update(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("Changed", "ASC.People.ApiModels.RequestDto.UpdateApiKeyRequest")?;
    let name = form.text("name", None).filter(|name| !name.is_empty());
    if name.as_deref().is_some_and(|name| name.encode_utf16().count() > 30) {
        form.add_rule_error("name", "Incorrect name. Length must be less than 30");
    }
    let permissions = form.texts("permissions").filter(|names| !names.is_empty());
    let active = form.maybe_boolean("isActive");
    form.finish()?;
    let (id, allowed) = may_change(call)?;
    let full = permissions.as_ref().is_some_and(|names| names.iter().flatten().any(|name| name == "*"));
    let sent = permissions.is_some();
    let permissions = checked(permissions)?;
    let now = call.portal.now();
    let Some(key) = call.portal.credentials.key_by_id(id).filter(|key| allowed && !key.is_expired(now)) else {
        return Ok(Reply::one(&false));
    };
    key.name = name.unwrap_or_else(|| key.name.clone());
    key.active = active.unwrap_or(key.active);
    if sent {
        key.permissions = (!full).then_some(permissions);
    }
    Ok(Reply::one(&true))
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let (id, allowed) = may_change(call)?;
    if allowed {
        call.portal.credentials.keys.retain(|key| key.id != id);
    }
    Ok(Reply::one(&allowed))
}
