//! How long a portal keeps the audit trail and the login history.

use docspace_api::ClientAuditExt;
use docspace_api::types::{AuditLifetimes, AuditLifetimesRequest, SetAuditLifetimesRequest};

use crate::brief::brief_debug;
use crate::error::{Call, Error, ErrorKind, Result};
use crate::portal::Portal;
use crate::support::optional::optional_settings;

/// Maximum number of days (docs/portal/history-and-audit.md#how-long-entries-live).
const MOST_DAYS: u16 = 180;

/// Changes how long a portal keeps the audit trail and the login history, in days. Returned by
/// [`Audit::edit_lifetimes`](super::Audit::edit_lifetimes).
#[derive(Clone)]
#[must_use = "nothing is changed before `send` is called"]
pub struct EditAuditLifetimes {
    portal: Portal,
    trail: Option<u16>,
    logins: Option<u16>,
}

brief_debug!(EditAuditLifetimes, |edit| trail: edit.trail.unwrap_or_default());

optional_settings!(EditAuditLifetimes);

impl EditAuditLifetimes {
    pub(super) fn new(portal: Portal) -> Self {
        Self { portal, trail: None, logins: None }
    }

    /// Keeps the audit trail for this many days, from 1 to 180.
    pub fn trail_days(mut self, days: u16) -> Self {
        self.trail = Some(days);
        self
    }

    /// Keeps the login history for this many days, from 1 to 180.
    pub fn login_days(mut self, days: u16) -> Self {
        self.logins = Some(days);
        self
    }

    /// Changes the numbers of days. If only one of them is set, the client reads the other first,
    /// because a portal accepts the two numbers only together.
    ///
    /// # Errors
    ///
    /// - [`Invalid`](ErrorKind::Invalid): a number is not from 1 to 180, or nothing is set. Nothing
    ///   is sent.
    /// - [`Forbidden`](ErrorKind::Forbidden): the caller is not an administrator, or the key lacks
    ///   `*:write`.
    /// - [`NotDone`](ErrorKind::NotDone): the portal returned other numbers.
    pub async fn send(self) -> Result<AuditLifetimes> {
        self.check()?;
        let settings = match (self.trail, self.logins) {
            (Some(trail), Some(logins)) => request(trail.into(), logins.into()),
            (trail, logins) => {
                let now = read(&self.portal).await?;
                request(
                    trail.map_or(now.audit_trail_life_time, i32::from),
                    logins.map_or(now.login_history_life_time, i32::from),
                )
            }
        };
        let call = Call::new("set_audit_lifetimes", "");
        let body = SetAuditLifetimesRequest { settings: settings.clone() };
        let answer = self.portal.api().set_audit_lifetimes().body(body).send().await;
        let now = call.response(answer, |envelope| envelope.response).await?;
        let is_done = now.audit_trail_life_time == settings.audit_trail_life_time
            && now.login_history_life_time == settings.login_history_life_time;
        if is_done {
            return Ok(now);
        }
        let reason = format!(
            "the portal reported success, but keeps the audit trail for {} days and logins for {} days",
            now.audit_trail_life_time, now.login_history_life_time
        );
        Err(Error::new(ErrorKind::NotDone, reason).of(&call))
    }

    fn check(&self) -> Result<()> {
        if self.trail.is_none() && self.logins.is_none() {
            return Err(Error::invalid("there is nothing to change").advise("set at least one number of days"));
        }
        let wrong: Vec<String> = [("the audit trail", self.trail), ("the login history", self.logins)]
            .into_iter()
            .filter_map(|(what, days)| Some((what, days.filter(|days| !(1..=MOST_DAYS).contains(days))?)))
            .map(|(what, days)| format!("{days} days for {what}"))
            .collect();
        if wrong.is_empty() {
            return Ok(());
        }
        let reason = format!("a portal cannot keep {}", wrong.join(" and "));
        Err(Error::invalid(reason).advise(format!("use a number of days from 1 to {MOST_DAYS}")))
    }
}

/// Reads the numbers of days.
pub(super) async fn read(portal: &Portal) -> Result<AuditLifetimes> {
    let call = Call::new("get_audit_lifetimes", "");
    let answer = portal.api().get_audit_lifetimes().send().await;
    call.response(answer, |envelope| envelope.response).await
}

fn request(trail: i32, logins: i32) -> AuditLifetimesRequest {
    AuditLifetimesRequest { audit_trail_life_time: trail, login_history_life_time: logins }
}
