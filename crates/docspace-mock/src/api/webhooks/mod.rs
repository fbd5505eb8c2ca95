//! Managing webhooks (docs/portal/webhooks.md#calls).

pub(crate) mod events;
pub(super) mod log;
mod probe;
pub(super) mod retry;
mod view;

use serde::Serialize;
use serde_json::json;

use crate::api::call::{Call, Missing};
use crate::api::routing::{Route, route};
use crate::api::webhooks::probe::check_address;
use crate::auth::password;
use crate::numbered::Numbered as _;
use crate::state::people::Role;
use crate::state::webhooks::trigger::{Trigger, Triggers};
use crate::state::webhooks::{Webhook, stored_text};
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::form::Form;
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    route("GET", "settings/webhook", list),
    route("POST", "settings/webhook", create),
    route("PUT", "settings/webhook", update),
    route("PUT", "settings/webhook/enable", enable),
    route("DELETE", "settings/webhook/{id:int}", delete),
    route("GET", "settings/webhook/triggers", triggers),
    route("GET", "settings/devtoolsaccess", access),
    route("POST", "settings/devtoolsaccess", set_access),
];

const CREATE: &str = "ASC.Web.Api.ApiModels.RequestsDto.CreateWebhooksConfigRequestsDto";
const UPDATE: &str = "ASC.Web.Api.ApiModels.RequestsDto.UpdateWebhooksConfigRequestsDto";

/// The fields of a create and of an update.
struct Fields {
    name: String,
    uri: String,
    secret: Option<String>,
    enabled: bool,
    ssl: bool,
    triggers: Triggers,
    target: Option<String>,
}

impl Fields {
    fn read(form: &mut Form) -> Self {
        let uri = form.text("uri", None);
        let name = form.text("name", Some(50));
        let secret = form.text("secretKey", Some(50));
        let enabled = form.boolean("enabled").unwrap_or(false);
        let ssl = form.boolean("ssl").unwrap_or(false);
        let triggers = Triggers(form.bits("triggers", Trigger::TYPE_NAME).unwrap_or_default());
        let target = form.text("targetId", Some(255));
        form.require_not_blank("uri");
        form.require_not_blank("name");
        Self { name: name.unwrap_or_default(), uri: uri.unwrap_or_default(), secret, enabled, ssl, triggers, target }
    }
}

/// Fails if the caller may not list or create webhooks.
fn check_access(call: &Call<'_>) -> Result<(), Failure> {
    if call.portal.is_locked_out_of_webhooks(call.my_role()) { Err(Failure::denied()) } else { Ok(()) }
}

/// Fails if a person with the role User asks for a trigger that is not open to users.
fn check_triggers(call: &Call<'_>, triggers: Triggers) -> Result<(), Failure> {
    if matches!(call.my_role(), Role::User | Role::Guest) && !triggers.are_open_to_users() {
        return Err(bad_argument("Trigger is not available"));
    }
    Ok(())
}

fn bad_argument(text: &str) -> Failure {
    Failure::Thrown(Exception::Argument, Message::plain(text))
}

/// A webhook that the caller may change.
fn changeable<'a>(call: &'a Call<'_>, id: i64) -> Result<&'a Webhook, Failure> {
    let hook = call.portal.webhooks.get(id).ok_or_else(|| Missing::Record.failure())?;
    if call.my_role().is_admin() || hook.created_by == call.me() { Ok(hook) } else { Err(Failure::denied()) }
}

#[derive(Serialize)]
struct Listed {
    configs: view::WebhookView,
    status: u16,
}

fn list(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_access(call)?;
    let (admin, me) = (call.my_role().is_admin(), call.me());
    let shown = call.portal.webhooks.all.iter().filter(|hook| admin || hook.created_by == me);
    let shown: Vec<Listed> = shown
        .map(|hook| Listed {
            configs: view::stored(call.portal, hook),
            status: call.portal.webhooks.last_status(hook.id),
        })
        .collect();
    Ok(Reply::one(&shown))
}

fn create(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", CREATE)?;
    let fields = Fields::read(&mut form);
    form.finish()?;
    check_access(call)?;
    check_triggers(call, fields.triggers)?;
    let secret = fields.secret.ok_or_else(|| Failure::null_argument("secret"))?;
    password::check(&secret)?;
    check_address(call, &fields.uri, fields.ssl)?;
    if call.portal.webhooks.all.iter().any(|hook| hook.name == fields.name && hook.uri == fields.uri) {
        return Err(bad_argument("Webhook with the same name and payload URL already exists"));
    }
    let hook = Webhook {
        id: call.portal.webhooks.next_id(),
        name: fields.name,
        uri: fields.uri,
        secret,
        // A create ignores what the caller sent for these two
        // (docs/portal/webhooks.md#the-create-trap).
        enabled: true,
        ssl: true,
        triggers: fields.triggers,
        target: fields.target,
        created_by: call.me(),
        created: call.portal.now(),
        modified_by: None,
        modified: None,
        last_success: None,
        last_failure: None,
    };
    let reply = Reply::one(&view::created(call.portal, &hook));
    call.portal.webhooks.all.push(Webhook { name: stored_text(&hook.name), ..hook });
    Ok(reply)
}

/// Replaces everything but the secret. The address is checked before the webhook is looked up
/// (docs/portal/webhooks.md#changing-a-webhook).
fn update(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", UPDATE)?;
    let id = form.int("id").unwrap_or_default();
    let fields = Fields::read(&mut form);
    form.required(&["id"], UPDATE);
    form.finish()?;
    check_triggers(call, fields.triggers)?;
    let secret = fields.secret.filter(|secret| !secret.is_empty());
    secret.as_deref().map_or(Ok(()), password::check)?;
    check_address(call, &fields.uri, fields.ssl)?;
    changeable(call, id)?;
    change(call, id, |hook| {
        hook.name = fields.name;
        hook.uri = fields.uri;
        hook.secret = secret.unwrap_or_else(|| std::mem::take(&mut hook.secret));
        hook.enabled = fields.enabled;
        hook.ssl = fields.ssl;
        hook.triggers = fields.triggers;
        hook.target = fields.target;
    })
}

/// Switches a webhook on or off. The other fields of the body are ignored.
fn enable(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", UPDATE)?;
    let id = form.int("id").unwrap_or_default();
    let enabled = Fields::read(&mut form).enabled;
    form.required(&["id"], UPDATE);
    form.finish()?;
    let hook = changeable(call, id)?;
    if enabled {
        let (uri, ssl) = (hook.uri.clone(), hook.ssl);
        check_address(call, &uri, ssl)?;
    }
    change(call, id, |hook| hook.enabled = enabled)
}

fn change(call: &mut Call<'_>, id: i64, change: impl FnOnce(&mut Webhook)) -> Result<Reply, Failure> {
    let (now, me) = (call.portal.now(), call.me());
    let hook = call.portal.webhooks.get_mut(id).ok_or_else(|| Missing::Record.failure())?;
    change(hook);
    hook.touch(now, me);
    let shown = hook.clone();
    hook.name = stored_text(&hook.name);
    Ok(Reply::one(&view::changed(call.portal, &shown)))
}

fn delete(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let id = call.id()?;
    changeable(call, id)?;
    let hook = call.portal.webhooks.remove(id).ok_or_else(|| Missing::Record.failure())?;
    Ok(Reply::one(&view::stored(call.portal, &hook)))
}

#[derive(Serialize)]
struct TriggerView {
    name: String,
    id: i64,
    available: bool,
}

fn triggers(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let role = call.my_role();
    let available = |trigger: Trigger| match role {
        Role::Guest => false,
        Role::User => !trigger.is_closed_to_users(),
        _ => true,
    };
    let view = |trigger: Trigger| TriggerView {
        name: trigger.event_name(),
        id: trigger.number(),
        available: available(trigger),
    };
    Ok(Reply::list(&Trigger::NAMES.iter().map(|(_, trigger)| view(*trigger)).collect::<Vec<_>>()))
}

/// Whether room admins and users may not manage webhooks.
fn access(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let changed = call.portal.webhooks.limited_on.unwrap_or_else(|| call.portal.now());
    let last_modified = dates::write(changed, call.portal.zone);
    Ok(Reply::one(&json!({"limitedAccessForUsers": call.portal.webhooks.limited, "lastModified": last_modified})))
}

fn set_access(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut form = call.form("", "ASC.Web.Api.ApiModel.RequestsDto.TenantDevToolsAccessSettingsDto")?;
    let limited = form.boolean("limitedAccessForUsers").unwrap_or(false);
    form.finish()?;
    if !call.my_role().is_admin() {
        return Err(Failure::Thrown(Exception::Authorizing, Message::AccessDenied));
    }
    call.portal.webhooks.limited = limited;
    call.portal.webhooks.limited_on = Some(call.portal.now());
    Ok(Reply::one(&json!({"limitedAccessForUsers": limited, "lastModified": "0001-01-01T00:00:00"})))
}
