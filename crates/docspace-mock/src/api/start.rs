//! What programs read when they start: the portal, its tariff and its settings
//! (docs/portal/credentials.md#what-a-client-can-ask-at-its-start).

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::routing::{Route, not_modeled, public, route};
use crate::api::settings::check_admin;
use crate::portal::Portal;
use crate::state::people::PersonStatus;
use crate::state::rooms::Area;
use crate::wire::dates;
use crate::wire::envelope::Reply;
use crate::wire::failure::Failure;
use crate::zone::Zone;

pub(super) const ROUTES: &[Route] = &[
    public("GET", "settings/colortheme", fixed),
    public("GET", "settings/whitelabel/logos", fixed),
    public("GET", "settings/deeplink", fixed),
    public("GET", "settings/invitationsettings", fixed),
    public("GET", "security/csp", fixed),
    public("GET", "files/docservice", fixed),
    public("GET", "files/settings", files_settings),
    route("GET", "settings/version", fixed),
    route("GET", "settings/companywhitelabel", fixed),
    route("GET", "settings/rebranding/company", fixed),
    route("GET", "settings/rebranding/additional", fixed),
    route("GET", "settings/logo", fixed),
    route("GET", "settings/greetingsettings", fixed),
    route("GET", "settings/security/password", fixed),
    route("GET", "settings/banner", fixed),
    route("GET", "settings/socket", fixed),
    route("GET", "settings/tfaapp", fixed),
    route("GET", "settings/customnavigation/getall", fixed),
    route("GET", "modules", fixed),
    route("GET", "modules/info", fixed),
    route("GET", "files/thirdparty/capabilities", fixed),
    route("GET", "settings/security/loginsettings", fixed_for_admins),
    route("GET", "settings/iprestrictions", fixed_for_admins),
    route("GET", "settings/cookiesettings", fixed_for_admins),
    route("GET", "settings/payment", fixed_for_admins),
    route("GET", "portal", portal),
    route("GET", "portal/tariff", tariff),
    route("GET", "portal/quota/right", tariff_to_change_to),
    route("GET", "portal/tenantextra", tariff_and_quota),
    route("GET", "portal/userscount", people_count),
    route("GET", "portal/path", address),
    route("GET", "people/tokendiagnostics", claims),
    route("GET", "security/oauth2/token", oauth_token),
    // The portal has these paths, and the published document lacks them or says less about them.
    route("PUT", "settings/tips", not_modeled),
    route("GET", "settings/statistics/spaceusage/{id:guid}", not_modeled),
];

/// The answers that are the same for all callers, by path (recording settings/start).
const ANSWERS: &str = include_str!("../../data/start.json");

/// The answer to a path, with the portal's address and the time.
fn answer(portal: &Portal, path: &str) -> Value {
    let now = dates::write(portal.now(), Zone::default());
    let text = ANSWERS.replace("${base}", &portal.base_url).replace("${now}", &now);
    let mut answers: Map<String, Value> = serde_json::from_str(&text).expect("the answers are valid JSON");
    answers.remove(path).unwrap_or_default()
}

/// The answer of a portal that works. It has no envelope.
pub(crate) fn health(portal: &Portal) -> Value {
    answer(portal, "/health")
}

fn fixed(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let path = call.request.path.to_ascii_lowercase();
    let name = path.trim_matches('/').splitn(3, '/').nth(2).unwrap_or_default();
    Ok(match answer(call.portal, name) {
        Value::Array(items) => Reply::list(&items),
        value => Reply::one(&value),
    })
}

fn fixed_for_admins(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    fixed(call)
}

/// The settings of a person, which are off for anonymous callers.
fn files_settings(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut settings = answer(call.portal, "files/settings");
    if call.caller.person.is_none() {
        for name in [
            "storeOriginalFiles",
            "organizeRoomsGrouping",
            "externalShareApplyToDocuments",
            "externalShareApplyToRooms",
            "blockExistingLinksOnRestrict",
        ] {
            settings[name] = Value::from(false);
        }
    }
    Ok(Reply::one(&settings))
}

/// A date of a record that its reader may not see.
const NO_DATE: &str = "0001-01-01T00:00:00";

/// The record of the portal. Only administrators get its real values
/// (docs/portal/credentials.md#reading-the-portal-record).
fn portal(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let portal = &*call.portal;
    let is_admin = call.my_role().is_admin();
    let date = |at| if is_admin { dates::write_raw(dates::whole_seconds(at)) } else { NO_DATE.to_owned() };
    let mut record = json!({
        "calls": is_admin,
        "creationDateTime": date(portal.founded),
        "tenantId": 1,
        "industry": 0,
        "lastModified": date(portal.founded),
        "ownerId": if is_admin { portal.people.owner() } else { Uuid::nil() },
        "spam": false,
        "status": 0,
        "statusChangeDate": date(portal.founded),
        "trustedDomainsType": 0,
        "version": if is_admin { 2 } else { 0 },
        "versionChanged": NO_DATE,
    });
    if is_admin {
        record["tenantAlias"] = json!("localhost");
        record["language"] = json!(portal.culture);
        record["name"] = json!("Web Office");
        record["timeZone"] = json!(String::from(portal.zone));
        record["trustedDomains"] = json!([]);
    }
    Ok(Reply::one(&record))
}

/// The tariff. Room admins and administrators get its dates, administrators get all of it.
fn tariff(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let mut tariff = json!({"id": 0, "state": 1});
    let role = call.my_role();
    let never = format!("{NO_DATE}.0000000Z");
    if role.manages_rooms() {
        tariff["dueDate"] = json!(never);
        tariff["delayDueDate"] = json!(never);
    }
    if role.is_admin() {
        tariff["openSource"] = json!(true);
        tariff["enterprise"] = json!(false);
        tariff["developer"] = json!(false);
        tariff["licenseDate"] = json!(never);
        tariff["customerId"] = json!("");
        tariff["quotas"] = json!([{"id": -1, "quantity": 1, "wallet": false}]);
    }
    Ok(Reply::one(&tariff))
}

/// The tariff that the portal needs for what it holds, of which there is none.
fn tariff_to_change_to(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    Ok(Reply::void())
}

fn tariff_and_quota(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let portal = &*call.portal;
    let mut all = answer(portal, "portal/tenantextra");
    let managers = portal.people.all().iter().filter(|person| person.role.manages_rooms()).count();
    let others = portal.people.all().len() - managers;
    let rooms = portal.rooms.in_area(Area::Active).count();
    for feature in all["quota"]["features"].as_array_mut().into_iter().flatten() {
        let used = match feature["id"].as_str() {
            Some("manager") => json!(managers),
            Some("users") => json!(others),
            Some("room") => json!(rooms),
            Some("total_size") => json!(portal.used_space()),
            _ => continue,
        };
        feature["used"]["value"] = used;
    }
    Ok(Reply::one(&all))
}

fn people_count(call: &mut Call<'_>) -> Result<Reply, Failure> {
    check_admin(call)?;
    let people = call.portal.people.all().iter();
    Ok(Reply::one(&people.filter(|person| person.status != PersonStatus::TERMINATED).count()))
}

fn address(call: &mut Call<'_>) -> Result<Reply, Failure> {
    Ok(Reply::one(&call.portal.base_url))
}

/// What the portal knows about the caller: the name, the id, the roles and the scopes.
fn claims(call: &mut Call<'_>) -> Result<Reply, Failure> {
    const IDENTITY: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
    const ROLE: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";
    let name = call.my_account().map(crate::state::people::Person::display_name).unwrap_or_default();
    let mut claims = vec![
        format!("{IDENTITY}/name:{name}"),
        format!("{IDENTITY}/sid:{}", call.me()),
        format!("{IDENTITY}/name:{name}"),
        format!("{ROLE}:Authenticated"),
    ];
    if call.my_role().is_admin() {
        claims.push(format!("{ROLE}:Administrators"));
    }
    claims.push(format!("{ROLE}:Users"));
    let scopes = call.caller.scopes.clone().unwrap_or_else(|| vec!["*:write".to_owned()]);
    claims.extend(scopes.iter().map(|scope| format!("scope:{scope}")));
    Ok(Reply::one(&json!({"name": name, "claims": claims})))
}

fn oauth_token(call: &mut Call<'_>) -> Result<Reply, Failure> {
    let token = call.portal.ids.token();
    Ok(Reply::one(&token))
}
