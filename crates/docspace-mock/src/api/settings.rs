//! Capabilities, settings and version of the portal
//! (docs/portal/credentials.md#what-a-client-can-ask-at-its-start).

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, public, route};
use crate::auth::password;
use crate::state::people::Role;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;

pub(super) const ROUTES: &[Route] = &[
    public("GET", "capabilities", capabilities),
    public("GET", "capabilities.json", capabilities),
    public("GET", "settings", settings),
    public("GET", "settings/version/build", build),
    route("GET", "settings/security/loginsettings", login_settings),
    route("DELETE", "portal/deleteportalimmediately", delete_portal),
];

fn capabilities(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&json!({
        "ldapEnabled": false,
        "providers": [],
        "ssoLabel": "",
        "oauthEnabled": true,
        "ssoUrl": "",
        "identityServerEnabled": true,
    })))
}

/// The settings for all callers, and the additional ones for anonymous callers and for people
/// (recording people/create-and-change).
const SETTINGS: &str = include_str!("../../data/settings.json");

fn settings(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut parts: Map<String, Value> = serde_json::from_str(SETTINGS).expect("the settings are valid JSON");
    let mut take = |name: &str| match parts.remove(name) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let mut all = take("all");
    let owner = if call.caller.person.is_some() {
        all.extend(take("signedIn"));
        call.portal.people.owner()
    } else {
        all.extend(take("anonymous"));
        all["passwordHash"]["salt"] = Value::from(password::SALT);
        Uuid::nil()
    };
    all.insert("ownerId".into(), json!(owner));
    let zone = call.portal.zone;
    for (name, value) in
        [("timezone", json!(String::from(zone))), ("utcOffset", json!(zone.span())), ("utcHoursOffset", zone.hours())]
    {
        // Anonymous callers do not see the zone.
        if let Some(member) = all.get_mut(name) {
            *member = value;
        }
    }
    Ok(Reply::one(&all))
}

fn build(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&json!({"docSpace": "3.7.2"})))
}

/// Deletes the portal immediately. Only the owner may do this (recording portal/register).
fn delete_portal(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if call.my_role() != Role::Owner {
        return Err(Failure::denied());
    }
    call.portal.deleted = true;
    Ok(Reply::one(&"https://www.onlyoffice.com/registration-canceled.aspx"))
}

fn login_settings(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&json!({"attemptCount": 5, "blockTime": 60, "checkPeriod": 60, "isDefault": true})))
}
