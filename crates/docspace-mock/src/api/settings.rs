//! Capabilities, settings and version of the portal
//! (docs/portal/credentials.md#what-a-client-can-ask-at-its-start).

use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, public, route};
use crate::auth::password;
use crate::state::people::Role;
use crate::state::quota::RoomQuota;
use crate::wire::envelope::Reply;
use crate::wire::failure::{Exception, Failure};
use crate::wire::messages::Message;
use crate::wire::{dates, json};

pub(super) const ROUTES: &[Route] = &[
    public("GET", "capabilities", capabilities),
    public("GET", "capabilities.json", capabilities),
    public("GET", "settings", settings),
    public("GET", "settings/version/build", build),
    route("GET", "settings/security/loginsettings", login_settings),
    route("GET", "settings/security/password", password_settings),
    route("PUT", "settings/timeandlanguage", set_zone),
    route("POST", "settings/roomquotasettings", set_room_quota),
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
        all.extend(take("signedIn"));
        call.portal.people.owner()
    } else {
        all.extend(take("anonymous"));
        all["passwordHash"]["salt"] = Value::from(password::SALT);
        Uuid::nil()
    };
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RoomQuotaView {
    last_modified: String,
    enable_quota: bool,
    default_quota: i64,
}

/// Turns quotas of rooms on or off. The answer has the time of the change before
/// (docs/portal/tags-groups-logos-quotas.md#switching-room-quotas).
fn set_room_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let dto = "ASC.Web.Api.ApiModel.RequestsDto.QuotaSettingsRequestsDto";
    let mut form = call.form("", dto)?;
    let enabled = form.boolean("enableQuota").unwrap_or(false);
    let default = form.raw("defaultQuota").cloned();
    form.required(&["defaultQuota"], dto);
    form.finish()?;
    check_admin(call)?;
    let default = bytes(default.as_ref())?;
    let (now, before) = (call.portal.now(), call.portal.room_quota.changed);
    call.portal.room_quota = RoomQuota { enabled, default, changed: Some(now) };
    let last_modified = match before {
        Some(at) => dates::write_raw(dates::whole_seconds(at)),
        None => format!("{}Z", dates::write_raw(now)),
    };
    Ok(Reply::one(&RoomQuotaView { last_modified, enable_quota: enabled, default_quota: default }))
}

/// A number of bytes that the portal reads without a type. Negative numbers count as 0.
fn bytes(value: Option<&json::Value>) -> Result<i64, Failure> {
    let kind = match value {
        Some(json::Value::Number(typed)) => {
            let too_much =
                "Failed to set quota per room. The entered value is greater than the total DocSpace storage.";
            let bytes = typed.parse::<i64>().ok();
            return bytes.map(|bytes| bytes.max(0)).ok_or(Failure::Thrown(Exception::Plain, Message::plain(too_much)));
        }
        Some(json::Value::Text(_)) => "String",
        Some(json::Value::Bool(true)) => "True",
        Some(json::Value::Bool(false)) => "False",
        Some(json::Value::List(_)) => "Array",
        Some(json::Value::Object(_)) => "Object",
        Some(json::Value::Null) | None => "Null",
    };
    let text = format!(
        "The requested operation requires an element of type 'Number', but the target element has type '{kind}'."
    );
    Err(Failure::refused(Message::Plain(text)))
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

/// The size of all files in rooms.
fn used_space(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let used: i64 = call.portal.rooms.iter().flat_map(|room| &room.files).map(|file| file.size).sum();
    Ok(Reply::one(&used))
}

/// Fails for everyone but the owner and DocSpace admins.
fn check_admin(call: &Call<'_>) -> Result<(), Failure> {
    if call.my_role().is_admin() { Ok(()) } else { Err(Failure::Thrown(Exception::Authorizing, Message::AccessDenied)) }
}

fn password_settings(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&json!({
        "minLength": 8,
        "upperCase": false,
        "digits": false,
        "specSymbols": false,
        "allowedCharactersRegexStr": "[\\x21-\\x7E]",
        "digitsRegexStr": "(?=.*\\d)",
        "upperCaseRegexStr": "(?=.*[A-Z])",
        "specSymbolsRegexStr": "(?=.*[\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E])",
    })))
}

fn login_settings(_: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&json!({"attemptCount": 5, "blockTime": 60, "checkPeriod": 60, "isDefault": true})))
}
