//! The entry point: what a portal keeps about the past.

use docspace_api::types::AuditLifetimes;

use super::{EditAuditLifetimes, ListAuditEvents, ListLogins, lifetimes};
use crate::error::Result;
use crate::portal::Portal;

/// The audit trail and the login history of a portal. Returned by
/// [`Portal::audit`](crate::Portal::audit).
#[derive(Clone, Debug)]
pub struct Audit {
    pub(crate) portal: Portal,
}

impl Audit {
    /// The events of the audit trail. Set filters, then call `stream` or `all`.
    ///
    /// ```
    /// use docspace::Timestamp;
    /// use docspace::audit::AuditAction;
    ///
    /// # doc_examples::with_portal(async |portal| {
    /// # let room = portal.rooms().create("Audit 2026", docspace::RoomType::Custom).send().await?;
    /// let changes = portal
    ///     .audit()
    ///     .events()
    ///     .room(&room)
    ///     .action(AuditAction::RoomExternalLinkUpdated)
    ///     .since(Timestamp::days_ago(7));
    /// for event in changes.all().await? {
    ///     println!("{} {}: {}", event.date, event.user, event.action);
    /// }
    /// # Ok(())
    /// # });
    /// ```
    pub fn events(&self) -> ListAuditEvents {
        ListAuditEvents::new(self.portal.clone())
    }

    /// The entries of the login history. Set filters, then call `stream` or `all`.
    pub fn logins(&self) -> ListLogins {
        ListLogins::new(self.portal.clone())
    }

    /// Reads how long the portal keeps the audit trail and the login history, in days.
    ///
    /// # Errors
    ///
    /// - [`Forbidden`](crate::ErrorKind::Forbidden): the caller is not an administrator, or the key
    ///   lacks `*:read`.
    pub async fn lifetimes(&self) -> Result<AuditLifetimes> {
        lifetimes::read(&self.portal).await
    }

    /// Changes how long the portal keeps the audit trail and the login history, in days. Set what
    /// is to change, then call `send`.
    pub fn edit_lifetimes(&self) -> EditAuditLifetimes {
        EditAuditLifetimes::new(self.portal.clone())
    }
}
