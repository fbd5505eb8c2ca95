//! API keys (portal-facts 2.2).

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

/// The whole key is told only once, when it is made; dates lose their fraction in the database.
fn view(call: &Call<'_>, key: &ApiKey, fresh: bool) -> KeyView {
    let date = |at| dates::write(if fresh { at } else { dates::whole(at) }, call.portal.zone);
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

/// Known permissions only; full access in any spelling is kept as none at all.
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
        form.needed("name");
    }
    if name.encode_utf16().count() > 30 {
        form.rule("name", "Incorrect name. Length must be less than 30");
    }
    if days.is_some_and(|days| !(1..=365).contains(&days)) {
        form.rule("expiresInDays", "Incorrect number of days. Value must be between 1 and 365");
    }
    form.done()?;
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

/// About the key in the header; without one the portal trips over itself.
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

/// Whether the caller may change this key: `None` if there is no such key.
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
        form.rule("name", "Incorrect name. Length must be less than 30");
    }
    let permissions = form.texts("permissions").filter(|names| !names.is_empty());
    let active = form.maybe_boolean("isActive");
    form.done()?;
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
