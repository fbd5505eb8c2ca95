//! The audit trail and the login history of a portal. [`Portal::audit`](crate::Portal::audit)
//! leads to them.
//!
//! Both are for the owner and administrators, and a key needs `*:read`. The audit trail has what
//! neither [webhooks](crate::webhooks) nor the [history](crate::history) of a room reports: changes
//! of the access, the expiry date and the password of links.
//!
//! # What a portal does with filters
//!
//! A portal ignores several filters without an error, and some portals ignore all of them and
//! return their last 20 events (docs/portal/history-and-audit.md#portals-without-audit). The client
//! sends only filters that a portal honors and applies the others itself. It checks each answer,
//! and fails with [`NotDone`](crate::ErrorKind::NotDone) on a portal that ignores filters and
//! paging.

mod events;
mod lifetimes;
mod logins;
mod merge;
mod reader;
mod trail;

pub use docspace_api::types::{AuditEvent, AuditLifetimes, LoginEvent};
pub use docspace_api::{AuditAction, AuditActionType, AuditEntry, AuditLocation, AuditProduct};
pub use events::ListAuditEvents;
pub use lifetimes::EditAuditLifetimes;
pub use logins::ListLogins;
pub use trail::Audit;
