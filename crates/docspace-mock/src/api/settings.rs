//! Capabilities, settings and version of the portal
//! (docs/portal/credentials.md#what-a-client-can-ask-at-its-start).

use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, public, route};
use crate::auth::password;
use crate::state::people::Role;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;

pub(super) const ROUTES: &[Route] = &[
    public("GET", "capabilities", capabilities),
    public("GET", "capabilities.json", capabilities),
    public("GET", "settings", settings),
    public("GET", "settings/version/build", build),
    route("PUT", "settings/timeandlanguage", set_zone),
    route("DELETE", "portal/deleteportalimmediately", delete_portal),
    route("GET", "settings/timezones", zones),
    public("GET", "settings/cultures", cultures),
    route("GET", "portal/quota", quota),
    route("GET", "portal/usedspace", used_space),
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
        let anonymous = take("anonymous");
        if call.query.boolean("withPassword") == Some(true)
            && let Some(hash) = anonymous.get("passwordHash")
        {
            all.insert("passwordHash".into(), hash.clone());
        }
        all.extend(take("signedIn"));
        call.portal.people.owner()
    } else {
        all.extend(take("anonymous"));
        Uuid::nil()
    };
    call.query.finish()?;
    if let Some(hash) = all.get_mut("passwordHash") {
        hash["salt"] = Value::from(password::SALT);
    }
    all.insert("ownerId".into(), json!(owner));
    all.insert("culture".into(), json!(call.portal.culture));
    let (zone, now) = (call.portal.zone, call.portal.now());
    for (name, value) in [
        ("timezone", json!(String::from(zone))),
        ("utcOffset", json!(zone.span(now))),
        ("utcHoursOffset", zone.hours(now)),
    ] {
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

/// Sets the time zone and the language. A zone that does not exist counts as UTC, and a language
/// that the portal does not have is ignored (docs/portal/dates-and-names.md#setting-the-zone).
fn set_zone(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Web.Api.ApiModel.RequestsDto.TimeZoneRequestDto";
    let mut form = call.form("", dto)?;
    let language = form.text("lng", None);
    let zone = form.text("timeZoneID", None).unwrap_or_default();
    form.required(&["lng"], dto);
    form.finish()?;
    check_admin(call)?;
    let language = language.ok_or_else(|| Failure::null_argument("name"))?;
    call.portal.zone = zone.parse().or_else(|_| windows_zone(&zone).parse()).unwrap_or_default();
    if let Some(known) = CULTURES.iter().find(|known| **known == language) {
        call.portal.culture = (*known).to_owned();
    }
    Ok(Reply::one(&Message::SettingsUpdated.in_language(call.language)))
}

/// The names of zones in Windows and the zones that they stand for, from the Unicode CLDR.
const WINDOWS_ZONES: &str = include_str!("../../data/windows-zones.json");

/// The zone that a name in Windows stands for, or an empty text.
fn windows_zone(name: &str) -> String {
    let zones: Vec<(String, String)> = serde_json::from_str(WINDOWS_ZONES).expect("the zones are valid JSON");
    zones.into_iter().find(|(known, _)| known == name).map(|(_, zone)| zone).unwrap_or_default()
}

/// The languages of the portal (recording settings/start).
const CULTURES: [&str; 33] = [
    "az",
    "cs",
    "de",
    "en-GB",
    "en-US",
    "es",
    "fr",
    "it",
    "lv",
    "nl",
    "pl",
    "pt-BR",
    "pt",
    "ro",
    "sk",
    "sl",
    "sq-AL",
    "fi",
    "vi",
    "tr",
    "el-GR",
    "bg",
    "ru",
    "sr-Cyrl-RS",
    "sr-Latn-RS",
    "uk-UA",
    "hy-AM",
    "ar-SA",
    "si",
    "lo-LA",
    "zh-CN",
    "ja-JP",
    "ko-KR",
];

fn cultures(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::list(&CULTURES))
}

/// Deletes the portal immediately. Only the owner may do this (recording portal/register).
fn delete_portal(call: &mut Call<'_>) -> Result<Reply, Failure> {
    if call.my_role() != Role::Owner {
        return Err(Failure::denied());
    }
    call.portal.deleted = true;
    Ok(Reply::one(&"https://www.onlyoffice.com/registration-canceled.aspx"))
}

/// The ids and the names of the zones (recording settings/time-zones).
const ZONES: &str = include_str!("../../data/time-zones.json");

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ZoneView {
    id: String,
    display_name: String,
}

fn zones(_: &mut Call<'_>) -> Result<Reply, Failure> {
    let zones: Vec<(String, String)> = serde_json::from_str(ZONES).expect("the zones are valid JSON");
    let zones: Vec<ZoneView> = zones.into_iter().map(|(id, display_name)| ZoneView { id, display_name }).collect();
    Ok(Reply::list(&zones))
}

/// The limits of a portal without a tariff (recording settings/start).
const QUOTA: &str = include_str!("../../data/quota.json");

fn quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let quota: Value = serde_json::from_str(QUOTA).expect("the quota is valid JSON");
    Ok(Reply::one(&quota))
}

fn used_space(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    Ok(Reply::one(&call.portal.used_space()))
}

/// Fails for everyone but the owner and DocSpace admins.
pub(super) fn check_admin(call: &Call<'_>) -> Result<(), Failure> {
    if call.my_role().is_admin() { Ok(()) } else { Err(Failure::Thrown(Exception::Authorizing, Message::AccessDenied)) }
}
