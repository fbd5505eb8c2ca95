//! The checks that need no credential: the address, the encryption, the clock, the version, and the
//! time of an answer.

use std::time::{Duration, Instant, SystemTime};

use docspace::api::{ClientPortalExt, ResponseValue};
use docspace::deps::http::header::DATE;
use docspace::transport::RetryPolicy;
use docspace::{Error, ErrorKind, Portal};
use jiff::Timestamp;

use super::check::Checks;
use crate::failure::Failure;
use crate::login::{self, Login};

/// The version of the portal that docs/portal describes and that the recordings come from.
const TESTED_VERSION: &str = "3.7.2";

/// A portal sends its date in whole seconds, and an answer takes a moment.
const MAX_CLOCK_DIFFERENCE: Duration = Duration::from_secs(60);

/// A command makes several calls, one after another.
const MAX_ANSWER_TIME: Duration = Duration::from_secs(2);

/// The answer to the call that needs no credential.
struct Answer {
    version: String,
    /// The date of the portal, if the answer has one.
    date: Option<Timestamp>,
    time: Duration,
}

/// Runs the checks. Returns whether calls with a credential can succeed.
pub(super) async fn run(login: &Login, allow_http: bool, checks: &mut Checks) -> Result<bool, Failure> {
    let builder = match login::portal_builder(&login.url, login.allow_http || allow_http) {
        Ok(builder) => builder,
        Err(failure) => {
            checks.failed("address", failure)?;
            return Ok(false);
        }
    };
    // A check shows a problem at once instead of trying again.
    let portal = builder.anonymous().retry(RetryPolicy::none()).build()?;
    let answer = match ask(&portal).await {
        Ok(answer) => answer,
        Err(error) => {
            report_failure(&portal, error, checks).await?;
            return Ok(false);
        }
    };
    checks.ok("address", format!("{} is a portal, {}", base(&portal), location(&portal).await))?;
    report_encryption(&portal, checks)?;
    report_clock(answer.date, checks)?;
    report_version(&answer.version, checks)?;
    // The first answer includes the time to connect.
    let time = ask(&portal).await.map_or(answer.time, |answer| answer.time);
    let message = format!("an answer takes {} ms", time.as_millis());
    match time > MAX_ANSWER_TIME {
        true => checks.warning("response time", message, "check the network, and the load of the portal")?,
        false => checks.ok("response time", message)?,
    }
    Ok(true)
}

/// Reads the version of the portal.
async fn ask(portal: &Portal) -> Result<Answer, Error> {
    let begun = Instant::now();
    let answer = match portal.api().get_portal_version().send().await {
        Ok(answer) => answer,
        Err(error) => {
            return portal.call(async { Err::<ResponseValue<Answer>, _>(error) }).await;
        }
    };
    let time = begun.elapsed();
    let date = answer.headers().get(DATE).and_then(|date| date.to_str().ok()).and_then(parse_date);
    let version = answer.into_inner().response.map(|versions| versions.doc_space).unwrap_or_default();
    Ok(Answer { version, date, time })
}

fn parse_date(text: &str) -> Option<Timestamp> {
    Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp())
}

async fn report_failure(portal: &Portal, error: Error, checks: &mut Checks) -> Result<(), Failure> {
    let is_unreachable = matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout);
    let is_certificate = error.to_string().contains("does not trust the certificate");
    let failure = Failure::from(error);
    if is_certificate {
        checks.ok("address", format!("{} answers, {}", base(portal), location(portal).await))?;
        return checks.failed("encryption", failure);
    }
    // A whole address of a page, copied from a browser, is a common mistake.
    let root = (!is_unreachable && portal.url().path() != "/").then(|| portal.url().origin().ascii_serialization());
    if let Some(root) = root {
        let at_root = Portal::builder(&root).anonymous().retry(RetryPolicy::none()).build()?;
        if ask(&at_root).await.is_ok() {
            let advice = format!("this is the address of a page: use {root}, as in `docspace auth login {root}`");
            return checks.failed("address", failure.advise(advice));
        }
    }
    checks.failed("address", failure)
}

/// Returns the address of the portal without the slash at its end.
fn base(portal: &Portal) -> &str {
    portal.url().as_str().trim_end_matches('/')
}

/// Describes where the host of the portal is on the network.
async fn location(portal: &Portal) -> String {
    let (host, port) = (portal.url().host_str().unwrap_or_default(), portal.url().port_or_known_default());
    let found = tokio::net::lookup_host((host.trim_matches(['[', ']']), port.unwrap_or(443))).await;
    let mut addresses: Vec<_> = found.into_iter().flatten().map(|address| address.ip().to_string()).collect();
    addresses.sort();
    addresses.dedup();
    match addresses.is_empty() {
        true => "behind a proxy".to_owned(),
        false => format!("at {}", addresses.join(", ")),
    }
}

fn report_encryption(portal: &Portal, checks: &mut Checks) -> Result<(), Failure> {
    const CHECK: &str = "encryption";
    if portal.url().scheme() == "https" {
        return checks.ok(CHECK, "this computer trusts the certificate of the portal");
    }
    // Without this permission, the library accepts plain HTTP only within this computer.
    match Portal::builder(portal.url().as_str()).check_address() {
        Ok(()) => checks.ok(CHECK, "none, but requests do not leave this computer"),
        Err(_) => checks.warning(
            CHECK,
            "none: others on the network can read the credential",
            "use an https:// address: log in again with `docspace auth login`",
        ),
    }
}

const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

fn report_clock(date: Option<Timestamp>, checks: &mut Checks) -> Result<(), Failure> {
    const CHECK: &str = "clock";
    let Some(date) = date else { return checks.ok(CHECK, "not checked, because the answer contains no date") };
    let now = Timestamp::try_from(SystemTime::now()).unwrap_or(date);
    let difference = date.duration_until(now);
    if difference.unsigned_abs() <= MAX_CLOCK_DIFFERENCE {
        return checks.ok(CHECK, "this computer and the portal have the same time");
    }
    let direction = if difference.is_negative() { "behind" } else { "ahead of" };
    // People can read `3days` and `2h 5m` better than a number of seconds.
    let seconds = difference.unsigned_abs().as_secs();
    let unit = if seconds < SECONDS_OF_A_DAY { 60 } else { SECONDS_OF_A_DAY };
    let difference = humantime::format_duration(Duration::from_secs(seconds / unit * unit));
    checks.warning(
        CHECK,
        format!("this computer is {difference} {direction} the portal"),
        "set the clock of this computer, or of the portal: dates of expiry are wrong otherwise",
    )
}

fn report_version(version: &str, checks: &mut Checks) -> Result<(), Failure> {
    const CHECK: &str = "version";
    if version.is_empty() {
        return checks.ok(CHECK, "not checked, because the portal does not report it");
    }
    if minor(version) == minor(TESTED_VERSION) {
        return checks.ok(CHECK, format!("DocSpace {version}"));
    }
    checks.warning(
        CHECK,
        format!("DocSpace {version}; this program is tested with {TESTED_VERSION}"),
        "check the results of changes, because other versions can answer differently",
    )
}

/// Returns the first two numbers of a version.
fn minor(version: &str) -> Vec<&str> {
    version.split('.').take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(report: impl FnOnce(&mut Checks)) -> String {
        let mut checks = Checks::new(None);
        report(&mut checks);
        checks.ended().0.into_iter().map(|check| format!("{check}\n")).collect()
    }

    #[test]
    fn tested_version_is_that_of_the_spec() {
        let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/docspace.yaml");
        let spec = std::fs::read_to_string(spec).expect("the spec");
        assert!(spec.contains(&format!("a portal of version {TESTED_VERSION} returns")));
    }

    #[test]
    fn versions_with_the_same_first_two_numbers_are_tested() {
        for (version, is_tested) in [("3.7.2", true), ("3.7.9", true), ("3.8.0", false), ("3", false)] {
            let text = printed(|checks| report_version(version, checks).expect("no output"));
            assert_eq!(text.starts_with("ok"), is_tested, "{text}");
        }
    }

    #[test]
    fn plain_http_is_a_warning_unless_it_stays_on_this_computer() {
        for (url, expected) in [
            ("https://acme.example", "ok encryption: this computer trusts"),
            ("http://127.0.0.1:8092", "ok encryption: none, but"),
            ("http://docspace.internal", "warning encryption: none: others"),
        ] {
            let portal = Portal::builder(url).anonymous().build().expect("an address");
            let text = printed(|checks| report_encryption(&portal, checks).expect("no output"));
            assert!(text.starts_with(expected), "{text}");
        }
    }

    #[test]
    fn clocks_may_differ_by_a_minute() {
        let now = Timestamp::now();
        let text = |seconds: i64| {
            let date = now.checked_add(jiff::SignedDuration::from_secs(seconds)).expect("a time");
            printed(|checks| report_clock(Some(date), checks).expect("no output"))
        };
        assert!(text(-30).starts_with("ok") && text(30).starts_with("ok"));
        assert!(text(-600).starts_with("warning clock: this computer is 10m ahead of the portal"), "{}", text(-600));
        assert!(text(600).contains("m behind the portal"), "{}", text(600));
        assert_eq!(parse_date("Sat, 28 Nov 2026 16:49:13 GMT"), "2026-11-28T16:49:13Z".parse().ok());
    }
}
