//! What a portal says about itself: capabilities, settings, version (portal-facts 2.4, 2.5).

use super::{Call, open, route};
use crate::state::people::Role;
use crate::wire::envelope::Reply;
use crate::wire::errors::Fail;
use crate::wire::routing::Route;
use pbkdf2::pbkdf2_hmac;
use serde_json::{Map, Value, json};
use sha2::Sha256;
use std::fmt::Write as _;
use uuid::Uuid;

pub(super) const ROUTES: &[Route] = &[
    open("GET", "capabilities", capabilities),
    open("GET", "capabilities.json", capabilities),
    open("GET", "settings", settings),
    open("GET", "settings/version/build", build),
    route("GET", "settings/security/loginsettings", login_settings),
    route("DELETE", "portal/deleteportalimmediately", delete_portal),
];

fn capabilities(_: &mut Call<'_>) -> Result<Reply, Fail> {
    Ok(Reply::one(&json!({
        "ldapEnabled": false,
        "providers": [],
        "ssoLabel": "",
        "oauthEnabled": true,
        "ssoUrl": "",
        "identityServerEnabled": true,
    })))
}

/// What every portal says, and what it adds for strangers and for people [R people/create-and-change].
const SETTINGS: &str = include_str!("../../data/settings.json");

fn settings(call: &mut Call<'_>) -> Result<Reply, Fail> {
    let mut parts: Map<String, Value> = serde_json::from_str(SETTINGS).expect("the settings are valid JSON");
    let mut take = |name: &str| match parts.remove(name) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    };
    let mut all = take("everybody");
    let owner = if call.caller.person.is_some() {
        all.extend(take("signedIn"));
        call.portal.people.owner()
    } else {
        all.extend(take("anonymous"));
        all["passwordHash"]["salt"] = Value::from(SALT);
        Uuid::nil()
    };
    all.insert("ownerId".into(), json!(owner));
    let zone = call.portal.zone;
    for (name, told) in
        [("timezone", json!(String::from(zone))), ("utcOffset", json!(zone.span())), ("utcHoursOffset", zone.hours())]
    {
        // Strangers are not told of it.
        if let Some(value) = all.get_mut(name) {
            *value = told;
        }
    }
    Ok(Reply::one(&all))
}

fn build(_: &mut Call<'_>) -> Result<Reply, Fail> {
    Ok(Reply::one(&json!({"docSpace": "3.7.2"})))
}

/// The whole portal is gone at once; only its owner may [R portal/register].
fn delete_portal(call: &mut Call<'_>) -> Result<Reply, Fail> {
    if call.my_role() != Role::Owner {
        return Err(Fail::denied());
    }
    call.portal.deleted = true;
    Ok(Reply::one(&"https://www.onlyoffice.com/registration-canceled.aspx"))
}

fn login_settings(_: &mut Call<'_>) -> Result<Reply, Fail> {
    Ok(Reply::one(&json!({"attemptCount": 5, "blockTime": 60, "checkPeriod": 60, "isDefault": true})))
}

/// Public on a portal: clients hash passwords with it before they send them.
const SALT: &str = "d0bb8085494024d6815b0f8a9356cd674c1e62576e69c0a870a633fd8aefdf62";
const ITERATIONS: u32 = 100_000;

/// The hash that a log-in may send in place of the password: PBKDF2 with SHA-256, in hexadecimal.
pub(crate) fn password_hash(password: &str) -> String {
    let mut hash = [0_u8; 32];
    pbkdf2_hmac::<Sha256>(password.as_bytes(), SALT.as_bytes(), ITERATIONS, &mut hash);
    hash.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
