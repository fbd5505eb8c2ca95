//! The checks of the credential: whose it is, what it may do, how long it is valid, and the limits
//! of the portal.

use docspace::keys::ApiKey;
use docspace::{ErrorKind, Portal, Timestamp};
use serde_json::Value;

use super::check::Checks;
use crate::failure::Failure;
use crate::login::{self, Credential, Login};
use crate::output::{local_time, size_text};
use crate::records::role;
use crate::scopes;

/// How long before its expiry a key is reported, in days.
const EXPIRY_WARNING_DAYS: i64 = 14;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// A portal reports these numbers if there is no limit
/// (docs/portal/limits.md#limits-of-the-amount-of-data).
const NO_LIMIT: [u64; 2] = [2_147_483_647, 9_223_372_036_854_775_807];

/// Runs the checks.
pub(super) async fn run(login: &Login, allow_http: bool, checks: &mut Checks) -> Result<(), Failure> {
    const CHECK: &str = "credential";
    let portal = match login.portal(allow_http) {
        Ok(portal) => portal,
        Err(failure) => return checks.failed(CHECK, failure),
    };
    let key = match &login.credential {
        Credential::Token(_) => None,
        Credential::ApiKey(_) => match portal.keys().current().await {
            Ok(key) => Some(key),
            Err(error) => return checks.failed(CHECK, error.into()),
        },
    };
    let profile = match login::profile(&portal).await {
        Ok(profile) => profile,
        Err(error) => return checks.failed(CHECK, error.into()),
    };
    let account = profile.as_ref().map(|me| format!("{}, {}", me.display_name, role(me)));
    match &key {
        None => checks.ok(CHECK, format!("session token of {}", account.unwrap_or_default()))?,
        Some(key) => {
            let owner = account.unwrap_or_else(|| key.create_by.display_name.clone());
            checks.ok(CHECK, format!("API key `{}` of {owner}", key.name))?;
            report_scopes(key, checks)?;
            report_expiry(key, checks)?;
        }
    }
    report_limits(&portal, checks).await
}

fn report_scopes(key: &ApiKey, checks: &mut Checks) -> Result<(), Failure> {
    const CHECK: &str = "scopes";
    let Some(scopes) = scopes::limits(key) else { return checks.ok(CHECK, "full access") };
    let more = match scopes::commands_not_allowed(key).unwrap_or_default().is_empty() {
        true => "",
        false => "; `docspace auth status` lists the commands that need others",
    };
    checks.ok(CHECK, format!("limited to {}{more}", scopes.join(", ")))
}

fn report_expiry(key: &ApiKey, checks: &mut Checks) -> Result<(), Failure> {
    const CHECK: &str = "expiry";
    let Some(end) = key.expires_at.filter(|end| !end.is_unset()) else {
        return checks.ok(CHECK, "the key does not expire");
    };
    let seconds = end.to_utc().timestamp() - Timestamp::now().to_utc().timestamp();
    let message = format!("the key expires on {}", local_time(end));
    match seconds < EXPIRY_WARNING_DAYS * SECONDS_PER_DAY {
        true => checks.warning(CHECK, message, "create a key like it with `docspace keys rotate`, and log in with it"),
        false => checks.ok(CHECK, message),
    }
}

/// Reads the limits of the portal, which only its owner and administrators can read
/// (docs/portal/limits.md#limits-of-the-amount-of-data).
async fn report_limits(portal: &Portal, checks: &mut Checks) -> Result<(), Failure> {
    const CHECK: &str = "limits";
    match portal.get::<Value>("portal/quota", &()).await {
        Ok(quota) => checks.ok(CHECK, limits(&quota)),
        Err(error) if error.kind() == ErrorKind::Forbidden => {
            checks.ok(CHECK, "not known, because this credential cannot read them")
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            checks.ok(CHECK, "not known, because this portal does not report them")
        }
        Err(error) => {
            let failure = Failure::from(error);
            checks.warning(CHECK, failure.message(), failure.advice())
        }
    }
}

fn limits(quota: &Value) -> String {
    let limit = |name: &str| quota[name].as_u64().filter(|limit| !NO_LIMIT.contains(limit));
    let number = |name: &str, what: &str| limit(name).map(|limit| format!("{limit} {what}"));
    let size = |name: &str, what: &str| limit(name).map(|limit| format!("{what} {}", size_text(limit)));
    let limits = [
        number("countRoom", "rooms"),
        number("usersInRoom", "members of a room"),
        size("maxFileSize", "files up to"),
        size("maxTotalSize", "in total up to"),
    ];
    let limits: Vec<_> = limits.into_iter().flatten().collect();
    if limits.is_empty() { "none".to_owned() } else { limits.join(", ") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_that_mean_no_limit_are_left_out() {
        let quota =
            json!({"countRoom": 12, "usersInRoom": 2_147_483_647, "maxFileSize": 9_223_372_036_854_775_807_u64});
        assert_eq!(limits(&quota), "12 rooms");
        assert_eq!(limits(&json!({"maxFileSize": 104_857_600})), "files up to 100.0 MiB");
        assert_eq!(limits(&json!({})), "none");
    }
}
