//! The login history.

use std::future::ready;
use std::sync::Arc;

use docspace_api::types::{LoginEvent, PersonId};
use docspace_api::{AuditAction, ClientAuditExt, Timestamp};
use futures::stream::{TryStreamExt, once};

use super::reader::{self, FilterSupport};
use crate::brief::brief_debug;
use crate::error::{Call, Result};
use crate::platform::{BoxFuture, BoxStream};
use crate::portal::Portal;
use crate::support::input;
use crate::support::optional::optional_settings;

/// The entries of the login history: set filters, then read them. An entry must match every filter.
/// Returned by [`Audit::logins`](super::Audit::logins).
///
/// The client applies the filters, because a portal takes a page first and filters it afterwards
/// (docs/portal/history-and-audit.md#login-history).
#[derive(Clone)]
#[must_use = "nothing is read before `stream` or `all` is called"]
pub struct ListLogins {
    portal: Portal,
    person: Option<PersonId>,
    actions: Vec<AuditAction>,
    failed: bool,
    since: Option<Timestamp>,
    until: Option<Timestamp>,
}

brief_debug!(ListLogins, |list| failed: list.failed);

optional_settings!(ListLogins);

impl ListLogins {
    pub(super) fn new(portal: Portal) -> Self {
        Self { portal, person: None, actions: Vec::new(), failed: false, since: None, until: None }
    }

    /// Lists only entries of this person. Failed logins are not among them, because a portal does
    /// not record whose account they were for.
    pub fn person(mut self, id: PersonId) -> Self {
        self.person = Some(id);
        self
    }

    /// Lists only entries of this action. Call it several times to list entries of any of several
    /// actions.
    pub fn action(mut self, action: AuditAction) -> Self {
        if !self.actions.contains(&action) {
            self.actions.push(action);
        }
        self
    }

    /// Lists only failed logins.
    pub fn failed(mut self) -> Self {
        self.failed = true;
        self
    }

    /// Lists only entries since this moment.
    pub fn since(mut self, moment: impl Into<Timestamp>) -> Self {
        self.since = Some(moment.into());
        self
    }

    /// Lists only entries until this moment.
    pub fn until(mut self, moment: impl Into<Timestamp>) -> Self {
        self.until = Some(moment.into());
        self
    }

    /// The entries as a stream, newest first. The client reads a page when the previous page is
    /// used up, and stops at the first entry before the period.
    ///
    /// # Errors
    ///
    /// The stream ends with the first error.
    ///
    /// - [`NotDone`](crate::ErrorKind::NotDone): the portal ignores filters and paging, because it
    ///   has no audit trail or hides its login history.
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not an administrator, or the key
    ///   lacks `*:read`.
    /// - [`Invalid`](crate::ErrorKind::Invalid): the period ends before it begins. Nothing is sent.
    pub fn stream(self) -> BoxStream<'static, Result<LoginEvent>> {
        if let Err(error) = input::period(self.since, self.until) {
            return Box::pin(once(ready(Err(error))));
        }
        let list = Arc::new(self);
        let (reading, judge) = (Arc::clone(&list), Arc::clone(&list));
        let fetch = move |start, count| -> BoxFuture<'static, Result<Vec<LoginEvent>>> {
            let list = Arc::clone(&reading);
            Box::pin(async move { list.page(start, count).await })
        };
        let entries = reader::stream(fetch, |error| error.of(&call(0)), FilterSupport::default());
        Box::pin(
            entries
                .try_take_while(move |entry| ready(Ok(list.since.is_none_or(|moment| entry.date >= moment))))
                .try_filter(move |entry| ready(judge.wants(entry))),
        )
    }

    /// Reads all of the entries, newest first.
    ///
    /// # Errors
    ///
    /// The same as for [`stream`](Self::stream).
    pub async fn all(self) -> Result<Vec<LoginEvent>> {
        self.stream().try_collect().await
    }

    async fn page(&self, start: i32, count: i32) -> Result<Vec<LoginEvent>> {
        let request = self.portal.api().list_logins().count(count).start_index(start);
        Ok(call(start).envelope(request.send().await).await?.response.unwrap_or_default())
    }

    fn wants(&self, entry: &LoginEvent) -> bool {
        self.person.is_none_or(|id| entry.user_id == id)
            && (self.actions.is_empty() || self.actions.contains(&entry.action_id))
            && (!self.failed || is_failure(entry.action_id))
            && self.until.is_none_or(|moment| entry.date <= moment)
    }
}

fn call(start: i32) -> Call {
    Call::list_from("list_logins", start)
}

fn is_failure(action: AuditAction) -> bool {
    action.name().is_some_and(|name| name.starts_with("LoginFail"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_logins_are_the_actions_named_login_fail() {
        assert!(is_failure(AuditAction::LoginFailViaApi) && is_failure(AuditAction::LoginFail));
        assert!(!is_failure(AuditAction::LoginSuccessViaApi) && !is_failure(AuditAction::Unknown(1099)));
    }
}
